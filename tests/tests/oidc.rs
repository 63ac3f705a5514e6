//! The municipality's sign-in, against a small provider: by invitation, by configured roles, and what is refused.

use ibasho_protocol::api::staff::{AcceptWithPasskey, ChangeColleague, Colleague, Me, Offered, OidcGo, OidcStart};
use ibasho_protocol::refusal::{Refusal, RefusalCode as Code};
use ibasho_protocol::role::Role;
use ibasho_server::config::staff::{OidcConfig, RoleRule, StaffConfig};
use ibasho_tests::http;
use ibasho_tests::provider::{Provider, SECRET, Sign};
use ibasho_tests::server::{Recipe, TestServer};
use ibasho_tests::staff::{Browser, code};
use serde_json::json;

async fn start(configure: impl FnOnce(&mut OidcConfig)) -> (TestServer, Provider) {
    let provider = Provider::start().await;
    let mut oidc = provider.config();
    configure(&mut oidc);
    let server = TestServer::with(Recipe { staff: StaffConfig { oidc: Some(oidc) }, ..Recipe::default() }).await;
    provider.set(|desk| desk.now = server.now());
    (server, provider)
}

fn rule(value: &str, role: Role, rooms: &[&str]) -> RoleRule {
    RoleRule { value: value.into(), role, rooms: rooms.iter().map(|&room| room.to_owned()).collect() }
}

/// Goes to the provider; returns the way back, as the provider sends it.
async fn there(
    browser: &mut Browser,
    provider: &Provider,
    invitation: Option<AcceptWithPasskey>,
) -> Result<String, Refusal> {
    let go: OidcGo = browser.post("oidc/start", &OidcStart { invitation }).await?;
    let path = go.url.strip_prefix(&format!("http://{}", provider.addr)).expect("the provider's address");
    let answer = http::ask(provider.addr, "GET", path, &[], "").await;
    let back = answer.headers("location").next().unwrap_or_else(|| panic!("sent back: {answer:?}")).to_owned();
    let own = format!("{}/api/v1/staff/", browser.origin);
    Ok(back.strip_prefix(&own).expect("back to this place").to_owned())
}

/// Comes back; returns where one ends up.
async fn back(browser: &mut Browser, path: &str) -> String {
    let answer = browser.raw("GET", path, "").await;
    assert_eq!(answer.status, 303);
    answer.headers("location").next().expect("somewhere").to_owned()
}

async fn sign_in(browser: &mut Browser, provider: &Provider) -> String {
    let path = there(browser, provider, None).await.expect("begun");
    back(browser, &path).await
}

#[tokio::test]
async fn an_invitation_links_somebody_who_then_signs_in_there() {
    let (server, provider) = start(|_| ()).await;
    provider.set(|desk| desk.person = json!({ "sub": "a-17", "name": "山田 花子" }));
    let mut browser = Browser::new(&server);
    let offered: Offered = browser.get("ways").await.expect("ways");
    assert_eq!(offered.oidc.as_deref(), Some("うみべ市の職員"));
    assert_eq!(sign_in(&mut browser, &provider).await, "/staff#refused=signin_failed");
    assert!(browser.cookies.is_empty(), "nobody here knows them");

    let token = server.invite(Role::Facilitator, &["house"]).await;
    let accept = AcceptWithPasskey { token: token.clone(), name: "ゆき".into() };
    let path = there(&mut browser, &provider, Some(accept.clone())).await.expect("begun");
    assert_eq!(back(&mut browser, &path).await, "/staff");
    let me: Me = browser.get("me").await.expect("signed in");
    assert_eq!((me.name.as_str(), me.role, me.ways.oidc), ("ゆき", Role::Facilitator, true));
    assert_eq!(code(there(&mut browser, &provider, Some(accept)).await), Code::CodeUnknown);

    let mut again = Browser::new(&server);
    provider.set(|desk| desk.sign = Sign::Elliptic);
    assert_eq!(sign_in(&mut again, &provider).await, "/staff");
    assert_eq!(again.get::<Me>("me").await.expect("signed in").id, me.id);
    let second = AcceptWithPasskey { token: server.invite(Role::Owner, &[]).await, name: "ほか".into() };
    let path = there(&mut again, &provider, Some(second)).await.expect("begun");
    assert_eq!(back(&mut again, &path).await, "/staff#refused=in_use", "one person, one account");
}

#[tokio::test]
async fn who_is_what_follows_the_configured_roles() {
    let (server, provider) = start(|oidc| {
        oidc.claim = "realm_access.roles".into();
        oidc.roles = vec![rule("lead", Role::Owner, &[]), rule("host", Role::Facilitator, &["house"])];
    })
    .await;
    let person = |roles: &[&str]| json!({ "sub": "b-2", "name": "山田 花子", "nickname": "なぎさ", "realm_access": { "roles": roles } });
    provider.set(|desk| desk.person = person(&["host", "other"]));
    let mut browser = Browser::new(&server);
    assert_eq!(sign_in(&mut browser, &provider).await, "/staff");
    let me: Me = browser.get("me").await.expect("signed in");
    assert_eq!((me.name.as_str(), me.role, me.rooms), ("なぎさ", Role::Facilitator, vec!["house".to_owned()]));

    // Changed by hand, then told anew by the provider: the provider decides.
    let mut owner = server.staff("はるか", Role::Owner, &[]).await;
    let change = ChangeColleague { role: Role::Moderator, rooms: vec![] };
    owner.send::<Colleague>("PUT", &format!("people/{}", me.id), &change).await.expect("changed");
    provider.set(|desk| desk.person = person(&["lead", "host"]));
    assert_eq!(sign_in(&mut browser, &provider).await, "/staff");
    let now: Me = browser.get("me").await.expect("signed in");
    assert_eq!((now.id, now.role, now.rooms.len()), (me.id, Role::Owner, 0));

    let mut elsewhere = Browser::new(&server);
    provider.set(|desk| desk.person = person(&["other"]));
    assert_eq!(sign_in(&mut elsewhere, &provider).await, "/staff#refused=signin_failed");
    assert_eq!(code(browser.get::<Me>("me").await), Code::Signin, "and the older logins have ended");
    // Somebody without a nickname gets a gentle word, never their real name.
    provider
        .set(|desk| desk.person = json!({ "sub": "b-3", "name": "鈴木 一郎", "realm_access": { "roles": ["host"] } }));
    assert_eq!(sign_in(&mut elsewhere, &provider).await, "/staff");
    assert!(!elsewhere.get::<Me>("me").await.expect("signed in").name.contains("鈴木"));
}

