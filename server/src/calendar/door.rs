//! What a code is good for at the door of a room.

use ibasho_protocol::api::calendar::{Access, CodeKind};
use ibasho_protocol::refusal::RefusalCode;

use crate::Surroundings;
use crate::store::StoreError;

/// What a code is good for. Nothing at all: its holder is on the waiting list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DoorCode {
    /// A seat is booked with it: the booking's number.
    pub booking: Option<i64>,
    /// It invites to the session that is on.
    pub invited: bool,
    /// Its holder was met before or referred.
    pub known: bool,
}

/// What a code is good for, for the session that is on in this room: the code of a booking, an invitation or a
/// referral. A referral is used up by it: from then on it is good for this session only. Without a session no code is
/// asked for.
///
/// # Errors
/// `code_unknown`: nothing of this session. `too_fast`: too many wrong ones were tried. `busy`.
pub async fn resolve(around: &Surroundings, room: &str, code: &str) -> Result<DoorCode, RefusalCode> {
    let calendar = &around.calendar;
    let now = around.clock.now();
    let almanac = calendar.almanac();
    let Some(session) = almanac.on(room, now) else { return Ok(DoorCode::default()) };
    calendar.try_door(now)?;
    let hash = calendar.hash(code).await?;
    let silent = |error: StoreError| {
        tracing::error!(%error, "the store did not answer about a code");
        RefusalCode::Busy
    };
    if let Some(booking) = around.store.booking(&hash, now).await.map_err(silent)?
        && booking.session == session.slot.id
    {
        calendar.right_at_door();
        let seated = booking.place <= u32::from(session.row.plan.capacity);
        // Who could book a session for invited people was invited.
        let invited = session.row.plan.access == Access::Code;
        return Ok(DoorCode { booking: seated.then_some(booking.id), invited, known: booking.known });
    }
    let good = around.store.good_code(&hash, &session.row.id, now).await.map_err(silent)?;
    let good = good.ok_or(RefusalCode::CodeUnknown)?;
    let known = good.kind == CodeKind::Referral;
    if known && !around.store.use_referral(&hash, &session.slot.id).await.map_err(silent)? {
        return Err(RefusalCode::CodeUnknown);
    }
    calendar.right_at_door();
    Ok(DoorCode { booking: None, invited: true, known })
}
