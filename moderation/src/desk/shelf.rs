//! Keeping: every change goes through here, so that what is stored, what is found and what is due never differ.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Desk;
use super::cases::{Case, Matter};
use super::changes::{Changes, Record, RecordKind, Touched, Write};
use super::lockdown::Lockdown;
use super::notices::Untold;
use super::sanctions::Sanction;
use super::settings::Settings;
use super::subject::{Scope, Target};

/// A record that cannot be understood.
#[derive(Debug, thiserror::Error)]
#[error("the {kind:?} {id} cannot be understood")]
pub struct LoadFault {
    /// Its kind.
    pub kind: RecordKind,
    /// Its id.
    pub id: u64,
    /// Why.
    pub source: serde_json::Error,
}

fn record<T: Serialize>(kind: RecordKind, id: u64, value: &T, keep_until: Option<u64>) -> Record {
    let value = serde_json::to_string(value).expect("what is kept has string keys only");
    Record { kind, id, value, keep_until }
}

fn understand<T: DeserializeOwned>(record: &Record) -> Result<T, LoadFault> {
    let fault = |source| LoadFault { kind: record.kind, id: record.id, source };
    serde_json::from_str(&record.value).map_err(fault)
}

impl Desk {
    /// The desk that was stored.
    ///
    /// # Errors
    /// The first record that cannot be understood.
    pub fn load(settings: Settings, records: impl IntoIterator<Item = Record>) -> Result<Self, LoadFault> {
        let mut desk = Self::new(settings);
        for record in records {
            match record.kind {
                RecordKind::Case => drop(desk.cases.insert(record.id, understand(&record)?)),
                RecordKind::Sanction => drop(desk.sanctions.insert(record.id, understand(&record)?)),
                RecordKind::Lockdown => drop(desk.lockdowns.insert(record.id, understand(&record)?)),
                RecordKind::Notice => drop(desk.notices.insert(record.id, understand(&record)?)),
                RecordKind::Counter => desk.next = understand(&record)?,
            }
        }
        for id in desk.cases.keys().copied().collect::<Vec<_>>() {
            desk.file_case(id);
        }
        for id in desk.sanctions.keys().copied().collect::<Vec<_>>() {
            desk.file_sanction(id);
        }
        for lockdown in desk.lockdowns.values() {
            desk.agenda.set((RecordKind::Lockdown, lockdown.id), Some(lockdown.terms.until));
        }
        for untold in desk.notices.values() {
            desk.agenda.set((RecordKind::Notice, untold.id), Some(untold.at.saturating_add(desk.settings.keep)));
        }
        Ok(desk)
    }

    /// All that is to be stored: what the records of all changes come to.
    pub fn records(&self) -> Vec<Record> {
        let cases = self.cases.values().map(|case| self.record_of_case(case));
        let sanctions = self.sanctions.values().map(|sanction| self.record_of_sanction(sanction));
        let lockdowns = self.lockdowns.values().map(record_of_lockdown);
        let notices = self.notices.values().map(|untold| self.record_of_notice(untold));
        let counter = (self.next > 1).then(|| self.record_of_counter());
        cases.chain(sanctions).chain(lockdowns).chain(notices).chain(counter).collect()
    }

    /// A new id.
    pub(super) fn fresh(&mut self, changes: &mut Changes) -> u64 {
        let id = self.next;
        self.next += 1;
        changes.records.push(Write::Upsert(self.record_of_counter()));
        id
    }

    /// The id that [`Self::fresh`] gives next.
    pub(super) const fn upcoming(&self) -> u64 {
        self.next
    }

    /// Opens a case.
    pub(super) fn open(
        &mut self,
        scope: Scope,
        about: Target,
        matter: Matter,
        now: u64,
        changes: &mut Changes,
    ) -> Case {
        let id = self.fresh(changes);
        changes.made = Some(id);
        let case = Case { id, version: 0, scope, about, at: now, claim: None, matter, closed: None };
        self.put_case(case, changes)
    }

    /// Keeps a case in a new version.
    pub(super) fn put_case(&mut self, mut case: Case, changes: &mut Changes) -> Case {
        case.version += 1;
        self.cases.insert(case.id, case.clone());
        self.file_case(case.id);
        changes.records.push(Write::Upsert(self.record_of_case(&case)));
        changes.touched.push(case.touched());
        case
    }

