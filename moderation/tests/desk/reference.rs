//! The reference: it knows only a list of what was decided, and counts what people were told.

use std::collections::BTreeMap;

use ibasho_moderation::desk::changes::{Changes, Effect};
use ibasho_moderation::desk::notices::Notice;
use ibasho_moderation::desk::sanctions::Kind;
use ibasho_moderation::desk::standing::Standing;
use ibasho_moderation::desk::subject::{Actor, Scope, Subject, Target};
use ibasho_moderation::roles::Role;

use crate::support::{facilitator, moderator, owner};

pub const ROOMS: [&str; 2] = ["umibe", "yama"];

/// The first two sit at the same device; the third is a member.
pub fn people(who: usize) -> Target {
    let device = (who < 2).then_some([9; 32]);
    let subject = Subject { person: who as u64 + 1, device, member: (who == 2).then_some(5) };
    Target { subject, role: Role::Participant }
}

pub fn alike(a: usize, b: usize) -> bool {
    a == b || (a < 2 && b < 2)
}

pub fn staff(by: usize) -> Actor {
    [facilitator(), moderator(), owner(), Actor { id: 104, ..owner() }][by].clone()
}

pub fn scopes(scope: usize) -> Scope {
    ROOMS.get(scope).map_or(Scope::Site, |room| Scope::Room((*room).to_owned()))
}

/// What was decided, as a list remembers it.
#[derive(Debug)]
pub struct Decided {
    pub who: usize,
    pub kind: Kind,
    pub scope: Scope,
    pub until: Option<u64>,
    pub by: Vec<u64>,
    pub taken_back: bool,
    pub changed: bool,
    pub told_begin: u32,
    pub told_end: u32,
}

#[derive(Debug, Default)]
pub struct Model {
    pub sanctions: BTreeMap<u64, Decided>,
    /// Case → who handles it, and until when.
    pub claims: BTreeMap<u64, (u64, u64)>,
    /// Hold → how often its writer was told what became of it.
    pub holds: BTreeMap<u64, u32>,
    /// Appeal → its sanction, how often it was received, how often answered.
    pub appeals: BTreeMap<u64, (u64, u32, u32)>,
    /// Report → how often it was received, how often looked at.
    pub reports: BTreeMap<u64, (u32, u32)>,
}

impl Model {
    pub fn decided(&mut self, id: u64, who: usize, kind: Kind, scope: Scope, until: Option<u64>, by: Vec<u64>) {
        let flags = (false, false, 0, 0);
        let (taken_back, changed, told_begin, told_end) = flags;
        let one = Decided { who, kind, scope, until, by, taken_back, changed, told_begin, told_end };
        assert!(self.sanctions.insert(id, one).is_none(), "ids are new");
    }

    pub fn in_force(&self, who: usize, kind: Kind, room: &str, now: u64) -> bool {
        self.sanctions.values().any(|one| {
            let over = one.taken_back || one.changed || one.until.is_some_and(|until| until <= now);
            alike(one.who, who) && one.kind == kind && one.scope.covers(room) && !over
        })
    }

    /// Counts what people were told.
    pub fn hears(&mut self, changes: &Changes) {
        for effect in &changes.effects {
            let Effect::Notify { notice, .. } = effect else { continue };
            match notice {
                Notice::Sanctioned { sanction, .. } => self.sanction(*sanction).told_begin += 1,
                Notice::SanctionEnded { sanction, .. } | Notice::SanctionUndone { sanction, .. } => {
                    self.sanction(*sanction).told_end += 1;
                }
                Notice::Shown { hold } | Notice::NotShown { hold, .. } | Notice::TakenBack { hold } => {
                    *self.holds.get_mut(hold).expect("a hold") += 1;
                }
                Notice::AppealReceived { case, .. } => self.appeals.get_mut(case).expect("an appeal").1 += 1,
                Notice::AppealDecided { case, sanction, outcome } => {
                    let appeal = self.appeals.get_mut(case).expect("an appeal");
                    assert_eq!(appeal.0, *sanction);
                    appeal.2 += 1;
                    if outcome.code() == "changed" {
                        self.sanction(*sanction).told_end += 1;
                    }
                }
                Notice::ReportReceived { case } => self.reports.entry(*case).or_default().0 += 1,
                Notice::ReportLookedAt { case } => self.reports.get_mut(case).expect("a report").1 += 1,
                Notice::BeingLookedAt { .. }
                | Notice::Deleted { .. }
                | Notice::AppealWaits { .. }
                | Notice::Warned { .. }
                | Notice::HelpCard { .. }
                | Notice::HelpIsThere { .. } => {}
            }
        }
    }

    pub fn sanction(&mut self, id: u64) -> &mut Decided {
        self.sanctions.get_mut(&id).expect("it was decided")
    }

    /// Nobody acts on what somebody else handles.
    pub fn is_free_for(&self, case: u64, by: u64, now: u64) -> bool {
        self.claims.get(&case).is_none_or(|(holder, until)| *holder == by || *until <= now)
    }
}

/// Whether something of this kind is in force.
pub fn term(standing: &Standing, kind: Kind) -> bool {
    let term = match kind {
        Kind::Nudge => None,
        Kind::Restricted => standing.restricted,
        Kind::Timeout => standing.timeout,
        Kind::MuteText => standing.text_mute,
        Kind::MuteVoice => standing.voice_mute,
        Kind::SetAside => standing.set_aside,
        Kind::Remove => standing.removed,
        Kind::Ban => standing.banned,
    };
    term.is_some()
}
