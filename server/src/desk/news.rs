//! What the office tells rooms.

use std::collections::BTreeSet;
use std::sync::Arc;

use ibasho_moderation::desk::lockdown::Terms;
use ibasho_moderation::desk::subject::Subject;
use ibasho_moderation::hook::Hooks;
use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::desk::{InForce, Locked};
use ibasho_protocol::ids::Seq;
use tokio::sync::oneshot;

use super::HeldText;

/// Something that was decided and is on disk.
#[derive(Debug)]
pub enum News {
    /// Let this, and nothing else, be in force for this person.
    Enforce {
        /// Whom.
        subject: Subject,
        /// Everything that is in force for them, in every room.
        in_force: Vec<InForce>,
    },
    /// Tell somebody, if they are here.
    Notice {
        /// Whom.
        to: Subject,
        /// What.
        notice: Notice,
        /// What the office wants to hear when they were told.
        untold: Option<u64>,
    },
    /// The words that are kept under this number wait as this hold.
    Held {
        /// The hold.
        hold: u64,
        /// The number they are kept under.
        seq: Seq,
    },
    /// Let held words appear.
    Release {
        /// The number they are kept under.
        seq: Seq,
    },
    /// Throw held words away.
    Discard {
        /// The hold.
        hold: u64,
    },
    /// This is in force from now on.
    Lockdown(Lockdown),
    /// Who of the staff looks after the room from outside of it.
    OnDuty(OnDuty),
    /// These rules from now on.
    Rules(Arc<Hooks>),
    /// A member of staff looks at held words.
    Read {
        /// The hold.
        hold: u64,
        /// Whom to tell.
        reply: oneshot::Sender<Option<HeldText>>,
    },
}

/// Who of the staff looks after a room without being in it, and how many should be there.
#[derive(Debug, Clone, Default)]
pub struct OnDuty {
    /// Who has the console open.
    pub consoles: BTreeSet<u64>,
    /// So many should be in the room or at the console while no session says otherwise.
    pub needed: usize,
    /// With fewer nobody else comes in; otherwise people are told.
    pub shut: bool,
}

/// What of lockdowns is in force in a room.
#[derive(Debug, Clone, Default)]
pub struct Lockdown {
    /// The strictest of each.
    pub terms: Option<Terms>,
    /// Which, for staff.
    pub locked: Vec<Locked>,
}
