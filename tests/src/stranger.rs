//! A client that is neither a browser nor ours: `tests/stranger`, written from `PROTOCOL.md` alone.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use ibasho_protocol::ids::PersonId;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use crate::client::PATIENCE;

/// A running stranger. They go home when this is dropped.
pub struct Stranger {
    child: Child,
    lines: mpsc::UnboundedReceiver<Value>,
    /// Everything they told.
    pub told: Vec<Value>,
    /// Who they are, once inside.
    pub me: PersonId,
}

fn interpreter() -> PathBuf {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/stranger/bin/python");
    assert!(python.exists(), "{} is not there: make stranger", python.display());
    python
}

impl Stranger {
    /// Somebody comes into the house with these further options (`stranger.py --help`), and is in.
    pub async fn enter(server: SocketAddr, options: &[&str]) -> Self {
        Self::trusting(None, server, options).await
    }

    /// The same; for TLS they trust this authority and nobody else.
    pub async fn trusting(authority: Option<&Path>, server: SocketAddr, options: &[&str]) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("stranger/stranger.py");
        let mut command = Command::new(interpreter());
        command.arg(script).arg(format!("http://{server}")).args(options);
        // OpenSSL's variable for what is trusted.
        command.envs(authority.map(|file| ("SSL_CERT_FILE", file)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("python runs");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, lines) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let told = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
                // Nobody listens any more: the test is over.
                let _ = sender.send(told);
            }
        });
        let mut stranger = Self { child, lines, told: Vec::new(), me: PersonId(0) };
        let inside = stranger.until("they are in", |told| told["inside"].is_u64()).await;
        stranger.me = PersonId(inside["inside"].as_u64().unwrap_or_default());
        stranger
    }

    /// Waits until they tell something that is so, and returns it.
    pub async fn until(&mut self, what: &str, mut predicate: impl FnMut(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let line = timeout_at(deadline, self.lines.recv()).await;
            let Ok(Some(told)) = line else { panic!("waited for {what}; told {:?}", self.told) };
            self.told.push(told.clone());
            if predicate(&told) {
                return told;
            }
        }
    }

    /// The same, if they have not told it before.
    pub async fn ever(&mut self, what: &str, mut predicate: impl FnMut(&Value) -> bool) {
        if !self.told.iter().any(&mut predicate) {
            self.until(what, predicate).await;
        }
    }

    /// Waits until they hear somebody's tone, this high (in Hertz, to the nearest tenth of it).
    pub async fn hears(&mut self, who: PersonId, hertz: f64) {
        let near = |told: &Value| told["hertz"].as_f64().is_some_and(|heard| (heard - hertz).abs() < hertz / 10.0);
        self.until("a tone", |told| told["hears"] == who.0 && near(told)).await;
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        // It may have ended already. Its input is closed with it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A script of somebody else that says what it does, line by line. It ends when this is dropped.
pub struct Script {
    child: Child,
    lines: mpsc::UnboundedReceiver<String>,
}

impl Script {
    /// Runs it with these variables of the environment.
    pub fn start(text: &str, variables: &[(&str, &str)]) -> Self {
        let mut command = Command::new(interpreter());
        command.args(["-u", "-c", text]).envs(variables.iter().copied()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("python runs");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, lines) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                // Nobody listens any more: the test is over.
                let _ = sender.send(line);
            }
        });
        Self { child, lines }
    }

    /// The next line that it says.
    pub async fn line(&mut self) -> String {
        let line = timeout_at(Instant::now() + PATIENCE, self.lines.recv()).await;
        line.expect("it says something").expect("it still runs")
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
