//! The record as a file: one JSON object a line, for whoever audits a place without its server.
//!
//! `{"entry": …, "hash": "…"}` for each entry, in order; then `{"head": …}` for each signature; then, if it was asked
//! for, `{"personal": …}` with salt and value of what is still kept. Unknown keys are left alone, so that more can come.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Write};
use std::path::Path;

use futures_util::TryStreamExt as _;
use ibasho_moderation::audit::verify::Verifier;
use ibasho_moderation::audit::{Digest, Entry, Head, Link};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use crate::command::CommandError;
use crate::store::audit::{self as kept, Kept};

/// A line.
#[derive(Serialize)]
#[serde(untagged)]
enum Written<'a> {
    Head { head: &'a Head },
    Personal { personal: &'a Kept },
}

/// A line as it is read.
#[derive(Deserialize)]
struct Line {
    entry: Option<Entry>,
    hash: Option<Digest>,
    head: Option<Head>,
}

/// Writes all of it.
pub(crate) async fn write(db: &mut SqliteConnection, out: &mut impl Write, personal: bool) -> Result<(), CommandError> {
    let fault = |error: io::Error| CommandError::failed(error);
    let mut links = kept::links(db);
    while let Some(Link { entry, hash, .. }) = links.try_next().await? {
        // As it is kept, to the byte: that is what was hashed.
        writeln!(out, "{{\"entry\":{entry},\"hash\":\"{hash}\"}}").map_err(fault)?;
    }
    drop(links);
    for head in &kept::heads(db).await? {
        line(out, &Written::Head { head })?;
    }
    if personal {
        for personal in &kept::personal(db).await? {
            line(out, &Written::Personal { personal })?;
        }
    }
    out.flush().map_err(fault)
}

fn line(out: &mut impl Write, written: &Written) -> Result<(), CommandError> {
    let text = serde_json::to_string(written).map_err(CommandError::failed)?;
    writeln!(out, "{text}").map_err(CommandError::failed)
}

/// The heads in a file.
pub(super) fn heads(file: &Path) -> Result<Vec<Head>, CommandError> {
    let mut heads = Vec::new();
    each(file, |line| heads.extend(line.head))?;
    Ok(heads)
}

/// Hands every entry in a file to a verifier.
pub(super) fn entries(file: &Path, verifier: &mut Verifier) -> Result<(), CommandError> {
    each(file, |line| {
        if let (Some(entry), Some(hash)) = (line.entry, line.hash) {
            verifier.push(&Link { seq: entry.seq, entry: entry.canonical(), hash });
        }
    })
}

fn each(file: &Path, mut take: impl FnMut(Line)) -> Result<(), CommandError> {
    let fault = |error: io::Error| CommandError::misuse(format!("{}: {error}", file.display()));
    for (at, text) in BufReader::new(File::open(file).map_err(fault)?).lines().enumerate() {
        let line = serde_json::from_str(&text.map_err(fault)?);
        let no_line = |_| CommandError::failed(format!("{}:{}: not a line of an export", file.display(), at + 1));
        take(line.map_err(no_line)?);
    }
    Ok(())
}
