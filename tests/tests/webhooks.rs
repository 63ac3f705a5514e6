//! Webhooks that are told: signed, thin, in order, at least once, whatever the receiver does.

use std::net::SocketAddr;
use std::process::Command;

use futures_util::FutureExt as _;
use ibasho_protocol::api::hooks::{
    Replay, Replayed, Tested, Webhook, WebhookState as State, WebhookTrouble as Trouble,
};
use ibasho_protocol::api::staff::{ChangeColleague, Colleague, Me};
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::role::Role;
use ibasho_server::clock::Clock;
use ibasho_server::config::Config;
use ibasho_server::config::webhooks::WebhookConfig;
use ibasho_server::hooks::breaker::OPEN_MS;
use ibasho_server::hooks::schedule::{JITTER_PERCENT, RETRIES_MS};
use ibasho_tests::client::PATIENCE;
use ibasho_tests::http;
use ibasho_tests::program::{Program, binary};
use ibasho_tests::receiver::{Receiver, Reply, SECRET};
use ibasho_tests::server::{Recipe, TestServer};
use ibasho_tests::staff::{Browser, code, token};
use ibasho_tests::stranger::Script;
use serde_json::json;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::time::{Instant, timeout};

/// The longest time until a first attempt is repeated.
const SOON: Millis = RETRIES_MS[0] * (100 + JITTER_PERCENT) / 100;

async fn start(webhooks: Vec<WebhookConfig>) -> (TestServer, Browser) {
    let configure = move |config: &mut Config| config.webhooks = webhooks;
    let server = TestServer::with(Recipe { configure: Some(Box::new(configure)), ..Recipe::default() }).await;
    let owner = server.staff("ぬし", Role::Owner, &[]).await;
    (server, owner)
}

/// A colleague whose role changes from now on.
async fn colleague(server: &TestServer, name: &str) -> String {
    server.staff(name, Role::PeerStaff, &[]).await.get::<Me>("me").await.expect("signed in").id
}

async fn change(owner: &mut Browser, id: &str, role: Role) {
    let change = ChangeColleague { role, rooms: vec![] };
    owner.send::<Colleague>("PUT", &format!("people/{id}"), &change).await.expect("changed");
}

/// Waits until the first webhook is like this.
async fn until(owner: &mut Browser, what: &str, mut predicate: impl FnMut(&Webhook) -> bool) -> Webhook {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let webhook = owner.get::<Vec<Webhook>>("webhooks").await.expect("a list").remove(0);
        if predicate(&webhook) {
            return webhook;
        }
        assert!(Instant::now() < deadline, "waited for {what}: {webhook:?}");
    }
}

async fn replay(owner: &mut Browser, letter: Option<String>) -> u32 {
    owner.post::<Replayed>("webhooks/city/replay", &Replay { letter }).await.expect("replayed").letters
}

#[tokio::test]
async fn what_happened_is_told_signed_and_thin() {
    let mut receiver = Receiver::start();
    let (server, mut owner) = start(vec![receiver.config()]).await;
    let id = colleague(&server, "みどり").await;
    change(&mut owner, &id, Role::Moderator).await;
    let sent = receiver.until(1).await.remove(0);
    assert_eq!(sent.json()["type"], "staff.changed");
    assert_eq!(sent.json()["data"], json!({ "id": format!("staff:{id}"), "code": "moderator", "sequence": 1 }));
    let at = sent.json()["timestamp"].as_str().expect("a time").to_owned();
    assert!(chrono::DateTime::parse_from_rfc3339(&at).expect("ISO 8601").timestamp_millis() == server.now() as i64);
    assert!(sent.id.starts_with("msg_") && sent.seconds == server.now() / 1000);
    assert!(!sent.body.contains("みどり") && !sent.body.contains("ぬし"));
    let webhook = until(&mut owner, "it is noted", |webhook| webhook.told.is_some()).await;
    assert_eq!((webhook.state, webhook.waiting, webhook.dead), (State::Well, 0, 0));
    assert_eq!((webhook.host.as_str(), webhook.text), ("127.0.0.1", false));
    let (_, metrics) = http::get(server.admin(), "/metrics").await;
    assert!(metrics.contains("ibasho_webhook_sent_total{hook=\"city\",outcome=\"taken\"} 1"), "{metrics}");
    assert!(!metrics.contains(&receiver.addr.to_string()) && !metrics.contains(&id));
}

