//! Guessing: wrong attempts slow down and lock nobody out; one-time codes count once.

use ibasho_protocol::api::staff::{Me, SignIn, TotpCode, TotpStart};
use ibasho_protocol::refusal::{Refusal, RefusalCode as Code};
use ibasho_protocol::role::Role;
use ibasho_tests::http;
use ibasho_tests::server::TestServer;
use ibasho_tests::staff::{Browser, PASSPHRASE, code};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

async fn attempt(browser: &mut Browser, name: &str, passphrase: &str, code: Option<&str>) -> Result<Me, Refusal> {
    let said = SignIn { name: name.into(), passphrase: passphrase.into(), code: code.map(str::to_owned) };
    browser.post("sign-in/passphrase", &said).await
}

#[tokio::test]
async fn wrong_attempts_slow_down_up_to_half_a_minute_and_never_lock() {
    let server = TestServer::start().await;
    server.staff("はるか", Role::Owner, &[]).await;
    let mut browser = Browser::new(&server);
    for _ in 0..3 {
        assert_eq!(code(attempt(&mut browser, "はるか", "ちがう", None).await), Code::SigninFailed);
    }
    for wait in [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000] {
        // The right one does not help either, and asking early does not make it longer.
        let early = attempt(&mut browser, "ハルカ", PASSPHRASE, None).await.expect_err("too fast");
        assert_eq!((early.code, early.after), (Code::TooFast, Some(wait)));
        server.advance(wait.into());
        assert_eq!(code(attempt(&mut browser, "はるか", "ちがう", None).await), Code::SigninFailed);
    }
    server.staff("ゆき", Role::Owner, &[]).await;
    attempt(&mut browser, "ゆき", PASSPHRASE, None).await.expect("others notice nothing");
    server.advance(30_000);
    attempt(&mut browser, "はるか", PASSPHRASE, None).await.expect("not locked");
    assert_eq!(code(attempt(&mut browser, "はるか", "ちがう", None).await), Code::SigninFailed);
    attempt(&mut browser, "はるか", PASSPHRASE, None).await.expect("and forgiven");
}

#[tokio::test]
async fn many_at_the_same_moment_gain_nothing() {
    let server = TestServer::start().await;
    server.staff("はるか", Role::Owner, &[]).await;
    let tries = (0..10).map(|_| async { attempt(&mut Browser::new(&server), "はるか", "ちがう", None).await });
    let answers = futures_util::future::join_all(tries).await;
    let failed = answers.into_iter().filter(|answer| answer.as_ref().is_err_and(|no| no.code == Code::SigninFailed));
    assert_eq!(failed.count(), 3);
}

#[tokio::test]
async fn an_address_can_only_knock_so_fast() {
    let server = TestServer::start().await;
    let mut browser = Browser::new(&server);
    let mut refused = None;
    for _ in 0..61 {
        refused = browser.post::<Value>("invitation/show", &json!({ "token": "x" })).await.err();
    }
    let refused = refused.expect("refused");
    assert_eq!((refused.code, refused.after), (Code::TooFast, Some(200)));
    browser.get::<Value>("ways").await.expect("reading is free");
    server.advance(200);
    assert_eq!(code(browser.post::<Value>("invitation/show", &json!({ "token": "x" })).await), Code::CodeUnknown);
}

#[tokio::test]
async fn an_unknown_name_takes_as_long_as_a_wrong_passphrase() {
    let server = TestServer::start().await;
    server.staff("はるか", Role::Owner, &[]).await;
    let mut browser = Browser::new(&server);
    // Stretching takes most of the time by far, so that is what is done for every name.
    let mut stretched = async |name: &str| {
        let before = passphrases(&server).await;
        assert_eq!(code(attempt(&mut browser, name, "ちがう ことば です", None).await), Code::SigninFailed);
        passphrases(&server).await - before
    };
    for name in ["はるか", "だれか", ""] {
        assert_eq!(stretched(name).await, 1, "{name:?}");
    }
}

/// How many passphrases the server has stretched.
async fn passphrases(server: &TestServer) -> u64 {
    let metrics = http::get(server.admin(), "/metrics").await.1;
    let line = metrics.lines().find_map(|line| line.strip_prefix("ibasho_passphrases_total "));
    line.and_then(|count| count.parse().ok()).expect("the count")
}

fn app(secret: &str, now: u64) -> String {
    let secret = Secret::try_from_base32(secret).expect("a secret");
    Builder::new().with_secret(secret).build().expect("an app").generate(now / 1000).to_string()
}

#[tokio::test]
async fn a_one_time_code_is_the_second_step_and_counts_once() {
    let server = TestServer::start().await;
    let mut browser = server.staff("はるか", Role::Owner, &[]).await;
    let started: TotpStart = browser.post("totp/start", &json!({})).await.expect("begun");
    assert!(started.url.starts_with("otpauth://totp/") && started.url.contains(&started.secret), "{}", started.url);
    assert!(started.svg.contains("<svg") && started.svg.contains("path"));
    let send = |code: &str| TotpCode { code: code.into() };
    assert_eq!(code(browser.post::<Value>("totp/finish", &send("000000")).await), Code::SigninFailed);
    let now = app(&started.secret, server.now());
    browser.post::<Value>("totp/finish", &send(&now)).await.expect("it works");
    assert!(browser.get::<Me>("me").await.expect("me").ways.totp);
    assert_eq!(code(browser.post::<Value>("totp/start", &json!({})).await), Code::InUse);

    assert_eq!(code(attempt(&mut browser, "はるか", PASSPHRASE, None).await), Code::SigninCode);
    assert_eq!(code(attempt(&mut browser, "はるか", PASSPHRASE, Some(&now)).await), Code::SigninFailed, "used already");
    server.advance(60_000);
    let next = app(&started.secret, server.now());
    assert_eq!(code(attempt(&mut browser, "はるか", "ちがう", Some(&next)).await), Code::SigninFailed);
    // As people write it.
    let wide: String = next.chars().map(|c| char::from_u32(u32::from(c) - 0x30 + 0xff10).expect("a digit")).collect();
    attempt(&mut browser, "はるか", PASSPHRASE, Some(&format!("{} {}", &wide[..9], &wide[9..]))).await.expect("right");
    assert_eq!(code(attempt(&mut browser, "はるか", PASSPHRASE, Some(&next)).await), Code::SigninFailed, "once");
    // A phone whose clock is half a minute behind.
    server.advance(60_000);
    let behind = app(&started.secret, server.now() - 30_000);
    attempt(&mut browser, "はるか", PASSPHRASE, Some(&behind)).await.expect("right");
    server.advance(120_000);
    let old = app(&started.secret, server.now() - 60_000);
    assert_eq!(code(attempt(&mut browser, "はるか", PASSPHRASE, Some(&old)).await), Code::SigninFailed);

    server.advance(60_000);
    assert_eq!(code(browser.post::<Value>("totp/off", &send("12")).await), Code::SigninFailed);
    server.advance(60_000);
    browser.post::<Value>("totp/off", &send(&app(&started.secret, server.now()))).await.expect("off");
    attempt(&mut browser, "はるか", PASSPHRASE, None).await.expect("the passphrase is enough again");
}
