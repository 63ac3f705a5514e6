//! From what a command changed to what is written, and from what was written to the desk.

use ibasho_moderation::audit::Note;
use ibasho_moderation::desk::audit::{Audit, Who};
use ibasho_moderation::desk::changes::{Effect, Event, Record, RecordKind, Write};
use ibasho_moderation::desk::settings::Settings;
use ibasho_moderation::desk::{Changes, Desk};
use ibasho_protocol::ids::Millis;

use super::Office;
use crate::audit::SERVER;
use crate::hooks::event::{EventKind, OutboxRow};
use crate::store::moderation::{self as kept, Batch, RecordChange};
use crate::store::{Change, Store as _, StoreError};

/// The kind of the record that holds the rules. Its id is 0.
pub(super) const RULES: &str = "rules";

/// The desk that was stored, and the rules if staff changed them.
///
/// # Errors
/// A record cannot be understood.
pub(crate) fn read(records: Vec<kept::Record>, settings: &Settings) -> Result<(Desk, Option<String>), StoreError> {
    let mut rules = None;
    let mut known = Vec::new();
    for kept::Record { kind, id, body, keep_until } in records {
        if kind == RULES {
            rules = Some(body);
        } else if let Some(kind) = KINDS.into_iter().find(|known| kind_name(*known) == kind) {
            known.push(Record { kind, id, value: body, keep_until });
        }
    }
    let desk = Desk::load(settings.clone(), known).map_err(|fault| StoreError(fault.to_string()))?;
    Ok((desk, rules))
}

/// Whether there is nothing to write.
pub(super) fn is_empty(changes: &Changes, batch: &Batch) -> bool {
    changes.records.is_empty()
        && changes.audit.is_empty()
        && batch.records.is_empty()
        && batch.audit.is_empty()
        && batch.evidence.is_empty()
}

impl Office {
    /// Puts all of it on disk, together or not at all.
    pub(super) async fn write(
        &self,
        desk: &Desk,
        changes: &Changes,
        mut batch: Batch,
        now: Millis,
    ) -> Result<(), StoreError> {
        // What was decided stands before what was done for it (evidence that was sealed).
        let decided = self.notes(desk, &changes.audit, now).await?;
        batch.audit.splice(0..0, decided);
        batch.records.splice(0..0, changes.records.iter().cloned().map(record_change));
        batch.told.extend(self.rows(changes, now));
        let rings = !batch.told.is_empty();
        self.around.store.write(vec![Change::Moderate(Box::new(batch))]).await?;
        if rings {
            self.around.hooks.bell.notify_one();
        }
        Ok(())
    }

    /// What other systems are told.
    fn rows(&self, changes: &Changes, now: Millis) -> Vec<OutboxRow> {
        let row = |effect: &Effect| {
            let Effect::Webhook { event, room, kind, id, code } = effect else { return None };
            let id = format!("{}:{id}", kind_name(*kind));
            self.row(event_kind(*event), &id, room.as_deref(), *code, now)
        };
        changes.effects.iter().filter_map(row).collect()
    }

    /// Something that other systems are told. Nothing is kept for nobody.
    pub(super) fn row(
        &self,
        kind: EventKind,
        id: &str,
        room: Option<&str>,
        code: Option<&'static str>,
        now: Millis,
    ) -> Option<OutboxRow> {
        let dice = &self.around.dice;
        (!self.around.hooks.told.is_empty()).then(|| OutboxRow::new(dice, kind, id, room, code, now))
    }
}

/// How the store is told.
pub(crate) fn record_change(write: Write) -> RecordChange {
    match write {
        Write::Upsert(Record { kind, id, value, keep_until }) => {
            RecordChange::Keep(kept::Record { kind: kind_name(kind).to_owned(), id, body: value, keep_until })
        }
        Write::Delete { kind, id } => RecordChange::Forget { kind: kind_name(kind).to_owned(), id },
    }
}

const KINDS: [RecordKind; 5] =
    [RecordKind::Case, RecordKind::Sanction, RecordKind::Lockdown, RecordKind::Notice, RecordKind::Counter];

/// The name of a kind in the store, and for consoles.
pub(super) const fn kind_name(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Case => "case",
        RecordKind::Sanction => "sanction",
        RecordKind::Lockdown => "lockdown",
        RecordKind::Notice => "notice",
        RecordKind::Counter => "counter",
    }
}

/// Who stands in the audit: staff and people by their number.
pub(crate) fn pseudonym(who: Who) -> String {
    match who {
        Who::Staff(id) => format!("staff:{id}"),
        Who::Person(id) => format!("person:{id}"),
        Who::Rule => "rule".to_owned(),
        Who::Time => SERVER.to_owned(),
    }
}

pub(super) fn note(audit: &Audit, now: Millis) -> Note {
    Note {
        target: audit.person.map(|person| format!("person:{person}")),
        room: audit.room.clone(),
        reason: audit.reason.map(str::to_owned),
        // Cases and sanctions share their numbers.
        case: audit.sanction.or(audit.case).map(|id| id.to_string()),
        ..Note::new(now, pseudonym(audit.actor), audit.action.code())
    }
}

const fn event_kind(event: Event) -> EventKind {
    match event {
        Event::MessageHeld => EventKind::HoldWaiting,
        Event::MessageSettled => EventKind::HoldDecided,
        Event::ReportMade => EventKind::ReportFiled,
        Event::ReportResolved => EventKind::ReportClosed,
        Event::HelpCalled => EventKind::HelpCalled,
        Event::HelpEscalated => EventKind::HelpEscalated,
        Event::HelpAcknowledged => EventKind::HelpAcknowledged,
        Event::HelpSettled => EventKind::HelpSettled,
        Event::SanctionImposed => EventKind::SanctionGiven,
        Event::SanctionEnded => EventKind::SanctionUndone,
        Event::PermanentProposed => EventKind::BanProposed,
        Event::AppealMade => EventKind::AppealFiled,
        Event::AppealEscalated => EventKind::AppealEscalated,
        Event::AppealDecided => EventKind::AppealDecided,
        Event::LockdownBegun => EventKind::RoomLocked,
        Event::LockdownEnded => EventKind::RoomUnlocked,
    }
}
