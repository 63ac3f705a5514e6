//! Appeals: once per sanction, decided by somebody who did not decide it, never to the worse.

use serde::{Deserialize, Serialize};

use super::audit::{AuditAction, Who};
use super::cases::{Case, Matter, Outcome};
use super::changes::{Changes, Effect, Event};
pub use super::codes::AppealOutcome;
use super::impose::{Draft, check_scope, end_after};
use super::ladder::Ladder;
use super::notices::Notice;
use super::permission::{may_impose, may_judge};
use super::sanctions::{Ended, How, Kind, Sanction};
use super::settings::Reach;
use super::subject::{Actor, Subject, Target};
use super::{Desk, DeskRefusal};

/// An appeal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// Against this sanction.
    pub sanction: u64,
    /// The words of the person, which the server keeps.
    pub evidence: Option<u64>,
    /// Who has been reminded.
    pub ladder: Ladder,
}

/// What is decided about an appeal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It stays as it was.
    Uphold,
    /// This instead, which must be milder; its minutes begin now.
    Change {
        /// What.
        kind: Kind,
        /// How long, in minutes.
        minutes: u32,
    },
    /// It is taken back.
    Undo,
}

impl Desk {
    /// Somebody appeals against what was decided about them, also when it is over already. `staff` are all who could
    /// decide it: when nobody is among them who may, the person is told so and somebody outside is called at once.
    ///
    /// # Errors
    /// [`DeskRefusal::NotYours`]; [`DeskRefusal::AlreadyAppealed`]; [`DeskRefusal::AlreadyHandled`] for what was taken
    /// back meanwhile.
    pub fn appeal(
        &mut self,
        sanction: u64,
        who: &Subject,
        evidence: Option<u64>,
        staff: &[Actor],
        now: u64,
    ) -> Result<Changes, DeskRefusal> {
        let mut sanction = self.sanctions.get(&sanction).ok_or(DeskRefusal::Unknown)?.clone();
        if !sanction.target.subject.is(who) {
            return Err(DeskRefusal::NotYours);
        }
        if sanction.appeal.is_some() {
            return Err(DeskRefusal::AlreadyAppealed);
        }
        if let Some(Ended { how: How::Undone { by }, .. }) = sanction.ended {
            return Err(DeskRefusal::AlreadyHandled { by: Some(by) });
        }
        let mut changes = Changes::default();
        // The one who appeals is told, also when they came with another id than the one they had.
        let about = Target { subject: *who, role: sanction.target.role };
        let matter = Matter::Appeal(Appeal { sanction: sanction.id, evidence, ladder: Ladder::from(now) });
        let case = self.open(sanction.scope.clone(), about, matter, now, &mut changes);
        sanction.appeal = Some(case.id);
        let sanction = self.put_sanction(sanction, &mut changes);
        let mut audit = case.audit(AuditAction::AppealMake, Who::Person(who.person));
        audit.sanction = Some(sanction.id);
        changes.audit.push(audit);
        changes.tell_of_case(Event::AppealMade, &case, Some(sanction.kind.code()));
        self.notify(*who, Notice::AppealReceived { sanction: sanction.id, case: case.id }, now, &mut changes);
        if !staff.iter().any(|actor| may_judge(actor, &sanction).is_ok() && !actor.is_involved(who)) {
            self.notify(*who, Notice::AppealWaits { sanction: sanction.id, case: case.id }, now, &mut changes);
            // They were told that help was called from outside: so it is.
            changes.tell_of_case(Event::AppealEscalated, &case, None);
            let room = case.scope.room().map(str::to_owned);
            let (case, person) = (case.id, who.person);
            changes.effects.push(Effect::Escalate { case, room, person, step: 0, to: Reach::Outside });
        }
        Ok(changes)
    }

