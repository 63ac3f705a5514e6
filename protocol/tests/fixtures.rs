//! The committed fixtures are fresh, complete, and mean what the index says.

#[path = "../examples/fixtures/cases.rs"]
mod cases;
#[path = "../examples/fixtures/desk.rs"]
mod desk;
#[path = "../examples/fixtures/hosting.rs"]
mod hosting;
#[path = "../examples/fixtures/index.rs"]
mod index;
#[path = "../examples/fixtures/invalid.rs"]
mod invalid;
#[path = "../examples/fixtures/session.rs"]
mod session;
#[path = "../examples/fixtures/voice.rs"]
mod voice;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ibasho_protocol::codec::{decode_client, decode_server, encode_client, encode_server};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::{close, host, limits};
use serde_json::Value;

fn crate_dir() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn protocol_text() -> String {
    fs::read_to_string(crate_dir().join("PROTOCOL.md")).expect("PROTOCOL.md exists")
}

#[test]
fn the_committed_fixtures_are_fresh() {
    let mut committed = BTreeMap::new();
    for entry in fs::read_dir(crate_dir().join("fixtures")).expect("fixtures exist") {
        let path = entry.expect("a file").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a plain name").to_owned();
        committed.insert(name, fs::read(&path).expect("readable"));
    }
    let fresh: BTreeMap<_, _> = index::files().into_iter().collect();
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&committed), names(&fresh), "run `cargo run -p ibasho-protocol --example fixtures`");
    for (name, bytes) in fresh {
        assert!(committed[&name] == bytes, "{name} is stale");
    }
}

/// Reads only what is committed, as a test in another language would.
#[test]
fn every_fixture_means_what_the_index_says() {
    let dir = crate_dir().join("fixtures");
    let index = fs::read_to_string(dir.join("index.json")).expect("the index exists");
    let entries: Vec<Value> = serde_json::from_str(&index).expect("the index is JSON");
    for entry in &entries {
        let bytes = match &entry["repeat"] {
            Value::Null => fs::read(dir.join(entry["file"].as_str().expect("a file"))).expect("readable"),
            repeat => vec![number(&repeat["byte"]) as u8; number(&repeat["count"]) as usize],
        };
        let decoded = match entry["kind"].as_str() {
            Some("client") => decode_client(&bytes).map(|message| {
                assert_eq!(decode_client(&encode_client(&message)).as_ref(), Ok(&message), "{entry}");
                serde_json::to_value(message)
            }),
            Some("server") => decode_server(&bytes).map(|message| {
                assert_eq!(decode_server(&encode_server(&message)).as_ref(), Ok(&message), "{entry}");
                serde_json::to_value(message)
            }),
            _ => panic!("no kind: {entry}"),
        };
        let decoded = decoded.map(|json| json.expect("messages are JSON, too"));
        if entry["valid"] == true {
            assert_eq!(decoded.as_ref(), Ok(&entry["json"]), "{entry}");
        } else {
            let code: RefusalCode = serde_json::from_value(entry["refusal"].clone()).expect("a known code");
            assert_eq!(decoded, Err(code), "{entry}");
        }
    }
}

fn number(value: &Value) -> u64 {
    value.as_u64().expect("a number")
}

