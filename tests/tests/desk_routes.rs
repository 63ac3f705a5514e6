//! Each route of the desk: for whom it is, what it reads, and that the document describes it.

use ibasho_protocol::api::desk::sanctions::Sanctions;
use ibasho_protocol::api::staff::Me;
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_tests::http;
use ibasho_tests::server::TestServer;
use ibasho_tests::staff::{Browser, code};
use serde_json::{Value, json};

/// The roles that staff can have, in the order of the columns below.
const ROLES: [Role; 6] =
    [Role::PeerStaff, Role::Facilitator, Role::Moderator, Role::Consultant, Role::Owner, Role::Auditor];

/// Each route of the desk with a body that fits, and for each role whether it is for them at all.
const ROUTES: [(&str, &str, &str, &str); 23] = [
    //                                                          pee fac mod con own aud
    ("GET", "desk", "", "x x x x x x"),
    ("GET", "desk/cases/9999", "", "x x x x x x"),
    ("POST", "desk/cases/9999/claim", "", "x x x x x -"),
    ("POST", "desk/cases/9999/hand", r#"{"version":1,"to":1}"#, "x x x x x -"),
    ("POST", "desk/cases/9999/put_back", r#"{"version":1}"#, "x x x x x -"),
    ("POST", "desk/cases/9999/approve", r#"{"version":1}"#, "x x x x x -"),
    ("POST", "desk/cases/9999/decline", r#"{"version":1,"reason":"other"}"#, "x x x x x -"),
    ("POST", "desk/cases/9999/resolve", r#"{"version":1,"outcome":"talked"}"#, "x x x x x -"),
    ("POST", "desk/cases/9999/settle", r#"{"version":1,"outcome":"talked"}"#, "x x x x x -"),
    ("POST", "desk/cases/9999/appeal", r#"{"version":1,"answer":"uphold"}"#, "x x x x x -"),
    ("POST", "desk/cases/9999/proposal", r#"{"version":1,"agree":false}"#, "x x x x x -"),
    ("POST", "desk/cases/9999/keep", r#"{"why":"court"}"#, "- x x - x -"),
    ("GET", "desk/sanctions", "", "- x x - x x"),
    (
        "POST",
        "desk/sanctions",
        r#"{"case":9999,"kind":"nudge","scope":"site","minutes":0,"reason":"other"}"#,
        "- x x - x -",
    ),
    ("POST", "desk/sanctions/9999/undo", "", "- x x - x -"),
    ("POST", "desk/lockdowns", r#"{"scope":{"room":"house"},"minutes":1}"#, "- x x - x -"),
    ("POST", "desk/lockdowns/9999/lift", "", "- x x - x -"),
    ("GET", "desk/rules", "", "- x x - x -"),
    ("PUT", "desk/rules", r#"{"version":9,"set":{"format":1,"rules":[]}}"#, "- x x - x -"),
    ("GET", "desk/rules/found", "", "- x x - x -"),
    ("POST", "desk/rules/try", r#"{"texts":["こんにちは"]}"#, "- x x - x -"),
    ("GET", "desk/audit", "", "- - - - x x"),
    ("GET", "desk/audit/export", "", "- - - - x x"),
];

#[tokio::test]
async fn each_route_is_for_exactly_the_roles_of_the_table() {
    let server = TestServer::start().await;
    let mut stranger = Browser::new(&server);
    for (column, role) in ROLES.into_iter().enumerate() {
        let mut browser = server.staff(&format!("だれか{column}"), role, &[]).await;
        browser.get::<Me>("me").await.expect("signed in");
        for (method, path, body, row) in ROUTES {
            let granted = row.split(' ').nth(column) == Some("x");
            let answer = browser.raw(method, path, body).await;
            let refused = answer.status == 403 && answer.refusal() == Code::NotAllowed;
            assert_eq!(granted, !refused, "{role:?} {method} {path}: {answer:?}");
            assert!(answer.status < 500, "{answer:?}");
        }
    }
    let mut browser = server.staff("ぬし", Role::Owner, &[]).await;
    browser.origin = "https://evil.example".into();
    for (method, path, body, _) in ROUTES {
        assert_eq!(stranger.raw(method, path, body).await.refusal(), Code::Signin, "{method} {path}");
        if method != "GET" {
            assert_eq!(browser.raw(method, path, body).await.refusal(), Code::NotAllowed, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn what_is_sent_is_read_without_trust() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    for (path, body, why) in [
        ("desk/cases/1/approve", "{}", Code::BadShape),
        ("desk/cases/1/approve", r#"{"version":1,"force":true}"#, Code::BadShape),
        ("desk/cases/1/approve", r#"{"version":-1}"#, Code::BadShape),
        ("desk/cases/1/appeal", r#"{"version":1,"answer":"shoot"}"#, Code::BadShape),
        ("desk/cases/x/claim", "", Code::NotFound),
        ("desk/sanctions/x/undo", "", Code::NotFound),
        ("desk/lockdowns", r#"{"scope":"galaxy","minutes":1}"#, Code::BadShape),
    ] {
        assert_eq!(owner.raw("POST", path, body).await.refusal(), why, "{path} {body}");
    }
    let big = json!({ "version": 1, "reason": "x".repeat(20_000) }).to_string();
    assert_eq!(owner.raw("POST", "desk/cases/1/decline", &big).await.refusal(), Code::TooBig);
    let long = format!("desk/sanctions?q={}", "x".repeat(201));
    assert_eq!(code(owner.get::<Sanctions>(&long).await), Code::TextTooLong);
}

#[tokio::test]
async fn the_document_describes_every_route_of_the_desk() {
    let server = TestServer::start().await;
    let (status, text) = http::get(server.addr(), "/api/v1/openapi.json").await;
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(status, 200);
    for (method, path, _, _) in ROUTES {
        let path = format!("/api/v1/staff/{}", path.replace("9999", "{id}"));
        assert!(document["paths"][&path][method.to_lowercase()].is_object(), "{method} {path}");
    }
    assert!(document["paths"]["/api/v1/appeal"]["post"].is_object());
    let live = &document["paths"]["/api/v1/staff/desk/live"]["get"]["responses"]["200"]["content"];
    assert!(live["text/event-stream"].is_object());
    for schema in ["CaseView", "Sanctions", "RuleSet", "Tried", "AuditPage", "RuleFaults"] {
        assert!(document["components"]["schemas"][schema].is_object(), "{schema}");
    }
}
