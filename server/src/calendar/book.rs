//! Booking a seat: a nickname, and a code to keep. The first so many have a seat, the others wait in order.

use ibasho_moderation::hook::Subject;
use ibasho_moderation::nickname::tidy_nickname;
use ibasho_protocol::api::calendar::{Access, Book, Booking, CodeKind};
use ibasho_protocol::host::MOST_THEMES;
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;

use super::almanac::{Session, card, of};
use super::{CodeHash, Failed, check, code, judge};
use crate::hooks::asking::Asked;
use crate::store::{BookingRow, NewBooking};
use crate::{Surroundings, members};

/// Longest waiting list: nobody behind this place has ever come in, and a list without an end can be filled by one
/// person with time on their hands.
const MOST_WAITING: u32 = 200;
/// How long after its session a booking is forgotten, in milliseconds: long enough to ask how it was.
const FORGET_MS: Millis = 30 * 24 * 60 * 60 * 1000;

/// Books a seat, or a place on the waiting list.
///
/// # Errors
/// `not_found`, `over` (or cancelled), nicknames, `declare_first`, `code_needed`, `known_only`, `code_unknown`,
/// `list_full`.
pub async fn book(around: &Surroundings, session: &str, asked: Book) -> Result<Booking, Failed> {
    let calendar = &around.calendar;
    let now = around.clock.now();
    let almanac = calendar.almanac();
    let session = open(almanac.session(session), now)?;
    let plan = &session.row.plan;
    let nick = tidy_nickname(&asked.nick)?;
    judge(&around.office.hooks(), &Subject::Nickname { nick: &nick }, &plan.room, now)?;
    around.hooks.runner.nickname(Asked::Nickname, &nick, &plan.room, now).await?;
    if plan.eligibility.as_ref().is_some_and(|asked| !asked.confirmed) && !asked.declared {
        return Err(RefusalCode::DeclareFirst.into());
    }
    let referral = admitted(around, session, asked.code.as_deref(), now).await?;
    let code = code::draw(&around.dice);
    let new = NewBooking {
        session: session.slot.id.clone(),
        plan: session.row.id.clone(),
        nick,
        code: calendar.hash(&code).await?,
        declared: asked.declared,
        known: plan.access == Access::Known || referral.is_some(),
        referral,
        forget: session.slot.ends + FORGET_MS,
    };
    let row = {
        let _writing = calendar.writing.lock().await;
        // Staff may have changed the plan in the meantime.
        let almanac = calendar.almanac();
        let session = open(almanac.session(&new.session), now)?;
        around.store.book(&new, u32::from(session.row.plan.capacity) + MOST_WAITING, now).await?
    };
    calendar.spread().await;
    Ok(Booking { code: Some(code), ..tell(around, row).await? })
}

/// The booking of a code.
///
/// # Errors
/// `code_unknown`.
pub async fn show(around: &Surroundings, code: &str) -> Result<Booking, Failed> {
    let row = find(around, code).await?;
    tell(around, row).await
}

/// Cancels the booking of a code. Whoever waits first has the seat from then on.
///
/// # Errors
/// `code_unknown`.
pub async fn cancel(around: &Surroundings, code: &str) -> Result<(), Failed> {
    let row = find(around, code).await?;
    let _writing = around.calendar.writing.lock().await;
    if !around.store.cancel(row.id).await? {
        return Err(RefusalCode::CodeUnknown.into());
    }
    around.calendar.spread().await;
    Ok(())
}

/// Keeps a theme suggested beforehand.
///
/// # Errors
/// `not_found`, `over`, `not_now` (no themes are gathered, or the doors are open: then they are gathered inside),
/// texts, `not_sent`, `list_full`.
pub async fn suggest(around: &Surroundings, session: &str, text: &str) -> Result<(), Failed> {
    let now = around.clock.now();
    let almanac = around.calendar.almanac();
    let session = open(almanac.session(session), now)?;
    if !session.row.plan.takes_themes || session.slot.doors <= now {
        return Err(RefusalCode::NotNow.into());
    }
    let text = check::theme(text)?;
    judge(&around.office.hooks(), &Subject::Message { text: &text }, &session.row.plan.room, now)?;
    let _writing = around.calendar.writing.lock().await;
    around.store.add_theme(&session.slot.id, &text, session.slot.ends + FORGET_MS, MOST_THEMES).await?;
    around.calendar.touch();
    Ok(())
}

/// A session that one can still come to.
fn open(session: Option<Session<'_>>, now: Millis) -> Result<Session<'_>, RefusalCode> {
    let session = session.ok_or(RefusalCode::NotFound)?;
    if session.slot.cancelled || session.slot.ends <= now { Err(RefusalCode::Over) } else { Ok(session) }
}

/// Whether somebody with this code, or without one, may book. Returns the referral that is used up by it.
async fn admitted(
    around: &Surroundings,
    Session { row, .. }: Session<'_>,
    code: Option<&str>,
    now: Millis,
) -> Result<Option<CodeHash>, Failed> {
    let without = match row.plan.access {
        Access::Open | Access::Approval => return Ok(None),
        Access::Code => RefusalCode::CodeNeeded,
        Access::Known => RefusalCode::KnownOnly,
    };
    let code = code.filter(|code| !code.trim().is_empty()).ok_or(without)?;
    // Who was met before may give their return phrase instead: it cannot be mistaken for a code.
    if row.plan.access == Access::Known && code::typed(code).is_none() {
        let member = members::find(around, code).await?.ok_or(RefusalCode::CodeUnknown)?;
        return if members::known(around, member).await? { Ok(None) } else { Err(RefusalCode::KnownOnly.into()) };
    }
    let hash = around.calendar.hash(code).await?;
    let good = around.store.good_code(&hash, &row.id, now).await?.ok_or(RefusalCode::CodeUnknown)?;
    match good.kind {
        CodeKind::Referral if good.session.is_none() => Ok(Some(hash)),
        CodeKind::Referral => Err(RefusalCode::CodeUnknown.into()),
        CodeKind::Invitation if row.plan.access == Access::Code => Ok(None),
        CodeKind::Invitation => Err(RefusalCode::KnownOnly.into()),
    }
}

async fn find(around: &Surroundings, code: &str) -> Result<BookingRow, Failed> {
    let hash = around.calendar.hash(code).await?;
    Ok(around.store.booking(&hash, around.clock.now()).await?.ok_or(RefusalCode::CodeUnknown)?)
}

async fn tell(around: &Surroundings, row: BookingRow) -> Result<Booking, Failed> {
    let almanac = around.calendar.almanac();
    let (plan, slot) = almanac.booked(&row.session, around.calendar.zone).ok_or(RefusalCode::CodeUnknown)?;
    let booked = of(&around.store.booked().await?, &row.session);
    let behind = row.place.saturating_sub(u32::from(plan.plan.capacity));
    let waiting = (behind > 0 && !slot.cancelled).then(|| u16::try_from(behind).unwrap_or(u16::MAX));
    Ok(Booking { code: None, nick: row.nick, session: card(&plan.plan, &slot, booked), waiting })
}
