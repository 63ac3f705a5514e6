//! What staff plan: kept, changed, given up.

use std::sync::Arc;

use ibasho_protocol::api::calendar::{ChangePlan, Codes, KeptPlan, MakeCodes, Occurrence, SessionPlan};
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;

use super::almanac::{Planning, of, seats};
use super::occur::{self, Slot};
use super::{Failed, check, code, zone};
use crate::Surroundings;
use crate::store::PlanRow;

/// Most plans of a place: more than any office runs, few enough to be reckoned at once.
const MOST_PLANS: usize = 300;
/// Next sessions that staff are shown of a plan.
const NEXT: usize = 12;
/// Letters of a plan's id: 40 bits, so that ids cannot be counted through.
const ID_LETTERS: usize = 8;
/// Most codes made at a time.
const MOST_CODES: u8 = 50;
/// Most good codes of one plan: a year of referrals.
const MOST_CODES_OF_PLAN: usize = 1_000;
/// Longest time for which a code is good, in days.
const CODE_DAYS: u16 = 365;
/// A day, in milliseconds.
const DAY_MS: Millis = 24 * 60 * 60 * 1000;

/// Every plan, with its next sessions, for a member of staff who plans for these rooms.
///
/// # Errors
/// The store cannot be read.
pub async fn list(around: &Surroundings, may: impl Fn(&str) -> bool) -> Result<Vec<KeptPlan>, Failed> {
    let booked = around.store.booked().await?;
    let now = around.clock.now();
    let almanac = around.calendar.almanac();
    let told = almanac.plans().filter(|planning| may(&planning.row.plan.room)).map(|planning| {
        let next = planning.slots.iter().filter(|slot| slot.ends > now && !slot.cancelled).take(NEXT).map(|slot| {
            let (booked, waiting) = seats(planning.row.plan.capacity, of(&booked, &slot.id));
            Occurrence { session: slot.id.clone(), starts: slot.starts, booked, waiting }
        });
        let PlanRow { id, version, plan, .. } = planning.row.clone();
        KeptPlan { id, version, plan, next: next.collect() }
    });
    Ok(told.collect())
}

/// Keeps a new plan.
///
/// # Errors
/// What is wrong with it: `room_unknown`, `value_out_of_range`, texts, `bad_date` (no such, or in the past),
/// `bad_rule`, `in_use` (another session is in that room), `list_full`.
pub async fn add(around: &Arc<Surroundings>, plan: SessionPlan) -> Result<KeptPlan, Failed> {
    let calendar = &around.calendar;
    let _writing = calendar.writing.lock().await;
    let now = around.clock.now();
    if calendar.almanac().plans().count() >= MOST_PLANS {
        return Err(RefusalCode::ListFull.into());
    }
    let today = calendar.zone.date(now);
    if zone::date(&plan.date).is_none_or(|date| date < today) {
        return Err(RefusalCode::BadDate.into());
    }
    let id = code::draw(&around.dice).replace('-', "");
    debug_assert_eq!(id.len(), ID_LETTERS, "a code without its hyphen");
    let (plan, slots) = reckon(around, plan, &id, now).await?;
    if calendar.almanac().meets(&plan.room, &slots, &id) {
        return Err(RefusalCode::InUse.into());
    }
    around.store.add_plan(&PlanRow { id: id.clone(), version: 1, plan, changed: now, hidden: false }).await?;
    calendar.reload(&around.store, now).await?;
    calendar.spread().await;
    kept(around, &id).await
}

/// Keeps a change of a plan.
///
/// # Errors
/// As [`add`]; `not_found`, `overtaken` (somebody else changed it), and `in_use` if a booked session would vanish or
/// have fewer seats than are booked: such a date is taken out of the series first, so that people can see it.
pub async fn change(
    around: &Arc<Surroundings>,
    id: &str,
    change: ChangePlan,
    may: impl Fn(&str) -> bool,
) -> Result<KeptPlan, Failed> {
    let calendar = &around.calendar;
    let _writing = calendar.writing.lock().await;
    let now = around.clock.now();
    let almanac = calendar.almanac();
    let before = almanac.plan(id).filter(|planning| may(&planning.row.plan.room)).ok_or(RefusalCode::NotFound)?;
    if before.row.version != change.version {
        return Err(RefusalCode::Overtaken.into());
    }
    let (plan, slots) = reckon(around, change.plan, id, now).await?;
    if almanac.meets(&plan.room, &slots, id) {
        return Err(RefusalCode::InUse.into());
    }
    let booked = around.store.booked().await?;
    for slot in awaited(before, now) {
        let seated = seats(before.row.plan.capacity, of(&booked, &slot.id)).0;
        let still = slots.iter().find(|other| other.id == slot.id);
        if seated > 0 && still.is_none_or(|still| !still.cancelled && plan.capacity < seated) {
            return Err(RefusalCode::InUse.into());
        }
    }
    let row = PlanRow { id: id.to_owned(), version: before.row.version + 1, plan, changed: now, hidden: false };
    if !around.store.change_plan(&row, change.version).await? {
        return Err(RefusalCode::Overtaken.into());
    }
    calendar.reload(&around.store, now).await?;
    calendar.spread().await;
    kept(around, id).await
}

