//! A room as data: what the page draws and what both sides reckon with. Served as JSON over HTTP.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::ids::{Millis, ZoneIndex};
use crate::person::Point;

/// A text in the three languages of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// 日本語
    pub ja: String,
    /// やさしい日本語
    pub easy: String,
    /// English
    pub en: String,
}

/// A room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct RoomPlan {
    /// The id: the name of its file.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// One sentence about it.
    pub about: Text,
    /// How many people can be in it.
    pub capacity: u16,
    /// Whether it can be entered at all; when, is told by [`RoomSummary`].
    pub open: bool,
    /// For trying the controls: always open, and not counted in any statistics.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub practice: bool,
    /// The floor: one string per row of cells, `.` is free and `#` is furniture or wall.
    pub grid: Vec<String>,
    /// Where newcomers appear: cells near the door, tried in turn.
    pub entries: Vec<Point>,
    /// The zones; index 0 is the hall, which is also everything between the others.
    pub zones: Vec<Zone>,
    /// The seats.
    pub seats: Vec<Seat>,
    /// The drawing.
    pub scene: Scene,
}

/// A part of a room with its own hearing rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Zone {
    /// A short name that other data refers to.
    pub id: String,
    /// What kind of place it is.
    pub kind: ZoneKind,
    /// What people call it.
    pub name: Text,
    /// For topic tables: what one talks about here; at most 6 characters in `ja`, written on the slip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub topic: Option<Text>,
    /// The cells it covers. Empty for the hall.
    pub area: Vec<Area>,
    /// The zones whose words are heard here, by index.
    pub hears: Vec<ZoneIndex>,
    /// Where the page writes its name, in picture points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub label: Option<(f32, f32)>,
    /// Where the topic slip hangs, in cells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub slip: Option<(f32, f32)>,
    /// The ring round those who hear each other: middle x and y and radii, in picture points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ring: Option<(f32, f32, f32, f32)>,
}

/// What kind of place a zone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ZoneKind {
    /// Open floor: everybody in it hears everybody in it.
    Hall,
    /// A topic table: sit down and you are in.
    Table,
    /// Nothing is heard or said; nobody addresses you.
    Rest,
    /// See and hear the hall, and not be addressed.
    Edge,
}

impl ZoneKind {
    /// Whether one can write here.
    pub fn speaks(self) -> bool {
        matches!(self, Self::Hall | Self::Table)
    }
}

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Leftmost cell.
    pub x: i16,
    /// Rearmost cell.
    pub y: i16,
    /// Width in cells.
    pub w: i16,
    /// Depth in cells.
    pub h: i16,
}

/// A place to sit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Seat {
    /// The zone it belongs to.
    pub zone: ZoneIndex,
    /// Where it is.
    pub at: Point,
    /// How one sits there.
    pub pose: Pose,
    /// Which way the face is turned.
    pub look: Gaze,
    /// How high it is above the floor, in picture points.
    pub lift: f32,
}

/// How a figure is drawn on a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pose {
    /// Sitting, face towards the viewer.
    Sit,
    /// Sitting, seen from behind.
    Back,
    /// Under a blanket, eyes shut.
    Rest,
}

/// Which way a face is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Gaze {
    /// To the viewer (or straight away from them).
    #[default]
    Ahead,
    /// To the right of the picture.
    East,
    /// To the left of the picture.
    West,
}

/// The drawing of a room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Scene {
    /// Where the drawing is served: path of an SVG.
    pub svg: String,
    /// Width and height of the picture in points.
    pub size: (f32, f32),
    /// Things that can stand before or behind a person.
    pub things: Vec<Thing>,
    /// Lamps.
    pub lights: Vec<Light>,
}

/// A drawn thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Thing {
    /// The drawing: the id of a symbol in the page's `things.svg` or in the room's own SVG.
    pub id: String,
    /// Its foot, in cells: decides what it hides and what hides it.
    pub at: (f32, f32),
    /// Shift downwards in picture points, without changing the order.
    pub dy: f32,
    /// The order, if not given by the foot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub z: Option<i32>,
    /// Colour of its cloth, as CSS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub cloth: Option<String>,
    /// Drawn only while somebody is in this zone (a lamp is lit where somebody sits).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub lit: Option<ZoneIndex>,
}

/// A lamp's light at dusk and at night.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Light {
    /// Where, in cells.
    pub at: (f32, f32),
    /// How high, in picture points.
    pub lift: f32,
    /// Radius of the bright hole in the dark, in picture points; 0 for none.
    pub hole: f32,
    /// Radii of the warm pool, in picture points.
    pub pool: (f32, f32),
    /// How strong the pool is, 0 to 1.
    pub strength: f32,
}

/// A room in the list of rooms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct RoomSummary {
    /// The id.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// One sentence about it.
    pub about: Text,
    /// How many people are inside.
    pub inside: u16,
    /// How many fit.
    pub capacity: u16,
    /// Whether it can be entered now.
    pub open: bool,
    /// When it opens next, by its opening hours or for a session; absent while it is open, and if no date is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub opens: Option<Millis>,
    /// For trying the controls.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub practice: bool,
}

/// What the entrance tells about this place, from the operator's configuration: `GET /api/v1/place`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Place {
    /// The name of the place.
    pub name: Text,
    /// What it is, in a sentence or two.
    pub about: Text,
    /// Who runs it.
    pub run_by: Text,
    /// The rules; three short sentences by default.
    pub rules: Vec<Text>,
    /// What is kept and for how long, in a sentence.
    pub kept: Text,
    /// Where to turn to when it is hard.
    pub help: Vec<Help>,
    /// The rooms.
    pub rooms: Vec<RoomSummary>,
}

/// A place to turn to for help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Help {
    /// Its name.
    pub name: Text,
    /// Telephone number or other way to reach it, as it is dialled or read.
    pub reach: String,
    /// When it can be reached.
    pub hours: Text,
    /// Where this was looked up: a web address.
    pub source: String,
    /// When it was last verified, `YYYY-MM-DD`.
    pub verified: String,
}
