use ibasho_protocol::plan::ZoneKind::{Edge, Hall, Rest, Table};

use super::*;

const ROOM: &str = r#"
capacity = 5
name = { ja = "あ", easy = "あ", en = "a" }
about = { ja = "あ", easy = "あ", en = "a" }
entries = [[0.5, 0.5]]
grid = """
....
.##.
....
"""

[[zone]]
id = "hall"
kind = "hall"
name = { ja = "あ", easy = "あ", en = "a" }

[[zone]]
id = "table"
kind = "table"
name = { ja = "あ", easy = "あ", en = "a" }
area = [{ x = 1, y = 1, w = 2, h = 2 }]

[[seat]]
zone = "table"
at = [1.2, 1.4]
pose = "sit"

[scene]
svg = "room.svg"
size = [10, 10]

[[scene.thing]]
id = "t-table"
at = [1, 1]
lit = "table"
"#;

fn load_text(text: &str) -> Result<RoomPlan, String> {
    let draft = file::parse("room", text).and_then(|draft| check::finish(draft, text));
    draft.map(|(plan, _)| plan).map_err(|fault| fault.in_file(Path::new("room.toml"), text).to_string())
}

#[test]
fn a_right_file_is_a_room() {
    let plan = load_text(ROOM).expect("right");
    assert_eq!((plan.zones.len(), plan.seats[0].zone, plan.seats[0].at.0), (2, 1, 12));
    assert_eq!((plan.zones[1].hears.as_slice(), plan.scene.things[0].lit), ([1].as_slice(), Some(1)));
}

#[test]
fn a_faulty_file_is_told_with_line_and_reason() {
    let cases = [
        ("capacity = 5", "capacity = 0", "room.toml:2: capacity"),
        ("capacity = 5", "capacity = \"five\"", "room.toml:2: "),
        ("pose = \"sit\"", "pose = \"stand on hands\"", "room.toml:26: "),
        ("lit = \"table\"", "lit = \"lamp\"", "room.toml:32: lit: no zone"),
        (".##.\n", ".##\n", "room.toml:6: grid row 2"),
        ("w = 2, h = 2", "w = 9, h = 2", "room.toml:17: zone `table`: an area lies outside"),
        ("[[0.5, 0.5]]", "[[1.5, 1.5]]", "room.toml:5: the entry"),
        ("[[0.5, 0.5]]", "[]", "room.toml:5: entries"),
        ("kind = \"table\"", "kind = \"hall\"", "room.toml:17: zone `table`: the first zone"),
        ("zone = \"table\"\nat", "zone = \"tabel\"\nat", "room.toml:23: seat: no zone"),
        ("size = [10, 10]", "size = [10, 10]\ncolour = 1", "room.toml:31: unknown field"),
        (
            "capacity = 5",
            "capacity = 5\nhours = [{ days = [\"sat\"], from = \"9:00\", to = \"17:00\" }]",
            "room.toml:3: hours",
        ),
        (
            "capacity = 5",
            "capacity = 5\nhours = [{ days = [\"saturday\"], from = \"09:00\", to = \"17:00\" }]",
            "room.toml:3: hours",
        ),
        (
            "capacity = 5",
            "capacity = 5\nhours = [{ days = [], from = \"09:00\", to = \"17:00\" }]",
            "room.toml:3: hours",
        ),
        ("h = 2 }]", "h = 1 }]", "room.toml:17: zone `table`: no free cell"),
    ];
    for (right, wrong, told) in cases {
        let error = load_text(&ROOM.replacen(right, wrong, 1)).expect_err(wrong);
        assert!(error.starts_with(told), "{wrong}: {error}");
    }
}

#[test]
fn the_shipped_rooms_are_right() {
    let rooms = load(None).expect("they are");
    assert_eq!(rooms.keys().collect::<Vec<_>>(), ["dagashi", "niwa", "renshu", "umibe"]);
    for room in rooms.values() {
        let has = |kind| room.plan.zones.iter().any(|zone| zone.kind == kind);
        // Trying the controls needs no quiet edge.
        let kinds = if room.plan.practice { &[Hall, Table, Rest][..] } else { &[Hall, Table, Rest, Edge] };
        assert!(kinds.iter().copied().all(has), "{}", room.plan.id);
        assert!(room.svg.starts_with(b"<svg"), "{}", room.plan.id);
    }
}