#[test]
fn no_message_and_no_event_is_without_a_fixture() {
    let types = ibasho_protocol::typescript::render();
    // Every tag of the generated types, e.g. `"t": "walk"`.
    let known: BTreeSet<&str> = types.split("\"t\": \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut shown = BTreeSet::new();
    for entry in index::entries().into_iter().filter(|entry| entry.valid) {
        let mut take = |value: &Value| shown.extend(value["t"].as_str().map(str::to_owned));
        let json = entry.json.expect("valid");
        take(&json);
        json["ev"].as_array().into_iter().flatten().for_each(take);
    }
    assert!(known.len() > 20, "the types have tags: {known:?}");
    let missing: Vec<_> = known.into_iter().filter(|tag| !shown.contains(*tag)).collect();
    assert!(missing.is_empty(), "without a fixture: {missing:?}");
}

/// The commands of a session are choices inside `take` and `host`, which carry no tag of their own.
#[test]
fn no_manner_of_taking_part_and_hosting_is_without_a_fixture_and_a_section() {
    let types = ibasho_protocol::typescript::render();
    let text = protocol_text();
    let mut choices = 0;
    for (name, command, field) in [("Take", "take", "take"), ("Act", "host", "act")] {
        let begin = format!("export type {name} = ");
        let body = types.split_once(&begin).expect("is a type").1.split_once(";\n").expect("ends").0;
        let known: BTreeSet<&str> = body.split("{ \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let shown: BTreeSet<String> = index::entries()
            .into_iter()
            .filter_map(|entry| entry.json.filter(|json| json["t"] == command))
            .filter_map(|json| json[field].as_object()?.keys().next().cloned())
            .collect();
        choices += known.len();
        for choice in known {
            assert!(shown.contains(choice), "{command} {choice} has no fixture");
            assert!(text.contains(&format!("| `{choice}` |")), "{command} {choice} has no row");
        }
    }
    assert_eq!(choices, 34, "9 manners of taking part and 25 of hosting");
}

#[test]
fn the_session_in_the_text_is_true() {
    let text = protocol_text();
    assert!(session::put_into(&text) == text, "run `cargo run -p ibasho-protocol --example fixtures`");
}

#[test]
fn the_text_names_every_code_with_its_retry() {
    let text = protocol_text();
    let yes_no = |retry| if retry { "yes" } else { "no" };
    for code in RefusalCode::ALL {
        let name = serde_json::to_value(code).expect("a name");
        let row = format!("| `{}` | {} |", name.as_str().expect("a name"), yes_no(code.retry()));
        assert!(text.contains(&row), "no row {row}");
    }
    for close in close::ALL {
        let row = format!("| {} | {} |", close.code, yes_no(close.retry));
        assert!(text.contains(&row), "no row {row}");
    }
}

#[test]
fn the_text_names_every_tag_and_every_limit() {
    let text = protocol_text();
    let types = ibasho_protocol::typescript::render();
    for tag in types.split("\"t\": \"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(text.contains(&format!("### `{tag}`")), "no section on {tag}");
    }
    let grouped = |n: u64| {
        let digits = n.to_string();
        let parts: Vec<&str> =
            digits.as_bytes().rchunks(3).rev().filter_map(|part| str::from_utf8(part).ok()).collect();
        parts.join(" ")
    };
    for (name, limit) in [
        ("largest message", limits::MAX_MESSAGE_BYTES as u64),
        ("deepest nesting", limits::MAX_DEPTH as u64),
        ("fragments", u64::from(limits::MAX_FRAGMENTS)),
        ("time to assemble", limits::ASSEMBLE_MS),
        ("time for `hello`", limits::HELLO_MS),
        ("grace", limits::GRACE_MS),
        ("taking back", limits::TAKE_BACK_MS),
        ("nickname", limits::NICKNAME_GRAPHEMES as u64),
        ("nickname in bytes", limits::NICKNAME_BYTES as u64),
        ("text", limits::TEXT_GRAPHEMES as u64),
        ("text in bytes", limits::TEXT_BYTES as u64),
        ("unanswered commands", limits::REMEMBERED_ANSWERS as u64),
        ("client's beat", limits::BEAT_MS),
        ("silence", limits::SILENT_MS),
        ("units of a cell", limits::UNITS_PER_CELL as u64),
        ("pace", limits::MS_PER_CELL),
        ("theme", host::THEME_GRAPHEMES as u64),
        ("word in the lobby", host::WORD_GRAPHEMES as u64),
        ("themes", host::MOST_THEMES as u64),
        ("notes", host::MOST_NOTES as u64),
        ("pairs", host::MOST_PAIRS as u64),
        ("observers announced", host::ANNOUNCE_OBSERVER_MS),
        ("without staff", host::ALONE_GRACE_MS),
        ("calling back", host::CALL_BACK_MS),
        ("slots", ibasho_protocol::voice::SLOTS as u64),
        ("session description", ibasho_protocol::voice::SDP_BYTES as u64),
        ("blocked", ibasho_protocol::voice::MOST_BLOCKED as u64),
        ("words of a report", ibasho_protocol::desk::REPORT_GRAPHEMES as u64),
        ("words of an appeal", ibasho_protocol::desk::APPEAL_GRAPHEMES as u64),
        ("note of staff", ibasho_protocol::desk::NOTE_CHARS as u64),
        ("device", ibasho_protocol::desk::DEVICE_CHARS as u64),
    ] {
        let row = format!("| {name} | {} ", grouped(limit));
        assert!(text.contains(&row), "no row {row}");
    }
}
