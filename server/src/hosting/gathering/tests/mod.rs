//! A gathering by itself: a room of lines on paper, a clock that is moved by hand.

mod course;
mod door;
mod groups;
mod kept;
mod may;
mod presence;
mod propose;
mod round;
mod tally;
mod themes;

use ibasho_moderation::roles::Role;
use ibasho_protocol::api::calendar::Access;
use ibasho_protocol::host::{Act, Take};
use ibasho_protocol::ids::{Millis, PersonId, ZoneIndex};
use ibasho_protocol::person::{Look, Way};
use ibasho_protocol::plan::Text;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::session::{AloneMode, Can, Phase, PhaseKind, Programme};

use super::{Effect, Entry, Gathering, Present, RoomNow};
use crate::hosting::pass::{DoorPass, StaffPass};
use crate::hosting::planned::Planned;

pub(super) const MINUTE: Millis = 60_000;
/// When the session of the tests begins; its doors open half an hour before.
pub(super) const STARTS: Millis = 1_000 * MINUTE;
pub(super) const DOORS: Millis = STARTS - 30 * MINUTE;
pub(super) const HOST: PersonId = PersonId(1);
/// Zone and seats.
pub(super) const TABLES: [(ZoneIndex, u16); 3] = [(1, 4), (2, 4), (3, 6)];

pub(super) fn text(ja: &str) -> Text {
    Text { ja: ja.into(), easy: ja.into(), en: ja.into() }
}

pub(super) fn phase(kind: PhaseKind, minutes: u16, can: &[Can]) -> Phase {
    Phase { kind, name: text(&format!("{kind:?}")), about: text("a"), minutes, can: can.to_vec() }
}

/// Doors, welcome, talk, stay, closed.
pub(super) fn planned() -> Planned {
    let all = [Can::React, Can::Write, Can::Speak, Can::Tables, Can::Suggest, Can::Hand];
    Planned {
        programme: Programme {
            id: "s1".into(),
            name: text("土曜の会"),
            starts: STARTS,
            ends: STARTS + 120 * MINUTE,
            phases: vec![
                phase(PhaseKind::Doors, 30, &[Can::React, Can::Write]),
                phase(PhaseKind::Welcome, 15, &[Can::React, Can::Write]),
                phase(PhaseKind::Talk, 60, &all),
                phase(PhaseKind::Stay, 0, &[Can::React, Can::Write, Can::Tables]),
                phase(PhaseKind::Closed, 0, &[]),
            ],
            with_theme: true,
        },
        theme: None,
        doors: DOORS,
        capacity: 20,
        access: Access::Open,
        eligibility: None,
        observers: true,
        staff_needed: 1,
        staff_or_shut: false,
        alone: AloneMode::Watch,
        themes: Vec::new(),
        booked: 0,
    }
}

/// The room as the tests move it: it carries out what the gathering says, as the real one does.
pub(super) struct Hall {
    pub(super) gathering: Gathering,
    pub(super) people: Vec<Present>,
    pub(super) now: Millis,
    pub(super) chance: u64,
    pub(super) over: bool,
    next: u64,
}

impl Hall {
    /// Doors are open, and one host is here.
    pub(super) fn new(planned: Planned) -> Self {
        let gathering = Gathering::begin(planned, DOORS);
        let mut hall = Self { gathering, people: Vec::new(), now: DOORS, chance: 7, over: false, next: 2 };
        hall.people.push(person(HOST, Role::Facilitator));
        hall.look();
        hall
    }

    /// In the talk.
    pub(super) fn talking() -> Self {
        let mut hall = Self::new(planned());
        hall.act(&Act::Go { from: 0, to: 2 }).expect("the host goes on");
        hall
    }

    /// Somebody is inside all at once, past the door; or waits in the lobby to look on.
    pub(super) fn add(&mut self, role: Role) -> PersonId {
        let who = PersonId(self.next);
        self.next += 1;
        if role == Role::Lobby {
            self.gathering.came(who, &DoorPass::default(), Entry::Lobby { observes: true });
        }
        self.people.push(person(who, role));
        self.look();
        who
    }

