//! A planted nickname, planted words and a real token are looked for in everything the program writes about itself.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};

use ibasho_protocol::api::calendar::Ticket;
use ibasho_protocol::api::desk::case::CaseView;
use ibasho_protocol::api::staff::{EnterAsStaff, PasskeyFinish, PasskeyStart, SignIn, TotpStart};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::desk::codes::{Category, Reason};
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::host::Take;
use ibasho_protocol::server::Event;
use ibasho_protocol::voice::Measure;
use ibasho_tests::client::TestClient;
use ibasho_tests::desk::queue;
use ibasho_tests::http::ask;
use ibasho_tests::passkey::Authenticator;
use ibasho_tests::program::binary;
use ibasho_tests::server::scenes;
use ibasho_tests::staff::{Browser, PASSPHRASE, token};
use serde_json::Value;
use tempfile::TempDir;

const NICK: &str = "しおかぜ39";
const STAFF: &str = "なみおと58";
const NOTE: &str = "ひみつの なげぶみ 8316";
const WORDS: &str = "ひみつの みなと 7261";
const HELD: &str = "でんわは 090-7261-8316 です";
const TOLD: &str = "ひみつの ふで 5520";
const APPEAL: &str = "ひみつの うみべ 9942";
const DECIDED: &str = "ひみつの かきおき 3307";
const DEVICE: &str = "AAECAwQFBgcICQoLDA0ODw";

/// Goes through what staff do; returns every secret that was told on the way.
async fn staff_secrets(addr: SocketAddr, data: &Path) -> (Vec<String>, Browser) {
    let invite = ["staff", "invite", "--role", "owner", "--data"];
    let mut program = Command::new(binary().expect("built"));
    let said = program.args(invite).arg(data).output().expect("it runs beside the server");
    let invitation = token(String::from_utf8(said.stdout).expect("text").trim());
    let mut browser = Browser::at(addr);
    browser.accept(&invitation, STAFF).await.expect("accepted");
    let started: TotpStart = browser.post("totp/start", &()).await.expect("begun");
    let key: PasskeyStart = browser.post("passkeys/start", &()).await.expect("begun");
    let mut authenticator = Authenticator::new(&browser.origin, 5);
    let credential = authenticator.make(&key.options);
    let (id, challenge) = (credential["id"].clone(), key.options["challenge"].clone());
    browser
        .post::<Value>("passkeys/finish", &PasskeyFinish { flow: key.flow.clone(), credential })
        .await
        .expect("made");
    let mut wrong = SignIn { name: STAFF.into(), passphrase: format!("{PASSPHRASE}?"), code: None };
    assert!(browser.post::<Value>("sign-in/passphrase", &wrong).await.is_err());
    wrong.passphrase = PASSPHRASE.into();
    browser.post::<Value>("sign-in/passphrase", &wrong).await.expect("right");
    let entered = EnterAsStaff { room: "house".into(), badge: true };
    let ticket: Ticket = browser.post("ticket", &entered).await.expect("a ticket");
    let cookie = browser.cookies[0].1.clone();
    let text = |value: Value| value.as_str().expect("text").to_owned();
    (vec![invitation, cookie, started.secret, key.flow, text(id), text(challenge), ticket.ticket], browser)
}

/// One is held and reported, staff decide and note why, and they appeal.
async fn keep_safe(nagi: &mut TestClient, yuzu: &mut TestClient, desk: &mut Browser) {
    let held = nagi.ask(|n| ClientMessage::Say { n, to: 0, text: HELD.into() }).await;
    assert!(matches!(held, Event::Held { .. }), "{held:?}");
    let (who, category, text) = (nagi.me(), Category::Harassment, Some(TOLD.to_owned()));
    yuzu.done(|n| ClientMessage::Report { n, who, message: None, category, text }).await;
    let mut staff = desk.enter("house", "ぬし", false).await;
    let (kind, reason, note) = (Kind::Timeout, Reason::Insult, DECIDED.to_owned());
    let measure = Measure::Sanction { who, kind, minutes: 5, site: false, reason, note, permanent: false };
    staff.done(|n| ClientMessage::Moderate { n, measure }).await;
    nagi.until("it is in force", |mirror| mirror.mine.in_force.len() == 1).await;
    let sanction = nagi.mirror.mine.in_force[0].sanction;
    nagi.done(|n| ClientMessage::Appeal { n, sanction, text: APPEAL.into() }).await;
    for line in queue(desk).await.cases {
        desk.get::<CaseView>(&format!("desk/cases/{}", line.id)).await.expect("a case");
    }
}

