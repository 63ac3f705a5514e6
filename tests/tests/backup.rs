//! A backup while the server runs, the way back, and one server for one data folder.

use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::ids::Seq;
use ibasho_tests::client::{LOOK, TestClient};
use ibasho_tests::program::{Program, binary};
use sqlx::{Connection as _, SqliteConnection};
use tempfile::TempDir;

const ANYWHERE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);

fn ibasho(what: &str, file: &Path, data: &Path) -> Output {
    Command::new(binary().expect("built"))
        .arg(what)
        .arg(file)
        .arg("--data")
        .arg(data)
        .current_dir(file.parent().expect("a folder"))
        .output()
        .expect("it runs")
}

/// It did it.
fn done(output: &Output) {
    assert!(output.status.success(), "{output:?}");
}

/// It did not, and says why.
fn refused(output: &Output, code: i32, why: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(why), "{why:?} is not in {said:?}");
}

/// What is in a folder.
fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(dir)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name"))
        .collect();
    names.sort();
    names
}

/// Comes back to the seat that this token is for; gives the nicknames in the room.
async fn back(addr: SocketAddr, token: &str) -> Vec<String> {
    let mut person = TestClient::connect(addr).await;
    person.hello_again(token, Seq(0)).await;
    person.inside().await;
    person.mirror.nicks().iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_backup_is_made_while_people_are_there_and_brings_their_seats_back() {
    let home = TempDir::new().expect("a folder");
    let (data, file) = (home.path().join("data"), home.path().join("monday.backup"));
    let mut program = Program::start(&data, ANYWHERE).expect("it starts");
    let mut nagi = TestClient::enter(program.addr, "なぎ").await;
    let token = nagi.mirror.token.clone();
    done(&ibasho("backup", &file, &data));
    assert_eq!(fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(&data).expect("it is there").permissions().mode() & 0o777, 0o700);
    assert_eq!(names(home.path()), ["data", "monday.backup"], "no draft is left");
    nagi.done(|n| ClientMessage::Appear { n, nick: "あとで".into(), look: LOOK }).await;

    refused(&ibasho("backup", &file, &data), 2, "is there already");
    refused(&ibasho("restore", &file, &data), 2, "stop it first");
    program.kill().expect("killed");
    refused(&ibasho("restore", &home.path().join("nowhere"), &data), 2, "not there");

    done(&ibasho("restore", &file, &data));
    let mut program = Program::start(&data, ANYWHERE).expect("it starts");
    assert_eq!(back(program.addr, &token).await, ["なぎ"], "as it was on Monday");
    program.kill().expect("killed");

    // What was there before the first restore is there too, and can be put back. Nothing is written over.
    done(&ibasho("restore", &data.join("ibasho.sqlite3.before-restore"), &data));
    assert!(data.join("ibasho.sqlite3.before-restore-2").is_file(), "{:?}", names(&data));
    let program = Program::start(&data, ANYWHERE).expect("it starts");
    assert_eq!(back(program.addr, &token).await, ["あとで"], "as it was before");
}

#[tokio::test]
async fn a_backup_moves_to_a_new_machine() {
    let home = TempDir::new().expect("a folder");
    let (data, file, new) = (home.path().join("data"), home.path().join("all.backup"), home.path().join("new/data"));
    let program = Program::start(&data, ANYWHERE).expect("it starts");
    let nagi = TestClient::enter(program.addr, "なぎ").await;
    done(&ibasho("backup", &file, &data));
    done(&ibasho("restore", &file, &new));
    let elsewhere = Program::start(&new, ANYWHERE).expect("it starts");
    assert_eq!(back(elsewhere.addr, &nagi.mirror.token).await, ["なぎ"]);
}

#[tokio::test]
async fn what_is_no_whole_backup_of_ours_changes_nothing() {
    let home = TempDir::new().expect("a folder");
    let (data, file) = (home.path().join("data"), home.path().join("good.backup"));
    refused(&ibasho("backup", &file, &data), 2, "not there");
    Program::start(&data, ANYWHERE).expect("it starts").terminate().expect("stopped");
    done(&ibasho("backup", &file, &data));
    let (before, store) = (names(&data), fs::read(data.join("ibasho.sqlite3")).expect("the store"));

    let bad = home.path().join("bad.backup");
    let good = fs::read(&file).expect("the backup");
    fs::write(&bad, "no backup at all, but long enough to be one: ".repeat(200)).expect("written");
    refused(&ibasho("restore", &bad, &data), 1, "bad.backup: ");
    fs::write(&bad, "").expect("written");
    refused(&ibasho("restore", &bad, &data), 1, "bad.backup: ");
    fs::write(&bad, &good[..good.len() / 2]).expect("written");
    refused(&ibasho("restore", &bad, &data), 1, "bad.backup: ");
    let mut broken = good.clone();
    // The second page: the root of a table.
    broken[4096..8192].fill(0xA5);
    fs::write(&bad, &broken).expect("written");
    refused(&ibasho("restore", &bad, &data), 1, "bad.backup: ");

    for (change, why) in [
        ("UPDATE _sqlx_migrations SET version = 9999 WHERE version = 3", "newer version"),
        ("UPDATE _sqlx_migrations SET checksum = X'00' WHERE version = 3", "not those of any version"),
        ("DROP TABLE _sqlx_migrations", "no backup of ibasho"),
    ] {
        fs::write(&bad, &good).expect("written");
        let mut store = SqliteConnection::connect(bad.to_str().expect("a name")).await.expect("it opens");
        sqlx::query(change).execute(&mut store).await.expect("changed");
        store.close().await.expect("closed");
        refused(&ibasho("restore", &bad, &data), 1, why);
    }
    assert_eq!(names(&data), before);
    assert!(fs::read(data.join("ibasho.sqlite3")).expect("the store") == store, "the store is as it was");
}

#[tokio::test]
async fn two_servers_never_share_a_data_folder() {
    let home = TempDir::new().expect("a folder");
    let data = home.path().join("data");
    let mut first = Program::start(&data, ANYWHERE).expect("it starts");
    let second = Command::new(binary().expect("built"))
        .args(["serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--data"])
        .arg(&data)
        .current_dir(home.path())
        .output()
        .expect("it runs");
    refused(&second, 2, "another server uses this data folder");
    // The first noticed nothing; and who is killed leaves no lock behind.
    TestClient::enter(first.addr, "なぎ").await;
    first.kill().expect("killed");
    Program::start(&data, ANYWHERE).expect("it starts");
}