#[tokio::test]
async fn what_is_not_taken_is_told_again_for_three_days_and_then_when_somebody_asks() {
    let mut receiver = Receiver::start();
    receiver.always(Reply::Status(500));
    let (server, mut owner) = start(vec![receiver.config()]).await;
    let id = colleague(&server, "みどり").await;
    change(&mut owner, &id, Role::Moderator).await;
    for (failed, wait) in (1..).zip(RETRIES_MS) {
        receiver.until(failed).await;
        let noted = |webhook: &Webhook| webhook.failures as usize == failed;
        let webhook = until(&mut owner, "it is noted", noted).await;
        assert_eq!((webhook.trouble, webhook.waiting, webhook.dead), (Some(Trouble::Broken), 1, 0));
        server.advance(wait * (100 + JITTER_PERCENT) / 100);
        // A login that is not used for hours ends.
        owner = server.staff(&format!("ぬし{failed}"), Role::Owner, &[]).await;
    }
    let sent = receiver.until(RETRIES_MS.len() + 1).await;
    let webhook = until(&mut owner, "a dead letter", |webhook| webhook.dead == 1).await;
    assert_eq!((webhook.waiting, webhook.letters[0].tries), (0, 10));
    assert_eq!(
        (webhook.letters[0].id.as_str(), webhook.letters[0].event.as_str()),
        (sent[0].id.as_str(), "staff.changed")
    );
    assert!(sent.iter().all(|one| one.id == sent[0].id && one.body == sent[0].body), "one message, ten attempts");
    for (pair, wait) in sent.windows(2).zip(RETRIES_MS) {
        let after = (pair[1].seconds - pair[0].seconds) * 1000;
        assert!(after >= wait * (100 - JITTER_PERCENT) / 100, "{after} is sooner than {wait}");
    }
    let hours = (sent[9].seconds - sent[0].seconds) / 3600;
    assert!((68..=84).contains(&hours), "{hours} hours");

    receiver.always(Reply::Status(200));
    assert_eq!(replay(&mut owner, Some(sent[0].id.clone())).await, 1);
    assert_eq!(receiver.until(11).await[10].id, sent[0].id);
    until(&mut owner, "all is told", |webhook| webhook.state == State::Well && webhook.dead == 0).await;
    assert_eq!(replay(&mut owner, None).await, 0);
}

#[tokio::test]
async fn about_one_subject_everything_arrives_in_order_and_others_do_not_wait() {
    let mut receiver = Receiver::start();
    receiver.once([Reply::Status(500)]);
    let (server, mut owner) = start(vec![receiver.config()]).await;
    let (midori, sora) = (colleague(&server, "みどり").await, colleague(&server, "そら").await);
    change(&mut owner, &midori, Role::Moderator).await;
    receiver.until(1).await;
    change(&mut owner, &midori, Role::Facilitator).await;
    change(&mut owner, &sora, Role::Moderator).await;
    let raw = owner.raw("DELETE", &format!("people/{midori}"), "").await;
    assert_eq!(raw.status, 204);
    assert_eq!(receiver.until(2).await[1].what(), ("staff.changed".into(), format!("staff:{sora}"), 1));
    until(&mut owner, "three wait", |webhook| webhook.waiting == 3 && webhook.told.is_some()).await;
    server.advance(SOON);
    let told: Vec<_> = receiver.until(5).await[2..].iter().map(ibasho_tests::receiver::Sent::what).collect();
    let about = |event: &str, sequence| (event.to_owned(), format!("staff:{midori}"), sequence);
    assert_eq!(told, [about("staff.changed", 1), about("staff.changed", 2), about("staff.removed", 3)]);
}

