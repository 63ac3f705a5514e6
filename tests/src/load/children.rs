//! The server and the floor as processes of their own, on a core of their own.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use super::life::Shape;
use crate::measure::pin;

/// The core of the process that is measured.
const MEASURED: usize = 0;
/// The core of the load.
const LOAD: usize = 1;

/// A process that is measured. It ends when this is dropped.
pub struct Measured {
    child: Child,
    /// Where it listens.
    pub addr: SocketAddr,
    home: TempDir,
}

impl Measured {
    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Begins a server with so many rooms of one shape, named `<file>-<number>`.
    pub fn server(rooms: usize, shape: Shape) -> Result<Self> {
        let home = TempDir::new()?;
        let plans = home.path().join("rooms");
        fs::create_dir(&plans)?;
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("rooms/bench");
        fs::copy(source.join("blank.svg"), plans.join("blank.svg"))?;
        for room in 0..rooms {
            fs::copy(source.join(shape.file).with_extension("toml"), plans.join(room_id(shape, room) + ".toml"))?;
        }
        let addr = free_address()?;
        let mut command = Command::new(beside_us("ibasho")?);
        command.arg("serve").args(["--listen", &addr.to_string()]).arg("--rooms").arg(&plans);
        command.arg("--data").arg(home.path().join("data"));
        command
            .args(["--admin", &free_address()?.to_string()])
            .env("IBASHO_LOG", "error")
            .env("IBASHO_VOICE__LISTEN", "127.0.0.1:0");
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let mut measured = Self { child: on_its_core(&mut command)?, addr, home };
        let deadline = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(addr).is_err() {
            if let Some(status) = measured.child.try_wait()? {
                bail!("the server ended: {status}");
            }
            if Instant::now() > deadline {
                bail!("the server does not listen");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(measured)
    }

    /// Where its data are. Only of a server.
    pub fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Begins the floor of voice; what the numbers mean stands in its program.
    pub fn floor_udp(people: usize, group: usize, slots: usize, size: usize) -> Result<Self> {
        let mut command = Command::new(beside_us("floor_udp")?);
        command.args([people, group, slots, size].map(|number| number.to_string()));
        Self::telling(command, TempDir::new()?)
    }

    /// Begins the floor with a trace.
    pub fn floor(trace: &mut [super::trace::Sent], connections: usize) -> Result<Self> {
        let home = TempDir::new()?;
        let file = home.path().join("trace");
        super::trace::write(&file, trace)?;
        let mut command = Command::new(beside_us("floor")?);
        command.arg(&file).arg(connections.to_string());
        Self::telling(command, home)
    }

    /// Begins a process that tells its address first.
    fn telling(mut command: Command, home: TempDir) -> Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = on_its_core(&mut command)?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
        Ok(Self { child, addr: line.trim().parse()?, home })
    }
}

impl Drop for Measured {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The id of a room of [`Measured::server`].
pub fn room_id(shape: Shape, room: usize) -> String {
    format!("{}-{room}", shape.file)
}

/// A binary of this workspace, built beside this one.
pub fn beside_us(name: &str) -> Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name(name);
    if !path.exists() {
        bail!("{} is not built: cargo build --release --bins", path.display());
    }
    Ok(path)
}

/// An address that was free a moment ago.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// A child inherits the core of the thread that begins it; also its number of workers follows from that.
fn on_its_core(command: &mut Command) -> Result<Child> {
    pin(MEASURED);
    let child = command.spawn();
    pin(LOAD);
    Ok(child?)
}
