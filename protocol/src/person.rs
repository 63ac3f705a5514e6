//! A person as everybody in the room may see them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::ids::{Millis, PersonId, SeatIndex, ZoneIndex};
use crate::role::Role;

/// A point on the floor in tenths of a cell, `[x, y]`; `x` grows to the right, `y` towards the viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
pub struct Point(pub i16, pub i16);

/// What a person's avatar looks like. Both are numbers of the page's drawings; the server bounds them only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Look {
    /// Which figure, below [`FIGURES`].
    pub figure: u8,
    /// Which set of colours, below [`COLOURS`].
    pub colour: u8,
}

/// How many figures a page may offer.
pub const FIGURES: u8 = 16;

/// How many sets of colours a page may offer.
pub const COLOURS: u8 = 8;

/// The way of taking part. Each includes what stands before it. Chosen and changed by the person at any moment,
/// never by the server, and told to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Just being here, and walking about.
    Watch,
    /// Also reactions without words.
    React,
    /// Also writing.
    Write,
    /// Also hearing voices.
    Listen,
    /// Also speaking.
    Voice,
}

/// The note on one's avatar. Absent is the default and says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// "Happy to be spoken to."
    Talk,
    /// "Quiet today."
    Quiet,
}

/// A reaction without words, seen by everybody in the room for a few seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// うなずく
    Nod,
    /// 拍手
    Clap,
    /// 手をふる
    Wave,
    /// にっこり
    Smile,
    /// 考え中
    Think,
}

/// A walk, or the place it ended at. A settled person has a path of one point and `at == until`.
///
/// The avatar is on the straight pieces of `path` at an even speed from `at` to `until`. From `until` on the
/// person is in `zone`; before that they are on the way, which is the hall ([`crate::plan::RoomPlan::zones`],
/// index 0), unless the walk `stays` in the zone. So nobody overhears a table by walking past it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Walk {
    /// Corners of the path, the first is where it begins. 1 to 64 points.
    pub path: Vec<Point>,
    /// When it began, by the server's clock.
    pub at: Millis,
    /// When it ends, by the server's clock.
    pub until: Millis,
    /// The zone at its end.
    pub zone: ZoneIndex,
    /// The seat at its end, if it ends on one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub seat: Option<SeatIndex>,
    /// The walk begins and ends in the same zone, and the person does not leave it on the way.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub stays: bool,
}

/// A person in the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Person {
    /// Who it is, for this stay.
    pub who: PersonId,
    /// What they like to be called.
    pub nick: String,
    /// What they look like.
    pub look: Look,
    /// The note on their avatar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub wish: Option<Wish>,
    /// They stepped away for a moment.
    #[serde(default)]
    pub away: bool,
    /// What they are, for staff who show it and for observers, who always do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub badge: Option<Role>,
    /// Where they are or walk to.
    pub walk: Walk,
}
