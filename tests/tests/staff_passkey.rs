//! Passkeys: made and used with an authenticator in software; what a dishonest one is answered.

use ibasho_protocol::api::staff::{
    AcceptWithPasskey, LoginWay, Me, Offered, Passkey, PasskeyFinish, PasskeyStart, TotpStart,
};
use ibasho_protocol::refusal::{Refusal, RefusalCode as Code};
use ibasho_protocol::role::Role;
use ibasho_tests::http;
use ibasho_tests::passkey::Authenticator;
use ibasho_tests::server::TestServer;
use ibasho_tests::staff::{Browser, code};
use serde_json::{Value, json};

async fn accept(browser: &mut Browser, token: &str, name: &str, key: &mut Authenticator) -> Result<Me, Refusal> {
    let asked = AcceptWithPasskey { token: token.into(), name: name.into() };
    let started: PasskeyStart = browser.post("invitation/passkey/start", &asked).await?;
    let credential = key.make(&started.options);
    browser.post("invitation/passkey/finish", &PasskeyFinish { flow: started.flow, credential }).await
}

async fn sign_in(browser: &mut Browser, key: &mut Authenticator) -> Result<Me, Refusal> {
    let started: PasskeyStart = browser.post("sign-in/passkey/start", &json!({})).await?;
    let credential = key.get(&started.options);
    browser.post("sign-in/passkey/finish", &PasskeyFinish { flow: started.flow, credential }).await
}

#[tokio::test]
async fn somebody_accepts_with_a_passkey_and_signs_in_without_a_name() {
    let server = TestServer::start().await;
    let token = server.invite(Role::Facilitator, &["house"]).await;
    let mut phone = Browser::new(&server);
    let mut key = Authenticator::new(&phone.origin, 1);
    let me = accept(&mut phone, &token, "ゆき", &mut key).await.expect("accepted");
    assert_eq!((me.ways.passkeys, me.ways.passphrase, me.role), (1, false, Role::Facilitator));
    assert_eq!(code(accept(&mut phone, &token, "ゆきこ", &mut key).await), Code::CodeUnknown);
    let mut again = Browser::new(&server);
    let there = sign_in(&mut again, &mut key).await.expect("signed in");
    assert_eq!((there.id, there.login == me.login), (me.id, false));
    let logins: Vec<ibasho_protocol::api::staff::Login> = again.get("logins").await.expect("a list");
    assert!(logins.iter().all(|login| login.way == LoginWay::Passkey));
    // A second step belongs to a passphrase.
    assert_eq!(code(again.post::<TotpStart>("totp/start", &json!({})).await), Code::NotNow);
}

#[tokio::test]
async fn the_options_ask_for_a_key_that_knows_its_owner_and_verifies() {
    let server = TestServer::start().await;
    let token = server.invite(Role::Owner, &[]).await;
    let asked = AcceptWithPasskey { token, name: "はるか".into() };
    let started: PasskeyStart = Browser::new(&server).post("invitation/passkey/start", &asked).await.expect("begun");
    let choice = &started.options["authenticatorSelection"];
    assert_eq!((&choice["residentKey"], &choice["userVerification"]), (&json!("required"), &json!("required")));
    assert_eq!((&started.options["rp"]["id"], &started.options["attestation"]), (&json!("localhost"), &json!("none")));
    assert!(started.options["user"]["id"].as_str().is_some_and(|id| !id.is_empty()));
}

#[tokio::test]
async fn what_was_not_made_or_signed_here_and_now_is_refused() {
    let server = TestServer::start().await;
    let token = server.invite(Role::Owner, &[]).await;
    let mut browser = Browser::new(&server);
    let mut key = Authenticator::new("https://evil.example", 1);
    assert_eq!(code(accept(&mut browser, &token, "はるか", &mut key).await), Code::SigninFailed);
    key = Authenticator::new(&browser.origin, 1);
    key.verifies = false;
    assert_eq!(code(accept(&mut browser, &token, "はるか", &mut key).await), Code::SigninFailed);
    key.verifies = true;
    let me = accept(&mut browser, &token, "はるか", &mut key).await.expect("the invitation is still open");

    // Another key that says it is this account's.
    let mut thief = Authenticator::new(&browser.origin, 2);
    thief.handle = key.handle.clone();
    assert_eq!(code(sign_in(&mut browser, &mut thief).await), Code::SigninFailed);
    thief.handle = "AAAA".into();
    assert_eq!(code(sign_in(&mut browser, &mut thief).await), Code::SigninFailed);
    key.verifies = false;
    assert_eq!(code(sign_in(&mut browser, &mut key).await), Code::SigninFailed);
    key.verifies = true;
    key.origin = "http://localhost:1".into();
    assert_eq!(code(sign_in(&mut browser, &mut key).await), Code::SigninFailed);
    key.origin = browser.origin.clone();
    assert_eq!(sign_in(&mut browser, &mut key).await.expect("signed in").id, me.id);
    // A copy of the key whose counter has fallen behind.
    key.count = 0;
    assert_eq!(code(sign_in(&mut browser, &mut key).await), Code::SigninFailed);
    key.count = 10;
    sign_in(&mut browser, &mut key).await.expect("signed in");
}

