//! Another system with a webhook, honest or not.

use std::collections::VecDeque;
use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::header::{CONNECTION, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use ibasho_server::config::webhooks::{WebhookConfig, WebhookKind};
use ibasho_server::hooks::asking::OnFailure;
use ibasho_server::hooks::event::EventKind;
use serde_json::Value;
use tempfile::NamedTempFile;
use tokio::net::TcpSocket;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::client::PATIENCE;

/// A secret that protects nothing but these tests.
pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// How it answers.
#[derive(Debug, Clone)]
pub enum Reply {
    /// With this status and nothing else.
    Status(u16),
    /// With this status and `Retry-After`.
    After(u16, String),
    /// Look there.
    Elsewhere(String),
    /// With this body.
    Body(String),
    /// Never.
    Never,
}

/// What it was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    /// `webhook-id`.
    pub id: String,
    /// `webhook-timestamp`.
    pub seconds: u64,
    /// All headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
}

impl Sent {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The type, the subject and the sequence.
    pub fn what(&self) -> (String, String, u64) {
        let json = self.json();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&json["type"]), text(&json["data"]["id"]), json["data"]["sequence"].as_u64().unwrap_or_default())
    }
}

struct Desk {
    replies: VecDeque<Reply>,
    then: Reply,
    sent: watch::Sender<Vec<Sent>>,
}

/// A running receiver. It ends with the test, or when it is stopped.
pub struct Receiver {
    /// Where it listens.
    pub addr: SocketAddr,
    desk: Arc<Mutex<Desk>>,
    sent: watch::Receiver<Vec<Sent>>,
    task: JoinHandle<()>,
    secret: NamedTempFile,
}

impl Receiver {
    /// Starts one that takes everything.
    pub fn start() -> Self {
        let (sender, sent) = watch::channel(Vec::new());
        let then = Reply::Status(204);
        let desk = Arc::new(Mutex::new(Desk { replies: VecDeque::new(), then, sent: sender }));
        let mut secret = NamedTempFile::new().expect("a file");
        writeln!(secret, "{SECRET}").expect("written");
        let (addr, task) = listen(SocketAddr::from(([127, 0, 0, 1], 0)), desk.clone());
        Self { addr, desk, sent, task, secret }
    }

    /// How a place is configured to tell it about staff.
    pub fn config(&self) -> WebhookConfig {
        WebhookConfig {
            id: "city".into(),
            url: format!("http://{}/hook", self.addr),
            secret_file: Some(self.secret.path().to_owned()),
            secret_env: None,
            kind: WebhookKind::Telling,
            events: vec![EventKind::StaffChanged, EventKind::StaffRemoved],
            own_network: true,
            deadline_ms: None,
            on_failure: OnFailure::Hold,
            send_text: false,
        }
    }

    /// The same, to be asked.
    pub fn deciding(&self, events: &[EventKind]) -> WebhookConfig {
        WebhookConfig { id: "words".into(), kind: WebhookKind::Deciding, events: events.to_vec(), ..self.config() }
    }

    /// Answers like this once each, and then goes on as before.
    pub fn once(&self, replies: impl IntoIterator<Item = Reply>) {
        self.desk.lock().expect("nobody panicked").replies.extend(replies);
    }

    /// Answers like this from now on.
    pub fn always(&self, reply: Reply) {
        self.desk.lock().expect("nobody panicked").then = reply;
    }

    /// Stops listening. Nobody is connected: every answer ends its connection.
    pub async fn stop(&mut self) {
        self.task.abort();
        // It was told to end: that it did not end by itself is no news.
        let _ = (&mut self.task).await;
    }

    /// Listens again, at the same address.
    pub fn start_again(&mut self) {
        self.task = listen(self.addr, self.desk.clone()).1;
    }

    /// What it was sent so far.
    pub fn sent(&self) -> Vec<Sent> {
        self.sent.borrow().clone()
    }

    /// Waits until it was sent so many in all; returns them.
    pub async fn until(&mut self, count: usize) -> Vec<Sent> {
        let enough = timeout(PATIENCE, self.sent.wait_for(|sent| sent.len() >= count)).await;
        let got = enough.map(|sent| sent.expect("the desk is there").clone());
        got.unwrap_or_else(|_| panic!("waited for {count}: {:?}", self.sent()))
    }

    /// Waits until this is true of what it was sent.
    pub async fn until_told(&mut self, what: &str, predicate: impl Fn(&[Sent]) -> bool) {
        let told = timeout(PATIENCE, self.sent.wait_for(|sent| predicate(sent))).await.is_ok();
        let all = || self.sent().iter().map(Sent::what).collect::<Vec<_>>();
        assert!(told, "waited for {what}: {:?}", all());
    }
}

fn listen(addr: SocketAddr, desk: Arc<Mutex<Desk>>) -> (SocketAddr, JoinHandle<()>) {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_reuseaddr(true).expect("it can be used again at once");
    socket.bind(addr).expect("a port");
    let listener = socket.listen(64).expect("it listens");
    let addr = listener.local_addr().expect("an address");
    let routes = Router::new().fallback(answer).with_state(desk);
    let task = tokio::spawn(async move {
        // It only ends when it is aborted.
        let _ = axum::serve(listener, routes).await;
    });
    (addr, task)
}

async fn answer(State(desk): State<Arc<Mutex<Desk>>>, headers: HeaderMap, body: String) -> Response {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let sent = Sent {
        id: text("webhook-id"),
        seconds: text("webhook-timestamp").parse().unwrap_or_default(),
        headers: headers.clone(),
        body,
    };
    let reply = {
        let mut desk = desk.lock().expect("nobody panicked");
        let reply = desk.replies.pop_front().unwrap_or_else(|| desk.then.clone());
        desk.sent.send_modify(|all| all.push(sent));
        reply
    };
    let status = |status: u16| StatusCode::from_u16(status).expect("a status");
    let mut response = match reply {
        Reply::Status(code) => status(code).into_response(),
        Reply::After(code, after) => (status(code), [(RETRY_AFTER, after)]).into_response(),
        Reply::Elsewhere(url) => (StatusCode::FOUND, [(LOCATION, url)]).into_response(),
        Reply::Body(body) => body.into_response(),
        Reply::Never => std::future::pending().await,
    };
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}
