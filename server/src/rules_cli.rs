//! `ibasho rules …`: what an operator does with rules before they are in force. Needs no store and no server.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Write};
use std::path::{Path, PathBuf};

use ibasho_moderation::rules::{DEFAULT_RULES, RuleBook, RuleFault, RuleSet, Trial};

/// Bytes of a file of rules: the most words and patterns a book may have, written with care, fit several times.
const RULES_BYTES: u64 = 8 << 20;
/// Bytes of a line of messages: a window of the longest messages, every character escaped.
const LINE_BYTES: u64 = 1 << 20;
/// Lines with something wrong that are named one by one.
const NAMED_LINES: usize = 100;

/// What can be done with rules.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Judge a file of messages: one {"id", "texts": […]} a line in, one verdict a line out
    Try {
        /// The messages; - for standard input
        #[arg(long, value_name = "FILE")]
        input: PathBuf,
        /// The rules; the ones that come with the program if none are given
        #[arg(long, value_name = "FILE")]
        rules: Option<PathBuf>,
    },
    /// List what is wrong with a file of rules
    Check {
        /// The rules
        file: PathBuf,
    },
}

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// A file cannot be read.
    #[error("{0}: {1}")]
    Read(String, std::io::Error),
    /// A file is too large to be one of rules.
    #[error("{0}: too large for a file of rules")]
    TooLarge(String),
    /// A file is not in the format.
    #[error("{0}: {1}")]
    Shape(String, serde_json::Error),
    /// Rules with faults, one a line.
    #[error("{}", list(.0))]
    Faults(Vec<RuleFault>),
    /// Lines that are no messages. They were named already.
    #[error("{0} lines are no messages")]
    Lines(usize),
    /// The result cannot be written.
    #[error("{0}")]
    Write(std::io::Error),
}

fn list(faults: &[RuleFault]) -> String {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    format!("{} faults\n{}", lines.len(), lines.join("\n"))
}

/// Does it, and writes what comes of it to `out`.
///
/// # Errors
/// Why not, or not completely: for people.
pub fn run(command: &Command, out: &mut impl Write) -> Result<(), RulesError> {
    match command {
        Command::Check { file } => {
            let book = compile(&read(file)?, &file.display().to_string())?;
            writeln!(out, "{} rules, no faults", book.len()).map_err(RulesError::Write)
        }
        Command::Try { input, rules } => {
            let book = match rules {
                Some(file) => compile(&read(file)?, &file.display().to_string())?,
                None => compile(DEFAULT_RULES, "default rules")?,
            };
            try_lines(&book, input, out)
        }
    }
}

fn read(file: &Path) -> Result<String, RulesError> {
    let name = || file.display().to_string();
    let mut text = String::new();
    let opened = File::open(file).and_then(|opened| opened.take(RULES_BYTES + 1).read_to_string(&mut text));
    match opened {
        Err(error) => Err(RulesError::Read(name(), error)),
        Ok(bytes) if bytes as u64 > RULES_BYTES => Err(RulesError::TooLarge(name())),
        Ok(_) => Ok(text),
    }
}

fn compile(text: &str, name: &str) -> Result<RuleBook, RulesError> {
    let set = RuleSet::from_json(text).map_err(|error| RulesError::Shape(name.to_owned(), error))?;
    RuleBook::compile(&set, Vec::new()).map_err(RulesError::Faults)
}

fn try_lines(book: &RuleBook, input: &Path, out: &mut impl Write) -> Result<(), RulesError> {
    let failed = |error| RulesError::Read(input.display().to_string(), error);
    let mut lines: Box<dyn BufRead> = if input == Path::new("-") {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(input).map_err(failed)?))
    };
    let mut bad = 0;
    for number in 1.. {
        let mut line = Vec::new();
        let bytes = lines.by_ref().take(LINE_BYTES).read_until(b'\n', &mut line).map_err(failed)?;
        if bytes == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_slice::<Trial>(&line) {
            Ok(trial) => {
                let tried =
                    serde_json::to_string(&book.try_out(&trial)).map_err(|error| RulesError::Write(error.into()))?;
                writeln!(out, "{tried}").map_err(RulesError::Write)?;
            }
            Err(error) => {
                bad += 1;
                if bad <= NAMED_LINES {
                    // Not the line itself: messages of people stay out of logs.
                    eprintln!("ibasho: line {number}: {}", wrong(&error));
                }
            }
        }
    }
    if bad == 0 { Ok(()) } else { Err(RulesError::Lines(bad)) }
}

/// What is wrong with a line, without its words.
fn wrong(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Data => "needs \"id\" and \"texts\"",
        serde_json::error::Category::Eof => "ends too early",
        _ => "is no JSON",
    };
    format!("{what} (column {})", error.column())
}
