//! A session (開催) as those inside see it: its programme, where it stands, and what each person has to do with it.
//!
//! The state is small, so it always travels whole: `session` replaces the picture of before, and nobody can be a step
//! behind. What concerns one person alone travels as `mine`, what concerns the staff as `desk`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::desk::{InForce, Locked, Waits};
use crate::ids::{Millis, PersonId, ZoneIndex};
use crate::person::{Look, Way};
use crate::plan::Text;
use crate::role::Role;

/// The number of a suggested theme, within its session.
pub type ThemeId = u16;

/// What never changes while a session runs, apart from an edit by staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Programme {
    /// The session's id.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// When it begins, by the server's clock.
    pub starts: Millis,
    /// When it is planned to end.
    pub ends: Millis,
    /// The phases, in order. At least one.
    pub phases: Vec<Phase>,
    /// The hosts gather themes for it.
    pub with_theme: bool,
}

/// A part of the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// What kind of part it is; the page draws a sign for it.
    pub kind: PhaseKind,
    /// What it is called.
    pub name: Text,
    /// One sentence that says what one may do, without any pressure.
    pub about: Text,
    /// Planned length in minutes, 0 for no end.
    pub minutes: u16,
    /// What is possible in it besides being there, leaving, and the rest corner.
    pub can: Vec<Can>,
}

/// The kinds of phases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhaseKind {
    /// Doors are open; help with the controls.
    Doors,
    /// Welcome and rules.
    Welcome,
    /// Round of introductions.
    Round,
    /// Talk, with or without a theme.
    Talk,
    /// Everyone as they like.
    Free,
    /// A break.
    Break,
    /// One closing word each.
    Closing,
    /// The next date.
    Next,
    /// Stay if you like.
    Stay,
    /// Over: the room closes.
    Closed,
}

/// What a phase makes possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Can {
    /// React without words.
    React,
    /// Write.
    Write,
    /// Speak with one's voice.
    Speak,
    /// Sit down at the topic tables.
    Tables,
    /// Suggest a theme.
    Suggest,
    /// Raise a hand.
    Hand,
}

/// Where a session stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Standing {
    /// The phase, an index into [`Programme::phases`].
    pub phase: u8,
    /// When it began.
    pub since: Millis,
    /// When it is planned to end, extensions included; absent for no end. Nothing happens by itself at this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub until: Option<Millis>,
    /// What is possible now: what the phase allows, less what a room without staff takes away.
    pub can: Vec<Can>,
    /// The theme that was agreed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub theme: Option<String>,
    /// Suggested themes and the vote.
    pub themes: Themes,
    /// The round that is under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub round: Option<Round>,
    /// Raised hands, the first is next.
    pub hands: Vec<PersonId>,
    /// The last announcement, until it is taken away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub card: Option<Card>,
    /// Small groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub groups: Option<Groups>,
    /// Observers who are about to come in.
    pub coming: Vec<Coming>,
    /// No staff are here: since when the quieter mode holds, or from when it will.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub alone: Option<Alone>,
}

/// Suggested themes and the vote about them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Themes {
    /// Whether themes can be suggested now.
    pub open: bool,
    /// The suggestions, in the order they came. Nobody is told whose they are.
    pub list: Vec<Theme>,
    /// The vote.
    pub vote: VoteState,
    /// How many have voted.
    pub voters: u16,
}

/// How far the vote is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VoteState {
    /// Not begun.
    #[default]
    Before,
    /// One can vote, and change one's vote.
    Open,
    /// Over: a theme was found.
    Done,
    /// Over: several have the same number of votes, and the host chooses among them.
    Tie,
}

/// A suggested theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Theme {
    /// Its number.
    pub id: ThemeId,
    /// Its words.
    pub text: String,
    /// How many voted for it; 0 until the vote is closed, so that nobody is swayed.
    pub votes: u16,
}

/// A round: each in turn, and nobody must.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Round {
    /// Whose turn it is. Absent when everybody had theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub turn: Option<PersonId>,
    /// Who comes after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<PersonId>,
    /// How many come after the one whose turn it is.
    pub left: u16,
    /// Only the one whose turn it is can speak (voice); writing stays open to all.
    pub only_turn: bool,
}