    /// Decides an appeal.
    ///
    /// # Errors
    /// As [`Desk::hand`]; [`DeskRefusal::DecidedByYou`]; [`DeskRefusal::Harsher`], [`DeskRefusal::BadLength`] and
    /// [`DeskRefusal::BadScope`] for a change that is none to the better; [`DeskRefusal::Over`] for a change of what
    /// has ended.
    pub fn decide_appeal(
        &mut self,
        case: u64,
        version: u32,
        answer: Answer,
        actor: &Actor,
        now: u64,
    ) -> Result<Changes, DeskRefusal> {
        let case = self.to_handle(case, Some(version), actor, now)?;
        let Matter::Appeal(appeal) = &case.matter else { return Err(DeskRefusal::OtherKind) };
        let sanction = self.sanctions.get(&appeal.sanction).ok_or(DeskRefusal::Unknown)?.clone();
        let mut changes = Changes::default();
        let outcome = match answer {
            Answer::Uphold => AppealOutcome::Upheld,
            Answer::Undo => {
                self.take_back(sanction, actor.id, now, &mut changes);
                AppealOutcome::Undone
            }
            Answer::Change { kind, minutes } => {
                check_change(&sanction, kind, minutes, actor, now)?;
                self.change(sanction, kind, minutes, actor.id, now, &mut changes);
                AppealOutcome::Changed
            }
        };
        self.answer_appeal(case, actor.id, outcome, now, &mut changes);
        Ok(changes)
    }

    /// Puts a milder sanction in the place of this one.
    fn change(&mut self, mut old: Sanction, kind: Kind, minutes: u32, by: u64, now: u64, changes: &mut Changes) {
        // The old one ends first, so that what is enforced with the new one is the new one only.
        let into = self.upcoming();
        old.ended = Some(Ended { at: now, how: How::Changed { by, into } });
        changes.tell_of_sanction(Event::SanctionEnded, &old, "changed");
        let old = self.put_sanction(old, changes);
        let draft = Draft {
            target: old.target,
            kind,
            scope: old.scope,
            reason: old.reason,
            note: old.note,
            by: Some(by),
            approved_by: None,
            until: Some(end_after(now, minutes)),
            case: old.case,
            appeal: old.appeal,
        };
        let made = self.begin(draft, now, changes);
        debug_assert_eq!(made, into, "nothing else took the id");
    }

    /// Closes an appeal and tells the person.
    pub(super) fn answer_appeal(
        &mut self,
        case: Case,
        by: u64,
        outcome: AppealOutcome,
        now: u64,
        changes: &mut Changes,
    ) {
        let Matter::Appeal(Appeal { sanction, .. }) = case.matter else { return };
        let mut audit = case.audit(AuditAction::AppealDecide, Who::Staff(by));
        audit.reason = Some(outcome.code());
        audit.sanction = Some(sanction);
        changes.audit.push(audit);
        changes.tell_of_case(Event::AppealDecided, &case, Some(outcome.code()));
        let (id, who) = (case.id, case.about.subject);
        self.close(case, Some(by), Outcome::Appeal(outcome), now, changes);
        // It was kept for the appeal; from here on it may be forgotten in its time.
        if let Some(sanction) = self.sanctions.get(&sanction).cloned() {
            self.put_sanction(sanction, changes);
        }
        self.notify(who, Notice::AppealDecided { sanction, case: id, outcome }, now, changes);
    }
}

fn check_change(old: &Sanction, kind: Kind, minutes: u32, actor: &Actor, now: u64) -> Result<(), DeskRefusal> {
    may_impose(actor, kind, &old.scope, &old.target)?;
    if !old.is_in_force(now) {
        return Err(DeskRefusal::Over);
    }
    if !kind.lasts(minutes) {
        return Err(DeskRefusal::BadLength);
    }
    check_scope(kind, &old.scope)?;
    if old.would_be_milder(kind, end_after(now, minutes)) { Ok(()) } else { Err(DeskRefusal::Harsher) }
}
