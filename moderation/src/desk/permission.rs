//! Who may do what at the desk: the matrix of roles, the reach of a role, and who is too near to a case.

use super::cases::{Case, Matter};
use super::sanctions::{Kind, Sanction};
use super::subject::{Actor, Scope, Target};
use super::{Desk, DeskRefusal};
use crate::roles::{Action, Role, outranks, permits};

/// The action that a sanction is in the matrix of roles.
pub fn action_of(kind: Kind, scope: &Scope) -> Action {
    match (kind, scope) {
        (Kind::Nudge, _) => Action::Nudge,
        (Kind::Restricted, _) => Action::Restrict,
        (Kind::Timeout, _) => Action::Timeout,
        (Kind::MuteText | Kind::MuteVoice, _) => Action::Mute,
        (Kind::SetAside, _) => Action::SetAside,
        (Kind::Remove, _) => Action::Remove,
        (Kind::Ban, Scope::Room(_)) => Action::BanRoom,
        (Kind::Ban, Scope::Site) => Action::BanSite,
    }
}

/// Whether the role grants one of the actions and reaches there.
pub(super) fn granted(actor: &Actor, actions: &[Action], scope: &Scope) -> Result<(), DeskRefusal> {
    if !actions.iter().any(|action| permits(actor.role, *action)) {
        return Err(DeskRefusal::NotAllowed);
    }
    if actor.reaches(scope.room()) { Ok(()) } else { Err(DeskRefusal::OutOfReach) }
}

fn on(actor: &Actor, target: &Target) -> Result<(), DeskRefusal> {
    if outranks(actor.role, target.role) { Ok(()) } else { Err(DeskRefusal::NotInReach) }
}

/// Whether `actor` may decide this about somebody.
///
/// # Errors
/// [`DeskRefusal::NotAllowed`] for the role, [`DeskRefusal::OutOfReach`] for the place, [`DeskRefusal::NotInReach`]
/// for the person.
pub fn may_impose(actor: &Actor, kind: Kind, scope: &Scope, target: &Target) -> Result<(), DeskRefusal> {
    granted(actor, &[action_of(kind, scope)], scope)?;
    on(actor, target)
}

/// Whether `actor` may take this back: whoever could have decided it; for a ban without an end, whoever may propose
/// or approve one.
///
/// # Errors
/// As [`may_impose`].
pub fn may_undo(actor: &Actor, sanction: &Sanction) -> Result<(), DeskRefusal> {
    if sanction.until.is_some() {
        return may_impose(actor, sanction.kind, &sanction.scope, &sanction.target);
    }
    granted(actor, &[Action::BanPermanentPropose, Action::BanPermanentApprove], &sanction.scope)?;
    on(actor, &sanction.target)
}

/// Whether `actor` may decide an appeal against it: whoever may take it back and did not decide it.
///
/// # Errors
/// As [`may_undo`]; [`DeskRefusal::DecidedByYou`].
pub fn may_judge(actor: &Actor, sanction: &Sanction) -> Result<(), DeskRefusal> {
    may_undo(actor, sanction)?;
    if sanction.was_decided_by(actor.id) { Err(DeskRefusal::DecidedByYou) } else { Ok(()) }
}

impl Desk {
    /// Whether `actor` may take the case on and settle it.
    ///
    /// # Errors
    /// [`DeskRefusal::NotAllowed`], [`DeskRefusal::OutOfReach`], [`DeskRefusal::NotInReach`];
    /// [`DeskRefusal::Involved`] for what is about themselves; [`DeskRefusal::DecidedByYou`] for what needs somebody else.
    pub fn may_handle(&self, case: &Case, actor: &Actor) -> Result<(), DeskRefusal> {
        match &case.matter {
            Matter::Hold(_) => granted(actor, &[Action::HoldDecide], &case.scope)?,
            Matter::Report(_) => {
                granted(actor, &[Action::EvidenceRoom, Action::EvidenceCase], &case.scope)?;
                above_the_reported(actor, case)?;
            }
            Matter::Help(_) => granted(actor, &[Action::HelpAnswer], &case.scope)?,
            Matter::Appeal(appeal) => {
                may_judge(actor, self.sanctions.get(&appeal.sanction).ok_or(DeskRefusal::Unknown)?)?;
            }
            Matter::Proposal(proposal) => {
                granted(actor, &[Action::BanPermanentApprove], &case.scope)?;
                on(actor, &case.about)?;
                if proposal.by == actor.id {
                    return Err(DeskRefusal::DecidedByYou);
                }
            }
        }
        if actor.is_involved(&case.about.subject) { Err(DeskRefusal::Involved) } else { Ok(()) }
    }

    /// Whether `actor` may see the case. Nobody sees reports about themselves.
    pub fn may_see(&self, case: &Case, actor: &Actor) -> bool {
        let evidence = [Action::EvidenceRoom, Action::EvidenceCase, Action::EvidenceAudit];
        let actions: &[Action] = match &case.matter {
            Matter::Hold(_) => &[Action::HoldSee],
            Matter::Help(_) => &[Action::HelpAnswer],
            Matter::Report(_) | Matter::Appeal(_) => &evidence,
            Matter::Proposal(_) => &[Action::BanPermanentPropose, Action::BanPermanentApprove, Action::EvidenceAudit],
        };
        let open = !matches!(case.matter, Matter::Report(_)) || above_the_reported(actor, case).is_ok();
        granted(actor, actions, &case.scope).is_ok() && open && !actor.is_involved(&case.about.subject)
    }
}

/// What is reported about staff is for those above them. Above owners there is nobody: another owner, then; and
/// auditors see everything.
fn above_the_reported(actor: &Actor, case: &Case) -> Result<(), DeskRefusal> {
    let about_staff = case.about.role.is_staff() || case.about.role == Role::Auditor;
    if !about_staff || matches!(actor.role, Role::Owner | Role::Auditor) { Ok(()) } else { on(actor, &case.about) }
}
