//! The program as an operator meets it: wrong settings are named, with file and line, and end it with 2.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

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
