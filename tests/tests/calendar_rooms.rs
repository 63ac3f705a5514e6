//! When rooms are open, and the document that describes the API.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ibasho_protocol::api::calendar::SessionPlan;
use ibasho_protocol::close;
use ibasho_protocol::person::Way;
use ibasho_protocol::plan::{Place, RoomSummary};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::role::Role;
use ibasho_server::config::Config;
use ibasho_tests::client::TestClient;
use ibasho_tests::hosting::afternoon;
use ibasho_tests::http::{ask, get};
use ibasho_tests::server::{Recipe, TestServer};

const MINUTE: u64 = 60_000;

/// A place whose salon is open from two to three, and whose parlour during sessions only. The clock begins at 13:40.
async fn with_hours() -> TestServer {
    fn configure(config: &mut Config) {
        config.rooms = Some(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("rooms/hours"));
    }
    TestServer::with(Recipe { configure: Some(Box::new(configure)), ..Recipe::default() }).await
}

async fn room(server: &TestServer, id: &str) -> RoomSummary {
    let (_, body) = get(server.addr(), "/api/v1/place").await;
    let place: Place = serde_json::from_str(&body).expect("a place");
    place.rooms.into_iter().find(|room| room.id == id).expect("the room")
}

async fn knock(server: &TestServer, room: &str) -> TestClient {
    let mut client = TestClient::connect(server.addr()).await;
    client.hello_as(room, "なぎ", Way::Write).await;
    client
}

async fn refused(mut client: TestClient) -> RefusalCode {
    client.until_closed().await;
    client.mirror.refused[0].code
}

#[tokio::test]
async fn a_salon_has_opening_hours_and_needs_no_host() {
    let server = with_hours().await;
    let salon = room(&server, "salon").await;
    assert_eq!((salon.open, salon.opens), (false, Some(server.now() + 20 * MINUTE)));
    assert_eq!(refused(knock(&server, "salon").await).await, RefusalCode::RoomClosed);
    server.advance(20 * MINUTE);
    let mut nagi = loop {
        // The clockwork is told the time by the same clock as we are, and may be a moment later.
        let mut client = knock(&server, "salon").await;
        client.until("an answer", |mirror| !mirror.people.is_empty() || !mirror.refused.is_empty()).await;
        if client.mirror.refused.is_empty() {
            break client;
        }
    };
    let salon = room(&server, "salon").await;
    assert_eq!((salon.open, salon.opens, salon.inside), (true, None, 1));
    server.pass(59 * MINUTE, &mut [&mut nagi]).await;
    server.advance(MINUTE);
    assert_eq!(nagi.until_closed().await, Some(close::OVER.code));
    let salon = room(&server, "salon").await;
    assert_eq!((salon.open, salon.opens), (false, Some(server.now() + 23 * 60 * MINUTE)));
}

#[tokio::test]
async fn a_room_without_hours_opens_for_its_sessions() {
    let server = with_hours().await;
    assert_eq!((room(&server, "parlour").await.open, room(&server, "parlour").await.opens), (false, None));
    assert_eq!(refused(knock(&server, "parlour").await).await, RefusalCode::RoomClosed);
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let later = SessionPlan { room: "parlour".into(), capacity: 4, time: "18:00".into(), ..afternoon() };
    let kept = owner.plan(&later).await;
    let doors = kept.next[0].starts - 30 * MINUTE;
    let parlour = room(&server, "parlour").await;
    assert_eq!((parlour.open, parlour.opens), (false, Some(doors)));
    // Now: its doors have been open since half past one.
    owner.plan(&SessionPlan { time: "14:00".into(), ..later }).await;
    assert!(room(&server, "parlour").await.open);
    let mut nagi = knock(&server, "parlour").await;
    nagi.inside().await;
    assert!(nagi.mirror.programme.is_some());
}

#[tokio::test]
async fn the_document_of_the_api_names_every_route() {
    let server = TestServer::start().await;
    let response = ask(server.addr(), "GET", "/api/v1/openapi.json", &[], "").await;
    assert_eq!(response.headers("access-control-allow-origin").next(), Some("*"));
    let document: serde_json::Value = response.json();
    let paths = document["paths"].as_object().expect("paths");
    for (path, method) in
        [("/api/v1/sessions", "get"), ("/api/v1/staff/plans", "post"), ("/api/v1/bookings/show", "post")]
    {
        assert!(paths[path][method].is_object(), "{method} {path}");
    }
    // A route of the API is added with `routes!`, which puts it into the document; nobody goes around that, except the
    // document itself.
    let mut around = BTreeSet::new();
    visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/src"), &mut |text| {
        let routes = text.split(".route(").skip(1).filter_map(|rest| rest.split('"').nth(1).map(str::to_owned));
        around.extend(routes.filter(|path| path.starts_with("/api/") && !paths.contains_key(path)));
    });
    assert_eq!(around.into_iter().collect::<Vec<_>>(), ["/api/v1/openapi.json"]);
    // And what the document names is served: nothing falls through to the page.
    for (path, methods) in paths {
        for method in methods.as_object().expect("methods").keys() {
            let path = path.replace("{id}", "none").replace("{file}", "none");
            let answer = ask(server.addr(), &method.to_uppercase(), &path, &[], "").await;
            assert_ne!(answer.status, 405, "{method} {path}");
            assert!(!answer.body.contains("<!doctype html><html lang=\"ja\"><head><script"), "{method} {path}");
        }
    }
    // Every reference leads somewhere.
    let text = response.body.as_str();
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(schemas.contains_key(name), "{name}");
    }
}

fn visit(folder: &Path, look: &mut impl FnMut(&str)) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            visit(&path, look);
        } else {
            look(&std::fs::read_to_string(&path).unwrap_or_default());
        }
    }
}
