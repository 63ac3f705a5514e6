//! A TURN server as an operator would run it: coturn, with a secret that it shares with ours, and a certificate.

use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use ibasho_server::config::voice::TurnConfig;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use tempfile::TempDir;

use crate::client::PATIENCE;
use crate::load::children::free_address;

/// What the two share.
const SECRET: &str = "a secret of the tests";

/// Files at its home.
const AUTHORITY: &str = "authority.pem";
const CERTIFICATE: &str = "certificate.pem";
const KEY: &str = "key.pem";

/// A running relay. It is killed when this is dropped.
pub struct Relay {
    child: Child,
    addr: SocketAddr,
    /// Where it expects TLS.
    secure: SocketAddr,
    home: TempDir,
}

impl Relay {
    /// Starts it and waits until it listens.
    pub fn start() -> Self {
        let home = TempDir::new().expect("a folder");
        let (addr, secure) = (free_address().expect("a port"), free_address().expect("another"));
        certify(home.path()).expect("a certificate");
        let mut command = Command::new("turnserver");
        command.args(["-n", "--realm=ibasho", "--use-auth-secret", "--no-dtls", "--no-cli"]);
        command.arg(format!("--tls-listening-port={}", secure.port()));
        command.arg(format!("--cert={}", home.path().join(CERTIFICATE).display()));
        command.arg(format!("--pkey={}", home.path().join(KEY).display()));
        command.args(["--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--allow-loopback-peers"]);
        command.arg(format!("--static-auth-secret={SECRET}")).arg(format!("--listening-port={}", addr.port()));
        command.arg(format!("--pidfile={}", home.path().join("pid").display()));
        command.arg(format!("--userdb={}", home.path().join("users").display()));
        command.args(["--log-file=stdout", "--simple-log"]).stdin(Stdio::null()).stdout(Stdio::null());
        let child = command.stderr(Stdio::null()).spawn().expect("coturn is installed: .ci/install-tools");
        let deadline = Instant::now() + PATIENCE;
        while [addr, secure].iter().any(|addr| TcpStream::connect(addr).is_err()) {
            assert!(Instant::now() < deadline, "coturn does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        std::fs::write(home.path().join("secret"), format!("{SECRET}\n")).expect("a file");
        Self { child, addr, secure, home }
    }

    /// How our server is told of it. `transport` is `udp`, `tcp` or `tls`.
    pub fn config(&self, transport: &str) -> TurnConfig {
        let url = match transport {
            "tls" => format!("turns:{}?transport=tcp", self.secure),
            transport => format!("turn:{}?transport={transport}", self.addr),
        };
        TurnConfig { urls: vec![url], secret_file: self.secret(), hours: 1 }
    }

    /// The certificate of whoever vouches for it.
    pub fn authority(&self) -> PathBuf {
        self.home.path().join(AUTHORITY)
    }

    fn secret(&self) -> PathBuf {
        self.home.path().join("secret")
    }
}

/// An authority of its own vouches for the relay's address.
fn certify(home: &Path) -> anyhow::Result<()> {
    let mut params = CertificateParams::default();
    // By default both would have the same name, and the relay's would look as if it vouched for itself.
    params.distinguished_name.push(DnType::CommonName, "authority of the tests");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate()?)?;
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(["127.0.0.1".to_owned()])?;
    params.use_authority_key_identifier_extension = true;
    let certificate = params.signed_by(&key, &authority)?;
    std::fs::write(home.join(AUTHORITY), authority.pem())?;
    std::fs::write(home.join(CERTIFICATE), certificate.pem())?;
    Ok(std::fs::write(home.join(KEY), key.serialize_pem())?)
}

impl Drop for Relay {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
