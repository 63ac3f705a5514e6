//! The door and the lobby: who comes in at once, who waits, and who is let in.

use std::collections::{BTreeMap, BTreeSet};

use ibasho_moderation::roles::{Action, Role, permits};
use ibasho_moderation::text::tidy_short;
use ibasho_protocol::api::calendar::Access;
use ibasho_protocol::host::{ANNOUNCE_OBSERVER_MS, WORD_GRAPHEMES};
use ibasho_protocol::ids::{Millis, PersonId};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::session::{Coming, Lobby, Waiting};
use serde::{Deserialize, Serialize};

use super::course::MINUTE_MS;
use super::staff::staff_here;
use super::{Effect, Entry, Present, RoomNow};
use crate::hosting::pass::{DoorPass, MemberId};
use crate::hosting::planned::Planned;

/// How long after the beginning a booked seat is kept free: who had trouble with a phone or with courage still finds
/// it, and then it is for those who are at the door.
pub(super) const BOOKED_UNTIL_MS: Millis = 15 * MINUTE_MS;
/// Most people in the lobby: more than staff can talk with before a session is over.
const MOST_WAITING: usize = 60;
/// Most observers in the lobby. Counted by themselves, so that they never stand in the way of those a session is for.
const MOST_OBSERVERS_WAITING: usize = 10;

/// What is known of those who came through the door.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Foyer {
    pub(super) guests: BTreeMap<PersonId, Guest>,
}

/// Somebody who came through the door.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Guest {
    pub(super) booking: Option<i64>,
    pub(super) member: Option<MemberId>,
    declared: bool,
    observes: bool,
    word: Option<String>,
    /// They are an observer who was let in and is being announced.
    coming: Option<Coming>,
}

impl Foyer {
    /// Whether and how a newcomer comes in.
    pub(super) fn door(&self, plan: &Planned, pass: &DoorPass, room: &RoomNow<'_>) -> Result<Entry, RefusalCode> {
        if let Some(staff) = &pass.staff {
            let may = staff.role.is_staff() && permits(staff.role, Action::See);
            return if may { Ok(Entry::In(staff.role)) } else { Err(RefusalCode::NotAllowed) };
        }
        if room.now < plan.doors {
            return Err(RefusalCode::NotYet);
        }
        if pass.observes {
            return if plan.observers { self.waits(true, room.people) } else { Err(RefusalCode::NoObservers) };
        }
        let booked = pass.booking.is_some_and(|booking| !self.is_used(booking, room.people));
        match plan.access {
            Access::Code if !pass.invited && !booked => return Err(RefusalCode::CodeNeeded),
            Access::Known if !pass.known && !pass.invited && !booked => return Err(RefusalCode::KnownOnly),
            _ => {}
        }
        // Whoever booked has declared it then.
        if plan.eligibility.is_some() && !judged(plan) && !pass.declared && !booked {
            return Err(RefusalCode::DeclareFirst);
        }
        if judged(plan) || !opens(plan, room.people) {
            return self.waits(false, room.people);
        }
        if self.has_seat(plan, pass.booking, room) {
            Ok(Entry::In(Role::Participant))
        } else {
            Err(RefusalCode::RoomFull)
        }
    }

    /// Remembers a newcomer.
    pub(super) fn came(&mut self, who: PersonId, pass: &DoorPass, entry: Entry) {
        let guest = Guest {
            booking: pass.booking,
            member: pass.member,
            declared: pass.declared,
            observes: entry == Entry::Lobby { observes: true },
            word: None,
            coming: None,
        };
        self.guests.insert(who, guest);
    }

