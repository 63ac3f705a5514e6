//! Whatever comes in: it is answered with a reason or the line ends, and nobody else notices.

use std::path::Path;

use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::limits::{ASSEMBLE_MS, MAX_FRAGMENTS, MAX_MESSAGE_BYTES};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;
use ibasho_tests::client::TestClient;
use ibasho_tests::server::TestServer;
use ibasho_tests::wire::{self, client_frame};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use tokio_tungstenite::tungstenite::Message;

/// So many messages that cannot be understood, and the line closes.
const PATIENCE: usize = 8;

/// The invalid client messages of the golden fixtures, with the refusal of each.
fn fixtures() -> Vec<(String, Vec<u8>, RefusalCode)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocol/fixtures");
    let index = std::fs::read_to_string(dir.join("index.json")).expect("the fixtures");
    let entries: Vec<Value> = serde_json::from_str(&index).expect("JSON");
    let invalid = entries.into_iter().filter(|entry| entry["kind"] == "client" && entry["valid"] == false);
    invalid
        .filter_map(|entry| {
            let name = entry["file"].as_str()?.to_owned();
            let bytes = std::fs::read(dir.join(&name)).expect("the file");
            let code = serde_json::from_value(entry["refusal"].clone()).expect("a code");
            Some((name, bytes, code))
        })
        .collect()
}

/// The witness saw people come and go, and nothing else.
async fn nothing_else_was_noticed(witness: &mut TestClient) {
    witness.say(0, "しずかです").await;
    witness.until("one's own words", |mirror| mirror.said.len() == 1).await;
    let odd: Vec<_> = witness
        .mirror
        .events
        .iter()
        .filter(|event| !matches!(event, Event::Came(_) | Event::Left { .. } | Event::Said(_)))
        .collect();
    assert!(odd.is_empty(), "{odd:?}");
}

#[tokio::test]
async fn every_malformed_message_is_answered_with_its_reason() {
    let server = TestServer::start().await;
    let mut witness = server.enter("みはり").await;
    let fixtures = fixtures();
    assert!(fixtures.len() > 50);
    for (lines, some) in fixtures.chunks(PATIENCE - 1).enumerate() {
        let mut nagi = server.enter(&format!("なぎ{lines}")).await;
        for (name, bytes, code) in some {
            let before = nagi.mirror.refused.len();
            nagi.send_bytes(bytes.clone()).await;
            nagi.until(name, |mirror| mirror.refused.len() > before).await;
            assert_eq!(nagi.mirror.refused[before].code, *code, "{name}");
        }
        nagi.beat().await;
        nagi.send_bytes(vec![0xc1]).await;
        assert_eq!(nagi.until_closed().await, Some(4003), "the eighth is one too many");
    }
    nothing_else_was_noticed(&mut witness).await;
}

#[tokio::test]
async fn the_same_holds_before_hello() {
    let server = TestServer::start().await;
    for some in fixtures().chunks(PATIENCE - 1) {
        let mut nagi = TestClient::connect(server.addr()).await;
        for (name, bytes, code) in some {
            let before = nagi.mirror.refused.len();
            nagi.send_bytes(bytes.clone()).await;
            nagi.until(name, |mirror| mirror.refused.len() > before).await;
            assert_eq!(nagi.mirror.refused[before].code, *code, "{name}");
        }
        nagi.hello("なぎ").await;
        nagi.inside().await;
        nagi.send(&ClientMessage::Leave {}).await;
        nagi.until_closed().await;
    }
}

#[tokio::test]
async fn random_messages_and_random_frames_end_a_line_at_most() {
    let server = TestServer::start().await;
    let mut witness = server.enter("みはり").await;
    let mut rng = StdRng::seed_from_u64(20);
    for round in 0..40 {
        let mut nagi = TestClient::connect(server.addr()).await;
        if round % 2 == 0 {
            nagi.hello(&format!("なぎ{round}")).await;
            nagi.inside().await;
        }
        for _ in 0..20 {
            let length = rng.random_range(0..300);
            let bytes: Vec<u8> = (0..length).map(|_| rng.random()).collect();
            match round % 4 {
                // Past the WebSocket: bytes that are no frames.
                3 => nagi.send_raw(&bytes).await,
                2 => nagi.send_raw(&client_frame(rng.random(), &bytes)).await,
                _ => nagi.send_bytes(bytes).await,
            }
        }
        // However it ends, it ends; a frame that never completes ends with its time, and silence does.
        let ended = tokio::spawn(async move { nagi.until_closed().await });
        while !ended.is_finished() {
            server.pass(ASSEMBLE_MS + 1, &mut [&mut witness]).await;
        }
        ended.await.expect("it ended");
    }
    nothing_else_was_noticed_but_walks(&mut witness).await;
}

/// Random bytes may by chance be a message; then only what a person may do has happened.
async fn nothing_else_was_noticed_but_walks(witness: &mut TestClient) {
    witness.say(0, "まだいます").await;
    witness.until("one's own words", |mirror| mirror.texts().contains(&"まだいます")).await;
}