#[tokio::test]
async fn an_address_counts_only_if_it_is_verified() {
    let (server, provider) = start(|oidc| {
        oidc.claim = "email".into();
        oidc.roles = vec![rule("yuki@city.example", Role::Owner, &[])];
    })
    .await;
    let mut browser = Browser::new(&server);
    provider.set(|desk| desk.person = json!({ "sub": "c", "email": "yuki@city.example" }));
    assert_eq!(sign_in(&mut browser, &provider).await, "/staff#refused=signin_failed");
    provider.set(|desk| desk.person["email_verified"] = true.into());
    assert_eq!(sign_in(&mut browser, &provider).await, "/staff");
}

#[tokio::test]
async fn forged_tokens_are_refused() {
    let secret = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(secret.path(), format!("{SECRET}\n")).expect("written");
    let (server, provider) = start(|oidc| {
        oidc.client_secret_file = Some(secret.path().to_owned());
        oidc.roles = vec![rule("all", Role::Owner, &[])];
    })
    .await;
    let mut browser = Browser::new(&server);
    provider.set(|desk| desk.person = json!({ "sub": "d", "groups": "all" }));
    let past = server.now() / 1000 - 1;
    for forged in [
        json!({ "nonce": "another" }),
        json!({ "nonce": null }),
        json!({ "iss": "https://evil.example" }),
        json!({ "aud": "another" }),
        json!({ "aud": ["ibasho", "another"] }),
        json!({ "exp": past }),
    ] {
        provider.set(|desk| desk.forged = forged.clone());
        assert_eq!(sign_in(&mut browser, &provider).await, "/staff#refused=signin_failed", "{forged}");
    }
    provider.set(|desk| desk.forged = json!({}));
    for sign in [Sign::Stranger, Sign::Shared, Sign::Not] {
        provider.set(|desk| desk.sign = sign);
        assert_eq!(sign_in(&mut browser, &provider).await, "/staff#refused=signin_failed", "{sign:?}");
    }
    assert!(browser.cookies.is_empty());
    provider.set(|desk| desk.sign = Sign::Rsa);
    assert_eq!(sign_in(&mut browser, &provider).await, "/staff", "and an honest one is not");
}

#[tokio::test]
async fn the_way_back_is_for_the_browser_that_went_and_once() {
    let (server, provider) = start(|oidc| oidc.roles = vec![rule("all", Role::Owner, &[])]).await;
    provider.set(|desk| desk.person = json!({ "sub": "e", "groups": ["all"] }));
    let failed = "/staff#refused=signin_failed";
    let (mut browser, mut other) = (Browser::new(&server), Browser::new(&server));
    // Somebody lures another browser onto their own way back.
    let path = there(&mut browser, &provider, None).await.expect("begun");
    assert_eq!(back(&mut other, &path).await, failed);
    assert_eq!(back(&mut browser, &path).await, failed, "and it is spent");
    let path = there(&mut browser, &provider, None).await.expect("begun");
    let odd = path.replace("iss=http", "iss=https");
    assert_eq!(back(&mut browser, &odd).await, failed, "another provider's answer");
    let path = there(&mut browser, &provider, None).await.expect("begun");
    server.advance(10 * 60_000);
    assert_eq!(back(&mut browser, &path).await, failed, "too late");
    for path in [
        "oidc/callback",
        "oidc/callback?code=x",
        "oidc/callback?error=access_denied&state=x",
        "oidc/callback?code=x&state=y",
    ] {
        assert_eq!(back(&mut browser, path).await, failed, "{path}");
    }
    provider.set(|desk| desk.now = server.now());
    let path = there(&mut browser, &provider, None).await.expect("begun");
    assert_eq!(back(&mut browser, &path).await, "/staff");
    assert_eq!(back(&mut browser, &path).await, failed, "once");
}

#[tokio::test]
async fn without_a_provider_there_is_none_and_a_silent_one_is_said_to_be_busy() {
    let server = TestServer::start().await;
    let start = OidcStart { invitation: None };
    assert_eq!(code(Browser::new(&server).post::<OidcGo>("oidc/start", &start).await), Code::NotFound);
    let oidc = OidcConfig { issuer: "http://127.0.0.1:1".into(), ..Provider::start().await.config() };
    let server = TestServer::with(Recipe { staff: StaffConfig { oidc: Some(oidc) }, ..Recipe::default() }).await;
    assert_eq!(code(Browser::new(&server).post::<OidcGo>("oidc/start", &start).await), Code::Busy);
}
