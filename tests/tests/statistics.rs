//! What hosts read between sessions: the suggestion box, and the numbers for the yearly report.

use ibasho_protocol::api::calendar::{BoxNote, Statistics};
use ibasho_protocol::host::Take;
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_tests::client::PATIENCE;
use ibasho_tests::server::TestServer;
use ibasho_tests::staff::{Browser, code};
use sqlx::{Connection as _, SqliteConnection};
use tokio::time::Instant;

const DAY: u64 = 24 * 60 * 60 * 1000;

/// A server with three sessions that are over: one large, one small, one elsewhere.
async fn with_numbers() -> TestServer {
    let server = TestServer::start().await;
    let file = server.config().data.join("ibasho.sqlite3");
    let mut store = SqliteConnection::connect(file.to_str().expect("a name")).await.expect("it opens");
    sqlx::query(
        "INSERT INTO counts (session, room, day, name, came, watched, reacted, wrote, first, again, minutes) VALUES \
         ('a', 'house', '2025-11-08', '午後の会', 24, 5, 7, 12, 3, 21, 1800), \
         ('b', 'house', '2025-11-15', '=夜の会', 4, 1, 1, 2, 4, 0, 200), \
         ('c', 'closet', '2025-11-15', '小さな会', 7, 0, 2, 5, 1, 6, 420)",
    )
    .execute(&mut store)
    .await
    .expect("kept");
    server
}

const NOVEMBER: &str = "from=2025-11-01&to=2025-11-30";

#[tokio::test]
async fn a_report_hides_small_groups_and_keeps_to_ones_rooms() {
    let server = with_numbers().await;
    let mut owner = server.staff("はるか", Role::Owner, &[]).await;
    let all: Statistics = owner.get(&format!("statistics?{NOVEMBER}")).await.expect("numbers");
    let rows: Vec<String> = all
        .sessions
        .iter()
        .map(|row| {
            let minutes = row.minutes.map_or_else(|| "-".into(), |minutes| minutes.to_string());
            [&row.date, &row.room, &row.came, &row.watched, &row.reacted, &row.wrote, &row.first, &row.again, &minutes]
                .map(String::as_str)
                .join(" ")
        })
        .collect();
    let expected = [
        "2025-11-08 house 24 5 7 12 <5 – 1800",
        "2025-11-15 closet 7 – – – – – 420",
        "2025-11-15 house <5 <5 <5 <5 <5 <5 -",
    ];
    assert_eq!(rows, expected);

    let mut host = server.staff("ゆき", Role::Facilitator, &["closet"]).await;
    let own: Statistics = host.get(&format!("statistics?{NOVEMBER}")).await.expect("numbers");
    assert_eq!(own.sessions, all.sessions[1..2]);
    let first: Statistics = owner.get("statistics?from=2025-11-08&to=2025-11-08").await.expect("numbers");
    assert_eq!(first.sessions, all.sessions[..1]);
    let mut auditor = server.staff("かなで", Role::Auditor, &[]).await;
    assert_eq!(auditor.get::<Statistics>(&format!("statistics?{NOVEMBER}")).await.expect("numbers"), all);
}

#[tokio::test]
async fn the_table_opens_in_a_spreadsheet() {
    let server = with_numbers().await;
    let mut host = server.staff("ゆき", Role::Facilitator, &["house"]).await;
    let response = host.raw("GET", &format!("statistics.csv?{NOVEMBER}"), "").await;
    assert_eq!(response.headers("content-type").collect::<Vec<_>>(), ["text/csv; charset=utf-8"]);
    assert!(response.headers("content-disposition").all(|value| value.starts_with("attachment;")));
    assert_eq!(response.headers("cache-control").collect::<Vec<_>>(), ["no-store"]);
    let text = response.body.strip_prefix('\u{feff}').expect("a byte order mark");
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert!(lines[0].starts_with("開催日,部屋,名称,参加人数（オンライン）,"), "{}", lines[0]);
    assert!(lines[1].ends_with(",午後の会,24,5,7,12,<5,–,1800"), "{}", lines[1]);
    assert!(lines[2].ends_with(",'=夜の会,<5,<5,<5,<5,<5,<5,–"), "{}", lines[2]);
    assert_eq!(lines[3..], [""], "nothing of other rooms");
}

