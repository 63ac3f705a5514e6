//! The rules of the place: a versioned set that permitted staff can change. It takes effect in every room at once.

use std::sync::{Arc, PoisonError};

use ibasho_moderation::audit::Note;
use ibasho_moderation::desk::audit::Who;
use ibasho_moderation::desk::subject::Actor;
use ibasho_moderation::desk::{Changes, DeskRefusal};
use ibasho_moderation::hook::{Context, Decision, Hook, Hooks, Subject};
use ibasho_moderation::roles::{Action, permits};
use ibasho_moderation::rules::{DEFAULT_RULES, RuleBook, RuleFault, RuleSet};
use ibasho_protocol::rules::{Rule, Scope};
use serde::{Deserialize, Serialize};

use super::news::News;
use super::write::{RULES, pseudonym};
use super::{Live, Office, OfficeError};
use crate::hooks::event::EventKind;
use crate::store::StoreError;
use crate::store::moderation::{Record, RecordChange};

/// The rules in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesNow {
    /// It rises by one with each change; 0 are those that come with the program.
    pub version: u64,
    /// The rules.
    pub set: RuleSet,
}

/// Why rules were not changed.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// What is wrong with them.
    #[error("the rules have faults")]
    Faults(Vec<RuleFault>),
    /// Somebody else has changed them meanwhile.
    #[error("the rules have version {version} by now")]
    Stale {
        /// The version they have now.
        version: u64,
    },
    /// The office did not do it.
    #[error(transparent)]
    Office(#[from] OfficeError),
}

/// The rule book in force, and the other rules of this process.
pub(super) struct Book {
    now: RulesNow,
    compiled: Arc<RuleBook>,
    hooks: Arc<Hooks>,
}

/// A rule that several sets of rules share.
struct Shared<T: ?Sized>(Arc<T>);

impl<T: Hook + ?Sized> Hook for Shared<T> {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn judge(&self, subject: &Subject<'_>, context: &Context<'_>) -> Decision {
        self.0.judge(subject, context)
    }
}

impl Book {
    /// The rules that staff wrote; those that come with the program if they wrote none, or none that can be used any
    /// more.
    pub(super) fn open(others: &[Arc<dyn Hook>], kept: Option<String>) -> Result<Self, StoreError> {
        let kept = kept.and_then(|kept| {
            let now: RulesNow = serde_json::from_str(&kept).ok()?;
            let book = RuleBook::compile(&now.set, others.to_vec()).ok()?;
            Some(Self::of(others, now, book))
        });
        if let Some(book) = kept {
            return Ok(book);
        }
        let set = RuleSet::from_json(DEFAULT_RULES).map_err(|error| StoreError(error.to_string()))?;
        let book = RuleBook::compile(&set, Vec::new());
        let book = book.map_err(|faults| StoreError(format!("{} faults in the default rules", faults.len())))?;
        Ok(Self::of(others, RulesNow { version: 0, set }, book))
    }

    fn of(others: &[Arc<dyn Hook>], now: RulesNow, book: RuleBook) -> Self {
        let compiled = Arc::new(book);
        let mut hooks: Vec<Box<dyn Hook>> = vec![Box::new(Shared(compiled.clone()))];
        hooks.extend(others.iter().map(|hook| Box::new(Shared(hook.clone())) as Box<dyn Hook>));
        Self { now, compiled, hooks: Arc::new(Hooks::new(hooks)) }
    }
}

/// Whether somebody may put one set in the place of the other: whoever has only rooms changes nothing but their rules.
fn may_change(actor: &Actor, before: &RuleSet, after: &RuleSet) -> bool {
    if permits(actor.role, Action::RulesSite) {
        return true;
    }
    let theirs = |rule: &Rule| matches!(&rule.scope, Scope::Room(room) if actor.reaches(Some(room)));
    let changed = |from: &RuleSet, to: &RuleSet| from.rules.iter().filter(|rule| !to.rules.contains(rule)).all(theirs);
    permits(actor.role, Action::RulesRoom) && changed(before, after) && changed(after, before)
}

impl Office {
    /// The rules in force.
    pub fn rules(&self) -> RulesNow {
        self.book.lock().unwrap_or_else(PoisonError::into_inner).now.clone()
    }

    /// The rule book in force, to try a message.
    pub fn rule_book(&self) -> Arc<RuleBook> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner).compiled.clone()
    }

    /// Everything that judges in this process.
    pub(crate) fn hooks(&self) -> Arc<Hooks> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner).hooks.clone()
    }

    /// Puts these rules in the place of those with version `seen`. They are on disk and in force when this returns.
    ///
    /// # Errors
    /// [`RulesError`]; the role must include the rules of the site, or all that is changed must be rules of rooms that
    /// the role reaches.
    pub async fn set_rules(self: &Arc<Self>, seen: u64, set: RuleSet, actor: &Actor) -> Result<u64, RulesError> {
        if !permits(actor.role, Action::RulesRoom) {
            return Err(OfficeError::from(DeskRefusal::NotAllowed).into());
        }
        // A rule may name the other rules of this process.
        let book = RuleBook::compile(&set, self.around.rules.clone()).map_err(RulesError::Faults)?;
        let version = seen + 1;
        let fresh = Book::of(&self.around.rules, RulesNow { version, set: set.clone() }, book);
        let body = serde_json::to_string(&fresh.now).map_err(|error| StoreError(error.to_string()));
        let body = body.map_err(OfficeError::from)?;
        let (office, who) = (self.clone(), pseudonym(Who::Staff(actor.id)));
        let hooks = fresh.hooks.clone();
        let (actor, asked) = (actor.clone(), set.clone());
        let done = self.act(move |_, now, batch| {
            // Two who change them at once: the second one sees it. Nobody else changes them while this runs.
            let kept = office.rules();
            if kept.version != seen {
                return Err(DeskRefusal::Stale { version: u32::try_from(kept.version).unwrap_or(u32::MAX) }.into());
            }
            if !may_change(&actor, &kept.set, &asked) {
                return Err(DeskRefusal::NotAllowed.into());
            }
            let record = Record { kind: RULES.to_owned(), id: 0, body, keep_until: None };
            batch.records.push(RecordChange::Keep(record));
            batch.told.extend(office.row(EventKind::RulesChanged, RULES, None, None, now));
            batch
                .audit
                .push(Note { reason: Some(format!("version.{version}")), ..Note::new(now, who, "rules.change") });
            Ok(Changes::default())
        });
        match done.await {
            Ok(_) => {}
            Err(OfficeError::Refused(DeskRefusal::Stale { .. })) => {
                return Err(RulesError::Stale { version: self.rules().version });
            }
            Err(error) => return Err(error.into()),
        }
        self.around.metrics.desk.rules(&set);
        *self.book.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
        self.everywhere(|_| News::Rules(hooks.clone())).await;
        self.show(Live::Touched { kind: RULES, id: 0, version: u32::try_from(version).ok(), room: None });
        Ok(version)
    }
}