    /// Lets one in. An observer is announced first.
    pub(super) fn admit(
        &mut self,
        plan: &Planned,
        who: PersonId,
        room: &RoomNow<'_>,
    ) -> Result<Vec<Effect>, RefusalCode> {
        let newcomer = room.people.iter().find(|person| person.who == who && person.waits());
        let nick = newcomer.map(|person| person.nick.clone()).ok_or(RefusalCode::NobodyThere)?;
        if !opens(plan, room.people) {
            return Err(RefusalCode::NotYet);
        }
        let guest = self.guests.get(&who).cloned().unwrap_or_default();
        if guest.coming.is_some() {
            return Err(RefusalCode::Overtaken);
        }
        if !self.has_seat(plan, guest.booking, room) {
            return Err(RefusalCode::RoomFull);
        }
        if guest.observes {
            self.guests
                .insert(who, Guest { coming: Some(Coming { nick, at: room.now + ANNOUNCE_OBSERVER_MS }), ..guest });
            return Ok(Vec::new());
        }
        Ok(vec![Effect::Admit { who, role: Role::Participant }])
    }

    /// Lets in everybody who waits and does not observe, as long as there are seats. Who was put aside is let in by
    /// name only: a tap on *all* must not undo what was decided about one.
    pub(super) fn admit_all(&mut self, plan: &Planned, room: &RoomNow<'_>) -> Result<Vec<Effect>, RefusalCode> {
        if !room.people.iter().any(|person| person.waits_for_seat() && !self.observes(person.who)) {
            return Err(RefusalCode::NobodyThere);
        }
        if !opens(plan, room.people) {
            return Err(RefusalCode::NotYet);
        }
        let effects = self.seat_all(plan, room);
        if effects.is_empty() { Err(RefusalCode::RoomFull) } else { Ok(effects) }
    }

    /// Tells one or all who wait a word.
    pub(super) fn tell(&mut self, who: Option<PersonId>, raw: &str, people: &[Present]) -> Result<(), RefusalCode> {
        let word = tidy_short(raw, WORD_GRAPHEMES)?;
        let mut told = false;
        for person in people.iter().filter(|person| person.waits() && who.is_none_or(|who| who == person.who)) {
            self.guests.entry(person.who).or_default().word = Some(word.clone());
            told = true;
        }
        if told { Ok(()) } else { Err(RefusalCode::NobodyThere) }
    }

    /// Does not let one in.
    pub(super) fn decline(&mut self, who: PersonId, people: &[Present]) -> Result<Vec<Effect>, RefusalCode> {
        if !waits(people, who) {
            return Err(RefusalCode::NobodyThere);
        }
        // An announcement of somebody who does not come would be wrong from now on.
        if let Some(guest) = self.guests.get_mut(&who) {
            guest.coming = None;
        }
        Ok(vec![Effect::TurnAway { who }])
    }

    /// Forgets who left, lets announced observers in, and those who only waited for staff.
    pub(super) fn look(&mut self, plan: &Planned, room: &RoomNow<'_>) -> Vec<Effect> {
        self.guests.retain(|who, _| room.people.iter().any(|person| person.who == *who));
        let mut effects = Vec::new();
        for (who, guest) in &mut self.guests {
            let seen = |person: &&Present| person.who == *who && person.waits_for_seat();
            if guest.coming.as_ref().is_some_and(|coming| room.now >= coming.at)
                && room.people.iter().any(|person| seen(&person))
            {
                guest.coming = None;
                effects.push(Effect::Admit { who: *who, role: Role::Observer });
            }
        }
        if effects.is_empty() && !judged(plan) && opens(plan, room.people) {
            effects = self.seat_all(plan, room);
        }
        effects
    }

    /// When the next observer enters.
    pub(super) fn due(&self) -> Option<Millis> {
        self.guests.values().filter_map(|guest| Some(guest.coming.as_ref()?.at)).min()
    }

    /// The observers who are about to come in, as everybody sees it.
    pub(super) fn coming(&self) -> Vec<Coming> {
        self.guests.values().filter_map(|guest| guest.coming.clone()).collect()
    }

    /// What somebody who waits sees.
    pub(super) fn lobby(&self, plan: &Planned, who: PersonId) -> Lobby {
        let guest = self.guests.get(&who).cloned().unwrap_or_default();
        let name = Some(plan.programme.name.clone());
        Lobby { name, word: guest.word, observes: guest.observes, enters: guest.coming.map(|coming| coming.at) }
    }