    /// Keeps a sanction in a new version.
    pub(super) fn put_sanction(&mut self, mut sanction: Sanction, changes: &mut Changes) -> Sanction {
        sanction.version += 1;
        self.sanctions.insert(sanction.id, sanction.clone());
        self.file_sanction(sanction.id);
        changes.records.push(Write::Upsert(self.record_of_sanction(&sanction)));
        changes.touched.push(sanction.touched());
        sanction
    }

    /// Keeps a lockdown in a new version.
    pub(super) fn put_lockdown(&mut self, mut lockdown: Lockdown, changes: &mut Changes) {
        lockdown.version += 1;
        let (id, version) = (lockdown.id, lockdown.version);
        self.agenda.set((RecordKind::Lockdown, id), Some(lockdown.terms.until));
        changes.records.push(Write::Upsert(record_of_lockdown(&lockdown)));
        changes.touched.push(Touched { kind: RecordKind::Lockdown, id, version: Some(version) });
        self.lockdowns.insert(id, lockdown);
    }

    pub(super) fn put_notice(&mut self, untold: Untold, changes: &mut Changes) {
        self.agenda.set((RecordKind::Notice, untold.id), Some(untold.at.saturating_add(self.settings.keep)));
        changes.records.push(Write::Upsert(self.record_of_notice(&untold)));
        self.notices.insert(untold.id, untold);
    }

    pub(super) fn drop_case(&mut self, id: u64, changes: &mut Changes) {
        self.open.remove(&id);
        if self.cases.remove(&id).is_some() {
            self.gone(RecordKind::Case, id, changes);
        }
    }

    pub(super) fn drop_sanction(&mut self, id: u64, changes: &mut Changes) {
        let Some(sanction) = self.sanctions.remove(&id) else { return };
        for key in sanction.target.subject.keys() {
            if let Some(ids) = self.by_key.get_mut(&key) {
                ids.remove(&id);
                if ids.is_empty() {
                    self.by_key.remove(&key);
                }
            }
        }
        self.gone(RecordKind::Sanction, id, changes);
    }

    pub(super) fn drop_lockdown(&mut self, id: u64, changes: &mut Changes) {
        if self.lockdowns.remove(&id).is_some() {
            self.gone(RecordKind::Lockdown, id, changes);
        }
    }

    pub(super) fn drop_notice(&mut self, id: u64, changes: &mut Changes) {
        if self.notices.remove(&id).is_some() {
            self.agenda.set((RecordKind::Notice, id), None);
            changes.records.push(Write::Delete { kind: RecordKind::Notice, id });
        }
    }

    fn gone(&mut self, kind: RecordKind, id: u64, changes: &mut Changes) {
        self.agenda.set((kind, id), None);
        changes.records.push(Write::Delete { kind, id });
        changes.touched.push(Touched { kind, id, version: None });
    }

    fn file_case(&mut self, id: u64) {
        let Some(case) = self.cases.get(&id) else { return };
        if case.closed.is_some() {
            self.open.remove(&id)
        } else {
            self.open.insert(id)
        };
        self.agenda.set((RecordKind::Case, id), self.case_waits_for(case));
    }

    fn file_sanction(&mut self, id: u64) {
        let Some(sanction) = self.sanctions.get(&id) else { return };
        for key in sanction.target.subject.keys() {
            self.by_key.entry(key).or_default().insert(id);
        }
        self.agenda.set((RecordKind::Sanction, id), self.sanction_waits_for(sanction));
    }

    fn record_of_case(&self, case: &Case) -> Record {
        record(RecordKind::Case, case.id, case, self.case_kept_until(case))
    }

    fn record_of_sanction(&self, sanction: &Sanction) -> Record {
        record(RecordKind::Sanction, sanction.id, sanction, self.sanction_kept_until(sanction))
    }

    fn record_of_notice(&self, untold: &Untold) -> Record {
        record(RecordKind::Notice, untold.id, untold, Some(untold.at.saturating_add(self.settings.keep)))
    }

    fn record_of_counter(&self) -> Record {
        record(RecordKind::Counter, 0, &self.next, None)
    }
}

fn record_of_lockdown(lockdown: &Lockdown) -> Record {
    record(RecordKind::Lockdown, lockdown.id, lockdown, Some(lockdown.terms.until))
}