/// An announcement of the hosts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Card {
    /// When it was made; tells one card from the next.
    pub at: Millis,
    /// The text. Links are text.
    pub text: String,
    /// Whether it stays on screen until it is taken away.
    pub pinned: bool,
}

/// Small groups at the tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Groups {
    /// When they end.
    pub until: Millis,
    /// Everybody is being called back: it ends at `until`, within a minute.
    pub calling: bool,
    /// Who is invited where. Declining is seen by nobody but the staff.
    pub list: Vec<Group>,
}

/// A small group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Group {
    /// Its table.
    pub zone: ZoneIndex,
    /// Who belongs to it.
    pub people: Vec<PersonId>,
}

/// An observer who is about to come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Coming {
    /// Their name.
    pub nick: String,
    /// When they come in.
    pub at: Millis,
}

/// No staff are in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Alone {
    /// From when the mode holds.
    pub from: Millis,
    /// What is still possible then.
    pub mode: AloneMode,
}

/// What is possible in a room without staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AloneMode {
    /// Be there, look and leave.
    #[default]
    Watch,
    /// Also react and write, but not speak.
    Write,
}

/// What concerns one person alone.
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Mine {
    /// What one voted for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub vote: Option<ThemeId>,
    /// The table one is invited to and has not answered yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub invited: Option<ZoneIndex>,
    /// One comes back as the same person: a return phrase exists.
    #[serde(default)]
    pub known: bool,
    /// The staff see what one is; the others see it too if this is on.
    #[serde(default)]
    pub badge: bool,
    /// One's microphone is on: who hears the place one is in hears one's voice.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub mic: bool,
    /// The staff let one's voice rest.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub muted: bool,
    /// Whom of those who are here one has blocked, also in an earlier stay of theirs. They are not told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<PersonId>>")]
    pub blocked: Vec<PersonId>,
    /// What was decided about oneself and is in force here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<InForce>>")]
    pub in_force: Vec<InForce>,
    /// One's own messages that wait until staff have looked at them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<Waits>>")]
    pub held: Vec<Waits>,
    /// Fewer staff look after the room than should; staff are told at their desk instead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub few_staff: bool,
    /// The lockdowns in force here; not for who waits at the door.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<Locked>>")]
    pub locked: Vec<Locked>,
}

/// What somebody who waits in the lobby sees.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Lobby {
    /// The name of the session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<Text>,
    /// A word from the staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub word: Option<String>,
    /// One comes as an observer and will be announced.
    #[serde(default)]
    pub observes: bool,
    /// One is let in at this moment (observers are announced first).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub enters: Option<Millis>,
}

/// What the staff of a session see. Never who has been silent, and for how long: silence is fine.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Desk {
    /// Who waits in the lobby, the longest first.
    pub waiting: Vec<Waiting>,
    /// How each person takes part.
    pub people: Vec<DeskPerson>,
    /// Groups that are proposed and not yet sent.
    pub proposed: Vec<Group>,
    /// Who should sit together, and who should not.
    pub pairs: Vec<Pair>,
    /// Notes among the staff of this session.
    pub notes: Vec<Note>,
    /// How many staff the session needs.
    pub needed: u8,
    /// How many new notes are in the suggestion box.
    pub boxed: u16,
}

/// Somebody in the lobby.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Waiting {
    /// Who.
    pub who: PersonId,
    /// Their nickname.
    pub nick: String,
    /// What they look like.
    pub look: Look,
    /// They come as an observer.
    pub observes: bool,
    /// They said that what the session asks for is true of them.
    pub declared: bool,
    /// They were here before.
    pub known: bool,
}

/// A person as the staff see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeskPerson {
    /// Who.
    pub who: PersonId,
    /// Their way of taking part.
    pub way: Way,
    /// What they are.
    pub role: Role,
    /// The role was lent by the staff of this session.
    pub lent: bool,
    /// Their line is lost; the seat is kept for a while.
    pub lost: bool,
    /// The staff let their voice rest.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub muted: bool,
}

/// Two people whom the staff want in one group, or in different ones. Only staff see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Pair {
    /// One.
    pub a: PersonId,
    /// The other.
    pub b: PersonId,
    /// Together or apart.
    pub together: bool,
}

/// A note among the staff. Gone when the session is archived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Note {
    /// When.
    pub at: Millis,
    /// The nickname of who wrote it.
    pub by: String,
    /// The text.
    pub text: String,
}