    /// Somebody comes through the door.
    pub(super) fn enter(&mut self, pass: &DoorPass) -> Result<(PersonId, Entry), RefusalCode> {
        let entry = self.with(|gathering, room| gathering.door(pass, room))?;
        let who = PersonId(self.next);
        self.next += 1;
        let role = match entry {
            Entry::In(role) => role,
            Entry::Lobby { .. } => Role::Lobby,
        };
        self.gathering.came(who, pass, entry);
        self.people.push(person(who, role));
        self.look();
        Ok((who, entry))
    }

    pub(super) fn leave(&mut self, who: PersonId) {
        self.people.retain(|person| person.who != who);
        self.look();
    }

    pub(super) fn line(&mut self, who: PersonId, connected: bool) {
        self.of(who).connected = connected;
        self.look();
    }

    pub(super) fn of(&mut self, who: PersonId) -> &mut Present {
        self.people.iter_mut().find(|person| person.who == who).expect("is here")
    }

    pub(super) fn role(&self, who: PersonId) -> Option<Role> {
        self.people.iter().find(|person| person.who == who).map(|person| person.role)
    }

    /// Time goes by; what is due happens at its moment.
    pub(super) fn pass_time(&mut self, millis: Millis) {
        let until = self.now + millis;
        while let Some(due) = self.gathering.due().filter(|due| *due <= until) {
            assert!(due >= self.now, "due in the past: {due} at {}", self.now);
            self.now = due;
            self.look();
        }
        self.now = until;
    }

    pub(super) fn look(&mut self) -> Vec<Effect> {
        let effects = self.with(Gathering::look);
        self.follow(&effects);
        effects
    }

    /// The host acts.
    pub(super) fn act(&mut self, act: &Act) -> Result<Vec<Effect>, RefusalCode> {
        self.act_by(HOST, act)
    }

    pub(super) fn act_by(&mut self, by: PersonId, act: &Act) -> Result<Vec<Effect>, RefusalCode> {
        let before = self.gathering.clone();
        let done = self.with(|gathering, room| gathering.act(by, act, room));
        self.settle(&before, done)
    }

    pub(super) fn take(&mut self, by: PersonId, take: &Take) -> Result<Vec<Effect>, RefusalCode> {
        let before = self.gathering.clone();
        let done = self.with(|gathering, room| gathering.take(by, take, room));
        self.settle(&before, done)
    }

    fn settle(
        &mut self,
        before: &Gathering,
        done: Result<Vec<Effect>, RefusalCode>,
    ) -> Result<Vec<Effect>, RefusalCode> {
        match &done {
            Ok(effects) => {
                let effects = effects.clone();
                self.follow(&effects);
                self.look();
            }
            Err(reason) => assert_eq!(*before, self.gathering, "refused as {reason:?}, and yet something has changed"),
        }
        done
    }

    fn with<T>(&mut self, f: impl FnOnce(&mut Gathering, &RoomNow<'_>) -> T) -> T {
        let room = RoomNow { people: &self.people, tables: &TABLES, now: self.now, chance: self.chance };
        f(&mut self.gathering, &room)
    }

    fn follow(&mut self, effects: &[Effect]) {
        for effect in effects {
            match *effect {
                Effect::Walk { who, zone } => self.of(who).zone = zone,
                Effect::Admit { who, role } => self.of(who).role = role,
                Effect::TurnAway { who } => self.people.retain(|person| person.who != who),
                Effect::Lend { who, on } => {
                    let person = self.of(who);
                    person.lent = on;
                    person.role = if on { Role::PeerStaff } else { Role::Participant };
                }
                Effect::Badge { .. } => {}
                Effect::Over => self.over = true,
            }
        }
    }
}

pub(super) fn person(who: PersonId, role: Role) -> Present {
    Present {
        who,
        nick: format!("なぎ{}", who.0),
        role,
        lent: false,
        way: Way::Write,
        zone: 0,
        connected: true,
        known: false,
        first: true,
        muted: false,
        aside: false,
        look: Look { figure: 0, colour: 0 },
    }
}

pub(super) fn staff(role: Role) -> DoorPass {
    let staff = StaffPass { account: "a".into(), login: "l".into(), role, badge: true };
    DoorPass { staff: Some(staff), ..DoorPass::default() }
}
