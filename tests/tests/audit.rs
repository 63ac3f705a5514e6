//! The record of what staff did, as an operator meets it: whatever is done to the store is found, and where.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use ibasho_moderation::audit::{KEY, Note, Personal};
use ibasho_server::store::moderation::{Batch, Record, RecordChange};
use ibasho_server::store::{Sqlite, Store as _};
use ibasho_tests::program::binary;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use tempfile::TempDir;

const BEGIN: u64 = 1_763_700_000_000;
/// Names the folder to a child of this test.
const FOLDER: &str = "IBASHO_TEST_APPEND_TO";

fn ibasho(data: &Path, args: &[&str]) -> Output {
    let mut program = Command::new(binary().expect("built"));
    program.arg("audit").args(args).arg("--data").arg(data).current_dir(data.parent().expect("a folder"));
    program.output().expect("it runs")
}

/// It is whole; what it says.
fn whole(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stdout.clone()).expect("text")
}

/// It is not, and that is said.
fn faulty(output: &Output, why: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(said.contains(why), "{why:?} is not in {said}");
}

fn note(n: u64) -> Note {
    Note { target: Some(n.to_string()), case: Some("17".into()), ..Note::new(BEGIN + n, "staff-1", "hold.decline") }
}

fn batch(n: u64) -> Batch {
    let record = Record { kind: "case".into(), id: n, body: format!("{{\"n\":{n}}}"), keep_until: None };
    Batch { records: vec![RecordChange::Keep(record)], audit: vec![note(n)], ..Batch::default() }
}

/// A folder with a store in which staff did so many things, one after the other.
async fn place(deeds: u64) -> TempDir {
    let home = TempDir::new().expect("a folder");
    let store = Sqlite::open(&home.path().join("data")).await.expect("it opens");
    for n in 1..=deeds {
        store.moderation(batch(n)).await.expect("written");
    }
    store.close().await.expect("closed");
    home
}

async fn sql(data: &Path, statements: &str) -> Result<(), sqlx::Error> {
    let file = data.join("ibasho.sqlite3");
    let mut store = SqliteConnection::connect(file.to_str().expect("a name")).await.expect("it opens");
    let done = sqlx::raw_sql(AssertSqlSafe(statements.to_owned())).execute(&mut store).await;
    store.close().await.expect("closed");
    done.map(|_| ())
}

const TRIGGERS: &str = "DROP TRIGGER audit_entries_stay; DROP TRIGGER audit_entries_are_final; \
    DROP TRIGGER audit_entries_follow; DROP TRIGGER audit_heads_stay; DROP TRIGGER audit_heads_are_final;";

#[tokio::test]
async fn whatever_is_done_to_the_store_is_found_and_where() {
    let home = place(9).await;
    let data = home.path().join("data");
    let said = whole(&ibasho(&data, &["verify"]));
    // The first names the key.
    assert!(said.contains("10 entries") && said.contains("by 1 keys"), "{said}");
    for (deed, found) in [
        ("UPDATE audit_entries SET entry = replace(entry, '\"3\"', '\"4\"') WHERE seq = 4", "entry 4 was changed"),
        ("UPDATE audit_entries SET hash = zeroblob(32) WHERE seq = 5", "entry 5 was changed"),
        ("UPDATE audit_entries SET entry = 'no entry' WHERE seq = 6", "entry 6 was changed"),
        ("DELETE FROM audit_entries WHERE seq = 4", "entries 4 to 4 are missing"),
        ("DELETE FROM audit_entries WHERE seq > 7", "the last entry is 7, but 10 was signed"),
        ("DELETE FROM audit_entries", "the last entry is 0, but 10 was signed"),
        (
            "UPDATE audit_entries SET seq = -1 WHERE seq = 4; UPDATE audit_entries SET seq = 4 WHERE seq = 5; \
             UPDATE audit_entries SET seq = 5 WHERE seq = -1",
            "in place 4 there is entry 5",
        ),
        (
            "INSERT INTO audit_entries SELECT 11, replace(entry, '\"seq\":10', '\"seq\":11'), hash FROM audit_entries \
             WHERE seq = 10",
            "entries 11 to 11 were added without a signature",
        ),
        (
            "CREATE TABLE other AS SELECT * FROM audit_entries; DROP TABLE audit_entries; \
             ALTER TABLE other RENAME TO audit_entries; INSERT INTO audit_entries SELECT * FROM audit_entries \
             WHERE seq = 7",
            "entry 7 is there more than once",
        ),
        ("UPDATE audit_heads SET signature = zeroblob(64) WHERE seq = 8", "the signature of entry 8 is wrong"),
        ("UPDATE audit_heads SET hash = zeroblob(32) WHERE seq = 8", "the signature of entry 8 is wrong"),
        ("DELETE FROM audit_heads WHERE seq > 7", "entries 8 to 10 were added without a signature"),
    ] {
        let copy = home.path().join("copy");
        fs::create_dir(&copy).expect("made");
        for file in ["ibasho.sqlite3", "audit.key"] {
            fs::copy(data.join(file), copy.join(file)).expect("copied");
        }
        sql(&copy, &format!("{TRIGGERS} {deed}")).await.expect("done");
        faulty(&ibasho(&copy, &["verify"]), found);
        fs::remove_dir_all(&copy).expect("removed");
    }
}

