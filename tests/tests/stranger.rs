//! Clients that are neither browsers nor ours, written from `PROTOCOL.md` alone, join with their voices.

use ibasho_protocol::person::Way;
use ibasho_server::clock::Clock;
use ibasho_server::config::Config;
use ibasho_tests::server::{Recipe, TestServer};
use ibasho_tests::stranger::Stranger;
use ibasho_tests::voice::relay::Relay;

#[tokio::test]
async fn strangers_hear_each_other_and_are_heard_by_us() {
    let server = TestServer::start().await;
    let mut nagi = server.enter_as("なぎ", Way::Listen).await;
    let mut ears = nagi.call().await;
    let mut haru = Stranger::enter(server.addr(), &["--nick", "はる", "--speak", "440"]).await;
    let mut sora = Stranger::enter(server.addr(), &["--nick", "そら", "--speak", "660"]).await;
    let mut umi = Stranger::enter(server.addr(), &["--nick", "うみ"]).await;
    haru.hears(sora.me, 660.0).await;
    sora.hears(haru.me, 440.0).await;
    umi.hears(haru.me, 440.0).await;
    umi.hears(sora.me, 660.0).await;
    umi.ever("who speaks", |told| told["speaking"].as_array().is_some_and(|who| who.len() == 2)).await;
    nagi.until("two voices", |mirror| mirror.slots.len() == 2).await;
    ears.until("their sound", |heard| heard.sounds >= 100).await;
}

/// A place behind whose network only the relay is reached, by `transport`.
async fn with_relay(relay: &Relay, transport: &str) -> TestServer {
    let turn = relay.config(transport);
    let configure = move |config: &mut Config| config.voice.turn = Some(turn);
    let server = TestServer::with(Recipe { configure: Some(Box::new(configure)), ..Recipe::default() }).await;
    // The relay looks at the real time, and a credential says when it ends.
    let now = Clock::real().now();
    server.advance(now.saturating_sub(server.now()));
    server
}

#[tokio::test]
async fn by_the_relay_alone_one_hears_and_is_heard() {
    let relay = Relay::start();
    let authority = relay.authority();
    for transport in ["udp", "tcp", "tls"] {
        let server = with_relay(&relay, transport).await;
        let enter = |options| Stranger::trusting(Some(&authority), server.addr(), options);
        let mut haru = enter(&["--nick", "はる", "--speak", "440", "--relay"]).await;
        let mut sora = enter(&["--nick", "そら", "--speak", "660", "--relay"]).await;
        haru.hears(sora.me, 660.0).await;
        sora.hears(haru.me, 440.0).await;
    }
}