#[tokio::test]
async fn a_receiver_that_asks_for_time_gets_it() {
    let mut receiver = Receiver::start();
    receiver.once([Reply::After(503, "3600".into())]);
    let (server, mut owner) = start(vec![receiver.config()]).await;
    let (midori, sora) = (colleague(&server, "みどり").await, colleague(&server, "そら").await);
    change(&mut owner, &midori, Role::Moderator).await;
    let rests = |webhook: &Webhook| webhook.state == State::Resting && webhook.trouble == Some(Trouble::Busy);
    until(&mut owner, "it rests", rests).await;
    change(&mut owner, &sora, Role::Moderator).await;
    server.advance(SOON);
    until(&mut owner, "both wait", |webhook| webhook.waiting == 2).await;
    server.advance(3_600_000 - SOON - 1);
    until(&mut owner, "both still wait", |webhook| webhook.waiting == 2 && rests(webhook)).await;
    assert_eq!(receiver.sent().len(), 1);
    server.advance(1);
    receiver.until(3).await;
    until(&mut owner, "all is told", |webhook| webhook.state == State::Well && webhook.waiting == 0).await;
}

#[tokio::test]
async fn one_that_is_gone_is_told_nothing_until_somebody_says_so() {
    let mut receiver = Receiver::start();
    receiver.once([Reply::Status(410)]);
    let (server, mut owner) = start(vec![receiver.config()]).await;
    let midori = colleague(&server, "みどり").await;
    change(&mut owner, &midori, Role::Moderator).await;
    until(&mut owner, "it is disabled", |webhook| webhook.state == State::Disabled && webhook.dead == 1).await;
    change(&mut owner, &midori, Role::Facilitator).await;
    let webhook = until(&mut owner, "the next is a dead letter", |webhook| webhook.dead == 2).await;
    assert_eq!((webhook.waiting, receiver.sent().len()), (0, 1));
    assert_eq!(replay(&mut owner, None).await, 2);
    let sequences: Vec<_> = receiver.until(3).await[1..].iter().map(|sent| sent.what().2).collect();
    assert_eq!(sequences, [1, 2]);
    until(&mut owner, "it is well", |webhook| webhook.state == State::Well && webhook.dead == 0).await;
}

#[tokio::test]
async fn nobody_follows_a_redirect() {
    let (mut receiver, elsewhere) = (Receiver::start(), Receiver::start());
    receiver.always(Reply::Elsewhere(format!("http://{}/", elsewhere.addr)));
    let (server, mut owner) = start(vec![receiver.config()]).await;
    let midori = colleague(&server, "みどり").await;
    change(&mut owner, &midori, Role::Moderator).await;
    receiver.until(1).await;
    until(&mut owner, "it is noted", |webhook| webhook.trouble == Some(Trouble::Redirect)).await;
    assert!(elsewhere.sent().is_empty());
}

#[tokio::test]
async fn one_that_is_slow_keeps_no_other_waiting() {
    let (mut slow, mut quick) = (Receiver::start(), Receiver::start());
    slow.always(Reply::Never);
    let second = WebhookConfig { id: "ward".into(), ..quick.config() };
    let (server, mut owner) = start(vec![slow.config(), second]).await;
    let midori = colleague(&server, "みどり").await;
    change(&mut owner, &midori, Role::Moderator).await;
    slow.until(1).await;
    quick.until(1).await;
    change(&mut owner, &midori, Role::Facilitator).await;
    quick.until(2).await;
    server.advance(15_000);
    until(&mut owner, "it was slow", |webhook| webhook.trouble == Some(Trouble::Slow)).await;
    slow.always(Reply::Status(200));
    server.advance(SOON);
    slow.until(3).await;
}

#[tokio::test]
async fn one_that_dies_and_comes_back_is_told_everything() {
    let mut receiver = Receiver::start();
    let (server, mut owner) = start(vec![receiver.config()]).await;
    let midori = colleague(&server, "みどり").await;
    change(&mut owner, &midori, Role::Moderator).await;
    receiver.until(1).await;
    receiver.stop().await;
    change(&mut owner, &midori, Role::Facilitator).await;
    until(&mut owner, "it is missed", |webhook| webhook.trouble == Some(Trouble::Unreachable)).await;
    receiver.start_again();
    server.advance(SOON);
    assert_eq!(receiver.until(2).await[1].what().2, 2);
}

