//! A room file as it is written, before its names are resolved and its floor is checked.

use ibasho_protocol::plan::{Area, Gaze, Pose, Text, ZoneKind};
use serde::Deserialize;
use toml::Spanned;

use super::Fault;

/// A position as an operator writes it: cells, with decimals.
pub(crate) type Cells = (f32, f32);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    capacity: Spanned<u16>,
    #[serde(default = "yes")]
    open: bool,
    #[serde(default)]
    practice: bool,
    hours: Option<Vec<Spanned<Opening>>>,
    name: Text,
    about: Text,
    entries: Spanned<Vec<Cells>>,
    grid: Spanned<String>,
    zone: Vec<Spanned<Zone>>,
    #[serde(default)]
    seat: Vec<Spanned<Seat>>,
    scene: Scene,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Opening {
    pub(crate) days: Vec<String>,
    pub(crate) from: String,
    pub(crate) to: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Zone {
    pub(crate) id: String,
    pub(crate) kind: ZoneKind,
    pub(crate) name: Text,
    pub(crate) topic: Option<Text>,
    #[serde(default)]
    pub(crate) area: Vec<Area>,
    pub(crate) hears: Option<Vec<String>>,
    pub(crate) label: Option<Cells>,
    pub(crate) slip: Option<Cells>,
    pub(crate) ring: Option<(f32, f32, f32, f32)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seat {
    pub(crate) zone: String,
    pub(crate) at: Cells,
    pub(crate) pose: Pose,
    #[serde(default)]
    pub(crate) look: Gaze,
    #[serde(default)]
    pub(crate) lift: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scene {
    pub(crate) svg: String,
    pub(crate) size: (f32, f32),
    #[serde(default)]
    pub(crate) thing: Vec<Spanned<Thing>>,
    #[serde(default)]
    pub(crate) light: Vec<Light>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Thing {
    pub(crate) id: String,
    pub(crate) at: Cells,
    #[serde(default)]
    pub(crate) dy: f32,
    pub(crate) z: Option<i32>,
    pub(crate) cloth: Option<String>,
    pub(crate) lit: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Light {
    pub(crate) at: Cells,
    #[serde(default)]
    pub(crate) lift: f32,
    #[serde(default)]
    pub(crate) hole: f32,
    pub(crate) pool: (f32, f32),
    pub(crate) strength: f32,
}

/// A room file whose shape is right.
pub(crate) struct Draft {
    pub(crate) id: String,
    pub(crate) capacity: Spanned<u16>,
    pub(crate) open: bool,
    pub(crate) practice: bool,
    pub(crate) hours: Option<Vec<Spanned<Opening>>>,
    pub(crate) name: Text,
    pub(crate) about: Text,
    pub(crate) entries: Spanned<Vec<Cells>>,
    pub(crate) grid: Spanned<String>,
    pub(crate) zones: Vec<Spanned<Zone>>,
    pub(crate) seats: Vec<Spanned<Seat>>,
    pub(crate) scene: Scene,
}

/// Reads the text of a room file.
pub(crate) fn parse(id: &str, text: &str) -> Result<Draft, Fault> {
    let file: File = toml::from_str(text).map_err(|error| {
        let reason = error.message().to_owned();
        match error.span() {
            Some(span) => Fault::at(span.start, reason),
            None => Fault::new(reason),
        }
    })?;
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        return Err(Fault::new("the file name must be lower-case letters, digits and hyphens: it becomes the id"));
    }
    Ok(Draft {
        id: id.to_owned(),
        capacity: file.capacity,
        open: file.open,
        practice: file.practice,
        hours: file.hours,
        name: file.name,
        about: file.about,
        entries: file.entries,
        grid: file.grid,
        zones: file.zone,
        seats: file.seat,
        scene: file.scene,
    })
}
