//! Keeps a room running: opens it, and opens it again when its actor failed. One room's fault touches no other.

use std::sync::Arc;
use std::time::Duration;

use ibasho_protocol::ids::Seq;
use ibasho_protocol::plan::RoomPlan;
use tracing::Instrument as _;

use super::actor::Actor;
use super::handle::{self, RoomHandle};
use super::sim::Sim;
use super::tick::Input;
use crate::Surroundings;
use crate::desk::news::News;
use crate::hooks::asking::Asked;
use crate::store::{Store as _, StoreError};

/// A room that fails again within this time waits longer each time before it opens.
const CALM: Duration = Duration::from_mins(1);
/// The longest such wait.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Opens the room and keeps it open; whoever asks the registry always finds the newest handle.
///
/// # Errors
/// The store could not be read.
pub async fn open(plan: Arc<RoomPlan>, around: Arc<Surroundings>) -> Result<(), StoreError> {
    let (mut actor, handle) = prepare(&plan, &around).await?;
    around.registry.open(&plan.id, handle);
    let span = tracing::info_span!("room", id = %plan.id);
    tokio::spawn(
        async move {
            let mut wait = Duration::ZERO;
            loop {
                let opened = tokio::time::Instant::now();
                match tokio::spawn(actor.run().in_current_span()).await {
                    Ok(()) => return,
                    Err(error) => tracing::error!(%error, "the room failed and opens again"),
                }
                around.metrics.rooms_failed.inc();
                around.registry.close(&plan.id);
                wait = if opened.elapsed() > CALM {
                    Duration::ZERO
                } else {
                    (wait * 2 + Duration::from_millis(50)).min(LONGEST_WAIT)
                };
                tokio::time::sleep(wait).await;
                let again = loop {
                    match prepare(&plan, &around).await {
                        Ok(again) => break again,
                        Err(error) => tracing::error!(%error, "the room cannot open yet"),
                    }
                    tokio::time::sleep(LONGEST_WAIT).await;
                };
                actor = again.0;
                around.registry.open(&plan.id, again.1);
                // It has to be told what is on.
                around.calendar.touch();
            }
        }
        .instrument(span),
    );
    Ok(())
}

async fn prepare(plan: &Arc<RoomPlan>, around: &Arc<Surroundings>) -> Result<(Actor, RoomHandle), StoreError> {
    let kept = around.store.seats(&plan.id).await?;
    let hosted = around.store.hosted(&plan.id).await?;
    let now = around.clock.now();
    // Microseconds since the epoch: no room has a million events a second, so numbers never go back.
    let start = Seq(now * 1000);
    let (rules, dice) = (around.office.hooks(), around.dice.clone());
    let sim = Sim::new(plan.clone(), rules, dice, kept, hosted.as_deref(), start, now);
    let asks = |what| around.hooks.runner.wants(what);
    let sim = sim.map_err(StoreError)?.with_voice(around.voice.is_some());
    let mut sim = sim.with_hooks(asks(Asked::Message), asks(Asked::Nickname));
    let people = sim.subjects();
    let failed = |error: crate::desk::OfficeError| StoreError(error.to_string());
    // Words that waited in a room that failed are gone.
    around.office.lost(&plan.id).await.map_err(failed)?;
    let (in_force, lockdown) = around.office.opening(&plan.id, &people).await.map_err(failed)?;
    for (subject, in_force) in in_force {
        sim.push(Input::Desk(Box::new(News::Enforce { subject, in_force })));
    }
    sim.push(Input::Desk(Box::new(News::Lockdown(lockdown))));
    sim.push(Input::Desk(Box::new(News::OnDuty(around.on_duty(&plan.id)))));
    let (handle, doorway) = handle::doorway(sim.count());
    Ok((Actor::new(sim, around.clone(), doorway), handle))
}
