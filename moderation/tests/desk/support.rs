//! A place with a desk whose records are stored, and the people in it.

use std::collections::BTreeMap;
use std::ops::Deref;

use ibasho_moderation::desk::changes::{Changes, Effect, Record, Write};
use ibasho_moderation::desk::codes::{Category, HoldCause, Reason};
use ibasho_moderation::desk::holds::{NewHold, Place as Spot};
use ibasho_moderation::desk::impose::Order;
use ibasho_moderation::desk::notices::Notice;
use ibasho_moderation::desk::reports::NewReport;
use ibasho_moderation::desk::sanctions::Kind;
use ibasho_moderation::desk::settings::Settings;
use ibasho_moderation::desk::subject::{Actor, Scope, Subject, Target};
use ibasho_moderation::desk::{Desk, DeskRefusal, RecordKind};
use ibasho_moderation::roles::Role;

/// When the tests begin.
pub const T0: u64 = 1_800_000_000_000;
/// The room in which they happen.
pub const ROOM: &str = "umibe";

pub struct Place {
    pub desk: Desk,
    pub now: u64,
    stored: BTreeMap<(RecordKind, u64), Record>,
}

/// What a command did. Tests may look at it or not.
#[derive(Debug)]
pub struct Done(Changes);

impl Deref for Done {
    type Target = Changes;

    fn deref(&self) -> &Changes {
        &self.0
    }
}

impl Place {
    pub fn new() -> Self {
        let settings = Settings::default();
        settings.check().expect("the defaults make sense");
        Self { desk: Desk::new(settings), now: T0, stored: BTreeMap::new() }
    }

    /// A command that must succeed.
    pub fn does(&mut self, command: impl FnOnce(&mut Desk, u64) -> Result<Changes, DeskRefusal>) -> Done {
        self.tries(command).expect("the command is done")
    }

    /// A command that must be refused.
    pub fn refuses(&mut self, command: impl FnOnce(&mut Desk, u64) -> Result<Changes, DeskRefusal>) -> DeskRefusal {
        self.tries(command).expect_err("the command is refused")
    }

    /// A command. What is refused changes nothing; what is done is stored, and what is stored is the same desk.
    pub fn tries(
        &mut self,
        command: impl FnOnce(&mut Desk, u64) -> Result<Changes, DeskRefusal>,
    ) -> Result<Done, DeskRefusal> {
        let before = self.desk.clone();
        let result = command(&mut self.desk, self.now);
        match &result {
            Ok(changes) => self.store(changes),
            Err(_) => assert_eq!(self.desk, before, "what is refused changes nothing"),
        }
        result.map(Done)
    }

    /// A command that cannot be refused.
    pub fn lets(&mut self, command: impl FnOnce(&mut Desk, u64) -> Changes) -> Done {
        self.does(|desk, now| Ok(command(desk, now)))
    }

    /// Lets time go by, and does what is due.
    pub fn after(&mut self, millis: u64) -> Done {
        self.now += millis;
        self.lets(Desk::tick)
    }

    pub fn version(&self, case: u64) -> u32 {
        self.desk.case(case).expect("the case is kept").version
    }

    pub fn keep_until(&self, kind: RecordKind, id: u64) -> Option<u64> {
        self.stored[&(kind, id)].keep_until
    }

    pub fn has_stored(&self, kind: RecordKind, id: u64) -> bool {
        self.stored.contains_key(&(kind, id))
    }

    fn store(&mut self, changes: &Changes) {
        for write in &changes.records {
            match write {
                Write::Upsert(record) => drop(self.stored.insert((record.kind, record.id), record.clone())),
                Write::Delete { kind, id } => {
                    assert!(self.stored.remove(&(*kind, *id)).is_some(), "only what is there");
                }
            }
        }
        let all: BTreeMap<_, _> = self.desk.records().into_iter().map(|one| ((one.kind, one.id), one)).collect();
        assert_eq!(self.stored, all, "the changes say everything that is to be stored");
        let loaded = Desk::load(self.desk.settings().clone(), all.into_values()).expect("it can be understood");
        assert_eq!(loaded, self.desk, "what was stored is the same desk");
    }
}

pub fn actor(id: u64, role: Role) -> Actor {
    Actor { id, role, rooms: vec![ROOM.to_owned()], own: None }
}

pub fn facilitator() -> Actor {
    actor(101, Role::Facilitator)
}

pub fn moderator() -> Actor {
    actor(102, Role::Moderator)
}

pub fn owner() -> Actor {
    actor(103, Role::Owner)
}

/// Somebody who takes part.
pub fn person(person: u64) -> Target {
    Target { subject: Subject::of(person), role: Role::Participant }
}

pub fn room() -> Scope {
    Scope::Room(ROOM.to_owned())
}

pub fn order(who: Target, kind: Kind, minutes: u32) -> Order {
    let note = String::new();
    Order { target: who, kind, scope: room(), minutes, reason: Reason::Insult, note, case: None }
}

pub fn held(writer: Target) -> NewHold {
    let place = Spot { seq: 7, at: T0 };
    NewHold { writer, room: ROOM.to_owned(), cause: HoldCause::Rule, rule: Some("phone".to_owned()), place, cry: false }
}

pub fn report(by: Target, about: Target, category: Category) -> NewReport {
    NewReport {
        by: by.subject,
        rule: None,
        calls: false,
        about,
        scope: room(),
        category,
        message: None,
        voice: false,
        evidence: None,
    }
}

/// What the person was told by these changes.
pub fn told(changes: &Changes, person: Target) -> Vec<Notice> {
    let told = |effect: &Effect| match effect {
        Effect::Notify { to, notice, .. } if *to == person.subject => Some(notice.clone()),
        _ => None,
    };
    changes.effects.iter().filter_map(told).collect()
}

pub fn made(changes: &Changes) -> u64 {
    changes.made.expect("something was made")
}
