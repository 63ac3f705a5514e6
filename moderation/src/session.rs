//! Which action each command of a session, and each measure of the staff, is, and on whom it acts. The matrix ([`crate::roles`]) says who may.
//!
//! What a peer staff's *assist* is: everything that carries on what the one who leads has begun (go on in a round, take
//! down a hand, take a suggested theme away) or prepares what only staff see (small groups before anybody is invited).
//! Whatever changes the session for everybody is for those who lead.

use ibasho_protocol::desk::Scope;
use ibasho_protocol::host::{Act, Take};
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::role::Role;
use ibasho_protocol::voice::Measure;

use crate::desk;
use crate::roles::{Action, outranks, permits};

/// The action that taking part in this manner is.
pub fn action_of_take(take: &Take) -> Action {
    match take {
        Take::Suggest { .. }
        | Take::Vote { .. }
        | Take::Hand { .. }
        | Take::Pass {}
        | Take::Later {}
        | Take::Join { .. }
        | Take::Suggestion { .. } => Action::TakePart,
        Take::Keep {} => Action::Keep,
        Take::Forget {} => Action::Forget,
    }
}

/// The action that hosting in this manner is.
pub fn action_of(act: &Act) -> Action {
    match act {
        Act::Go { .. }
        | Act::Extend { .. }
        | Act::Gather { .. }
        | Act::Vote {}
        | Act::Count {}
        | Act::Choose { .. }
        | Act::Theme { .. }
        | Act::Round { .. }
        | Act::EndRound {}
        | Act::Announce { .. }
        | Act::Clear {}
        | Act::Invite { .. }
        | Act::CallBack {} => Action::Phases,
        Act::Next { .. }
        | Act::Lower { .. }
        | Act::Drop { .. }
        | Act::Propose { .. }
        | Act::Plan { .. }
        | Act::Pair { .. } => Action::Assist,
        Act::Admit { .. } | Act::Word { .. } | Act::Decline { .. } => Action::Admit,
        Act::Lend { .. } => Action::RolesRoom,
        Act::Badge { .. } | Act::Note { .. } => Action::Colleague,
    }
}

/// The action that this measure is, and on whom, if it is on one person.
pub fn action_of_measure(measure: &Measure) -> (Action, Option<PersonId>) {
    match *measure {
        Measure::Mute { who, .. } => (Action::Mute, Some(who)),
        Measure::Sanction { who, permanent: true, .. } => (Action::BanPermanentPropose, Some(who)),
        Measure::Sanction { who, kind, site, .. } => {
            let scope = if site { Scope::Site } else { Scope::Room(String::new()) };
            (desk::permission::action_of(kind, &scope), Some(who))
        }
        Measure::Delete { .. } => (Action::Delete, None),
        Measure::LockDown { .. } | Measure::Lift { .. } => (Action::Lock, None),
    }
}

/// Whether somebody in the role `actor` may take `measure` on somebody in the role `target`.
///
/// # Errors
/// [`RefusalCode::NotAllowed`] for the role, [`RefusalCode::NotInReach`] for the person.
pub fn may_measure(actor: Role, measure: &Measure, target: Role) -> Result<(), RefusalCode> {
    let (action, _) = action_of_measure(measure);
    if !permits(actor, action) {
        return Err(RefusalCode::NotAllowed);
    }
    if outranks(actor, target) { Ok(()) } else { Err(RefusalCode::NotInReach) }
}

/// The one person an act is on. `Next` names somebody only to say what its sender believes, and groups and pairs are
/// about several.
pub fn target_of(act: &Act) -> Option<PersonId> {
    match act {
        Act::Lower { who } | Act::Decline { who } | Act::Lend { who, .. } => Some(*who),
        Act::Admit { who } | Act::Word { who, .. } => *who,
        _ => None,
    }
}

/// Whether somebody in the role `actor` may do `act`. `target` is what the one person it acts on is, and whether that
/// is the actor themselves: everybody may do to themselves what their role may do at all.
///
/// # Errors
/// [`RefusalCode::NotAllowed`] for the role, [`RefusalCode::NotInReach`] for the person.
pub fn may_host(actor: Role, act: &Act, target: Option<(Role, bool)>) -> Result<(), RefusalCode> {
    if !permits(actor, action_of(act)) {
        return Err(RefusalCode::NotAllowed);
    }
    match target {
        Some((role, false)) if !outranks(actor, role) => Err(RefusalCode::NotInReach),
        _ => Ok(()),
    }
}
