//! What is over its time, and what somebody asks to be forgotten, is nowhere any more: neither in the data folder nor in
//! a log.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Instant;

use ibasho_moderation::audit::{Note, Personal};
use ibasho_moderation::desk::codes::Reason;
use ibasho_moderation::desk::sanctions::{Ended, How, Kind, Sanction};
use ibasho_moderation::desk::subject::{Scope, Subject, Target};
use ibasho_moderation::roles::Role;
use ibasho_protocol::api::calendar::ReturnPhrase;
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::host::Take;
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::server::{Event, Line};
use ibasho_server::config::keep::Keep;
use ibasho_server::dice::Dice;
use ibasho_server::evidence::{self, Evidence};
use ibasho_server::store::moderation::{Batch, Record, RecordChange};
use ibasho_server::store::{Sqlite, Store as _};
use ibasho_tests::client::{PATIENCE, TestClient};
use ibasho_tests::folder::found;
use ibasho_tests::http::{ask, get};
use ibasho_tests::program::{Program, binary};
use ibasho_tests::server::{Recipe, TestServer, scenes};
use sqlx::{Connection as _, SqliteConnection};
use tempfile::TempDir;

const BEGIN: u64 = 1_763_700_000_000;
const NICK: &str = "しおかぜ39";
const WORDS: &str = "ひみつの みなと 7261";
const BODY: &str = "ひみつの ふで 5520";
const ANYWHERE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);
/// The days that evidence is kept.
const DAYS: u16 = 90;
const DAY: u64 = 24 * 60 * 60 * 1000;

fn ibasho(data: &Path, args: &[&str]) -> Output {
    let mut program = Command::new(binary().expect("built"));
    program.args(args).arg("--data").arg(data).output().expect("it runs")
}

fn done(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).expect("text")
}

/// A program that ends with its test, also with one that fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The keys of all evidence.
async fn keys(data: &Path) -> Vec<Vec<u8>> {
    let file = data.join("ibasho.sqlite3");
    let mut store = SqliteConnection::connect(file.to_str().expect("a name")).await.expect("it opens");
    let keys = sqlx::query_scalar("SELECT key FROM evidence_keys ORDER BY evidence").fetch_all(&mut store).await;
    store.close().await.expect("closed");
    keys.expect("keys")
}

/// Something that was decided about somebody, with what staff noted.
fn sanction(id: u64, person: PersonId, at: u64, until: u64, ended: Option<Ended>) -> RecordChange {
    let target = Target { subject: Subject::of(person.0), role: Role::Participant };
    let sanction = Sanction {
        id,
        version: 1,
        target,
        kind: Kind::MuteText,
        scope: Scope::Room("house".into()),
        reason: Reason::Insult,
        note: BODY.into(),
        by: Some(1),
        approved_by: None,
        at,
        until: Some(until),
        case: None,
        ended,
        appeal: None,
    };
    let body = serde_json::to_string(&sanction).expect("JSON");
    RecordChange::Keep(Record { kind: "sanction".into(), id, body, keep_until: ended.map(|_| until) })
}

/// A case about somebody: their nickname beside the audit, sealed words, a decision that is over.
fn case(id: u64, person: PersonId, dice: &Dice, now: u64) -> Batch {
    let until = now + u64::from(DAYS) * DAY;
    let nickname = Personal {
        kind: "nickname".into(),
        person: Some(person.0),
        salt: dice.bytes(),
        value: NICK.into(),
        keep_until: until,
    };
    let opened = Note {
        case: Some(id.to_string()),
        target: Some(person.0.to_string()),
        personal: vec![nickname],
        ..Note::new(now, "staff-1", "report.make")
    };
    let over = Some(Ended { at: now, how: How::Expired });
    let records = vec![sanction(id, person, now, until, over)];
    let mut batch = Batch { records, audit: vec![opened], ..Batch::default() };
    let said = Evidence { case: id, people: &[person], content: WORDS.into() };
    said.seal(&mut batch, dice, "staff-1", now, DAYS).expect("sealed");
    batch
}