#[tokio::test]
async fn the_store_itself_refuses_to_change_the_record() {
    let home = place(3).await;
    let data = home.path().join("data");
    for deed in [
        "UPDATE audit_entries SET entry = '' WHERE seq = 2",
        "DELETE FROM audit_entries",
        "INSERT OR REPLACE INTO audit_entries SELECT * FROM audit_entries WHERE seq = 2",
        "INSERT INTO audit_entries SELECT 9, entry, hash FROM audit_entries WHERE seq = 2",
        "UPDATE audit_heads SET at = 0",
        "DELETE FROM audit_heads",
        "INSERT OR REPLACE INTO audit_heads SELECT * FROM audit_heads WHERE seq = 2",
    ] {
        let refused = sql(&data, deed).await.expect_err(deed).to_string();
        assert!(refused.contains("only appended to"), "{deed}: {refused}");
    }
    whole(&ibasho(&data, &["verify"]));
}

#[tokio::test]
async fn a_decision_is_written_whole_or_not_at_all() {
    let home = place(1).await;
    let data = home.path().join("data");
    let store = Sqlite::open(&data).await.expect("it opens");
    let mut bad = batch(2);
    bad.audit[0].target = Some("なぎ".into());
    assert!(store.moderation(bad).await.is_err(), "a nickname is no code");
    let mut forged = batch(3);
    forged.audit.push(Note { target: Some("00".repeat(32)), ..Note::new(BEGIN, "staff-1", KEY) });
    assert!(store.moderation(forged).await.is_err(), "nobody else names a key");
    assert_eq!(store.records().await.expect("records").len(), 1);
    store.moderation(batch(1)).await.expect("written again");
    let forget = RecordChange::Forget { kind: "case".into(), id: 1 };
    store.moderation(Batch { records: vec![forget], ..Batch::default() }).await.expect("written");
    assert!(store.records().await.expect("records").is_empty());
    let told: Vec<u64> = store.audit_of("17").await.expect("entries").iter().map(|entry| entry.seq).collect();
    assert_eq!((told, store.audit_after(2, 9).await.expect("entries").len()), (vec![2, 3], 1));
    store.close().await.expect("closed");
    whole(&ibasho(&data, &["verify"]));
}

#[tokio::test]
async fn an_export_is_verified_without_the_store_and_shows_later_what_was_rewritten() {
    let home = place(3).await;
    let (data, file) = (home.path().join("data"), home.path().join("export.jsonl"));
    let old = home.path().join("old");
    fs::create_dir(&old).expect("made");
    for name in ["ibasho.sqlite3", "audit.key"] {
        fs::copy(data.join(name), old.join(name)).expect("copied");
    }
    let exported = whole(&ibasho(&data, &["export"]));
    fs::write(&file, &exported).expect("written");
    let name = file.to_str().expect("a name");
    let verify = |args: &[&str]| Command::new(binary().expect("built")).args(["audit", "verify"]).args(args).output();
    let said = whole(&verify(&["--export", name]).expect("it runs"));
    assert!(said.contains("5 entries"), "that it was exported is an entry as well: {said}");
    whole(&ibasho(&data, &["verify", "--earlier", name]));

    let bad = home.path().join("bad.jsonl");
    let bad_name = bad.to_str().expect("a name");
    let lines: Vec<&str> = exported.lines().collect();
    let swapped = [&[lines[0], lines[2], lines[1]], &lines[3..]].concat().join("\n");
    for (text, found) in [
        (exported.replace("\"target\":\"2\"", "\"target\":\"7\""), "entry 3 was changed"),
        (swapped, "entry 2 is not in its place"),
        (
            exported.lines().filter(|line| !line.contains("\"seq\":4,\"target\"")).collect::<Vec<_>>().join("\n"),
            "4 to 4",
        ),
        ("no line".into(), "bad.jsonl:1: not a line of an export"),
    ] {
        fs::write(&bad, text).expect("written");
        faulty(&verify(&["--export", bad_name]).expect("it runs"), found);
    }

    // Somebody puts an old copy back and goes on from there, with the right key.
    let store = Sqlite::open(&old).await.expect("it opens");
    store.moderation(batch(8)).await.expect("written");
    store.close().await.expect("closed");
    whole(&ibasho(&old, &["verify"]));
    faulty(&ibasho(&old, &["verify", "--earlier", name]), "entry 5 is not the one that was signed");
}

