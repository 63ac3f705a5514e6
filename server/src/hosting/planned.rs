//! A session as its room is told about it.

use ibasho_protocol::api::calendar::{Access, Eligibility};
use ibasho_protocol::ids::Millis;
use ibasho_protocol::session::{AloneMode, Programme};
use serde::{Deserialize, Serialize};

/// One occurrence of a planned session: everything the room needs to host it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// What everybody inside sees. Its `id` names the occurrence.
    pub programme: Programme,
    /// The theme, if it is fixed.
    pub theme: Option<String>,
    /// When the doors open: the length of a first phase of kind `doors` before `programme.starts`.
    pub doors: Millis,
    /// Seats online.
    pub capacity: u16,
    /// Who may come.
    pub access: Access,
    /// What is asked of those who come.
    pub eligibility: Option<Eligibility>,
    /// Observers may be there.
    pub observers: bool,
    /// Staff needed.
    pub staff_needed: u8,
    /// Below that number the session does not open (`true`), or its staff are warned.
    pub staff_or_shut: bool,
    /// What is possible when no staff are there.
    pub alone: AloneMode,
    /// Themes that were suggested beforehand, the oldest first.
    pub themes: Vec<String>,
    /// How many seats are booked (not the waiting list): kept free for their holders until they come.
    pub booked: u16,
}

/// A session that nobody ended is over this long after its planned end, in milliseconds.
pub const OVERTIME_MS: Millis = 60 * 60 * 1000;
