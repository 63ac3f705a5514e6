//! One task that tells each room what is on: at the start, when plans or bookings change, and when a time comes.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use ibasho_protocol::ids::Millis;
use ibasho_protocol::session::Programme;

use super::almanac::{Session, of, seats};
use crate::Surroundings;
use crate::hosting::planned::Planned;
use crate::room::handle::{RoomHandle, ToRoom};
use crate::store::StoreError;

/// How long to wait when the store did not answer.
const AGAIN: Duration = Duration::from_secs(1);
/// At most so long without a look, in milliseconds: the day changes, and sessions come nearer.
const LOOK_MS: Millis = 60 * 60 * 1000;

/// What a room was told.
#[derive(PartialEq, Eq)]
struct Agenda {
    session: Option<Box<Planned>>,
    open: bool,
}

/// The task.
pub struct Clockwork {
    around: Arc<Surroundings>,
    told: BTreeMap<String, (RoomHandle, Agenda)>,
}

impl Clockwork {
    /// A clockwork that has told nobody anything.
    pub fn new(around: Arc<Surroundings>) -> Self {
        Self { around, told: BTreeMap::new() }
    }

    /// Runs until dropped.
    pub async fn run(mut self) {
        let mut changes = self.around.calendar.changes.subscribe();
        loop {
            let change = *changes.borrow_and_update();
            let next = self.tell().await;
            self.around.calendar.told.send_replace(change);
            tokio::select! {
                // The calendar outlives its clockwork, so that this never fails.
                _ = changes.changed() => {}
                () = self.around.clock.sleep_until(next) => {}
            }
        }
    }

    /// Tells every room what it does not know yet. Returns when to look again.
    pub async fn tell(&mut self) -> Millis {
        loop {
            match self.try_tell().await {
                Ok(next) => return next,
                Err(error) => tracing::error!(%error, "the rooms cannot be told what is on"),
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    async fn try_tell(&mut self) -> Result<Millis, StoreError> {
        let around = self.around.clone();
        let (now, calendar) = (around.clock.now(), &around.calendar);
        if calendar.almanac().day != calendar.zone.date(now) {
            calendar.reload(&around.store, now).await?;
        }
        let almanac = calendar.almanac();
        let mut next = almanac.next_change(now).unwrap_or(Millis::MAX).min(now + LOOK_MS);
        for (id, room) in &around.rooms {
            // A room that opens anew touches the calendar when it has.
            let Some(handle) = around.registry.get(id) else { continue };
            let session = match almanac.on(id, now) {
                Some(session) => Some(Box::new(self.planned(session).await?)),
                None => None,
            };
            let open = room.hours.as_ref().is_none_or(|hours| hours.is_open(calendar.zone, now));
            let change = room.hours.as_ref().and_then(|hours| hours.next_change(calendar.zone, now));
            next = change.map_or(next, |change| change.min(next));
            let agenda = Agenda { session, open };
            let knows = self.told.get(id).is_some_and(|(to, told)| to.same(&handle) && *told == agenda);
            if !knows {
                handle.send(ToRoom::Agenda { session: agenda.session.clone(), open }).await;
                self.told.insert(id.clone(), (handle, agenda));
            }
        }
        Ok(next)
    }

    /// A session as its room is told about it.
    async fn planned(&self, Session { row, slot }: Session<'_>) -> Result<Planned, StoreError> {
        let store = &self.around.store;
        let plan = row.plan.clone();
        let booked = seats(plan.capacity, of(&store.booked().await?, &slot.id)).0;
        let programme = Programme {
            id: slot.id.clone(),
            name: plan.name,
            starts: slot.starts,
            ends: slot.ends,
            phases: plan.phases,
            with_theme: plan.takes_themes,
        };
        Ok(Planned {
            programme,
            theme: plan.theme,
            doors: slot.doors,
            capacity: plan.capacity,
            access: plan.access,
            eligibility: plan.eligibility,
            observers: plan.observers,
            staff_needed: plan.staff_needed,
            staff_or_shut: plan.staff_or_shut,
            alone: plan.alone,
            themes: store.themes(&slot.id).await?,
            booked,
        })
    }
}