#[tokio::test]
async fn after_its_time_nothing_is_found_in_the_folder_or_in_the_logs() {
    let home = TempDir::new().expect("a folder");
    let (data, log) = (home.path().join("data"), home.path().join("log"));
    let dice = Dice::seeded(1);
    let store = Sqlite::open(&data).await.expect("it opens");
    // Long ago: over when the program starts.
    store.moderation(case(17, PersonId(4711), &dice, BEGIN - 400 * DAY)).await.expect("written");
    let mut held = case(18, PersonId(4712), &dice, BEGIN - 400 * DAY);
    evidence::hold(&mut held, 18, Some("police"), "staff-1", BEGIN - 400 * DAY);
    store.moderation(held).await.expect("written");
    let opened = evidence::open(&store, 17, "staff-1", "report", BEGIN).await.expect("it opens");
    assert_eq!(opened.iter().map(|(_, said)| said.as_slice()).collect::<Vec<_>>(), [WORDS.as_bytes()]);
    let looks = store.audit_of("17").await.expect("entries");
    assert!(looks.iter().any(|entry| entry.action == "evidence.open" && entry.reason.as_deref() == Some("report")));
    store.close().await.expect("closed");
    assert!(found(&data, WORDS.as_bytes()).is_empty(), "what was said is sealed from the first moment");
    assert!(!found(&data, NICK.as_bytes()).is_empty() && !found(&data, BODY.as_bytes()).is_empty());
    let both = keys(&data).await;
    assert!(both.len() == 2 && both.iter().all(|key| !found(&data, key).is_empty()));

    let child = Command::new(binary().expect("built"))
        .args(["serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--log-format", "json", "--data"])
        .arg(&data)
        .arg("--rooms")
        .arg(scenes())
        .env("IBASHO_LOG", "trace")
        .env("IBASHO_VOICE__LISTEN", "127.0.0.1:0")
        .stdout(Stdio::piped())
        .stderr(File::create(&log).expect("a file"))
        .spawn()
        .expect("it starts");
    let mut line = String::new();
    let mut child = Running(child);
    BufReader::new(child.0.stdout.take().expect("piped")).read_line(&mut line).expect("it is open");
    let patience = Instant::now() + PATIENCE;
    // The round runs beside; at its end nothing is left in the store's log either.
    while keys(&data).await.len() > 1 || [NICK, BODY].iter().any(|word| !found(&data, word.as_bytes()).is_empty()) {
        assert!(Instant::now() < patience, "{:?}", found(&data, NICK.as_bytes()));
    }
    // The machine loses power: what is on disk is all there is.
    child.0.kill().expect("it runs");
    child.0.wait().expect("it ran");
    let left = keys(&data).await;
    assert_eq!(left.len(), 1, "what is under a hold is kept");
    for key in &both {
        assert_eq!(found(&data, key).is_empty(), !left.contains(key));
    }
    for word in [NICK, WORDS, BODY] {
        assert!(found(&data, word.as_bytes()).is_empty(), "{word} is in {:?}", found(&data, word.as_bytes()));
        assert!(!fs::read_to_string(&log).expect("the log").contains(word), "{word} is in the log");
    }

    done(&ibasho(&data, &["audit", "verify"]));
    let store = Sqlite::open(&data).await.expect("it opens");
    assert!(evidence::open(&store, 17, "staff-1", "report", BEGIN).await.expect("a look").is_empty());
    assert_eq!(evidence::open(&store, 18, "staff-1", "police", BEGIN).await.expect("a look").len(), 1);
    let told = store.audit_of("17").await.expect("entries");
    assert!(told.iter().any(|entry| entry.action == "evidence.destroy" && entry.reason.as_deref() == Some("over")));
    // Nobody needs it any more: then it goes the next time.
    let mut release = Batch::default();
    evidence::hold(&mut release, 18, None, "staff-1", BEGIN);
    store.moderation(release).await.expect("written");
    store.close().await.expect("closed");
    let program = Program::start(&data, ANYWHERE).expect("it starts");
    let patience = Instant::now() + PATIENCE;
    while !left.iter().all(|key| found(&data, key).is_empty()) {
        assert!(Instant::now() < patience, "the key is still there");
    }
    drop(program);
    done(&ibasho(&data, &["audit", "verify"]));
}

