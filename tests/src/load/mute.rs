//! How soon a mute silences, measured at those who heard.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::person::Way;
use ibasho_protocol::voice::Measure;

use super::children::{Measured, beside_us, room_id};
use super::life::LIVING;
use crate::client::TestClient;
use crate::staff::{Browser, token};
use crate::voice::guest::{Guest, HALF_A_SECOND};
use crate::voice::stamp::clock;

/// How many people hear the one who is muted.
const LISTENERS: usize = 5;

/// The longest time from sending a mute until the last packet of that person at any listener, in milliseconds.
pub async fn mute_to_silence_ms(rounds: usize) -> Result<f64> {
    let server = Measured::server(1, LIVING)?;
    let room = room_id(LIVING, 0);
    let mut owner = Browser::at(server.addr);
    owner.accept(&token(&invitation(&server)?), "みどり").await.ok().context("the owner signs in")?;
    let mut owner = owner.enter(&room, "みどり", false).await;
    let mut guests = Vec::new();
    for number in 0..=LISTENERS {
        let mut line = TestClient::connect(server.addr).await;
        line.hello_as(&room, &format!("ひと{number}"), Way::Voice).await;
        line.inside().await;
        let peer = line.call().await;
        guests.push(Guest { line, peer });
    }
    let (talker, listeners) = guests.split_first_mut().context("a talker")?;
    // Somebody else's packets show that time passes and the way is open.
    let (other, who) = (listeners[0].me(), talker.me());
    listeners[0].speak().await;
    let mut longest = Duration::ZERO;
    for _ in 0..rounds {
        talker.speak().await;
        for listener in &mut *listeners {
            listener.hears(who).await;
        }
        let muted = clock();
        let measure = |on| Measure::Mute { who, on };
        owner.done(|n| ClientMessage::Moderate { n, measure: measure(true) }).await;
        listeners[1].peer.hear(other, 2 * HALF_A_SECOND).await;
        for listener in &*listeners {
            let last = listener.peer.heard().last_of(who).context("heard before")?;
            longest = longest.max(last.saturating_sub(muted));
        }
        ensure!(longest < Duration::from_millis(500), "somebody who is muted is heard on");
        owner.done(|n| ClientMessage::Moderate { n, measure: measure(false) }).await;
        talker.line.until("allowed", |mirror| !mirror.mine.muted && !mirror.mine.mic).await;
        owner.beat().await;
        for listener in &mut *listeners {
            listener.line.beat().await;
            listener.peer.forget();
        }
    }
    Ok(longest.as_secs_f64() * 1e3)
}

/// What the operator gives to the first owner.
pub(super) fn invitation(server: &Measured) -> Result<String> {
    let mut command = Command::new(beside_us("ibasho")?);
    let output = command.args(["staff", "invite", "--role", "owner"]).arg("--data").arg(server.data()).output()?;
    ensure!(output.status.success(), "no invitation: {output:?}");
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
