//! From a plan to its sessions: pure.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};
use ibasho_protocol::api::calendar::SessionPlan;
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::session::{Phase, PhaseKind};

use super::rule;
use super::zone::{self, Zone};

/// How far sessions are reckoned ahead, in days: the yearly programme of a place, and a month for its successor.
pub const AHEAD_DAYS: u64 = 400;
/// How far back, in days: bookings of a past session can be shown until they are forgotten.
pub const BACK_DAYS: u64 = 40;
/// A minute, in milliseconds.
const MINUTE_MS: Millis = 60_000;

/// One session of a plan: when it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The session's id: the plan's with the date. It stays the same whatever else changes.
    pub id: String,
    /// When the doors open.
    pub doors: Millis,
    /// When it begins.
    pub starts: Millis,
    /// When it is planned to end.
    pub ends: Millis,
    /// The staff took this date out of the series.
    pub cancelled: bool,
}

/// The dates that are reckoned with at a moment.
pub fn window(zone: Zone, now: Millis) -> RangeInclusive<NaiveDate> {
    let today = zone.date(now);
    let from = today.checked_sub_days(Days::new(BACK_DAYS)).unwrap_or(today);
    let to = today.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(today);
    from..=to
}

/// The sessions of a plan within a window, in order.
///
/// # Errors
/// `bad_date`, `bad_rule`: the plan names no dates.
pub fn slots(
    id: &str,
    plan: &SessionPlan,
    zone: Zone,
    window: &RangeInclusive<NaiveDate>,
) -> Result<Vec<Slot>, RefusalCode> {
    let first = zone::date(&plan.date).ok_or(RefusalCode::BadDate)?;
    let dates = rule::dates(first, plan.repeats.as_deref(), zone, window)?;
    dates.into_iter().map(|date| slot(id, plan, zone, date)).collect()
}

/// The session of a plan on a date.
///
/// # Errors
/// `bad_date`: the plan's time is none.
pub fn slot(id: &str, plan: &SessionPlan, zone: Zone, date: NaiveDate) -> Result<Slot, RefusalCode> {
    let time = zone::time(&plan.time).ok_or(RefusalCode::BadDate)?;
    let starts = zone.moment(date.and_time(time));
    let (before, after) = lengths(&plan.phases);
    Ok(Slot {
        id: session_id(id, date),
        doors: starts.saturating_sub(before * MINUTE_MS),
        starts,
        ends: starts + after * MINUTE_MS,
        cancelled: plan.except.iter().any(|text| zone::date(text) == Some(date)),
    })
}

/// How long the doors are open before a programme begins, and how long it is from then on, in minutes.
pub fn lengths(phases: &[Phase]) -> (Millis, Millis) {
    let doors = phases.first().filter(|phase| phase.kind == PhaseKind::Doors);
    let before = doors.map_or(0, |phase| Millis::from(phase.minutes));
    let all: Millis = phases.iter().map(|phase| Millis::from(phase.minutes)).sum();
    (before, all - before)
}

/// The id of a plan's session on a date.
pub fn session_id(plan: &str, date: NaiveDate) -> String {
    format!("{plan}-{}", date.format("%Y%m%d"))
}

/// The plan and the date that an id names.
pub fn named(session: &str) -> Option<(&str, NaiveDate)> {
    let (plan, date) = session.rsplit_once('-')?;
    let date = (date.len() == 8).then(|| NaiveDate::parse_from_str(date, "%Y%m%d").ok())??;
    Some((plan, date))
}

/// Whether two sessions would be in one room at a time, doors included.
pub fn overlap(one: &Slot, other: &Slot) -> bool {
    !one.cancelled && !other.cancelled && one.doors < other.ends && other.doors < one.ends
}

#[cfg(test)]
pub(super) mod tests {
    use ibasho_protocol::api::calendar::Access;
    use ibasho_protocol::plan::Text;
    use ibasho_protocol::session::AloneMode;

    use super::*;

    pub fn text(text: &str) -> Text {
        Text { ja: text.into(), easy: text.into(), en: text.into() }
    }

    pub fn phase(kind: PhaseKind, minutes: u16) -> Phase {
        Phase { kind, name: text("あ"), about: text("い"), minutes, can: Vec::new() }
    }

    pub fn plan() -> SessionPlan {
        SessionPlan {
            room: "house".into(),
            name: text("土曜の午後"),
            about: text("話しても、聞くだけでも。"),
            theme: None,
            takes_themes: false,
            date: "2026-03-21".into(),
            time: "15:00".into(),
            repeats: Some("FREQ=WEEKLY;COUNT=3".into()),
            except: vec!["2026-03-28".into()],
            access: Access::Open,
            eligibility: None,
            observers: false,
            capacity: 20,
            staff_needed: 1,
            staff_or_shut: false,
            alone: AloneMode::Watch,
            phases: vec![phase(PhaseKind::Doors, 30), phase(PhaseKind::Talk, 90), phase(PhaseKind::Stay, 30)],
        }
    }

    #[test]
    fn a_series_with_an_exception_over_a_change_of_clocks() {
        let zone = Zone::named("Europe/Berlin").expect("a zone");
        let now = zone.moment(zone::date("2026-03-20").expect("a date").and_time(chrono::NaiveTime::MIN));
        let slots = slots("p", &plan(), zone, &window(zone, now)).expect("right");
        let told: Vec<_> = slots.iter().map(|slot| (slot.id.as_str(), slot.cancelled)).collect();
        assert_eq!(told, [("p-20260321", false), ("p-20260328", true), ("p-20260404", false)]);
        let first = &slots[0];
        assert_eq!((first.starts - first.doors, first.ends - first.starts), (30 * MINUTE_MS, 120 * MINUTE_MS));
        // At three in the afternoon both times: one hour less lies between them.
        assert_eq!(slots[2].starts - first.starts, (14 * 24 - 1) * 60 * MINUTE_MS);
        assert_eq!(named(&first.id), Some(("p", zone::date("2026-03-21").expect("a date"))));
        assert!(!overlap(first, &slots[2]) && overlap(first, first) && !overlap(&slots[1], &slots[1]));
    }
}