#[tokio::test]
async fn one_that_fails_for_everything_is_left_alone_for_a_moment() {
    let mut receiver = Receiver::start();
    receiver.always(Reply::Status(500));
    let (server, mut owner) = start(vec![receiver.config()]).await;
    for n in 1..=5 {
        let id = colleague(&server, &format!("みどり{n}")).await;
        change(&mut owner, &id, Role::Moderator).await;
        until(&mut owner, "it is noted", |webhook| webhook.failures == n).await;
    }
    let sora = colleague(&server, "そら").await;
    change(&mut owner, &sora, Role::Moderator).await;
    until(&mut owner, "it rests", |webhook| webhook.state == State::Resting && webhook.waiting == 6).await;
    assert_eq!(receiver.sent().len(), 5);
    receiver.always(Reply::Status(200));
    server.advance(OPEN_MS);
    receiver.until(11).await;
    until(&mut owner, "it is well", |webhook| webhook.state == State::Well && webhook.waiting == 0).await;
}

#[tokio::test]
async fn a_name_that_leads_into_this_machine_is_not_connected_to() {
    let trap = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = trap.local_addr().expect("an address").port();
    let receiver = Receiver::start();
    // The last three are read as an address by a connection, and as a name by somebody in a hurry.
    for host in ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433", "127.1"] {
        let url = format!("https://{host}:{port}/");
        let (_server, mut owner) = start(vec![WebhookConfig { url, own_network: false, ..receiver.config() }]).await;
        // Who is connected to does not answer, and the clock stands: a connection would be waited for here.
        let tested = timeout(PATIENCE, owner.post::<Tested>("webhooks/city/test", &())).await.expect("no connection");
        assert_eq!(tested.expect("tried").trouble, Some(Trouble::PrivateAddress), "{host}");
    }
    // Nobody waits at the door. With a private network allowed there is somebody, and it is about certificates only.
    assert!(trap.accept().now_or_never().is_none());
    let url = format!("https://localhost:{port}/");
    let (_server, mut owner) = start(vec![WebhookConfig { url, ..receiver.config() }]).await;
    let (tested, ()) = tokio::join!(owner.post::<Tested>("webhooks/city/test", &()), async {
        drop(timeout(PATIENCE, trap.accept()).await.expect("somebody connects").expect("a connection"));
    });
    assert_eq!(tested.expect("tried").trouble, Some(Trouble::Unreachable));
}

#[tokio::test]
async fn only_the_owner_sends_and_moderators_look() {
    let mut receiver = Receiver::start();
    let (server, mut owner) = start(vec![receiver.config()]).await;
    let tested: Tested = owner.post("webhooks/city/test", &()).await.expect("tried");
    assert_eq!((tested.trouble, receiver.until(1).await[0].what().0.as_str()), (None, "webhook.test"));
    receiver.always(Reply::Status(401));
    let tested: Tested = owner.post("webhooks/city/test", &()).await.expect("tried");
    assert_eq!(tested.trouble, Some(Trouble::Refused));
    assert_eq!(code(owner.post::<Tested>("webhooks/none/test", &()).await), RefusalCode::NotFound);
    let unknown = Replay { letter: Some("msg_0".into()) };
    assert_eq!(code(owner.post::<Replayed>("webhooks/city/replay", &unknown).await), RefusalCode::NotFound);
    let mut moderator = server.staff("みどり", Role::Moderator, &[]).await;
    assert_eq!(moderator.get::<Vec<Webhook>>("webhooks").await.expect("a list").len(), 1);
    assert_eq!(code(moderator.post::<Tested>("webhooks/city/test", &()).await), RefusalCode::NotAllowed);
    assert_eq!(code(moderator.post::<Replayed>("webhooks/city/replay", &unknown).await), RefusalCode::NotAllowed);
    let mut host = server.staff("そら", Role::Facilitator, &[]).await;
    assert_eq!(code(host.get::<Vec<Webhook>>("webhooks").await), RefusalCode::NotAllowed);
    assert_eq!(receiver.sent().len(), 2);
}

