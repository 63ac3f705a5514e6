//! The desk: the state of everything that staff decide in a place, and how it changes.
//!
//! Every command takes `now` (milliseconds since the Unix epoch) and who acts, and returns [`Changes`]: what is to be
//! stored, audited, done, said and shown; or a [`DeskRefusal`], and then nothing has changed. Time itself acts by
//! [`Desk::tick`], at the moment that [`Desk::due`] names. [`Desk::load`] makes the same desk again from what was stored.
//!
//! What waits for staff is a [`cases::Case`], whatever it is about ([`holds`], [`reports`], [`help`], [`appeals`],
//! [`permanent`]); what was decided about somebody is a [`sanctions::Sanction`]; how somebody stands because of it,
//! [`standing`] says. What always holds:
//!
//! - whoever is acted on is told, also when they come back later ([`Desk::untold`]);
//! - no sanction outlives its end, whether or not anybody looked at the clock;
//! - what was taken back never was;
//! - who decided something does not decide about it again;
//! - a cry for help is no offence, and worry about somebody is not held against them.

mod agenda;
pub mod appeals;
pub mod audit;
pub mod cases;
pub mod changes;
pub mod codes;
mod deletion;
pub mod help;
pub mod history;
pub mod holds;
pub mod impose;
pub mod ladder;
pub mod lockdown;
pub mod notices;
pub mod permanent;
pub mod permission;
pub mod queue;
mod refusal;
pub mod reports;
pub mod sanctions;
pub mod settings;
mod shelf;
pub mod standing;
pub mod subject;
mod time;

use std::collections::{BTreeMap, BTreeSet};

use agenda::Agenda;
use cases::Case;
pub use changes::{Changes, RecordKind};
use lockdown::Lockdown;
use notices::Untold;
pub use refusal::DeskRefusal;
use sanctions::Sanction;
use settings::Settings;
pub use shelf::LoadFault;
use subject::{Key, Subject};

/// The state of everything that staff decide in a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    settings: Settings,
    /// The next id that is free. Ids tell staff what came first; no person compares theirs with others'.
    next: u64,
    cases: BTreeMap<u64, Case>,
    sanctions: BTreeMap<u64, Sanction>,
    lockdowns: BTreeMap<u64, Lockdown>,
    notices: BTreeMap<u64, Untold>,
    // What follows is made from the above.
    open: BTreeSet<u64>,
    by_key: BTreeMap<Key, BTreeSet<u64>>,
    agenda: Agenda,
}

impl Desk {
    /// An empty desk. [`Settings::check`] says whether the settings make sense.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            next: 1,
            cases: BTreeMap::new(),
            sanctions: BTreeMap::new(),
            lockdowns: BTreeMap::new(),
            notices: BTreeMap::new(),
            open: BTreeSet::new(),
            by_key: BTreeMap::new(),
            agenda: Agenda::default(),
        }
    }

    /// What it works by.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The case with this id, if it is kept. Who may see it, [`Desk::may_see`] says.
    pub fn case(&self, id: u64) -> Option<&Case> {
        self.cases.get(&id)
    }

    /// The sanction with this id, if it is kept.
    pub fn sanction(&self, id: u64) -> Option<&Sanction> {
        self.sanctions.get(&id)
    }

    /// How many cases and sanctions there are about somebody.
    pub fn about(&self, subject: &Subject) -> u64 {
        let cases = self.cases.values().filter(|case| case.about.subject.is_surely(subject)).count();
        let sanctions = self.sanctions.values().filter(|have| have.target.subject.is_surely(subject)).count();
        (cases + sanctions) as u64
    }

    /// Every case that waits, by id.
    pub fn open_cases(&self) -> impl Iterator<Item = &Case> {
        self.open.iter().filter_map(|id| self.cases.get(id))
    }
}
