//! What stands behind an entry of the record: the nickname that somebody had when it was made, and what staff noted.
//! The entry holds a commitment to each; the values are kept beside it, for a time, and can be erased
//! (`moderation::audit`). So a place can show later whom a decision was about, and a person can be forgotten.

use ibasho_moderation::audit::{Note, Personal};
use ibasho_moderation::desk::Desk;
use ibasho_moderation::desk::audit::{Audit, AuditAction};
use ibasho_protocol::ids::{Millis, PersonId};

use super::Office;
use super::write::note;
use crate::forget::{NICKNAME, NOTE};
use crate::store::{StoreError, forgotten};

const DAY_MS: Millis = 24 * 60 * 60 * 1000;

/// Entries that are about a person so much that one has to know who it was.
const fn names_somebody(action: AuditAction) -> bool {
    use AuditAction::{HelpCall, MessageDelete, PermanentPropose, ReportMake, SanctionImpose};
    matches!(action, ReportMake | HelpCall | SanctionImpose | MessageDelete | PermanentPropose)
}

impl Office {
    /// The entries about what was decided, with what stands behind them.
    pub(super) async fn notes(&self, desk: &Desk, audit: &[Audit], now: Millis) -> Result<Vec<Note>, StoreError> {
        let mut notes = Vec::with_capacity(audit.len());
        for entry in audit {
            let mut note = note(entry, now);
            if names_somebody(entry.action) {
                note.personal = self.behind(desk, entry, now).await?;
            }
            notes.push(note);
        }
        Ok(notes)
    }

    async fn behind(&self, desk: &Desk, entry: &Audit, now: Millis) -> Result<Vec<Personal>, StoreError> {
        let Some(person) = entry.person else { return Ok(Vec::new()) };
        let mut db = self.around.store.pool().acquire().await?;
        let nick = forgotten::nick_of(&mut db, PersonId(person)).await?;
        let noted = entry.sanction.and_then(|id| desk.sanction(id)).map(|sanction| sanction.note.clone());
        let keep_until = now + DAY_MS * Millis::from(self.terms.audit_days);
        let personal = |kind: &str, value| Personal {
            kind: kind.to_owned(),
            person: Some(person),
            salt: self.around.dice.bytes(),
            value,
            keep_until,
        };
        let nick = nick.map(|nick| personal(NICKNAME, nick));
        let noted = noted.filter(|noted| !noted.is_empty()).map(|noted| personal(NOTE, noted));
        Ok(nick.into_iter().chain(noted).collect())
    }
}
