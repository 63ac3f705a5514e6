//! The embedded store: SQLite through `sqlx`, whose queries serve other databases as well.

use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use ibasho_protocol::ids::PersonId;
use ibasho_protocol::person::{Look, Point, Way, Wish};
use ibasho_protocol::role::Role;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous};
use sqlx::{Row, SqlitePool};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::beside::Bell;
use super::writer::{self, Request};
use super::{Change, KeptSeat, Pending, Store, StoreError};
use crate::audit::key::Signer;
use crate::secret::TokenHash;

/// Requests that may wait for the writer: two full rooms of people entering at once, several times over.
const WAITING: usize = 4096;
/// Connections for reading; there is one writer besides.
const READERS: u32 = 2;
/// The file in the data folder.
pub(crate) const FILE: &str = "ibasho.sqlite3";
/// The tables, version by version.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!();

/// A store in one file.
pub struct Sqlite {
    pool: SqlitePool,
    signer: Arc<Signer>,
    bell: Bell,
    writer: Mutex<Option<(mpsc::Sender<Request>, JoinHandle<()>)>>,
}

impl Sqlite {
    /// Opens the store in `dir`, makes it if it is not there, and brings its tables up to date.
    ///
    /// # Errors
    /// The folder cannot be written, the file is no store of ours, or a migration failed.
    pub async fn open(dir: &Path) -> Result<Self, StoreError> {
        make_folder(dir)?;
        let signer = Arc::new(Signer::open(dir).map_err(|error| StoreError(error.to_string()))?);
        let options = SqliteConnectOptions::new()
            .filename(dir.join(FILE))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            // What is deleted is overwritten: a nickname does not linger in free pages.
            .pragma("secure_delete", "ON");
        let pool = SqlitePoolOptions::new().max_connections(READERS + 1).connect_with(options).await?;
        MIGRATIONS.run(&pool).await.map_err(|error| StoreError(error.to_string()))?;
        let (sender, receiver) = mpsc::channel(WAITING);
        let task = tokio::spawn(writer::run(pool.clone(), signer.clone(), receiver));
        Ok(Self { pool, signer, bell: Bell::of(dir), writer: Mutex::new(Some((sender, task))) })
    }

    /// Connections for what is not hot: staff, calendar, bookings. A transaction that reads before it writes begins
    /// with `BEGIN IMMEDIATE` ([`sqlx::Pool::begin_with`]), so that two never decide on the same old state.
    pub(crate) fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// What signs the audit, for whoever writes without the writer.
    pub(crate) fn signer(&self) -> &Signer {
        &self.signer
    }

    /// How often a program beside this one wrote, and closed the store.
    pub(crate) fn rung(&self) -> u64 {
        self.bell.rung()
    }
}

impl Sqlite {
    /// Brings the log into the file and empties it: what was deleted is then nowhere any more.
    pub(crate) async fn fold(&self) -> Result<(), StoreError> {
        let busy: bool = sqlx::query_scalar("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&self.pool).await?;
        if busy { Err(StoreError("somebody reads for too long".into())) } else { Ok(()) }
    }
}

/// Makes the data folder if it is not there. Nobody else on this machine may look into it.
pub(super) fn make_folder(dir: &Path) -> Result<(), StoreError> {
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir);
    made.map_err(|error| StoreError(format!("{}: {error}", dir.display())))
}

impl Store for Sqlite {
    fn write(&self, changes: Vec<Change>) -> Pending<()> {
        let bad = changes.iter().find_map(|change| match change {
            Change::Moderate(batch) => batch.check().err(),
            _ => None,
        });
        if let Some(unfit) = bad {
            return Box::pin(async move { Err(StoreError(unfit.to_string())) });
        }
        let (done, answer) = oneshot::channel();
        let request = Request { changes, done };
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        // Sent here and now, not in the future: order and execution must not depend on who polls when.
        let sent = match &*writer {
            Some((sender, _)) => sender.try_send(request).map_err(|_| StoreError("too many writes wait".into())),
            None => Err(StoreError("closed".into())),
        };
        Box::pin(async move {
            sent?;
            answer.await.unwrap_or_else(|_| Err(StoreError("the writer is gone".into())))
        })
    }

