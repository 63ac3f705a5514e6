//! The `ibasho` program.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use ibasho_server::config::{self, Config, LogFormat, Overrides};
use ibasho_server::{Parts, Server, staff};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// A place to be, online.
#[derive(Parser)]
#[command(name = "ibasho", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the page and the rooms
    Serve {
        /// The configuration; ibasho.toml if it is there
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        #[command(flatten)]
        overrides: Overrides,
    },
    /// Invite, list and remove staff
    Staff {
        #[command(subcommand)]
        command: staff::cli::Command,
    },
}

/// Libraries whose finer logs hold what people send: never shown, whatever is configured.
const QUIET: [&str; 12] = [
    "tungstenite=warn",
    "tokio_tungstenite=warn",
    "hyper=warn",
    "hyper_util=warn",
    "hyper_rustls=warn",
    "rustls=warn",
    "sqlx=warn",
    "rmp_serde=warn",
    "webauthn_rs=off",
    "webauthn_rs_core=off",
    "openidconnect=off",
    "oauth2=off",
];

/// What a shell script can tell apart: a wrong setting exits with 2, any other failure with 1.
const WRONG_SETTING: u8 = 2;

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Serve { config, overrides } => serve(config, &overrides),
        Command::Staff { command } => manage(command),
    }
}

/// A store command: prints what came of it.
fn manage(command: staff::cli::Command) -> ExitCode {
    let done =
        runtime().and_then(|runtime| runtime.block_on(staff::cli::run(command)).map_err(|error| error.to_string()));
    match done {
        Ok(text) => {
            say(&text);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("ibasho: {error}");
            ExitCode::FAILURE
        }
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| error.to_string())
}

fn serve(config: Option<PathBuf>, overrides: &Overrides) -> ExitCode {
    let config = match config::load(config.as_deref(), overrides) {
        Ok(config) => config,
        Err(error) => {
            eprintln!("ibasho: {error}");
            return ExitCode::from(WRONG_SETTING);
        }
    };
    let filter = match EnvFilter::try_new(&config.log) {
        Ok(filter) => QUIET.iter().filter_map(|quiet| quiet.parse().ok()).fold(filter, EnvFilter::add_directive),
        Err(error) => {
            eprintln!("ibasho: log: {error}");
            return ExitCode::from(WRONG_SETTING);
        }
    };
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Json => log.json().init(),
        LogFormat::Text => log.init(),
    }
    match runtime() {
        Ok(runtime) => runtime.block_on(run(config)),
        Err(error) => {
            eprintln!("ibasho: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(config: Config) -> ExitCode {
    let server = match Server::start(config, Parts::default()).await {
        Ok(server) => server,
        Err(error @ ibasho_server::StartError::Plan(_)) => {
            eprintln!("ibasho: {error}");
            return ExitCode::from(WRONG_SETTING);
        }
        Err(error) => {
            eprintln!("ibasho: {error}");
            return ExitCode::FAILURE;
        }
    };
    announce(&server);
    wait_for_signal().await;
    say("stopping: people are told when to come back");
    server.stop().await;
    ExitCode::SUCCESS
}

/// Prints the addresses to open, on standard output, for people and for scripts.
fn announce(server: &Server) {
    let address = server.address();
    let host = if address.ip().is_unspecified() { "localhost".to_owned() } else { address.ip().to_string() };
    let host = if address.is_ipv6() && !address.ip().is_unspecified() { format!("[{host}]") } else { host };
    say(&format!("ibasho is open:  http://{host}:{}", address.port()));
    say(&format!("metrics:         http://{}/metrics", server.admin()));
    if !Server::has_page() {
        say("The page is not built in. Build it with: make page");
    }
}

/// Writes a line on standard output. Nobody may be reading it: that is no reason to stop.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

async fn wait_for_signal() {
    let signals = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    let (Ok(mut terminate), Ok(mut interrupt)) = signals else {
        tracing::error!("signals cannot be caught");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
