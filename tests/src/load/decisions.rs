//! How soon a decision of staff holds, measured at whom it is about.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::desk::codes::Reason;
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::voice::Measure;

use super::children::{Measured, room_id};
use super::life::LIVING;
use super::mute::invitation;
use crate::client::TestClient;
use crate::measure::percentile;
use crate::staff::{Browser, token};

/// Between two decisions: a little slower than one member of staff may decide.
const BETWEEN: Duration = Duration::from_millis(270);
/// How many people are decided about in turn. Others in the room hear each other as always.
const PEOPLE: usize = 10;

/// The time from sending a decision until the person knows it, which comes after it is in force, in milliseconds: 99 of a
/// hundred.
///
/// # Errors
/// The server could not be started or asked.
pub async fn decision_to_effect_p99_ms(rounds: usize) -> Result<f64> {
    let server = Measured::server(1, LIVING)?;
    let room = room_id(LIVING, 0);
    let mut owner = Browser::at(server.addr);
    owner.accept(&token(&invitation(&server)?), "みどり").await.ok().context("the owner signs in")?;
    let mut owner = owner.enter(&room, "みどり", false).await;
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        let mut line = TestClient::connect(server.addr).await;
        line.hello_as(&room, &format!("ひと{number}"), ibasho_protocol::person::Way::Write).await;
        line.inside().await;
        people.push(line);
    }
    let mut pace = tokio::time::interval(BETWEEN);
    let mut took = Vec::new();
    for round in 0..rounds {
        pace.tick().await;
        let person = &mut people[round % PEOPLE];
        let (who, heard) = (person.me(), person.mirror.notices.len());
        // Each ends later than the one before, and so is one of its own.
        let (kind, reason, note) = (Kind::Timeout, Reason::Other, String::new());
        let measure = Measure::Sanction { who, kind, minutes: 1, site: false, reason, note, permanent: false };
        let began = Instant::now();
        owner.command(|n| ClientMessage::Moderate { n, measure }).await;
        person
            .until("the decision", |mirror| {
                mirror.notices[heard..].iter().any(|notice| matches!(notice, Notice::Sanctioned { .. }))
            })
            .await;
        took.push(began.elapsed().as_secs_f64() * 1e3);
        owner.beat().await;
    }
    took.sort_by(f64::total_cmp);
    Ok(percentile(&took, 0.99))
}