#[tokio::test]
async fn who_asks_is_forgotten_and_the_record_stays_whole() {
    let home = TempDir::new().expect("a folder");
    let data = home.path().join("data");
    let mut program = Program::start(&data, ANYWHERE).expect("it starts");
    let mut nagi = TestClient::enter(program.addr, NICK).await;
    let haru = TestClient::enter(program.addr, "はる").await;
    let phrase = match nagi.ask(|n| ClientMessage::Take { n, take: Take::Keep {} }).await {
        Event::Phrase { words, .. } => words,
        other => panic!("no phrase: {other:?}"),
    };
    let (me, now) = (nagi.me(), BEGIN + 400 * 365 * DAY);
    let (store, dice) = (Sqlite::open(&data).await.expect("it opens"), Dice::seeded(2));
    for (id, person) in [(17, me), (18, haru.me())] {
        store.moderation(case(id, person, &dice, now)).await.expect("written");
    }
    let mut held = case(19, me, &dice, now);
    evidence::hold(&mut held, 19, Some("court"), "staff-1", now);
    held.records.push(sanction(20, me, now, now + DAY, None));
    store.moderation(held).await.expect("written");
    store.close().await.expect("closed");

    let person = me.0.to_string();
    let forget = ["forget", "--person", person.as_str()];
    let refused = ibasho(&data, &forget);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(2) && said.contains("stop it, run this again, and start it"), "{said}");
    program.kill().expect("killed");
    let all = "1 seats, 1 return phrases, 0 bookings, 2 values beside the audit, 1 pieces of evidence, 3 records";
    let dry = done(&ibasho(&data, &[&forget[..], &["--dry-run"]].concat()));
    assert!(dry.contains("would be forgotten") && dry.contains(all), "{dry}");
    let said = done(&ibasho(&data, &forget));
    assert!(said.contains(all) && said.contains("kept: 1 pieces of evidence, under a legal hold"), "{said}");
    assert!(said.contains("kept: 1 sanctions in force"), "who asks does not undo it: {said}");
    assert_eq!(keys(&data).await.len(), 2, "that of はる, and the one under a hold");
    done(&ibasho(&data, &["audit", "verify"]));
    let export = done(&ibasho(&data, &["audit", "export"]));
    assert!(export.contains("\"action\":\"person.forget\"") && !export.contains(NICK), "{export}");

    let program = Program::start(&data, program.addr).expect("it starts");
    let origin = format!("http://localhost:{}", program.addr.port());
    let headers = [("Origin", origin.as_str()), ("Content-Type", "application/json")];
    let body = serde_json::to_string(&ReturnPhrase { phrase }).expect("JSON");
    assert_eq!(ask(program.addr, "POST", "/api/v1/return", &headers, &body).await.status, 404);
    let mut back = haru;
    back.forget();
    back.resume(program.addr).await;
    assert_ne!(back.mirror.line, Some(Line::Fresh), "nobody else is forgotten");
    assert_eq!(back.mirror.nicks(), ["はる"]);
}

#[tokio::test]
async fn everything_under_a_nickname_is_forgotten() {
    let home = TempDir::new().expect("a folder");
    let data = home.path().join("data");
    let (store, dice) = (Sqlite::open(&data).await.expect("it opens"), Dice::seeded(3));
    store.moderation(case(17, PersonId(4711), &dice, BEGIN)).await.expect("written");
    store.close().await.expect("closed");
    let file = data.join("ibasho.sqlite3");
    let mut rows = SqliteConnection::connect(file.to_str().expect("a name")).await.expect("it opens");
    let seed = "INSERT INTO plan_codes (code, plan, kind, until, session) VALUES (X'c1', 'p', 'referral', 9, 's'); \
        INSERT INTO bookings (session, plan, nick, code, declared, known, referral, forget) VALUES \
        ('s', 'p', 'しおかぜ39', X'a1', 0, 0, X'c1', 32503680000000), ('s', 'p', 'もも', X'a2', 0, 0, NULL, 32503680000000)";
    sqlx::raw_sql(seed).execute(&mut rows).await.expect("rows");
    rows.close().await.expect("closed");

    let said = done(&ibasho(&data, &["forget", "--nickname", " しおかぜ39 "]));
    assert!(said.contains("0 seats, 0 return phrases, 1 bookings, 1 values"), "{said}");
    assert!(said.contains("1 pieces of evidence, 1 records"), "{said}");
    assert!(found(&data, NICK.as_bytes()).is_empty() && found(&data, BODY.as_bytes()).is_empty());
    assert!(!found(&data, "もも".as_bytes()).is_empty());
    done(&ibasho(&data, &["audit", "verify"]));
    let again = done(&ibasho(&data, &["forget", "--nickname", NICK]));
    assert!(again.contains("0 seats, 0 return phrases, 0 bookings, 0 values"), "{again}");
    for wrong in [&["forget"][..], &["forget", "--nickname", "a", "--person", "5"], &["forget", "--person", "0"]] {
        assert_eq!(ibasho(&data, wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[tokio::test]
async fn the_entrance_says_what_is_kept_as_it_is_configured() {
    let keep = Keep { evidence_days: 33, box_days: 11, ..Keep::default() };
    let configure = Box::new(move |config: &mut ibasho_server::config::Config| config.keep = keep);
    let server = TestServer::with(Recipe { configure: Some(configure), ..Recipe::default() }).await;
    let (status, body) = get(server.addr(), "/api/v1/place").await;
    assert_eq!(status, 200);
    let place: ibasho_protocol::plan::Place = serde_json::from_str(&body).expect("the place");
    for text in [place.kept.ja, place.kept.easy, place.kept.en] {
        assert!(["33", "11", "24"].iter().all(|number| text.contains(number)) && !text.contains('{'), "{text}");
    }
}
