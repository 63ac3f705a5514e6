//! What the record of staff's decisions holds of a person: nothing by itself, and a proof of who it was beside it.

use ibasho_moderation::audit::{Personal, SALT};
use ibasho_protocol::api::desk::Made;
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::role::Role;
use ibasho_tests::desk::{impose, report};
use ibasho_tests::server::TestServer;
use sqlx::{Connection as _, Row as _, SqliteConnection};

#[tokio::test]
async fn the_record_proves_whom_a_decision_was_about_and_holds_neither_name_nor_note() {
    let server = TestServer::start().await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let id = haru.say(0, "あっちへ いこう").await;
    let case = report(&mut midori, &mut nagi, &haru, id).await;
    let order = impose(case, Kind::Timeout, 5);
    let made: Made = midori.post("desk/sanctions", &order).await.expect("a pause");

    let file = server.config().data.join("ibasho.sqlite3");
    let mut store = SqliteConnection::connect(file.to_str().expect("a name")).await.expect("it opens");
    let entries: Vec<String> =
        sqlx::query_scalar("SELECT entry FROM audit_entries").fetch_all(&mut store).await.expect("entries");
    for hidden in ["なぎ", "はる", "あっちへ", "こわかった", order.note.as_str()] {
        assert!(entries.iter().all(|entry| !entry.contains(hidden)), "{hidden} is in the record");
    }
    let of = |action: &str, case: u64| {
        let (action, case) = (format!("\"action\":\"{action}\""), format!("\"case\":\"{case}\""));
        entries.iter().find(|entry| entry.contains(&action) && entry.contains(&case)).expect("an entry").clone()
    };
    let (reported, decided) = (of("report.make", case), of("sanction.impose", made.id));
    let mut proved = Vec::new();
    for row in sqlx::query("SELECT kind, person, salt, value, keep_until FROM audit_personal ORDER BY kind, value")
        .fetch_all(&mut store)
        .await
        .expect("values")
    {
        let personal = Personal {
            kind: row.get("kind"),
            person: row.get::<Option<i64>, _>("person").map(i64::cast_unsigned),
            salt: row.get::<Vec<u8>, _>("salt").try_into().unwrap_or([0; SALT]),
            value: row.get("value"),
            keep_until: row.get::<i64, _>("keep_until").cast_unsigned(),
        };
        assert_eq!(personal.person, Some(haru.me().0));
        let days = u64::from(server.config().keep.audit_days);
        assert_eq!(personal.keep_until, server.now() + days * 24 * 60 * 60 * 1000);
        let commitment = personal.commitment().to_string();
        let Personal { kind, value, .. } = personal;
        proved.push((kind, value, reported.contains(&commitment), decided.contains(&commitment)));
    }
    let is = |kind: &str, value: &str, first, second| (kind.to_owned(), value.to_owned(), first, second);
    proved.sort_by_key(|(kind, _, first, _)| (kind.clone(), !first));
    let all = [
        is("nickname", "はる", true, false),
        is("nickname", "はる", false, true),
        is("note", &order.note, false, true),
    ];
    assert_eq!(proved, all);
}
