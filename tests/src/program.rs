//! The real program as a process of its own, for what a server in this process cannot show: signals and `kill -9`.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};

use crate::server::scenes;

/// A running program. It is killed when this is dropped.
pub struct Program {
    child: Child,
    /// Where people connect.
    pub addr: SocketAddr,
    /// Kept open: the program may have more to say.
    _output: BufReader<ChildStdout>,
}

/// Where the program is: beside the test, in the folder of the profile.
pub fn binary() -> Result<PathBuf> {
    let test = std::env::current_exe()?;
    let profile = test.ancestors().find(|dir| dir.join("ibasho").is_file());
    Ok(profile.context("the program is not built: cargo build --bin ibasho")?.join("ibasho"))
}

impl Program {
    /// Starts it on this data and waits until it says that it is open.
    pub fn start(data: &Path, listen: SocketAddr) -> Result<Self> {
        Self::start_with(data, listen, &[])
    }

    /// The same with more flags.
    pub fn start_with(data: &Path, listen: SocketAddr, more: &[&str]) -> Result<Self> {
        let mut child = Command::new(binary()?)
            .args(["serve", "--admin", "127.0.0.1:0", "--listen", &listen.to_string()])
            .arg("--data")
            .arg(data)
            .arg("--rooms")
            .arg(scenes())
            .args(more)
            .env("IBASHO_LOG", "error")
            .env("IBASHO_VOICE__LISTEN", "127.0.0.1:0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().context("no output")?);
        output.read_line(&mut line)?;
        let addr = line.split("http://").nth(1).with_context(|| format!("no address in {line:?}"))?.trim().parse()?;
        Ok(Self { child, addr, _output: output })
    }

    /// Kills it, as losing power would.
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to stop, and waits until it has.
    pub fn terminate(&mut self) -> Result<ExitStatus> {
        let pid = Pid::from_child(&self.child);
        kill_process(pid, Signal::TERM)?;
        Ok(self.child.wait()?)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
