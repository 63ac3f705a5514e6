//! A TURN server as an operator would run it: coturn, with a secret that it shares with ours.

use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use ibasho_server::config::voice::TurnConfig;
use tempfile::TempDir;

use crate::client::PATIENCE;
use crate::load::children::free_address;

/// What the two share.
const SECRET: &str = "a secret of the tests";

/// A running relay. It is killed when this is dropped.
pub struct Relay {
    child: Child,
    addr: SocketAddr,
    home: TempDir,
}

impl Relay {
    /// Starts it and waits until it listens.
    pub fn start() -> Self {
        let home = TempDir::new().expect("a folder");
        let addr = free_address().expect("a port");
        let mut command = Command::new("turnserver");
        command.args(["-n", "--realm=ibasho", "--use-auth-secret", "--no-tls", "--no-dtls", "--no-cli"]);
        command.args(["--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--allow-loopback-peers"]);
        command.arg(format!("--static-auth-secret={SECRET}")).arg(format!("--listening-port={}", addr.port()));
        command.arg(format!("--pidfile={}", home.path().join("pid").display()));
        command.arg(format!("--userdb={}", home.path().join("users").display()));
        command.args(["--log-file=stdout", "--simple-log"]).stdin(Stdio::null()).stdout(Stdio::null());
        let child = command.stderr(Stdio::null()).spawn().expect("coturn is installed: .ci/install-tools");
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(addr).is_err() {
            assert!(Instant::now() < deadline, "coturn does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        std::fs::write(home.path().join("secret"), format!("{SECRET}\n")).expect("a file");
        Self { child, addr, home }
    }

    /// How our server is told of it. `transport` is `udp` or `tcp`.
    pub fn config(&self, transport: &str) -> TurnConfig {
        TurnConfig {
            urls: vec![format!("turn:{}?transport={transport}", self.addr)],
            secret_file: self.secret(),
            hours: 1,
        }
    }

    fn secret(&self) -> PathBuf {
        self.home.path().join("secret")
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
