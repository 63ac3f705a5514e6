//! Time at the desk: ends, deadlines and calls happen at their moment, by the clock of the server.

use std::sync::Arc;

use ibasho_moderation::desk::Changes;
use ibasho_protocol::ids::Millis;

use super::Office;

/// When the store does not answer, it is asked again after so many milliseconds.
const AGAIN_MS: Millis = 1_000;

/// Does what is due, until the server stops.
pub(crate) async fn run(office: Arc<Office>) {
    loop {
        let due = match office.desk().await {
            Ok(kept) => kept.desk.due().unwrap_or(Millis::MAX),
            Err(_) => office.around.clock.now() + AGAIN_MS,
        };
        tokio::select! {
            () = office.bell.notified() => {}
            () = office.around.clock.sleep_until(due) => {
                // Every command lets time act first: one that does nothing else is enough.
                if let Err(error) = office.act(|_, _, _| Ok(Changes::default())).await {
                    tracing::error!(%error, "what is due could not be kept");
                    office.around.clock.sleep_until(office.around.clock.now() + AGAIN_MS).await;
                }
            }
        }
    }
}
