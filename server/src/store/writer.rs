//! One writer with group commit: all changes that wait when a transaction begins share it and its `fsync`, so that
//! a thousand people entering at once cost a handful of commits.

use std::collections::{BTreeMap, btree_map::Entry};
use std::sync::Arc;

use ibasho_protocol::ids::PersonId;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, SqlitePool};
use tokio::sync::{mpsc, oneshot};

use super::moderation::{self, Batch};
use super::sqlite::{role_name, way_name, wish_name};
use super::{Change, KeptPlace, KeptSeat, StoreError, audit};
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
    let mut places: BTreeMap<PersonId, KeptPlace> = BTreeMap::new();
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
            Change::Place(place) => {
                match last.get_mut(&place.person) {
                    Some(Some(seat)) => (seat.at, seat.seat, seat.nonce) = (place.at, place.seat, place.nonce),
                    Some(None) => {}
                    None => _ = places.insert(place.person, place),
                }
                continue;
            }
            Change::Keep(seat) => (seat.person, Some(seat)),
            Change::Forget(person) => (person, None),
        };
        places.remove(&person);
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
    write_seats(&mut transaction, &kept).await?;
    write_places(&mut transaction, &places).await?;
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

async fn write_seats(db: &mut SqliteConnection, kept: &[Box<KeptSeat>]) -> Result<(), StoreError> {
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
        upsert.build().execute(&mut *db).await?;
    }
    Ok(())
}

async fn write_places(db: &mut SqliteConnection, places: &BTreeMap<PersonId, KeptPlace>) -> Result<(), StoreError> {
    if places.is_empty() {
        return Ok(());
    }
    let row = |place: &KeptPlace| (place.person.0.cast_signed(), place.at.0, place.at.1, place.seat, place.nonce);
    let rows: Vec<_> = places.values().map(row).collect();
    // One statement for however many: a text for each number of rows would be parsed anew nearly every time.
    sqlx::query(
        "UPDATE seats SET x = place.value ->> 1, y = place.value ->> 2, seat = place.value ->> 3, \
         nonce = place.value ->> 4 FROM json_each($1) AS place WHERE person = place.value ->> 0",
    )
    .bind(serde_json::to_string(&rows).map_err(|error| StoreError(error.to_string()))?)
    .execute(db)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use ibasho_moderation::roles::Role;
    use ibasho_protocol::person::{Look, Point, Way};

    use super::*;
    use crate::secret::Token;
    use crate::store::{Sqlite, Store as _};

    fn seat(person: u64) -> Change {
        Change::Keep(Box::new(KeptSeat {
            person: PersonId(person),
            room: "hall".into(),
            token: Token::received(person.to_string()).hash(),
            previous: None,
            nick: "なぎ".into(),
            look: Look { figure: 1, colour: 2 },
            way: Way::Write,
            wish: None,
            at: Point(1, 1),
            seat: None,
            nonce: 1,
            role: Role::Participant,
            ties: None,
        }))
    }

    fn place(person: u64, x: i16, seat: Option<u16>) -> Change {
        Change::Place(KeptPlace { person: PersonId(person), at: Point(x, -x), seat, nonce: u32::MAX })
    }

    #[tokio::test]
    async fn a_place_is_written_into_the_seat_that_is_kept_then_and_into_no_other() {
        let home = tempfile::TempDir::new().expect("a folder");
        let store = Sqlite::open(&home.path().join("data")).await.expect("it opens");
        // The largest number there is, too: as text it must not lose its end.
        let far = u64::MAX - 1;
        store.write([1, 2, 3, 4, far].map(seat).into()).await.expect("written");
        let both =
            vec![place(1, 5, Some(3)), place(2, 5, Some(4)), place(2, 6, None), place(9, 7, None), place(far, 8, None)];
        store.write(both).await.expect("written");
        // Before and after other changes of the same moment.
        let mixed = vec![place(3, 5, None), Change::Forget(PersonId(3)), place(3, 6, None), place(4, 5, None), seat(4)];
        store.write(mixed).await.expect("written");
        store.write(vec![seat(5), place(5, 9, Some(1))]).await.expect("written");
        let kept = store.seats("hall").await.expect("read");
        let mut kept: Vec<_> = kept.iter().map(|kept| (kept.person.0, kept.at, kept.seat, kept.nonce)).collect();
        kept.sort_unstable_by_key(|kept| kept.0);
        let (moved, never) = (u32::MAX, 1);
        let expected = [
            (1, Point(5, -5), Some(3), moved),
            (2, Point(6, -6), None, moved),
            (4, Point(1, 1), None, never),
            (5, Point(9, -9), Some(1), moved),
            (far, Point(8, -8), None, moved),
        ];
        assert_eq!(kept, expected);
        store.close().await.expect("closed");
    }
}
