//! Rooms as data: `*.toml` files and the drawings beside them, read once at start.

mod check;
mod file;
pub mod hours;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use ibasho_protocol::plan::RoomPlan;
use rust_embed::RustEmbed;

use hours::Hours;

/// The rooms that come with the binary.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/rooms"]
struct Shipped;

/// A room's plan with its drawing.
#[derive(Clone)]
pub struct Room {
    /// The plan.
    pub plan: Arc<RoomPlan>,
    /// The drawing, an SVG.
    pub svg: Bytes,
    /// When it is open without a session; absent: always.
    pub hours: Option<Hours>,
}

/// A room or programme file that cannot be used. Names file, line and reason.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {reason}", file.display(), line.map(|line| format!(":{line}")).unwrap_or_default())]
pub struct PlanError {
    file: PathBuf,
    line: Option<usize>,
    reason: String,
}

/// Reads all rooms of `dir`, or the shipped ones. Sorted by id.
///
/// # Errors
/// The first faulty file; an empty folder is a fault too.
pub fn load(dir: Option<&Path>) -> Result<BTreeMap<String, Room>, PlanError> {
    let mut rooms = BTreeMap::new();
    for (file, text) in texts(dir)? {
        let id = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let (plan, hours) = file::parse(&id, &text)
            .and_then(|draft| check::finish(draft, &text))
            .map_err(|fault| fault.in_file(&file, &text))?;
        let drawing = file.with_file_name(&plan.scene.svg);
        let svg = read(dir.is_some(), &drawing)
            .ok_or_else(|| Fault::new("the drawing named by scene.svg is not there").in_file(&file, &text))?;
        let mut plan = plan;
        plan.scene.svg = format!("/rooms/{id}.svg");
        rooms.insert(id, Room { plan: Arc::new(plan), svg, hours });
    }
    if rooms.is_empty() {
        let file = dir.unwrap_or(Path::new("rooms")).to_owned();
        return Err(PlanError { file, line: None, reason: "holds no room (*.toml)".into() });
    }
    Ok(rooms)
}

fn texts(dir: Option<&Path>) -> Result<Vec<(PathBuf, String)>, PlanError> {
    let names: Vec<PathBuf> = match dir {
        None => Shipped::iter().map(|name| PathBuf::from(name.as_ref())).collect(),
        Some(dir) => std::fs::read_dir(dir)
            .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
            .map_err(|error| PlanError { file: dir.to_owned(), line: None, reason: error.to_string() })?,
    };
    let tomls = names.into_iter().filter(|name| name.extension().is_some_and(|extension| extension == "toml"));
    tomls
        .map(|file| {
            let unreadable = || PlanError { file: file.clone(), line: None, reason: "cannot be read as text".into() };
            let bytes = read(dir.is_some(), &file).ok_or_else(unreadable)?;
            let text = String::from_utf8(bytes.to_vec()).map_err(|_| unreadable())?;
            Ok((file, text))
        })
        .collect()
}

fn read(from_disk: bool, file: &Path) -> Option<Bytes> {
    if from_disk {
        return std::fs::read(file).ok().map(Bytes::from);
    }
    Shipped::get(file.to_str()?).map(|file| Bytes::from(file.data.into_owned()))
}

/// What is wrong, and where in the text.
#[derive(Debug)]
pub(crate) struct Fault {
    reason: String,
    offset: Option<usize>,
}

impl Fault {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), offset: None }
    }

    pub(crate) fn at(offset: usize, reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), offset: Some(offset) }
    }

    pub(crate) fn in_file(self, file: &Path, text: &str) -> PlanError {
        let line = self.offset.map(|offset| text[..offset.min(text.len())].matches('\n').count() + 1);
        PlanError { file: file.to_owned(), line, reason: self.reason }
    }
}

#[cfg(test)]
mod tests;