    fn seats(&self, room: &str) -> Pending<Vec<KeptSeat>> {
        let (pool, room) = (self.pool.clone(), room.to_owned());
        Box::pin(async move {
            let rows =
                sqlx::query("SELECT * FROM seats WHERE room = $1 ORDER BY person").bind(room).fetch_all(&pool).await?;
            rows.iter().map(seat).collect()
        })
    }

    fn hosted(&self, room: &str) -> Pending<Option<String>> {
        let (pool, room) = (self.pool.clone(), room.to_owned());
        Box::pin(async move {
            let row = sqlx::query_scalar("SELECT state FROM gatherings WHERE room = $1").bind(room);
            Ok(row.fetch_optional(&pool).await?)
        })
    }

    fn ping(&self) -> Pending<()> {
        let pool = self.pool.clone();
        Box::pin(async move { Ok(sqlx::query("SELECT 1").execute(&pool).await.map(|_| ())?) })
    }

    fn close(&self) -> Pending<()> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (pool, bell) = (self.pool.clone(), self.bell.clone());
        Box::pin(async move {
            if let Some((sender, task)) = writer {
                drop(sender);
                task.await.map_err(|error| StoreError(error.to_string()))?;
            }
            pool.close().await;
            // A server that runs beside this program asks the store a little later if it hears nothing.
            if let Err(error) = bell.ring() {
                tracing::debug!(%error, "the bell could not be rung");
            }
            Ok(())
        })
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self(error.to_string())
    }
}

fn seat(row: &SqliteRow) -> Result<KeptSeat, StoreError> {
    let hash =
        |bytes: Vec<u8>| TokenHash::from_bytes(&bytes).ok_or_else(|| StoreError("a token hash is broken".into()));
    Ok(KeptSeat {
        person: PersonId(row.try_get::<i64, _>("person")?.cast_unsigned()),
        room: row.try_get("room")?,
        token: hash(row.try_get("token")?)?,
        previous: row.try_get::<Option<Vec<u8>>, _>("previous")?.map(hash).transpose()?,
        nick: row.try_get("nick")?,
        look: Look { figure: row.try_get("figure")?, colour: row.try_get("colour")? },
        way: way_named(row.try_get("way")?)?,
        wish: row.try_get::<Option<&str>, _>("wish")?.map(wish_named).transpose()?,
        at: Point(row.try_get("x")?, row.try_get("y")?),
        seat: row.try_get("seat")?,
        nonce: row.try_get("nonce")?,
        role: role_named(row.try_get("role")?)?,
        ties: row.try_get("ties")?,
    })
}

pub(super) fn way_name(way: Way) -> &'static str {
    match way {
        Way::Watch => "watch",
        Way::React => "react",
        Way::Write => "write",
        Way::Listen => "listen",
        Way::Voice => "voice",
    }
}

fn way_named(name: &str) -> Result<Way, StoreError> {
    [Way::Watch, Way::React, Way::Write, Way::Listen, Way::Voice]
        .into_iter()
        .find(|&way| way_name(way) == name)
        .ok_or_else(|| StoreError("a way of taking part is unknown".into()))
}

pub(super) fn wish_name(wish: Wish) -> &'static str {
    match wish {
        Wish::Talk => "talk",
        Wish::Quiet => "quiet",
    }
}

fn wish_named(name: &str) -> Result<Wish, StoreError> {
    [Wish::Talk, Wish::Quiet]
        .into_iter()
        .find(|&wish| wish_name(wish) == name)
        .ok_or_else(|| StoreError("a note is unknown".into()))
}

/// The name of a role in the store: as on the wire, so that people reading either see the same word.
pub(crate) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Lobby => "lobby",
        Role::Participant => "participant",
        Role::PeerStaff => "peer_staff",
        Role::Facilitator => "facilitator",
        Role::Moderator => "moderator",
        Role::Consultant => "consultant",
        Role::Owner => "owner",
        Role::Auditor => "auditor",
        Role::Venue => "venue",
        Role::Observer => "observer",
    }
}

/// The role of that name.
pub(crate) fn role_named(name: &str) -> Result<Role, StoreError> {
    Role::ALL.into_iter().find(|&role| role_name(role) == name).ok_or_else(|| StoreError("a role is unknown".into()))
}
