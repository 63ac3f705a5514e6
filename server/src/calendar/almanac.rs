//! All plans with their sessions, reckoned once and read by everybody until something changes.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use ibasho_protocol::api::calendar::{SessionCard, SessionPlan};
use ibasho_protocol::ids::Millis;

use super::occur::{self, Slot};
use super::zone::Zone;
use crate::hosting::planned::OVERTIME_MS;
use crate::store::PlanRow;

/// Every plan and its sessions at some moment.
#[derive(Debug, Default)]
pub struct Almanac {
    plans: BTreeMap<String, Planning>,
    /// The day it was reckoned on; the sessions reach some days back and many ahead of it.
    pub day: NaiveDate,
}

/// A plan with its sessions, in order.
#[derive(Debug)]
pub struct Planning {
    /// The plan.
    pub row: PlanRow,
    /// Its sessions.
    pub slots: Vec<Slot>,
}

/// A session: its plan and when it is.
#[derive(Debug, Clone, Copy)]
pub struct Session<'a> {
    /// The plan.
    pub row: &'a PlanRow,
    /// When.
    pub slot: &'a Slot,
}

impl Almanac {
    /// Reckons all sessions. A plan whose dates cannot be reckoned (any more) has none.
    pub fn reckon(rows: Vec<PlanRow>, zone: Zone, now: Millis) -> Self {
        let window = occur::window(zone, now);
        let plans = rows.into_iter().map(|row| {
            let slots = occur::slots(&row.id, &row.plan, zone, &window).unwrap_or_else(|code| {
                tracing::error!(?code, "a plan names no dates");
                Vec::new()
            });
            (row.id.clone(), Planning { row, slots })
        });
        Self { plans: plans.collect(), day: zone.date(now) }
    }

    /// A plan that was not given up.
    pub fn plan(&self, id: &str) -> Option<&Planning> {
        self.plans.get(id).filter(|planning| !planning.row.hidden)
    }

    /// Every plan that was not given up.
    pub fn plans(&self) -> impl Iterator<Item = &Planning> {
        self.plans.values().filter(|planning| !planning.row.hidden)
    }

    /// The session with this id.
    pub fn session(&self, id: &str) -> Option<Session<'_>> {
        let planning = self.plan(occur::named(id)?.0)?;
        let slot = planning.slots.iter().find(|slot| slot.id == id)?;
        Some(Session { row: &planning.row, slot })
    }

    /// What somebody booked, even if the plan was changed or given up since: then it is cancelled.
    pub fn booked(&self, id: &str, zone: Zone) -> Option<(&PlanRow, Slot)> {
        let (plan, date) = occur::named(id)?;
        let planning = self.plans.get(plan)?;
        let planned = planning.slots.iter().find(|slot| slot.id == id && !planning.row.hidden).cloned();
        let slot = planned.or_else(|| {
            let slot = occur::slot(plan, &planning.row.plan, zone, date).ok()?;
            Some(Slot { cancelled: true, ..slot })
        });
        Some((&planning.row, slot?))
    }

    /// The sessions that are not over at `from` and begin before `to`, the soonest first.
    pub fn between(&self, from: Millis, to: Millis) -> Vec<Session<'_>> {
        let all =
            self.plans().flat_map(|planning| planning.slots.iter().map(|slot| Session { row: &planning.row, slot }));
        let mut found: Vec<_> = all.filter(|session| session.slot.ends > from && session.slot.starts < to).collect();
        found.sort_by_key(|session| (session.slot.starts, &session.slot.id));
        found
    }

    /// The session whose doors are open in a room: until the next one's open, or an hour after its planned end.
    pub fn on(&self, room: &str, now: Millis) -> Option<Session<'_>> {
        let here = |session: &Session<'_>| session.row.plan.room == room && !session.slot.cancelled;
        let all =
            self.plans().flat_map(|planning| planning.slots.iter().map(|slot| Session { row: &planning.row, slot }));
        let open =
            all.filter(here).filter(|session| session.slot.doors <= now && now < session.slot.ends + OVERTIME_MS);
        open.max_by_key(|session| session.slot.doors)
    }

    /// When a session of any room opens its doors or is closed for good next.
    pub fn next_change(&self, now: Millis) -> Option<Millis> {
        let moments =
            self.plans().flat_map(|planning| &planning.slots).flat_map(|slot| [slot.doors, slot.ends + OVERTIME_MS]);
        moments.filter(|&moment| moment > now).min()
    }

    /// When the doors of a room open next for a session.
    pub fn next_doors(&self, room: &str, now: Millis) -> Option<Millis> {
        let here = self.plans().filter(|planning| planning.row.plan.room == room);
        let slots = here.flat_map(|planning| &planning.slots).filter(|slot| !slot.cancelled && slot.doors > now);
        slots.map(|slot| slot.doors).min()
    }

    /// Whether sessions would meet others of the same room, apart from those of the plan `besides`.
    pub fn meets(&self, room: &str, slots: &[Slot], besides: &str) -> bool {
        let others = self.plans().filter(|planning| planning.row.plan.room == room && planning.row.id != besides);
        let others: Vec<&Slot> = others.flat_map(|planning| &planning.slots).collect();
        let themselves = slots.windows(2).any(|pair| occur::overlap(&pair[0], &pair[1]));
        themselves || slots.iter().any(|slot| others.iter().any(|other| occur::overlap(slot, other)))
    }
}

/// A session as everybody may see it. `booked` counts the waiting list too.
pub fn card(plan: &SessionPlan, slot: &Slot, booked: u32) -> SessionCard {
    let plan = plan.clone();
    SessionCard {
        id: slot.id.clone(),
        room: plan.room,
        name: plan.name,
        about: plan.about,
        theme: plan.theme,
        takes_themes: plan.takes_themes,
        doors: slot.doors,
        starts: slot.starts,
        ends: slot.ends,
        access: plan.access,
        eligibility: plan.eligibility,
        observers: plan.observers,
        capacity: plan.capacity,
        free: u16::try_from(u32::from(plan.capacity).saturating_sub(booked)).unwrap_or(0),
        cancelled: slot.cancelled,
        phases: plan.phases,
    }
}

/// How many seats are booked, and how many people wait.
pub fn seats(capacity: u16, booked: u32) -> (u16, u16) {
    let seated = booked.min(u32::from(capacity));
    (seated as u16, u16::try_from(booked - seated).unwrap_or(u16::MAX))
}

/// How many bookings a session of this id has.
pub fn of(booked: &HashMap<String, u32>, session: &str) -> u32 {
    booked.get(session).copied().unwrap_or(0)
}