#[tokio::test]
async fn who_may_not_see_it_and_what_cannot_be_asked() {
    let server = with_numbers().await;
    let mut nobody = Browser::new(&server);
    assert_eq!(code(nobody.get::<Statistics>(&format!("statistics?{NOVEMBER}")).await), Code::Signin);
    assert_eq!(code(nobody.get::<Vec<BoxNote>>("box").await), Code::Signin);
    for (name, role) in [("もみじ", Role::Moderator), ("ぴあ", Role::PeerStaff), ("そうだん", Role::Consultant)]
    {
        let mut staff = server.staff(name, role, &[]).await;
        assert_eq!(
            code(staff.get::<Statistics>(&format!("statistics?{NOVEMBER}")).await),
            Code::NotAllowed,
            "{role:?}"
        );
        assert_eq!(code(staff.get::<Vec<BoxNote>>("box").await), Code::NotAllowed, "{role:?}");
    }
    let mut owner = server.staff("はるか", Role::Owner, &[]).await;
    for (query, expected) in [
        ("", Code::BadShape),
        ("from=2025-11-01", Code::BadShape),
        ("from=2025-11-01&to=yesterday", Code::BadDate),
        ("from=2025-02-29&to=2025-03-01", Code::BadDate),
        ("from=2025-11-1&to=2025-11-30", Code::BadDate),
        ("from=+2025-11-01&to=2025-11-30", Code::BadDate),
        ("from=2025-11-30&to=2025-11-01", Code::ValueOutOfRange),
        ("from=2020-01-01&to=2025-11-01", Code::ValueOutOfRange),
    ] {
        assert_eq!(code(owner.get::<Statistics>(&format!("statistics?{query}")).await), expected, "{query}");
        let table = owner.raw("GET", &format!("statistics.csv?{query}"), "").await;
        assert_eq!(table.status, 400, "{query}");
    }
}

#[tokio::test]
async fn notes_reach_the_hosts_without_a_name_and_go_when_they_are_old() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    nagi.take(Take::Suggestion { text: "  いすが かたいです ".into() }).await;
    nagi.take(Take::Suggestion { text: "=cmd()".into() }).await;
    let mut host = server.staff("ゆき", Role::Facilitator, &["house"]).await;
    let mut notes: Vec<BoxNote> = host.get("box").await.expect("notes");
    notes.sort_by(|a, b| a.text.cmp(&b.text));
    let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, ["=cmd()", "いすが かたいです"]);
    assert!(notes.iter().all(|note| note.room == "house" && note.date == "2025-11-21"), "{notes:?}");

    let mut elsewhere = server.staff("そら", Role::Facilitator, &["closet"]).await;
    assert_eq!(elsewhere.get::<Vec<BoxNote>>("box").await.expect("none"), []);
    let taken = |id: u32| format!("box/{id}");
    assert_eq!(code(elsewhere.send::<()>("DELETE", &taken(notes[0].id), &()).await), Code::NotFound);
    assert_eq!(host.raw("DELETE", &taken(notes[0].id), "").await.status, 204);
    assert_eq!(code(host.send::<()>("DELETE", &taken(notes[0].id), &()).await), Code::NotFound);
    assert_eq!(code(host.send::<()>("DELETE", "box/everything", &()).await), Code::NotFound);
    assert_eq!(host.get::<Vec<BoxNote>>("box").await.expect("notes").len(), 1);

    // After its time a note goes by itself; the login of the host has ended long before.
    server.advance(92 * DAY);
    let mut owner = server.staff("はるか", Role::Owner, &[]).await;
    let patience = Instant::now() + PATIENCE;
    while !owner.get::<Vec<BoxNote>>("box").await.expect("notes").is_empty() {
        assert!(Instant::now() < patience, "the note is still there");
    }
}
