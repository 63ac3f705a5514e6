//! Bans without an end: one person proposes, a second one agrees.

use serde::{Deserialize, Serialize};

use super::audit::{AuditAction, Who};
use super::cases::{Case, Matter, Outcome};
use super::changes::{Changes, Event};
use super::codes::Reason;
use super::impose::{Draft, check_note};
use super::permission::granted;
use super::sanctions::Kind;
use super::settings::DAY;
use super::subject::{Actor, Scope, Target};
use super::{Desk, DeskRefusal};
use crate::roles::{Action, outranks};

/// How long a proposal waits, in milliseconds: two weeks, so that an owner who is away for one still sees it. What
/// nobody agrees to by then does not happen.
pub const LAPSES: u64 = 14 * DAY;

/// A ban without an end that needs a second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Who proposed it.
    pub by: u64,
    /// Why.
    pub reason: Reason,
    /// What staff noted for each other.
    pub note: String,
    /// Until when somebody must agree, in milliseconds since the Unix epoch.
    pub lapses: u64,
}

impl Desk {
    /// Proposes a ban without an end. Nothing is in force by that: a ban with an end can be, meanwhile.
    ///
    /// # Errors
    /// What the role, its reach or the ranks do not allow; [`DeskRefusal::NoteTooLong`];
    /// [`DeskRefusal::AlreadyInForce`] when there is one, and [`DeskRefusal::AlreadyHandled`] when one is proposed.
    pub fn propose_permanent(
        &mut self,
        target: Target,
        scope: Scope,
        reason: Reason,
        note: String,
        actor: &Actor,
        now: u64,
    ) -> Result<Changes, DeskRefusal> {
        granted(actor, &[Action::BanPermanentPropose], &scope)?;
        if !outranks(actor.role, target.role) {
            return Err(DeskRefusal::NotInReach);
        }
        check_note(&note)?;
        if let Some(sanction) = self.same_in_force(&target.subject, Kind::Ban, &scope, None, now) {
            return Err(DeskRefusal::AlreadyInForce { sanction });
        }
        let same = |case: &&Case| case.scope == scope && case.about.subject.is(&target.subject);
        let proposed = self.open_cases().filter(same).find_map(|case| match &case.matter {
            Matter::Proposal(proposal) => Some(proposal.by),
            _ => None,
        });
        if let Some(by) = proposed {
            return Err(DeskRefusal::AlreadyHandled { by: Some(by) });
        }
        let mut changes = Changes::default();
        let proposal = Proposal { by: actor.id, reason, note, lapses: now.saturating_add(LAPSES) };
        let case = self.open(scope, target, Matter::Proposal(proposal), now, &mut changes);
        let mut audit = case.audit(AuditAction::PermanentPropose, Who::Staff(actor.id));
        audit.reason = Some(reason.code());
        changes.audit.push(audit);
        changes.tell_of_case(Event::PermanentProposed, &case, Some(reason.code()));
        Ok(changes)
    }

    /// The second person agrees, or does not. It still can be appealed against and taken back.
    ///
    /// # Errors
    /// As [`Desk::hand`]; [`DeskRefusal::DecidedByYou`] for whoever proposed it; [`DeskRefusal::Over`] after
    /// [`LAPSES`].
    pub fn answer_proposal(
        &mut self,
        case: u64,
        version: u32,
        agree: bool,
        actor: &Actor,
        now: u64,
    ) -> Result<Changes, DeskRefusal> {
        let case = self.to_handle(case, Some(version), actor, now)?;
        let Matter::Proposal(proposal) = case.matter.clone() else { return Err(DeskRefusal::OtherKind) };
        let mut changes = Changes::default();
        let (action, outcome) = if agree {
            (AuditAction::PermanentApprove, Outcome::Agreed)
        } else {
            (AuditAction::PermanentDecline, Outcome::NotAgreed)
        };
        let mut audit = case.audit(action, Who::Staff(actor.id));
        audit.reason = Some(proposal.reason.code());
        changes.audit.push(audit);
        let draft = Draft {
            target: case.about,
            kind: Kind::Ban,
            scope: case.scope.clone(),
            reason: proposal.reason,
            note: proposal.note,
            by: Some(proposal.by),
            approved_by: Some(actor.id),
            until: None,
            case: Some(case.id),
            appeal: None,
        };
        self.close(case, Some(actor.id), outcome, now, &mut changes);
        if agree {
            self.begin(draft, now, &mut changes);
        }
        Ok(changes)
    }

    pub(super) fn lapse(&mut self, case: Case, at: u64, changes: &mut Changes) {
        changes.audit.push(case.audit(AuditAction::PermanentLapse, Who::Time));
        self.close(case, None, Outcome::Lapsed, at, changes);
    }
}