#[tokio::test]
async fn a_power_cut_between_writing_and_telling_loses_nothing() {
    let mut receiver = Receiver::start();
    // It is reached, but never says that it took it.
    receiver.once([Reply::Never]);
    let home = TempDir::new().expect("a folder");
    let (data, file, secret) = (home.path().join("data"), home.path().join("own.toml"), home.path().join("secret"));
    std::fs::write(&secret, SECRET).expect("written");
    let settings = format!(
        "[[webhooks]]\nid = \"city\"\nurl = \"http://{}/hook\"\nsecret_file = {secret:?}\nown_network = true\n\
        events = [\"staff.changed\", \"staff.removed\"]\n",
        receiver.addr,
    );
    std::fs::write(&file, settings).expect("written");
    let flags = ["--config", file.to_str().expect("a plain name")];
    let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
    let mut program = Program::start_with(&data, anywhere, &flags).expect("it starts");
    let staff = |command: &[&str]| {
        let mut program = Command::new(binary().expect("built"));
        let said = program.arg("staff").args(command).arg("--data").arg(&data).output().expect("it runs");
        assert!(said.status.success(), "{said:?}");
        String::from_utf8(said.stdout).expect("text")
    };
    let mut owner = Browser::at(program.addr);
    owner.accept(&token(staff(&["invite", "--role", "owner"]).trim()), "ぬし").await.expect("accepted");
    let mut midori = Browser::at(program.addr);
    midori.accept(&token(staff(&["invite", "--role", "moderator"]).trim()), "みどり").await.expect("accepted");
    let id = midori.get::<Me>("me").await.expect("signed in").id;

    change(&mut owner, &id, Role::PeerStaff).await;
    let first = receiver.until(1).await.remove(0);
    program.kill().expect("it was running");
    // Written by a program beside a server that is not even there.
    staff(&["remove", "みどり"]);
    let program = Program::start_with(&data, program.addr, &flags).expect("it starts again");
    let sent = receiver.until(3).await;
    assert_eq!((&sent[1].id, &sent[1].body), (&first.id, &first.body), "the same again");
    assert_eq!(sent[2].what(), ("staff.removed".into(), format!("staff:{id}"), 2));
    drop(program);
}

/// The receiver of the manual, to the letter.
fn manual() -> String {
    let manual = include_str!("../../server/WEBHOOKS.md");
    let script = manual.split("```python\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    assert!(script.lines().count() <= 30, "short enough to be read");
    script.to_owned()
}

#[tokio::test]
async fn the_receiver_of_the_manual_verifies_what_is_told_with_the_library_of_the_standard() {
    let own = Receiver::start();
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    for (secret, trouble) in [(SECRET, None), ("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", Some(Trouble::Refused))] {
        let mut script = Script::start(&manual(), &[("WEBHOOK_SECRET", secret), ("PORT", &port.to_string())]);
        assert_eq!(script.line().await, "ready");
        let url = format!("http://127.0.0.1:{port}/");
        let (server, mut owner) = start(vec![WebhookConfig { url, ..own.config() }]).await;
        // The library looks at the clock of this machine. Logins go by that of the server.
        server.advance(Clock::real().now().saturating_sub(server.now()));
        drop(owner);
        owner = server.staff("おさ", Role::Owner, &[]).await;
        let tested: Tested = owner.post("webhooks/city/test", &()).await.expect("tried");
        assert_eq!(tested.trouble, trouble);
        if trouble.is_none() {
            assert_eq!(script.line().await, "webhook.test {}");
            let midori = colleague(&server, "みどり").await;
            change(&mut owner, &midori, Role::Moderator).await;
            let told = script.line().await;
            assert!(told.starts_with("staff.changed {'") && told.contains(&midori), "{told}");
            until(&mut owner, "it is taken", |webhook| webhook.told.is_some() && webhook.waiting == 0).await;
        }
    }
}
