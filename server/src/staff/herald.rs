//! Tells rooms what became of staff: within a second, whoever decided it, the page or the command line beside the
//! running server. What is to be told is written down with the change itself, so that a restart loses nothing.

use std::sync::Arc;

use futures_util::future::join_all;
use ibasho_protocol::ids::Millis;

use super::{entry, invitation};
use crate::Surroundings;
use crate::room::handle::ToRoom;
use crate::store::StoreError;
use crate::store::beside::Beside;
use crate::store::staff::begin;
use crate::store::staff::revocations::{self, Revocation};

/// How often what is over is ended, in milliseconds.
const SWEEP_MS: Millis = 60_000;

/// Runs until dropped.
pub(crate) async fn run(around: Arc<Surroundings>) {
    let (mut told, mut sweep_at) = (0, around.clock.now());
    let mut beside = Beside::new(&around.store);
    loop {
        let now = around.clock.now();
        if now >= sweep_at {
            sweep_at = now + SWEEP_MS;
            if let Err(error) = sweep(&around, now).await {
                tracing::warn!(%error, "what is over could not be ended");
            }
        }
        match tell(&around, told).await {
            Ok(last) => told = last,
            Err(error) => {
                tracing::warn!(%error, "rooms could not be told about staff");
                beside.failed();
            }
        }
        tokio::select! {
            () = around.staff.bell.notified() => {}
            () = beside.written(now, &around.clock, &around.store) => {}
        }
    }
}

async fn sweep(around: &Surroundings, now: Millis) -> Result<(), StoreError> {
    let mut db = begin(around.store.pool()).await?;
    entry::sweep(&mut db, now).await?;
    invitation::sweep(&mut db, now).await?;
    // A login from before has ended by then anyway, and with it everything it was good for.
    revocations::sweep(&mut db, now.saturating_sub(entry::ABSOLUTE_MS)).await?;
    Ok(db.commit().await?)
}

async fn tell(around: &Surroundings, told: i64) -> Result<i64, StoreError> {
    let (last, revocations) = {
        let mut db = around.store.pool().acquire().await?;
        revocations::after(&mut db, told).await?
    };
    for revocation in revocations {
        around.tickets.void(&revocation.account, revocation.login.as_deref());
        // A room that is busy does not keep the others waiting.
        let rooms = around.rooms.keys().filter_map(|id| Some((id, around.registry.get(id)?)));
        let revocation = &revocation;
        join_all(rooms.map(|(id, room)| async move { room.send(in_room(revocation, id)).await })).await;
    }
    Ok(last)
}

/// What a room is told: a role that does not reach it is none.
fn in_room(revocation: &Revocation, room: &str) -> ToRoom {
    let reaches = revocation.rooms.is_empty() || revocation.rooms.iter().any(|own| own == room);
    ToRoom::Revoke {
        account: revocation.account.clone(),
        login: revocation.login.clone(),
        role: revocation.role.filter(|_| reaches),
    }
}
