//! Whether somebody may come in at all: were they sent away, and what do hooks say that need time?

use ibasho_moderation::desk::subject::Subject;
use ibasho_protocol::refusal::{Refusal, RefusalCode};

use crate::Surroundings;
use crate::hooks::asking::Asked;
use crate::hosting::pass::DoorPass;

/// Looks whether a newcomer may come in. Staff are not kept out by a device that they share.
///
/// # Errors
/// `removed` and `banned` with what holds and a pass to appeal; `nickname_unusable`; `busy`.
pub async fn may_enter(around: &Surroundings, room: &str, pass: &DoorPass, nick: &str) -> Result<(), Refusal> {
    if pass.staff.is_some() {
        return Ok(());
    }
    // They have no number yet.
    let member = pass.member.map(|member| member.0.cast_unsigned());
    let subject = Subject { person: 0, device: pass.device, member };
    if subject.device.is_some() || subject.member.is_some() {
        let (in_force, _) = around.office.about(&subject).await.map_err(|_| Refusal::from(RefusalCode::Busy))?;
        if let Some(refusal) = around.office.turns_away(&subject, &in_force, room) {
            return Err(refusal);
        }
    }
    Ok(around.hooks.runner.nickname(Asked::Entry, nick, room, around.clock.now()).await?)
}