#[tokio::test]
async fn a_ceremony_has_one_second_step_and_two_minutes() {
    let server = TestServer::start().await;
    let token = server.invite(Role::Owner, &[]).await;
    let mut browser = Browser::new(&server);
    let mut key = Authenticator::new(&browser.origin, 1);
    accept(&mut browser, &token, "はるか", &mut key).await.expect("accepted");
    let started: PasskeyStart = browser.post("sign-in/passkey/start", &json!({})).await.expect("begun");
    let finish = PasskeyFinish { flow: started.flow.clone(), credential: key.get(&started.options) };
    browser.post::<Me>("sign-in/passkey/finish", &finish).await.expect("signed in");
    assert_eq!(code(browser.post::<Me>("sign-in/passkey/finish", &finish).await), Code::Over);
    let started: PasskeyStart = browser.post("sign-in/passkey/start", &json!({})).await.expect("begun");
    server.advance(2 * 60_000);
    let finish = PasskeyFinish { flow: started.flow, credential: key.get(&started.options) };
    assert_eq!(code(browser.post::<Me>("sign-in/passkey/finish", &finish).await), Code::Over);
    let odd = PasskeyFinish { flow: "nowhere".into(), credential: json!({ "id": 5 }) };
    assert_eq!(code(browser.post::<Me>("sign-in/passkey/finish", &odd).await), Code::Over);
}

#[tokio::test]
async fn one_more_passkey_beside_and_the_last_way_stays() {
    let server = TestServer::start().await;
    let token = server.invite(Role::Owner, &[]).await;
    let mut browser = Browser::new(&server);
    let mut phone = Authenticator::new(&browser.origin, 1);
    let mut laptop = Authenticator::new(&browser.origin, 2);
    accept(&mut browser, &token, "はるか", &mut phone).await.expect("accepted");
    let own: Vec<Passkey> = browser.get("passkeys").await.expect("a list");
    let first = format!("passkeys/{}", own[0].id);
    assert_eq!(code(browser.send::<Value>("DELETE", &first, &()).await), Code::InUse);

    let started: PasskeyStart = browser.post("passkeys/start", &json!({})).await.expect("begun");
    assert_eq!(started.options["excludeCredentials"].as_array().map(Vec::len), Some(1));
    let finish = PasskeyFinish { flow: started.flow, credential: laptop.make(&started.options) };
    // Begun here, it cannot be finished elsewhere.
    let mut other = server.staff("ゆき", Role::Owner, &[]).await;
    assert_eq!(code(other.post::<Value>("passkeys/finish", &finish).await), Code::Over);
    let started: PasskeyStart = browser.post("passkeys/start", &json!({})).await.expect("begun");
    let finish = PasskeyFinish { flow: started.flow, credential: laptop.make(&started.options) };
    browser.post::<Value>("passkeys/finish", &finish).await.expect("made");
    browser.send::<Value>("DELETE", &first, &()).await.expect("there is another");
    assert_eq!(code(sign_in(&mut browser, &mut phone).await), Code::SigninFailed);
    sign_in(&mut browser, &mut laptop).await.expect("signed in");
}

#[tokio::test]
async fn they_are_offered_where_they_work() {
    let server = TestServer::start().await;
    let offered: Offered = Browser::new(&server).get("ways").await.expect("ways");
    assert_eq!(offered, Offered { passkeys: true, oidc: None });
    // At an address without a name browsers would refuse.
    let (_, by_number) = http::get(server.addr(), "/api/v1/staff/ways").await;
    assert_eq!(by_number, r#"{"passkeys":false}"#);
}