    /// What staff see of those who wait.
    pub(super) fn waiting(&self, people: &[Present]) -> Vec<Waiting> {
        let waiting = |person: &Present| {
            let guest = self.guests.get(&person.who);
            Waiting {
                who: person.who,
                nick: person.nick.clone(),
                look: person.look,
                observes: guest.is_some_and(|guest| guest.observes),
                declared: guest.is_some_and(|guest| guest.declared),
                known: person.known,
            }
        };
        people.iter().filter(|person| person.waits()).map(waiting).collect()
    }

    /// One more waits, if there is room for that.
    fn waits(&self, observes: bool, people: &[Present]) -> Result<Entry, RefusalCode> {
        let waiting = people.iter().filter(|person| person.waits_for_seat() && self.observes(person.who) == observes);
        let most = if observes { MOST_OBSERVERS_WAITING } else { MOST_WAITING };
        if waiting.count() < most { Ok(Entry::Lobby { observes }) } else { Err(RefusalCode::RoomFull) }
    }

    fn observes(&self, who: PersonId) -> bool {
        self.guests.get(&who).is_some_and(|guest| guest.observes)
    }

    /// Those who wait for the door and do not observe, the longest first, while there are seats.
    fn seat_all(&self, plan: &Planned, room: &RoomNow<'_>) -> Vec<Effect> {
        let mut people = room.people.to_vec();
        let mut effects = Vec::new();
        for at in 0..people.len() {
            let who = people[at].who;
            let booking = self.guests.get(&who).and_then(|guest| guest.booking);
            let now = RoomNow { people: &people, ..*room };
            if people[at].waits_for_seat() && !self.observes(who) && self.has_seat(plan, booking, &now) {
                people[at].role = Role::Participant;
                effects.push(Effect::Admit { who, role: Role::Participant });
            }
        }
        effects
    }

    /// Whether there is a seat for somebody who comes back from where they were put.
    pub(super) fn seats(&self, plan: &Planned, who: PersonId, room: &RoomNow<'_>) -> bool {
        self.has_seat(plan, self.guests.get(&who).and_then(|guest| guest.booking), room)
    }

    /// Whether there is a seat for one more. A booked one is kept for its holder until they come.
    fn has_seat(&self, plan: &Planned, booking: Option<i64>, room: &RoomNow<'_>) -> bool {
        let seated = || room.people.iter().filter(|person| person.has_seat());
        let announced = |who| self.guests.get(&who).is_some_and(|guest| guest.coming.is_some());
        let coming = room.people.iter().filter(|person| person.waits() && announced(person.who));
        let taken = seated().count() + coming.count();
        let mut kept = 0;
        if room.now < plan.programme.starts + BOOKED_UNTIL_MS {
            let used: BTreeSet<i64> = seated().filter_map(|person| self.guests.get(&person.who)?.booking).collect();
            let own = booking.is_some_and(|booking| !used.contains(&booking));
            kept = usize::from(plan.booked).saturating_sub(used.len() + usize::from(own));
        }
        taken + kept < usize::from(plan.capacity)
    }

    /// Whether the holder of a booking is here already: a code brings one person in, however many have it.
    fn is_used(&self, booking: i64, people: &[Present]) -> bool {
        people.iter().any(|person| {
            person.connected && self.guests.get(&person.who).is_some_and(|guest| guest.booking == Some(booking))
        })
    }
}

/// Whether staff decide about everybody.
fn judged(plan: &Planned) -> bool {
    plan.access == Access::Approval || plan.eligibility.as_ref().is_some_and(|asked| asked.confirmed)
}

/// Whether enough staff are here for people to come in.
fn opens(plan: &Planned, people: &[Present]) -> bool {
    !plan.staff_or_shut || staff_here(people) >= usize::from(plan.staff_needed)
}

fn waits(people: &[Present], who: PersonId) -> bool {
    people.iter().any(|person| person.who == who && person.waits())
}
