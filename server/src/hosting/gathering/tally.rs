//! What is counted of a session for the yearly report: counted, not tracked. Who leaves becomes a number at once; only
//! of people who can come again as the same (with a return phrase or a booking) is remembered until the end that they
//! were counted.

use std::collections::BTreeMap;

use ibasho_protocol::ids::{Millis, PersonId};
use ibasho_protocol::person::Way;
use serde::{Deserialize, Serialize};

use super::course::MINUTE_MS;
use super::door::Guest;
use super::{Present, Tally};
use crate::hosting::pass::MemberId;

/// Most people remembered as counted, far above any room; who comes after that may be counted twice.
const MOST_REMEMBERED: usize = 1000;

/// The counts so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Visits {
    gone: Tally,
    gone_ms: u64,
    here: BTreeMap<PersonId, Visit>,
    may_return: Vec<Visit>,
}

/// One person's visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Visit {
    /// Since when they are here; absent: not here.
    since: Option<Millis>,
    ms: u64,
    way: Way,
    first: bool,
    #[serde(default)]
    member: Option<MemberId>,
    #[serde(default)]
    booking: Option<i64>,
}

impl Visit {
    fn is_of(&self, guest: &Guest) -> bool {
        (self.member.is_some() && self.member == guest.member)
            || (self.booking.is_some() && self.booking == guest.booking)
    }

    fn close(&mut self, now: Millis) {
        self.ms += self.since.take().map_or(0, |since| now.saturating_sub(since));
    }
}

impl Visits {
    /// Looks who is here. Staff and observers do not count.
    pub(super) fn look(&mut self, people: &[Present], guests: &BTreeMap<PersonId, Guest>, now: Millis) {
        let gone: Vec<_> = self.here.keys().copied().filter(|who| !counts(people, *who)).collect();
        for mut visit in gone.into_iter().filter_map(|who| self.here.remove(&who)) {
            visit.close(now);
            let known = visit.member.is_some() || visit.booking.is_some();
            if known && self.may_return.len() < MOST_REMEMBERED {
                self.may_return.push(visit);
            } else {
                add(&mut self.gone, &mut self.gone_ms, &visit);
            }
        }
        for person in people.iter().filter(|person| person.takes_part()) {
            let guest = guests.get(&person.who);
            let visit = self.here.entry(person.who).or_insert_with(|| {
                let before = guest.and_then(|guest| self.may_return.iter().position(|visit| visit.is_of(guest)));
                before.map(|at| self.may_return.swap_remove(at)).unwrap_or(Visit {
                    since: None,
                    ms: 0,
                    way: person.way,
                    first: person.first,
                    member: guest.and_then(|guest| guest.member),
                    booking: guest.and_then(|guest| guest.booking),
                })
            });
            visit.since.get_or_insert(now);
            visit.way = visit.way.max(person.way);
        }
    }

    /// Everything up to now.
    pub(super) fn count(&self, now: Millis) -> Tally {
        let mut tally = self.gone;
        let mut ms = self.gone_ms;
        for visit in self.here.values().chain(&self.may_return) {
            let mut visit = visit.clone();
            visit.close(now);
            add(&mut tally, &mut ms, &visit);
        }
        tally.minutes = u32::try_from((ms + MINUTE_MS / 2) / MINUTE_MS).unwrap_or(u32::MAX);
        tally
    }
}

fn counts(people: &[Present], who: PersonId) -> bool {
    people.iter().any(|person| person.who == who && person.takes_part())
}

fn add(tally: &mut Tally, ms: &mut u64, visit: &Visit) {
    tally.came += 1;
    match visit.way {
        Way::Watch => tally.watched += 1,
        Way::React => tally.reacted += 1,
        Way::Write | Way::Listen | Way::Voice => tally.wrote += 1,
    }
    if visit.first {
        tally.first += 1;
    } else {
        tally.again += 1;
    }
    *ms += visit.ms;
}
