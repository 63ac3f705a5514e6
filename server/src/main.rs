//! The `ibasho` program.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use ibasho_server::command::CommandError;
use ibasho_server::config::{self, Config, LogFormat, Overrides};
use ibasho_server::store::backup::{self, BackupError};
use ibasho_server::store::lock::LockError;
use ibasho_server::{Parts, Server, StartError, audit, forget, rules_cli, staff};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    /// Verify or export the record of what staff did
    Audit {
        #[command(subcommand)]
        command: audit::cli::Command,
    },
    /// Forget a person who asks for it; stop the server first
    Forget(forget::Forget),
    /// Try rules out on messages, and look for faults in them
    Rules {
        #[command(subcommand)]
        command: rules_cli::Command,
    },
    /// Copy all that is kept into one new file, also while the server runs
    Backup {
        /// The new file; only its owner can read it
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Put a backup in place of what is kept; stop the server first
    Restore {
        /// A file that `ibasho backup` made
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

/// Where the store is.
#[derive(clap::Args)]
struct Place {
    /// The configuration; ibasho.toml if it is there
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of the store
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Libraries whose finer logs hold what people send: never shown, whatever is configured.
const QUIET: [&str; 16] = [
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
    "str0m=off",
    "is=off",
    "dimpl=off",
    "sctp_proto=off",
];

/// What a shell script can tell apart: a wrong setting exits with 2, any other failure with 1.
const WRONG_SETTING: u8 = 2;

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Serve { config, overrides } => serve(config.as_deref(), &overrides),
        Command::Staff { command } => {
            let done = with_runtime(staff::cli::run(command));
            finish(done.and_then(|done| done.map_err(|error| (error.to_string(), ExitCode::FAILURE))))
        }
        Command::Audit { command } => carry_out(audit::cli::run(command)),
        Command::Forget(command) => carry_out(forget::run(command)),
        Command::Rules { command } => match rules_cli::run(&command, &mut std::io::stdout().lock()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("ibasho: {error}");
                ExitCode::FAILURE
            }
        },
        Command::Backup { file, place } => keep(place, async |data| {
            backup::backup(data, &file).await.map(|()| format!("backup:    {}", file.display()))
        }),
        Command::Restore { file, place } => keep(place, async |data| {
            let aside = backup::restore(&file, data).await?;
            let aside = aside.map(|aside| format!("\nbefore:    {}", aside.display())).unwrap_or_default();
            Ok(format!("restored:  {}{aside}", file.display()))
        }),
    }
}

/// Does something with the data folder.
fn keep(place: Place, what: impl AsyncFnOnce(&Path) -> Result<String, BackupError>) -> ExitCode {
    let overrides = Overrides { data: place.data, ..Overrides::default() };
    let config = config::load(place.config.as_deref(), &overrides);
    finish(config.map_err(|error| (error.to_string(), ExitCode::from(WRONG_SETTING))).and_then(|config| {
        with_runtime(what(&config.data))?.map_err(|error| {
            let code = if error.is_misuse() { ExitCode::from(WRONG_SETTING) } else { ExitCode::FAILURE };
            (error.to_string(), code)
        })
    }))
}

/// Does what needs no more than a data folder.
fn carry_out(what: impl Future<Output = Result<String, CommandError>>) -> ExitCode {
    finish(with_runtime(what).and_then(|done| {
        done.map_err(|error| {
            let code = if error.is_misuse() { ExitCode::from(WRONG_SETTING) } else { ExitCode::FAILURE };
            (error.to_string(), code)
        })
    }))
}

/// Says what came of a command.
fn finish(done: Result<String, (String, ExitCode)>) -> ExitCode {
    match done {
        Ok(text) => {
            if !text.is_empty() {
                say(&text);
            }
            ExitCode::SUCCESS
        }
        Err((error, code)) => {
            eprintln!("ibasho: {error}");
            code
        }
    }
}

fn with_runtime<T>(what: impl Future<Output = T>) -> Result<T, (String, ExitCode)> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map(|runtime| runtime.block_on(what)).map_err(|error| (error.to_string(), ExitCode::FAILURE))
}

fn serve(config: Option<&Path>, overrides: &Overrides) -> ExitCode {
    let config = match config::load(config, overrides) {
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
    with_runtime(run(config)).unwrap_or_else(|(error, code)| {
        eprintln!("ibasho: {error}");
        code
    })
}

async fn run(config: Config) -> ExitCode {
    let server = match Server::start(config, Parts::default()).await {
        Ok(server) => server,
        Err(
            error @ (StartError::Plan(_)
            | StartError::SignIn(_)
            | StartError::Webhook(_)
            | StartError::Held(LockError::Held)),
        ) => {
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
    match server.voice_address() {
        Some(address) if address.ip().is_loopback() => {
            say(&format!(
                "voice:           {address} (this machine only; [voice] announce = [\"…\"] says where others reach it)"
            ));
        }
        Some(address) => say(&format!("voice:           {address} (UDP and TCP; behind NAT set [voice] announce)")),
        None => say("voice:           off ([voice] on = false)"),
    }
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
