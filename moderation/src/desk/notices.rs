//! What people are told, also when they are not here at the moment.

pub use ibasho_protocol::desk::notice::Notice;
use serde::{Deserialize, Serialize};

use super::Desk;
use super::changes::{Changes, Effect};
use super::subject::Subject;

/// A notice that somebody has not heard yet. Each comes from a decision of staff, or is one of the few messages that
/// may wait; so there are never many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Untold {
    /// Its id.
    pub id: u64,
    /// Whom to tell.
    pub to: Subject,
    /// What.
    pub notice: Notice,
    /// Since when, in milliseconds since the Unix epoch.
    pub at: u64,
}

impl Desk {
    /// What this person has not heard yet, the oldest first: to be told when they come to the door. A shared device
    /// is not enough to hear what concerns somebody else.
    pub fn untold(&self, subject: &Subject) -> impl Iterator<Item = &Untold> {
        self.notices.values().filter(move |untold| untold.to.is_surely(subject))
    }

    /// They have heard it.
    pub fn told(&mut self, untold: u64) -> Changes {
        let mut changes = Changes::default();
        self.drop_notice(untold, &mut changes);
        changes
    }

    pub(super) fn notify(&mut self, to: Subject, notice: Notice, now: u64, changes: &mut Changes) {
        if to == Subject::NOBODY {
            return;
        }
        let untold = notice.lasts().then(|| {
            let id = self.fresh(changes);
            self.put_notice(Untold { id, to, notice: notice.clone(), at: now }, changes);
            id
        });
        changes.effects.push(Effect::Notify { to, notice, untold });
    }
}
