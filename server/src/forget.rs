//! `ibasho forget`: a person asks that nothing is kept of them.
//!
//! It takes one transaction and leaves the record of what staff did whole: that holds no personal data, only what stands
//! for it (`moderation::audit`). Evidence that must be kept (a legal hold) stays, and so does what is in force or waits
//! for staff (`Desk::forget`): both are said.

use std::fmt::Write as _;

use ibasho_moderation::audit::Note;
use ibasho_moderation::desk::audit::Who;
use ibasho_moderation::desk::settings::Settings;
use ibasho_moderation::desk::subject::Subject;
use ibasho_moderation::nickname::tidy_nickname;
use ibasho_protocol::ids::{MAX_ID, Millis, PersonId};
use sqlx::SqliteConnection;

use crate::audit::cli::Where;
use crate::audit::{OPERATOR, action, reason};
use crate::clock::Clock;
use crate::command::CommandError;
use crate::desk::write::{pseudonym, read, record_change};
use crate::evidence::note;
use crate::store::lock::{Lock, LockError};
use crate::store::moderation::Batch;
use crate::store::{Sqlite, Store as _, StoreError, audit, evidence, forgotten, moderation};

/// The kind of personal data that a nickname is.
pub const NICKNAME: &str = "nickname";
/// The kind of what staff noted about somebody for each other.
pub const NOTE: &str = "note";

/// Forget a person, at their request.
#[derive(Debug, clap::Args)]
#[group(id = "who", required = true, multiple = false, args = ["person", "nickname"])]
pub struct Forget {
    /// The number they have in this place, as the console shows it
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(u64).range(1..=MAX_ID))]
    person: Option<u64>,
    /// Everybody and everything under this nickname
    #[arg(long, value_name = "NAME")]
    nickname: Option<String>,
    /// Only say what would be forgotten
    #[arg(long)]
    dry_run: bool,
    /// Which place
    #[command(flatten)]
    at: Where,
}

/// How much was forgotten.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Forgotten {
    seats: u64,
    phrases: u64,
    bookings: u64,
    values: u64,
    evidence: u64,
    /// Must be kept.
    held: u64,
    records: u64,
    /// In force, or waiting for staff.
    open: u64,
}

/// Does it, and returns what to print.
///
/// # Errors
/// Why it was not done, for people.
pub async fn run(command: Forget) -> Result<String, CommandError> {
    let data = command.at.existing()?;
    let config = command.at.config()?;
    let settings = config.safety.settings(&config.keep);
    let _ours = Lock::take(&data).map_err(|error| match error {
        LockError::Held => CommandError::misuse(
            "a server uses this data folder, and its rooms hold people in their memory: stop it, run this again, and \
             start it. Those who are inside come back to their seats by themselves",
        ),
        LockError::Store(error) => error.into(),
    })?;
    let nickname = command.nickname.as_deref().map(tidy_nickname).transpose();
    let nickname = nickname.map_err(|_| CommandError::misuse("nobody can have this nickname"))?;
    let store = Sqlite::open(&data).await?;
    let done = forget(&store, &settings, command.person.map(PersonId), nickname.as_deref(), command.dry_run).await?;
    if !command.dry_run {
        // What was deleted is then not in the log of the store either.
        store.fold().await?;
    }
    store.close().await?;
    Ok(done.told(command.dry_run))
}

async fn forget(
    store: &Sqlite,
    settings: &Settings,
    person: Option<PersonId>,
    nickname: Option<&str>,
    dry_run: bool,
) -> Result<Forgotten, StoreError> {
    let now = Clock::real().now();
    let mut db = store.pool().begin_with("BEGIN IMMEDIATE").await?;
    let (mut done, mut notes) = (Forgotten::default(), Vec::new());
    let mut people: Vec<PersonId> = person.into_iter().collect();
    if let Some(nickname) = nickname {
        people.extend(forgotten::seated_as(&mut db, nickname).await?);
        people.extend(audit::whose(&mut db, NICKNAME, nickname).await?);
        people.sort_unstable();
        people.dedup();
        done.bookings += forgotten::bookings_of(&mut db, nickname).await?;
    }
    for &person in &people {
        forget_one(&mut db, person, now, &mut done, &mut notes).await?;
    }
    let (mut desk, _) = read(moderation::all(&mut db).await?, settings)?;
    for person in people.iter().map(|person| Subject::of(person.0)) {
        let records: Vec<_> = desk.forget(&person).records.into_iter().map(record_change).collect();
        done.records += records.len() as u64;
        done.open += desk.about(&person);
        moderation::write(&mut db, &Batch { records, ..Batch::default() }).await?;
    }
    if let Some(nickname) = nickname {
        done.values += audit::erase_value(&mut db, NICKNAME, nickname).await?;
    }
    if people.is_empty() {
        // That it was asked and done is on record also when there was only a name, which is not written down here.
        notes.push(Note { reason: Some(reason::ASKED.into()), ..Note::new(now, OPERATOR, action::FORGET) });
    }
    if dry_run {
        db.rollback().await?;
        return Ok(done);
    }
    audit::append(&mut db, store.signer(), now, &notes).await?;
    db.commit().await?;
    Ok(done)
}

async fn forget_one(
    db: &mut SqliteConnection,
    person: PersonId,
    now: Millis,
    done: &mut Forgotten,
    notes: &mut Vec<Note>,
) -> Result<(), StoreError> {
    for found in evidence::about(db, person).await? {
        if found.held {
            done.held += 1;
            continue;
        }
        evidence::destroy(db, found.piece).await?;
        notes.push(note(now, OPERATOR, action::DESTROY, found.case, Some(reason::ASKED)));
        done.evidence += 1;
    }
    let gone = forgotten::seat(db, person).await?;
    done.seats += gone.seats;
    done.phrases += gone.phrases;
    done.bookings += gone.bookings;
    done.values += audit::erase(db, person).await?;
    notes.push(Note {
        target: Some(pseudonym(Who::Person(person.0))),
        reason: Some(reason::ASKED.into()),
        ..Note::new(now, OPERATOR, action::FORGET)
    });
    Ok(())
}

impl Forgotten {
    fn told(self, dry_run: bool) -> String {
        let Self { seats, phrases, bookings, values, evidence, held, records, open } = self;
        let what = if dry_run { "would be forgotten" } else { "forgotten" };
        let mut text = format!(
            "{what}: {seats} seats, {phrases} return phrases, {bookings} bookings, {values} values beside the audit, \
             {evidence} pieces of evidence, {records} records"
        );
        if held > 0 {
            let _ = write!(text, "\nkept: {held} pieces of evidence, under a legal hold");
        }
        if open > 0 {
            let _ =
                write!(text, "\nkept: {open} sanctions in force and cases that wait for staff, until they are over");
        }
        text
    }
}