/// Gives a plan up.
///
/// # Errors
/// `not_found`; `in_use` while somebody has booked a session that is not cancelled.
pub async fn remove(around: &Arc<Surroundings>, id: &str, may: impl Fn(&str) -> bool) -> Result<(), Failed> {
    let calendar = &around.calendar;
    let _writing = calendar.writing.lock().await;
    let now = around.clock.now();
    let almanac = calendar.almanac();
    let planning = almanac.plan(id).filter(|planning| may(&planning.row.plan.room)).ok_or(RefusalCode::NotFound)?;
    let booked = around.store.booked().await?;
    if awaited(planning, now).any(|slot| of(&booked, &slot.id) > 0) {
        return Err(RefusalCode::InUse.into());
    }
    around.store.hide_plan(id).await?;
    calendar.reload(&around.store, now).await?;
    calendar.spread().await;
    Ok(())
}

/// Makes codes for a plan.
///
/// # Errors
/// `not_found`, `value_out_of_range`, `list_full`.
pub async fn make_codes(
    around: &Arc<Surroundings>,
    asked: &MakeCodes,
    may: impl Fn(&str) -> bool,
) -> Result<Codes, Failed> {
    if !(1..=MOST_CODES).contains(&asked.count) || !(1..=CODE_DAYS).contains(&asked.days) {
        return Err(RefusalCode::ValueOutOfRange.into());
    }
    let almanac = around.calendar.almanac();
    almanac.plan(&asked.plan).filter(|planning| may(&planning.row.plan.room)).ok_or(RefusalCode::NotFound)?;
    let mut codes = Vec::new();
    let mut hashes = Vec::new();
    for _ in 0..asked.count {
        let code = code::draw(&around.dice);
        hashes.push(around.calendar.hash(&code).await?);
        codes.push(code);
    }
    let now = around.clock.now();
    let until = now + Millis::from(asked.days) * DAY_MS;
    let bounds = (now, MOST_CODES_OF_PLAN);
    around.store.add_codes(&asked.plan, asked.kind, &hashes, until, bounds).await?;
    Ok(Codes { codes, until })
}

/// Sessions that are still to come, or on, and not cancelled.
fn awaited(planning: &Planning, now: Millis) -> impl Iterator<Item = &Slot> {
    planning.slots.iter().filter(move |slot| slot.ends > now && !slot.cancelled)
}

/// Tidies a plan and reckons its sessions. Another thread does it: an odd rule takes a moment.
async fn reckon(
    around: &Arc<Surroundings>,
    plan: SessionPlan,
    id: &str,
    now: Millis,
) -> Result<(SessionPlan, Vec<Slot>), Failed> {
    let room = around.rooms.get(&plan.room).ok_or(RefusalCode::RoomUnknown)?;
    let plan = check::tidy(plan, &room.plan)?;
    let (zone, id) = (around.calendar.zone, id.to_owned());
    let reckoned = tokio::task::spawn_blocking(move || {
        occur::slots(&id, &plan, zone, &occur::window(zone, now)).map(|slots| (plan, slots))
    });
    let (plan, slots) = reckoned.await.map_err(|_| RefusalCode::BadRule)??;
    if slots.iter().all(|slot| slot.ends <= now) {
        return Err(RefusalCode::BadDate.into());
    }
    Ok((plan, slots))
}

async fn kept(around: &Surroundings, id: &str) -> Result<KeptPlan, Failed> {
    let all = list(around, |_| true).await?;
    Ok(all.into_iter().find(|plan| plan.id == id).ok_or(RefusalCode::NotFound)?)
}