#[tokio::test]
async fn nothing_about_people_is_in_logs_or_metrics() {
    let home = TempDir::new().expect("a folder");
    let log = home.path().join("log");
    let mut child = Command::new(binary().expect("built"))
        .args(["serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--log-format", "json", "--data"])
        .arg(home.path().join("data"))
        .arg("--rooms")
        .arg(scenes())
        // As much as anybody could switch on.
        .env("IBASHO_LOG", "trace")
        .env("IBASHO_VOICE__LISTEN", "127.0.0.1:0")
        .stdout(Stdio::piped())
        .stderr(File::create(&log).expect("a file"))
        .spawn()
        .expect("it starts");
    let mut output = BufReader::new(child.stdout.take().expect("piped"));
    let mut address = |marker: &str| {
        let mut line = String::new();
        output.read_line(&mut line).expect("a line");
        line.split(marker).nth(1).expect("an address").trim().trim_end_matches("/metrics").to_owned()
    };
    let addr = address("http://").parse().expect("an address");
    let admin = address("http://");

    let mut nagi = TestClient::connect(addr).await;
    nagi.hello_from(NICK, DEVICE).await;
    nagi.inside().await;
    let mut yuzu = TestClient::enter(addr, "ゆず").await;
    let n = nagi.ask(|n| ClientMessage::Say { n, to: 0, text: WORDS.into() }).await;
    yuzu.until("the words", |mirror| mirror.said.iter().any(|said| said.text == WORDS)).await;
    let token = nagi.mirror.token.clone();
    assert!(token.len() >= 32, "{n:?}");
    nagi.send_bytes(WORDS.as_bytes().to_vec()).await;
    nagi.resume(addr).await;
    let newer = nagi.mirror.token.clone();
    let phrase = match nagi.ask(|n| ClientMessage::Take { n, take: Take::Keep {} }).await {
        Event::Phrase { words, .. } => words,
        other => panic!("no phrase: {other:?}"),
    };
    nagi.take(Take::Suggestion { text: NOTE.into() }).await;
    let origin = format!("http://{addr}");
    let headers = [("Origin", origin.as_str()), ("Content-Type", "application/json")];
    let back = ask(addr, "POST", "/api/v1/return", &headers, &format!("{{\"phrase\":\"{phrase}\"}}")).await;
    let ticket = back.json::<Ticket>().ticket;
    assert_ne!(token, newer);

    let (staff, mut desk) = staff_secrets(addr, &home.path().join("data")).await;
    keep_safe(&mut nagi, &mut yuzu, &mut desk).await;
    nagi.send(&ClientMessage::Leave {}).await;
    assert_eq!(nagi.until_closed().await, Some(1000));

    let mut metrics = String::new();
    let mut stream = TcpStream::connect(&admin).expect("the admin listener");
    stream.write_all(b"GET /metrics HTTP/1.0\r\n\r\n").expect("sent");
    stream.read_to_string(&mut metrics).expect("read");
    assert!(metrics.contains("ibasho_lines"), "{metrics}");
    child.kill().expect("it runs");
    child.wait().expect("it ran");

    let log = std::fs::read_to_string(&log).expect("the log");
    assert!(log.contains("\"level\":\"TRACE\""), "the log is as fine as it gets: {log}");
    // Each word alone is a common one; two that belong together are not.
    let two = phrase.split_once(' ').and_then(|(_, rest)| rest.rsplit_once(' ')).map_or("", |(two, _)| two);
    let secrets = [NICK, WORDS, NOTE, &token, &newer, &phrase, two, &ticket, "127.0.0.1", PASSPHRASE, STAFF];
    let kept_safe = [HELD, TOLD, APPEAL, DECIDED, DEVICE];
    for secret in secrets.into_iter().chain(kept_safe).chain(staff.iter().map(String::as_str)) {
        assert!(!log.contains(secret), "{secret} is in the log");
        assert!(!metrics.contains(secret), "{secret} is in the metrics");
    }
    let escaped = format!("{:?}", WORDS.as_bytes());
    assert!(!log.contains(escaped.trim_matches(['[', ']'])), "the words are in the log as numbers");
}
