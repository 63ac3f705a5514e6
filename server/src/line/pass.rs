//! What a newcomer brings for the door, looked up before they reach the room.

use std::sync::Arc;

use ibasho_protocol::client::Pass;
use ibasho_protocol::refusal::RefusalCode;

use crate::Surroundings;
use crate::calendar::door;
use crate::hosting::pass::DoorPass;
use crate::hosting::ticket::Holder;
use crate::members;

/// Longest ticket or code that is looked at, in bytes: ours have 64.
const LONGEST: usize = 128;

/// Finds out what the door should know.
///
/// # Errors
/// `ticket_void`, `code_unknown`, `too_fast` or `busy`.
pub async fn resolve(around: &Arc<Surroundings>, room: &str, pass: &Pass) -> Result<DoorPass, RefusalCode> {
    let mut known = DoorPass { declared: pass.declared, observes: pass.observes, ..DoorPass::default() };
    if let Some(ticket) = &pass.ticket {
        let holder = Some(ticket).filter(|ticket| ticket.len() <= LONGEST);
        let holder = holder.and_then(|ticket| around.tickets.spend(ticket.clone(), around.clock.now()));
        match holder.ok_or(RefusalCode::TicketVoid)? {
            Holder::Staff { room: of, pass } if of == room => known.staff = Some(pass),
            Holder::Staff { .. } => return Err(RefusalCode::TicketVoid),
            Holder::Member(member) => {
                let silent = |error| {
                    tracing::error!(%error, "the store did not answer about a member");
                    RefusalCode::Busy
                };
                known.member = Some(member);
                known.known = members::known(around, member).await.map_err(silent)?;
                // Who leaves their first session and comes back to it is still there for the first time.
                let on = around.calendar.almanac().on(room, around.clock.now()).map(|on| on.slot.id.clone());
                let first = match on {
                    Some(session) => members::first(around, member, &session).await.map_err(silent)?,
                    None => !known.known,
                };
                known.attended = !first;
            }
        }
    }
    if let Some(code) = pass.code.as_deref().filter(|code| !code.trim().is_empty()) {
        let found = door::resolve(around, room, code).await?;
        known.booking = found.booking;
        known.invited |= found.invited;
        known.known |= found.known;
    }
    Ok(known)
}
