//! One writer with group commit: all changes that wait when a transaction begins share it and its `fsync`, so that
//! a thousand people entering at once cost a handful of commits.

use std::collections::{BTreeMap, btree_map::Entry};
use std::sync::Arc;

use ibasho_protocol::ids::PersonId;
use sqlx::{QueryBuilder, Sqlite, SqlitePool};
use tokio::sync::{mpsc, oneshot};

use super::moderation::{self, Batch};
use super::sqlite::{role_name, way_name, wish_name};
use super::{Change, KeptSeat, StoreError, audit};
use crate::audit::key::Signer;

/// Most requests in one transaction: it bounds the wait of the first.
const GROUP: usize = 1024;
/// Most rows in one statement: SQLite takes 32,766 parameters, a row has 15.
const ROWS: usize = 500;

pub(super) struct Request {
    pub(super) changes: Vec<Change>,
    pub(super) done: oneshot::Sender<Result<(), StoreError>>,
}

/// Writes until every sender is gone.
pub(super) async fn run(pool: SqlitePool, signer: Arc<Signer>, mut requests: mpsc::Receiver<Request>) {
    let mut group = Vec::new();
    while requests.recv_many(&mut group, GROUP).await > 0 {
        let result = commit(&pool, &signer, group.iter_mut().flat_map(|request| request.changes.drain(..))).await;
        if let Err(error) = &result {
            tracing::error!(%error, "the store could not write");
        }
        for request in group.drain(..) {
            // Who does not wait for the answer does not need it.
            let _ = request.done.send(result.clone());
        }
    }
}

async fn commit(pool: &SqlitePool, signer: &Signer, changes: impl Iterator<Item = Change>) -> Result<(), StoreError> {
    // Only the last change of a person counts; a map keeps one.
    let mut last: BTreeMap<PersonId, Option<Box<KeptSeat>>> = BTreeMap::new();
    let mut hosted: BTreeMap<String, Option<Arc<str>>> = BTreeMap::new();
    let mut decisions: Vec<Batch> = Vec::new();
    for change in changes {
        let (person, seat) = match change {
            Change::Host { room, state } => {
                hosted.insert(room, state);
                continue;
            }
            Change::Moderate(batch) => {
                decisions.push(*batch);
                continue;
            }
            Change::Keep(seat) => (seat.person, Some(seat)),
            Change::Forget(person) => (person, None),
        };
        match last.entry(person) {
            Entry::Vacant(entry) => {
                entry.insert(seat);
            }
            Entry::Occupied(mut entry) => *entry.get_mut() = seat,
        }
    }
    let forgotten: Vec<PersonId> = last.iter().filter(|(_, seat)| seat.is_none()).map(|(&person, _)| person).collect();
    let kept: Vec<Box<KeptSeat>> = last.into_values().flatten().collect();
    // It will write, and what it appends to the audit must follow on what is there now.
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    for chunk in forgotten.chunks(ROWS) {
        let mut delete = QueryBuilder::<Sqlite>::new("DELETE FROM seats WHERE person IN (");
        let mut list = delete.separated(", ");
        for person in chunk {
            list.push_bind(person.0.cast_signed());
        }
        list.push_unseparated(")");
        delete.build().execute(&mut *transaction).await?;
    }
    for chunk in kept.chunks(ROWS) {
        let mut upsert = QueryBuilder::<Sqlite>::new(
            "INSERT OR REPLACE INTO seats \
             (person, room, token, previous, nick, figure, colour, way, wish, x, y, seat, nonce, role, ties) ",
        );
        upsert.push_values(chunk, |mut row, seat| {
            row.push_bind(seat.person.0.cast_signed())
                .push_bind(&seat.room)
                .push_bind(seat.token.as_bytes())
                .push_bind(seat.previous.as_ref().map(crate::secret::TokenHash::as_bytes))
                .push_bind(&seat.nick)
                .push_bind(seat.look.figure)
                .push_bind(seat.look.colour)
                .push_bind(way_name(seat.way))
                .push_bind(seat.wish.map(wish_name))
                .push_bind(seat.at.0)
                .push_bind(seat.at.1)
                .push_bind(seat.seat)
                .push_bind(seat.nonce)
                .push_bind(role_name(seat.role))
                .push_bind(&seat.ties);
        });
        upsert.build().execute(&mut *transaction).await?;
    }
    for (room, state) in hosted {
        let query = match &state {
            Some(_) => sqlx::query("INSERT OR REPLACE INTO gatherings (room, state) VALUES ($1, $2)"),
            None => sqlx::query("DELETE FROM gatherings WHERE room = $1"),
        };
        let query = query.bind(room);
        let query = if let Some(state) = state { query.bind(state.to_string()) } else { query };
        query.execute(&mut *transaction).await?;
    }
    for batch in &decisions {
        moderation::write(&mut transaction, batch).await?;
    }
    let notes: Vec<_> = decisions.into_iter().flat_map(|batch| batch.audit).collect();
    if let Some(last) = notes.last() {
        audit::append(&mut transaction, signer, last.at, &notes).await?;
    }
    transaction.commit().await?;
    Ok(())
}
