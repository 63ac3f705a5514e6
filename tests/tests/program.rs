//! The program as an operator meets it: wrong settings are named, with file and line, and end it with 2; what somebody
//! should look after is said at the start.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use chrono::{Days, Utc};
use ibasho_tests::program::binary;
use ibasho_tests::server::scenes;
use tempfile::TempDir;

fn serve(home: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(binary().expect("the program is built"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"]).arg("--data").arg(home.join("data"));
    command.args(more).current_dir(home).output().expect("it starts")
}

fn refused(output: &Output, words: &[&str]) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    for word in words {
        assert!(said.contains(word), "{word:?} is not in {said:?}");
    }
}

#[test]
fn a_wrong_setting_is_named() {
    let home = TempDir::new().expect("a folder");
    let file = home.path().join("own.toml");
    let own = file.to_str().expect("a plain name").to_owned();
    fs::write(&file, "# mine\nlisten = \"127.0.0.1:0\"\nlissten = 5\n").expect("written");
    refused(&serve(home.path(), &["--config", &own]), &["own.toml:3", "lissten"]);
    fs::write(&file, "listen = 8080\n").expect("written");
    refused(&serve(home.path(), &["--config", &own]), &["own.toml:1"]);
    refused(&serve(home.path(), &["--config", "nowhere.toml"]), &["nowhere.toml"]);
}

#[test]
fn a_faulty_room_is_named() {
    let home = TempDir::new().expect("a folder");
    let rooms = home.path().join("rooms");
    let dir = rooms.to_str().expect("a plain name").to_owned();
    refused(&serve(home.path(), &["--rooms", &dir]), &[]);
    fs::create_dir(&rooms).expect("created");
    refused(&serve(home.path(), &["--rooms", &dir]), &["rooms"]);
    fs::copy(scenes().join("blank.svg"), rooms.join("blank.svg")).expect("copied");
    let good = fs::read_to_string(scenes().join("closet.toml")).expect("a room");
    for (from, to, words) in [
        ("capacity = 2", "capacity = 0", ["odd.toml:2", "capacity"]),
        ("capacity = 2", "capacity = 2\ncolour = 3", ["odd.toml:3", "colour"]),
        (".....\n\"\"\"", "....\n\"\"\"", ["odd.toml:", "row 4"]),
        ("kind = \"hall\"", "kind = \"moon\"", ["odd.toml:", "moon"]),
        ("blank.svg", "none.svg", ["odd.toml", "drawing"]),
    ] {
        assert!(good.contains(from), "{from}");
        fs::write(rooms.join("odd.toml"), good.replace(from, to)).expect("written");
        refused(&serve(home.path(), &["--rooms", &dir]), &words);
    }
}

/// A place to turn to that was checked on this day.
fn help(source: &str, verified: &str) -> String {
    let text = "{ ja = \"いつでも\", easy = \"いつでも\", en = \"Any time\" }";
    let who = format!("name = {text}\nreach = \"0120-000-000\"\nhours = {text}\n");
    format!("[[place.help]]\n{who}source = \"https://{source}.example/\"\nverified = \"{verified}\"\n")
}

#[test]
fn places_to_turn_to_that_were_not_checked_for_long_are_named_at_the_start() {
    let home = TempDir::new().expect("a folder");
    let file = home.path().join("own.toml");
    let own = file.to_str().expect("a plain name").to_owned();
    // The day may be another one in the zone of the place: two days away from the bound on both sides.
    let ago = |days| (Utc::now().date_naive() - Days::new(days)).to_string();
    let places = [help("old", &ago(92)), help("fresh", &ago(88)), help("older", "2020-02-29")];
    fs::write(&file, places.concat()).expect("written");
    let rooms = scenes();
    let mut command = Command::new(binary().expect("the program is built"));
    command.args(["serve", "--config", &own, "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"]);
    command.arg("--rooms").arg(rooms).arg("--data").arg(home.path().join("data"));
    command.env("IBASHO_LOG", "warn").env("IBASHO_VOICE__LISTEN", "127.0.0.1:0");
    let mut program = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut open = String::new();
    let _output = BufReader::new(program.stdout.take().expect("an output")).read_line(&mut open);
    program.kill().expect("it runs");
    let said = String::from_utf8_lossy(&program.wait_with_output().expect("ended").stderr).into_owned();
    assert!(open.contains("http://"), "it opens all the same: {said}");
    let lines: Vec<&str> = said.lines().filter(|line| line.contains("was not checked for long")).collect();
    assert_eq!(lines.len(), 2, "{said}");
    for (line, source) in lines.iter().zip(["https://old.example/", "https://older.example/"]) {
        assert!(line.contains("WARN") && line.contains(source), "{line}");
    }

    fs::write(&file, help("fresh", "2026-02-30")).expect("written");
    refused(&serve(home.path(), &["--config", &own]), &["own.toml:6", "verified", "2026-02-30", "is no day"]);
}
