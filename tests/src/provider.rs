//! A small sign-in provider (`OpenID` Connect), honest or not. Tokens are signed by hand, because a test wants to forge
//! what a library would refuse to make.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD as BASE64};
use ibasho_protocol::ids::Millis;
use ibasho_server::config::staff::OidcConfig;
use p256::ecdsa::signature::Signer as _;
use rsa::RsaPrivateKey;
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::signature::SignatureEncoding as _;
use rsa::traits::PublicKeyParts as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// What the place is called there.
pub const CLIENT: &str = "ibasho";
/// Its secret there.
pub const SECRET: &str = "himitsu-no-kagi";
/// A key that protects nothing but these tests.
const KEY: &str = include_str!("provider.pem");

/// How tokens are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// RS256, with the key that is published.
    Rsa,
    /// ES256, with the key that is published.
    Elliptic,
    /// ES256, with a key that nobody knows.
    Stranger,
    /// HS256 with the client's secret.
    Shared,
    /// Not at all.
    Not,
}

/// What the provider does next.
pub struct Desk {
    /// The server's time.
    pub now: Millis,
    /// Who signs in: their claims.
    pub person: Value,
    /// Claims that replace the right ones.
    pub forged: Value,
    /// How tokens are signed.
    pub sign: Sign,
    codes: HashMap<String, HashMap<String, String>>,
    issuer: String,
}

/// A running provider. It ends with the test.
#[derive(Clone)]
pub struct Provider {
    /// Where it listens.
    pub addr: SocketAddr,
    desk: Arc<Mutex<Desk>>,
}

type Shared = State<Arc<Mutex<Desk>>>;
type Pairs = HashMap<String, String>;

impl Provider {
    /// Starts one.
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let addr = listener.local_addr().expect("an address");
        let desk = Arc::new(Mutex::new(Desk {
            now: 0,
            person: json!({ "sub": "nobody" }),
            forged: json!({}),
            sign: Sign::Rsa,
            codes: HashMap::new(),
            issuer: format!("http://{addr}"),
        }));
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(about))
            .route("/jwks", get(keys))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .with_state(desk.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { addr, desk }
    }

    /// How the place is configured for it.
    pub fn config(&self) -> OidcConfig {
        OidcConfig {
            name: "うみべ市の職員".into(),
            issuer: format!("http://{}", self.addr),
            client_id: CLIENT.into(),
            client_secret_file: None,
            scopes: vec!["profile".into()],
            claim: "groups".into(),
            roles: Vec::new(),
        }
    }

    /// Changes what it does.
    pub fn set(&self, change: impl FnOnce(&mut Desk)) {
        change(&mut self.desk.lock().expect("nobody panicked"));
    }
}

async fn about(State(desk): Shared) -> Json<Value> {
    let issuer = desk.lock().expect("nobody panicked").issuer.clone();
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        // It would even let itself be talked into a shared secret.
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256"],
    }))
}

fn rsa_key() -> RsaPrivateKey {
    RsaPrivateKey::from_pkcs8_pem(KEY).expect("a key")
}

fn elliptic_key(seed: u8) -> p256::ecdsa::SigningKey {
    p256::ecdsa::SigningKey::from_slice(&[seed; 32]).expect("a key")
}

async fn keys() -> Json<Value> {
    let (rsa, point) = (rsa_key(), elliptic_key(9).verifying_key().to_sec1_point(false));
    Json(json!({ "keys": [
        { "kty": "RSA", "use": "sig", "kid": "rsa", "alg": "RS256",
          "n": BASE64.encode(rsa.n().to_bytes_be()), "e": BASE64.encode(rsa.e().to_bytes_be()) },
        { "kty": "EC", "use": "sig", "kid": "ec", "alg": "ES256", "crv": "P-256",
          "x": BASE64.encode(point.x().expect("a point")), "y": BASE64.encode(point.y().expect("a point")) },
    ] }))
}

async fn authorize(State(desk): Shared, Query(asked): Query<Pairs>) -> Response {
    let mut desk = desk.lock().expect("nobody panicked");
    let right = asked.get("response_type").is_some_and(|kind| kind == "code")
        && asked.get("client_id").is_some_and(|client| client == CLIENT)
        && asked.get("code_challenge_method").is_some_and(|method| method == "S256")
        && asked.get("scope").is_some_and(|scope| scope.split(' ').any(|scope| scope == "openid"));
    if !right {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let code = format!("code-{}", desk.codes.len());
    let back = format!("{}?code={code}&state={}&iss={}", asked["redirect_uri"], asked["state"], desk.issuer);
    desk.codes.insert(code, asked);
    Redirect::to(&back).into_response()
}

async fn token(State(desk): Shared, headers: HeaderMap, Form(said): Form<Pairs>) -> Response {
    let mut desk = desk.lock().expect("nobody panicked");
    let Some(asked) = said.get("code").and_then(|code| desk.codes.remove(code)) else {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    };
    let verifier = said.get("code_verifier").map(|verifier| BASE64.encode(Sha256::digest(verifier)));
    let secret = format!("Basic {}", BASE64_STANDARD.encode(format!("{CLIENT}:{SECRET}")));
    let known = headers.get("authorization").is_none_or(|given| given.as_bytes() == secret.as_bytes());
    if verifier.as_ref() != asked.get("code_challenge") || said["redirect_uri"] != asked["redirect_uri"] || !known {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_client" }))).into_response();
    }
    let seconds = desk.now / 1000;
    let mut claims = json!({
        "iss": desk.issuer, "aud": CLIENT, "iat": seconds, "exp": seconds + 300, "nonce": asked["nonce"],
    });
    for more in [&desk.person, &desk.forged] {
        for (key, value) in more.as_object().expect("an object") {
            claims[key] = value.clone();
        }
    }
    Json(json!({ "access_token": "x", "token_type": "Bearer", "id_token": sign(&claims, desk.sign) })).into_response()
}

fn sign(claims: &Value, with: Sign) -> String {
    let head = match with {
        Sign::Rsa => json!({ "alg": "RS256", "kid": "rsa" }),
        Sign::Elliptic | Sign::Stranger => json!({ "alg": "ES256", "kid": "ec" }),
        Sign::Shared => json!({ "alg": "HS256" }),
        Sign::Not => json!({ "alg": "none" }),
    };
    let text = format!("{}.{}", BASE64.encode(head.to_string()), BASE64.encode(claims.to_string()));
    let signature = match with {
        Sign::Rsa => {
            let key = rsa::pkcs1v15::SigningKey::<rsa::sha2::Sha256>::new(rsa_key());
            rsa::signature::Signer::sign(&key, text.as_bytes()).to_vec()
        }
        Sign::Elliptic | Sign::Stranger => {
            let key = elliptic_key(if with == Sign::Stranger { 8 } else { 9 });
            let signature: p256::ecdsa::Signature = key.sign(text.as_bytes());
            signature.to_bytes().to_vec()
        }
        Sign::Shared => hmac(SECRET.as_bytes(), text.as_bytes()),
        Sign::Not => Vec::new(),
    };
    format!("{text}.{}", BASE64.encode(signature))
}

/// HMAC-SHA-256 (RFC 2104).
fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut block = [0_u8; 64];
    block[..key.len()].copy_from_slice(key);
    let inner = Sha256::digest([&block.map(|byte| byte ^ 0x36), text].concat());
    Sha256::digest([&block.map(|byte| byte ^ 0x5c)[..], &inner].concat()).to_vec()
}
