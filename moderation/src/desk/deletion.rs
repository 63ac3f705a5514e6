//! Taking a message away that was shown already.

use super::audit::{Audit, AuditAction, Who};
use super::changes::Changes;
use super::codes::DeclineReason;
use super::notices::Notice;
use super::permission::granted;
use super::subject::{Actor, Scope, Target};
use super::{Desk, DeskRefusal};
use crate::roles::{Action, outranks};

impl Desk {
    /// Takes a message away from everybody who heard it. The server does it; the desk records it and tells the writer,
    /// kindly.
    ///
    /// # Errors
    /// What the role, its reach or the ranks do not allow.
    pub fn delete(
        &mut self,
        message: u64,
        writer: &Target,
        room: &str,
        reason: DeclineReason,
        actor: &Actor,
        now: u64,
    ) -> Result<Changes, DeskRefusal> {
        granted(actor, &[Action::Delete], &Scope::Room(room.to_owned()))?;
        if !outranks(actor.role, writer.role) {
            return Err(DeskRefusal::NotInReach);
        }
        let mut changes = Changes::default();
        changes.audit.push(Audit {
            person: Some(writer.subject.person),
            room: Some(room.to_owned()),
            reason: Some(reason.code()),
            ..Audit::new(AuditAction::MessageDelete, Who::Staff(actor.id))
        });
        self.notify(writer.subject, Notice::Deleted { message, reason }, now, &mut changes);
        Ok(changes)
    }
}