#[tokio::test]
async fn a_text_message_is_no_message() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    nagi.send_message(Message::text(r#"{"t":"leave"}"#)).await;
    nagi.until("a refusal", |mirror| mirror.refused.len() == 1).await;
    assert_eq!(nagi.mirror.refused[0].code, RefusalCode::NotMessagepack);
    nagi.say(0, "まだいます").await;
}

#[tokio::test]
async fn what_is_too_big_ends_the_line_and_the_seat_is_kept() {
    let server = TestServer::start().await;
    let mut witness = server.enter("みはり").await;
    let mut nagi = server.enter("なぎ").await;
    // The largest that is read.
    nagi.send_bytes(vec![0xc0; MAX_MESSAGE_BYTES]).await;
    nagi.until("a refusal", |mirror| mirror.refused.len() == 1).await;
    assert_eq!(nagi.mirror.refused[0].code, RefusalCode::TrailingBytes);
    nagi.send_bytes(vec![0xc0; MAX_MESSAGE_BYTES + 1]).await;
    assert_eq!(nagi.until_closed().await, Some(1009));
    assert_eq!(nagi.mirror.refused[1].code, RefusalCode::TooBig);
    nagi.resume(server.addr()).await;
    // A header that promises gigabytes is refused before they come.
    let mut promise = vec![0x82, 0xff];
    promise.extend((1_u64 << 40).to_be_bytes());
    promise.extend([1, 2, 3, 4]);
    nagi.send_raw(&promise).await;
    assert_eq!(nagi.until_closed().await, Some(1009));
    nagi.resume(server.addr()).await;
    // In pieces it is not smaller.
    nagi.send_raw(&client_frame(wire::BINARY, &vec![0xc0; MAX_MESSAGE_BYTES])).await;
    nagi.send_raw(&client_frame(0x80, &[0xc0; 2])).await;
    assert_eq!(nagi.until_closed().await, Some(1009));
    nothing_else_was_noticed(&mut witness).await;
}

#[tokio::test]
async fn fragments_are_counted_and_timed() {
    let server = TestServer::start().await;
    let mut witness = server.enter("みはり").await;
    let mut nagi = server.enter("なぎ").await;
    let beat = ibasho_protocol::codec::encode_client(&ClientMessage::Beat {});
    // In as many pieces as are allowed, with a ping between: fine.
    let pieces = MAX_FRAGMENTS as usize - 1;
    nagi.send_raw(&client_frame(wire::BINARY, &beat[..1])).await;
    for _ in 2..pieces {
        nagi.send_raw(&client_frame(0, &[])).await;
    }
    nagi.send_raw(&client_frame(0x80 | wire::PING, b"?")).await;
    nagi.send_raw(&client_frame(0x80, &beat[1..])).await;
    nagi.until("a beat", |mirror| mirror.beats == 1).await;

    nagi.send_raw(&client_frame(wire::BINARY, &beat[..1])).await;
    for _ in 0..=MAX_FRAGMENTS {
        nagi.send_raw(&client_frame(0, &[])).await;
    }
    assert_eq!(nagi.until_closed().await, Some(4009));
    nagi.resume(server.addr()).await;

    // Half a message, and then only pings.
    nagi.send_raw(&client_frame(wire::BINARY, &beat[..1])).await;
    for _ in 0..3 {
        nagi.send_raw(&client_frame(0x80 | wire::PING, b"?")).await;
        nagi.until_pong().await;
        server.pass(ASSEMBLE_MS / 3, &mut [&mut witness]).await;
    }
    assert!(nagi.closed.is_none());
    server.pass(1, &mut [&mut witness]).await;
    assert_eq!(nagi.until_closed().await, Some(4009));
    nothing_else_was_noticed(&mut witness).await;
}

#[tokio::test]
async fn frames_that_break_the_rules_of_websockets_end_the_line() {
    let server = TestServer::start().await;
    let mut witness = server.enter("みはり").await;
    let unmasked = [0x82, 0x01, 0xc0].to_vec();
    let reserved_bits = client_frame(0xf2, &[0xc0]);
    let reserved_opcode = client_frame(0x83, &[0xc0]);
    let long_ping = client_frame(0x80 | wire::PING, &[0; 126]);
    let split_ping = client_frame(wire::PING, b"?");
    let lonely_piece = client_frame(0x80, &[0xc0]);
    for (number, bytes) in
        [unmasked, reserved_bits, reserved_opcode, long_ping, split_ping, lonely_piece].iter().enumerate()
    {
        let mut nagi = server.enter(&format!("なぎ{number}")).await;
        nagi.send_raw(bytes).await;
        assert_eq!(nagi.until_closed().await, Some(4003), "case {number}");
    }
    nothing_else_was_noticed(&mut witness).await;
}

#[tokio::test]
async fn a_flood_is_slowed_then_closed_and_the_neighbour_notices_nothing() {
    let server = TestServer::start().await;
    let mut witness = server.enter("みはり").await;
    let mut nagi = server.enter("なぎ").await;
    for _ in 0..1_000 {
        nagi.command(|n| ClientMessage::TakeBack { n, id: ibasho_protocol::ids::Seq(1) }).await;
    }
    witness.say(0, "しずかです").await;
    assert_eq!(nagi.until_closed().await, Some(4005));
    for answer in nagi.mirror.answers.values().flatten() {
        let Event::Refused { refusal, .. } = answer else { panic!("{answer:?}") };
        assert!(matches!(refusal.code, RefusalCode::TooFast | RefusalCode::NotYours), "{refusal:?}");
    }
    witness.until("one's own words", |mirror| mirror.said.len() == 1).await;
    // Beats are never a flood.
    nagi.forget();
    nagi.resume(server.addr()).await;
    for _ in 0..500 {
        nagi.send(&ClientMessage::Beat {}).await;
    }
    nagi.until("every beat answered", |mirror| mirror.beats == 500).await;
}
