//! Reads the configuration; a wrong key or value is named with file and line.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::Serialize;

use super::{Config, LogFormat};
use crate::calendar::zone::Zone;
use crate::http::origin::Origin;

/// The file that is read when none is named, if it is there.
const DEFAULT_FILE: &str = "ibasho.toml";

/// What flags may set. Absent means: as configured.
#[derive(Debug, Default, Clone, Serialize, clap::Args)]
pub struct Overrides {
    /// Where people connect, e.g. 0.0.0.0:8080
    #[arg(long, value_name = "ADDR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
    /// Where /metrics is served; loopback by default
    #[arg(long, value_name = "ADDR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin: Option<SocketAddr>,
    /// The folder of the store
    #[arg(long, value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// The folder of the rooms (*.toml with drawings)
    #[arg(long, value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rooms: Option<PathBuf>,
    /// How the log is written
    #[arg(long, value_enum, value_name = "FORMAT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_format: Option<LogFormat>,
}

/// A setting that cannot be used, with where it stands.
#[derive(Debug)]
pub struct ConfigError(String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

/// Reads file, environment and flags.
///
/// # Errors
/// The first wrong key or value.
pub fn load(file: Option<&Path>, flags: &Overrides) -> Result<Config, ConfigError> {
    let default = Path::new(DEFAULT_FILE);
    let path = file.or_else(|| default.exists().then_some(default));
    let mut figment = Figment::from(Serialized::defaults(Config::default()));
    if let Some(path) = path {
        let text =
            std::fs::read_to_string(path).map_err(|error| ConfigError(format!("{}: {error}", path.display())))?;
        check_file(path, &text)?;
        figment = figment.merge(Toml::string(&text));
    }
    figment = figment.merge(Env::prefixed("IBASHO_").split("__")).merge(Serialized::defaults(flags));
    let config: Config = figment.extract().map_err(|error| {
        let first = error.into_iter().next();
        ConfigError(first.map_or_else(|| "the configuration cannot be read".into(), |error| from_elsewhere(&error)))
    })?;
    check(&config, path)?;
    Ok(config)
}

/// Reads the file alone with a parser that knows lines; figment tells only keys.
fn check_file(path: &Path, text: &str) -> Result<(), ConfigError> {
    toml::from_str::<Config>(text).map(|_| ()).map_err(|error| {
        let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        ConfigError(format!("{}{line}: {}", path.display(), error.message()))
    })
}

fn from_elsewhere(error: &figment::Error) -> String {
    let key = error.path.join("__").to_uppercase();
    format!("environment IBASHO_{key} or a flag: {}", error.kind)
}

fn check(config: &Config, path: Option<&Path>) -> Result<(), ConfigError> {
    let text = path.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
    let fault = |key: &str, reason: String| {
        let line = text.lines().position(|line| line.trim_start().starts_with(key)).map(|at| at + 1);
        let place = match (path, line) {
            (Some(path), Some(line)) => format!("{}:{line}: ", path.display()),
            _ => String::new(),
        };
        Err(ConfigError(format!("{place}{key}: {reason}")))
    };
    for url in &config.public_urls {
        if Origin::parse(url).is_none() {
            return fault("public_urls", format!("`{url}` is not scheme://host[:port]"));
        }
    }
    if !(1..=1_000_000).contains(&config.limits.connections) {
        return fault("connections", "must be 1 to 1,000,000".into());
    }
    if !(1..=config.limits.connections).contains(&config.limits.waiting) {
        return fault("waiting", "must be 1 to limits.connections".into());
    }
    if let Some((key, reason)) = config.keep.fault() {
        return fault(key, reason.into());
    }
    if let Some((key, reason)) = config.safety.fault(&config.keep) {
        return fault(key, reason);
    }
    if let Some(wrong) = super::safety::no_day(&config.place.help) {
        // Which of several it is, its words tell.
        let quoted = [format!("\"{wrong}\""), format!("'{wrong}'")];
        let is_it = |line: &str| {
            line.trim_start().starts_with("verified") && quoted.iter().any(|wrong| line.contains(wrong.as_str()))
        };
        let line = text.lines().position(is_it);
        let place = path.zip(line).map(|(path, at)| format!("{}:{}: ", path.display(), at + 1)).unwrap_or_default();
        let reason = "is no day, such as 2026-04-01: the day on which somebody last checked number and hours";
        return Err(ConfigError(format!("{place}verified: `{wrong}` {reason}")));
    }
    if let Some((key, reason)) = config.staff.oidc.as_ref().and_then(super::staff::OidcConfig::fault) {
        return fault(key, reason);
    }
    if let Some((key, reason)) = config.voice.fault() {
        return fault(key, reason);
    }
    if let Some((key, reason)) = super::webhooks::fault(&config.webhooks) {
        return fault(key, reason);
    }
    if Zone::named(&config.place.zone).is_none() {
        return fault("zone", format!("`{}` is no time zone, such as Asia/Tokyo", config.place.zone));
    }
    if config.place.rules.is_empty() || config.place.rules.len() > 9 {
        return fault("rules", "1 to 9 rules; three are easiest to remember".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn with_file(text: &str) -> Result<Config, String> {
        // Tests run beside each other: each file has a name of its own.
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("ibasho-config-{}-{next}", std::process::id()));
        std::fs::write(&dir, text).expect("a temporary file");
        let loaded = load(Some(&dir), &Overrides::default()).map_err(|error| error.to_string());
        std::fs::remove_file(&dir).expect("it is there");
        loaded.map_err(|error| error.replace(&dir.display().to_string(), "FILE"))
    }

    #[test]
    fn a_wrong_key_or_value_is_named_with_file_and_line() {
        assert!(with_file("\nlisten = \"nowhere\"\n").expect_err("no address").starts_with("FILE:2: "));
        assert!(with_file("[limits]\n\nconections = 5\n").expect_err("no such key").starts_with("FILE:3: "));
        let wrong = with_file("public_urls = [\"https://a.example/path\"]\n").expect_err("a path");
        assert!(wrong.starts_with("FILE:1: public_urls"), "{wrong}");
        let wrong = with_file("[limits]\nwaiting = 0\n").expect_err("nobody could enter");
        assert!(wrong.starts_with("FILE:2: waiting"), "{wrong}");
    }

    #[test]
    fn the_sign_in_of_a_municipality_is_read_and_checked() {
        let example = include_str!("../../../ibasho.example.toml");
        let from = example.find("#   [staff.oidc]").expect("the example shows it");
        let lines = example[from..].lines().map_while(|line| line.strip_prefix("#   "));
        let text = lines.collect::<Vec<_>>().join("\n");
        let config = with_file(&text).expect("the example is right");
        assert_eq!(config.staff.oidc.expect("configured").roles.len(), 2);
        let wrong = with_file(&text.replace("https://", "http://")).expect_err("no TLS");
        assert!(wrong.starts_with("FILE:3: issuer"), "{wrong}");
    }

    #[test]
    fn what_keeps_the_place_safe_is_checked() {
        for (setting, place) in [
            ("hold_minutes = 0", "FILE:2: hold_minutes"),
            ("hold_minutes = 61", "FILE:2: hold_minutes"),
            ("newcomer_minutes = 1441", "FILE:2: newcomer_minutes"),
            ("staff = 51", "FILE:2: staff"),
            ("help = []", "FILE:2: help"),
            ("help = [{ minutes = 1, call = \"next\" }]", "FILE:2: help"),
            ("help = [{ minutes = 0, call = \"next\" }, { minutes = 61, call = \"outside\" }]", "FILE:2: help"),
            ("appeal = [{ hours = 48, call = \"next\" }, { hours = 24, call = \"next\" }]", "FILE:2: appeal"),
            ("appeal = [{ hours = 24, call = \"somebody\" }]", "FILE:2: "),
        ] {
            let wrong = with_file(&format!("[safety]\n{setting}\n")).expect_err(setting);
            assert!(wrong.starts_with(place), "{wrong}");
        }
        let text = |ja: &str| format!("{{ ja = \"{ja}\", easy = \"{ja}\", en = \"a\" }}");
        let help = |verified: &str| {
            let (name, hours) = (text("でんわ"), text("いつでも"));
            format!(
                "[[place.help]]\nname = {name}\nreach = \"0\"\nhours = {hours}\nsource = \"a\"\nverified = \"{verified}\"\n"
            )
        };
        assert!(with_file(&help("2026-04-01")).is_ok());
        for wrong in ["2026-02-30", "2026/04/01", "April", ""] {
            let said = with_file(&format!("{}{}", help("2026-04-01"), help(wrong))).expect_err(wrong);
            assert!(
                said.starts_with("FILE:") && said.contains(&format!(":12: verified: `{wrong}` is no day")),
                "{said}"
            );
        }
        let wrong = with_file("[keep]\ncases_days = 0\n").expect_err("nothing to look back at");
        assert!(wrong.starts_with("FILE:2: cases_days"), "{wrong}");
    }

    #[test]
    fn a_relay_is_read_and_checked() {
        let example = include_str!("../../../ibasho.example.toml");
        let from = example.find("#   [voice.turn]").expect("the example shows it");
        let lines = example[from..].lines().map_while(|line| line.strip_prefix("#   "));
        let text = lines.collect::<Vec<_>>().join("\n");
        let config = with_file(&text).expect("the example is right");
        assert_eq!(config.voice.turn.expect("configured").hours, 24);
        let wrong = with_file(&text.replace("\"turns:", "\"https:")).expect_err("no relay");
        assert!(wrong.starts_with("FILE:2: urls"), "{wrong}");
        let wrong = with_file(&text.replace("hours = 24", "hours = 0")).expect_err("good for nothing");
        assert!(wrong.starts_with("FILE:4: hours"), "{wrong}");
        let wrong = with_file("[voice]\nannounce = [\"0.0.0.0\"]\n").expect_err("no address");
        assert!(wrong.starts_with("FILE:2: announce"), "{wrong}");
        let wrong = with_file("[voice]\nlisten = 8082\n").expect_err("no address");
        assert!(wrong.starts_with("FILE:2: "), "{wrong}");
    }

    #[test]
    fn webhooks_are_read_and_checked() {
        let example = include_str!("../../../ibasho.example.toml");
        let from = example.find("#   [[webhooks]]").expect("the example shows them");
        let lines = example[from..].lines().map_while(|line| line.strip_prefix("#   ").or((line == "#").then_some("")));
        let text = lines.collect::<Vec<_>>().join("\n");
        assert_eq!(with_file(&text).expect("the example is right").webhooks.len(), 2);
        for (from, to, place) in [
            ("https://", "http://", ":3: url"),
            ("https://", "https://user:word@", ":3: url"),
            ("id = \"city\"", "id = \"まち\"", ":2: id"),
            ("id = \"city\"", "id = \"words\"", ":2: id"),
            ("events = [\"report.filed\"", "events = [\"report.field\"", ":5: "),
            ("events = [\"report.filed\"", "events = [\"judge.message\"", ":5: events"),
            ("events = [\"report.filed\"", "send_text = true\nevents = [\"report.filed\"", ":5: send_text"),
            ("deadline_ms = 300", "deadline_ms = 3000", ": deadline_ms"),
            ("secret_env = \"", "secret_env = \"IBASHO_", ": secret_env"),
            ("secret_env = ", "# ", ":4: secret_file"),
        ] {
            assert!(text.contains(from), "{from}");
            let wrong = with_file(&text.replacen(from, to, 1)).expect_err(to);
            assert!(wrong.starts_with("FILE:") && wrong.contains(place), "{wrong} {place}");
        }
    }

    #[test]
    fn flags_win_over_the_file() {
        let dir = std::env::temp_dir().join(format!("ibasho-flags-{}", std::process::id()));
        std::fs::write(&dir, "data = \"from-file\"\nlisten = \"127.0.0.1:1\"").expect("a temporary file");
        let flags = Overrides { data: Some("from-flag".into()), ..Overrides::default() };
        let config = load(Some(&dir), &flags).expect("right");
        std::fs::remove_file(&dir).expect("it is there");
        assert_eq!((config.data, config.listen.port()), ("from-flag".into(), 1));
    }

    #[test]
    fn the_example_file_shows_every_key_with_its_default() {
        let example = include_str!("../../../ibasho.example.toml");
        // Every setting is commented out; without the comments it is the default configuration.
        let settings =
            example.lines().filter_map(|line| line.strip_prefix("#!").or(line.starts_with('[').then_some(line)));
        let uncommented: Vec<&str> = settings.collect();
        let config: Config = toml::from_str(&uncommented.join("\n")).expect("the example is right");
        assert_eq!(config, Config::default());
        let all = toml::to_string(&Config::default()).expect("serialises");
        for (key, _) in all.lines().filter_map(|line| line.split_once(" = ")) {
            assert!(example.contains(&format!("{key} = ")), "the example lacks {key}");
        }
    }
}