#[tokio::test]
async fn personal_data_is_exported_only_when_asked_for_and_proves_what_was_said() {
    let home = place(0).await;
    let data = home.path().join("data");
    let store = Sqlite::open(&data).await.expect("it opens");
    let said = Personal {
        kind: "words".into(),
        person: Some(4711),
        salt: [5; 32],
        value: "ひみつの みなと".into(),
        keep_until: u64::MAX >> 1,
    };
    let audit = vec![Note { personal: vec![said.clone()], ..note(1) }];
    store.moderation(Batch { audit, ..Batch::default() }).await.expect("written");
    store.close().await.expect("closed");
    let plain = whole(&ibasho(&data, &["export"]));
    assert!(!plain.contains("みなと") && plain.contains(&said.commitment().to_string()));
    let with = whole(&ibasho(&data, &["export", "--personal"]));
    let line = with.lines().find(|line| line.contains("みなと")).expect("it is there");
    assert!(line.contains(&said.commitment().to_string()) && line.contains(&"05".repeat(32)), "{line}");
}

#[tokio::test]
async fn a_new_key_is_vouched_for_by_the_old_one_and_a_lost_one_is_told() {
    let home = place(2).await;
    let data = home.path().join("data");
    whole(&ibasho(&data, &["new-key"]));
    let store = Sqlite::open(&data).await.expect("it opens");
    store.moderation(batch(3)).await.expect("written");
    store.close().await.expect("closed");
    assert!(whole(&ibasho(&data, &["verify"])).contains("by 2 keys"));

    fs::remove_file(data.join("audit.key")).expect("lost");
    whole(&ibasho(&data, &["verify"]));
    let store = Sqlite::open(&data).await.expect("a new key is made");
    store.moderation(batch(4)).await.expect("written");
    store.close().await.expect("closed");
    faulty(&ibasho(&data, &["verify"]), "at entry 6 a new key begins without the word of the one before");
    assert!(whole(&ibasho(&data, &["verify", "--lost-key", "6"])).contains("by 3 keys"));

    let nowhere = home.path().join("nowhere");
    let output = ibasho(&nowhere, &["verify"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(!nowhere.exists(), "looking makes nothing");
}

/// Not a test of its own: the child of the one below. It appends, many at a time, and says what was acknowledged.
#[tokio::test]
async fn appends_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let store = Sqlite::open(Path::new(&folder)).await.expect("it opens");
    let first = store.records().await.expect("records").len() as u64;
    for n in (first..).step_by(3) {
        // Three that share a transaction.
        let (a, b, c) =
            tokio::join!(store.moderation(batch(n)), store.moderation(batch(n + 1)), store.moderation(batch(n + 2)));
        a.and(b).and(c).expect("written");
        println!("\nacknowledged {}", n + 2);
    }
}

#[tokio::test]
async fn the_power_goes_while_staff_decide_and_the_record_is_whole() {
    let home = place(0).await;
    let data = home.path().join("data");
    let mut rng = StdRng::seed_from_u64(7);
    for _ in 0..8 {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "appends_until_it_is_killed", "--nocapture"])
            .env(FOLDER, &data)
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let enough = rng.random_range(1..20);
        let mut told = lines.by_ref().map_while(Result::ok).filter(|line| line.starts_with("acknowledged "));
        let last = told.by_ref().take(enough).last().expect("it appends");
        child.kill().expect("it runs");
        child.wait().expect("it ran");
        // What it could still say before it was killed.
        let last = told.last().unwrap_or(last);
        let last: u64 = last.split(' ').nth(1).expect("a number").parse().expect("a number");

        whole(&ibasho(&data, &["verify"]));
        let store = Sqlite::open(&data).await.expect("it opens");
        let entries = store.audit_after(0, u32::MAX).await.expect("entries");
        let mut decided: BTreeMap<u64, usize> = BTreeMap::new();
        for entry in entries.iter().filter(|entry| entry.action == "hold.decline") {
            *decided.entry(entry.target.as_deref().expect("a target").parse().expect("a number")).or_default() += 1;
        }
        let records: Vec<u64> = store.records().await.expect("records").iter().map(|record| record.id).collect();
        assert!(records.len() as u64 > last, "{last} was acknowledged");
        assert_eq!(records, decided.into_keys().collect::<Vec<_>>(), "records and entries are there together");
        store.close().await.expect("closed");
    }
}
