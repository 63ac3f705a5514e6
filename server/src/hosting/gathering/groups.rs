//! Small groups: proposed on the staff's desk, then each is invited and goes or stays, and all are called back a minute
//! before the end.

use std::collections::BTreeSet;

use ibasho_protocol::host::{CALL_BACK_MS, HALL, MOST_PAIRS};
use ibasho_protocol::ids::{Millis, PersonId, ZoneIndex};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::session::{Group, Groups, Pair};
use serde::{Deserialize, Serialize};

use super::course::MINUTE_MS;
use super::propose::propose;
use super::{Effect, Present, RoomNow};

/// Fewest and most people that a group is wished to have: one is alone, and more than a dozen are no small group.
const SIZES: std::ops::RangeInclusive<u8> = 2..=12;
/// Most minutes that groups last: a whole session.
const MOST_MINUTES: u8 = 120;

/// Small groups, proposed and running, and who should be with whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SmallGroups {
    pub(super) proposed: Vec<Group>,
    pub(super) pairs: Vec<Pair>,
    running: Option<Running>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Running {
    until: Millis,
    calling: bool,
    list: Vec<Group>,
    /// Who has answered; what they answered shows in where they are.
    answered: BTreeSet<PersonId>,
}

impl SmallGroups {
    /// Lets chance propose groups of about `size`.
    pub(super) fn propose(&mut self, size: u8, room: &RoomNow<'_>) -> Result<(), RefusalCode> {
        if !SIZES.contains(&size) {
            return Err(RefusalCode::ValueOutOfRange);
        }
        let people = room.people.iter().filter(|person| person.takes_part() && person.connected);
        let people: Vec<_> = people.map(|person| person.who).collect();
        if people.len() < 2 || room.tables.is_empty() {
            return Err(RefusalCode::NotNow);
        }
        self.proposed = propose(&people, room.tables, usize::from(size), &self.pairs, room.chance);
        Ok(())
    }

    /// The hosts change the proposal. Who has left meanwhile is left out.
    pub(super) fn plan(&mut self, groups: &[Group], room: &RoomNow<'_>) -> Result<(), RefusalCode> {
        let mut zones = BTreeSet::new();
        let mut people = BTreeSet::new();
        let mut list = Vec::new();
        for group in groups {
            let is_table = room.tables.iter().any(|(zone, _)| *zone == group.zone);
            if !is_table || !zones.insert(group.zone) {
                return Err(RefusalCode::ValueOutOfRange);
            }
            let mut members = Vec::new();
            for who in &group.people {
                if !people.insert(*who) {
                    return Err(RefusalCode::ValueOutOfRange);
                }
                match room.people.iter().find(|person| person.who == *who) {
                    Some(person) if person.takes_part() => members.push(*who),
                    Some(_) => return Err(RefusalCode::NotInReach),
                    None => {}
                }
            }
            if !members.is_empty() {
                list.push(Group { zone: group.zone, people: members });
            }
        }
        self.proposed = list;
        Ok(())
    }

    /// Invites everybody to the proposed groups.
    pub(super) fn invite(&mut self, minutes: u8, now: Millis) -> Result<(), RefusalCode> {
        if minutes == 0 || minutes > MOST_MINUTES {
            return Err(RefusalCode::ValueOutOfRange);
        }
        if self.running.is_some() {
            return Err(RefusalCode::Overtaken);
        }
        if self.proposed.is_empty() {
            return Err(RefusalCode::NotNow);
        }
        let until = now + Millis::from(minutes) * MINUTE_MS;
        let list = std::mem::take(&mut self.proposed);
        let calling = until <= now + CALL_BACK_MS;
        self.running = Some(Running { until, calling, list, answered: BTreeSet::new() });
        Ok(())
    }

    /// Answers an invitation.
    pub(super) fn join(&mut self, who: PersonId, yes: bool) -> Result<Vec<Effect>, RefusalCode> {
        let zone = self.invited(who).ok_or(RefusalCode::NotNow)?;
        if let Some(running) = &mut self.running {
            running.answered.insert(who);
        }
        Ok(if yes { vec![Effect::Walk { who, zone }] } else { Vec::new() })
    }

    /// Calls everybody back.
    pub(super) fn call_back(&mut self, now: Millis) -> Result<(), RefusalCode> {
        let running = self.running.as_mut().ok_or(RefusalCode::NotNow)?;
        if running.calling {
            return Err(RefusalCode::Overtaken);
        }
        running.calling = true;
        running.until = running.until.min(now + CALL_BACK_MS);
        Ok(())
    }

    /// Remembers that two belong together or apart, or forgets it.
    pub(super) fn pair(&mut self, pair: Pair, on: bool, people: &[Present]) -> Result<(), RefusalCode> {
        let (a, b) = (pair.a.min(pair.b), pair.a.max(pair.b));
        let others = self.pairs.iter().filter(|other| (other.a, other.b) != (a, b));
        let mut pairs: Vec<Pair> = others.copied().collect();
        if on {
            if a == b {
                return Err(RefusalCode::ValueOutOfRange);
            }
            if ![a, b].into_iter().all(|who| people.iter().any(|person| person.who == who)) {
                return Err(RefusalCode::NobodyThere);
            }
            if pairs.len() >= MOST_PAIRS {
                return Err(RefusalCode::ListFull);
            }
            pairs.push(Pair { a, b, ..pair });
        }
        self.pairs = pairs;
        Ok(())
    }

    /// Follows who is here and what time it is: who left belongs to no group, and when it is time, those who sit at the
    /// groups' tables come back to the hall. Whoever rests or went elsewhere stays where they are.
    pub(super) fn look(&mut self, room: &RoomNow<'_>) -> Vec<Effect> {
        let here = |who: PersonId| room.people.iter().any(|person| person.who == who);
        self.pairs.retain(|pair| here(pair.a) && here(pair.b));
        keep(&mut self.proposed, here);
        let Some(running) = &mut self.running else { return Vec::new() };
        let zones: Vec<ZoneIndex> = running.list.iter().map(|group| group.zone).collect();
        keep(&mut running.list, here);
        running.answered.retain(|who| here(*who));
        if room.now >= running.until {
            self.running = None;
            let back = room.people.iter().filter(|person| person.takes_part() && zones.contains(&person.zone));
            return back.map(|person| Effect::Walk { who: person.who, zone: HALL }).collect();
        }
        if running.list.is_empty() {
            self.running = None;
        } else if room.now + CALL_BACK_MS >= running.until {
            running.calling = true;
        }
        Vec::new()
    }

    /// When everybody is called back, or the groups end.
    pub(super) fn due(&self) -> Option<Millis> {
        let running = self.running.as_ref()?;
        Some(if running.calling { running.until } else { running.until.saturating_sub(CALL_BACK_MS) })
    }

    /// Groups are under way.
    pub(super) fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// The table somebody is invited to and has not answered about.
    pub(super) fn invited(&self, who: PersonId) -> Option<ZoneIndex> {
        let running = self.running.as_ref().filter(|running| !running.answered.contains(&who))?;
        running.list.iter().find(|group| group.people.contains(&who)).map(|group| group.zone)
    }

    /// As everybody sees it: who is invited where, not who went.
    pub(super) fn shown(&self) -> Option<Groups> {
        let running = self.running.as_ref()?;
        Some(Groups { until: running.until, calling: running.calling, list: running.list.clone() })
    }
}

fn keep(groups: &mut Vec<Group>, here: impl Fn(PersonId) -> bool) {
    for group in &mut *groups {
        group.people.retain(|who| here(*who));
    }
    groups.retain(|group| !group.people.is_empty());
}
