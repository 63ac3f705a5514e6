//! The desk: what waits for staff, what was decided, and deciding. Everything is under `/api/v1/staff/desk`.
//!
//! People stand here under a number, staff under another one ([`DeskStaff`]); who they are called in a room stands only in
//! what was said around a case. Whatever changes something names the `version` it has seen. Refusals of their own:
//! `already_handled` (with `by`), `stale` (with `version`), `about_you`, `decided_by_you`, `never_an_offence`,
//! `in_force_already`, `harsher`.

pub mod audit;
pub mod case;
pub mod deeds;
pub mod rules;
pub mod sanctions;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::desk::Scope;
use crate::ids::Millis;
use crate::role::Role;
use case::CaseLine;

/// `GET desk`: everything that one may see of what waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Queue {
    /// The server's clock.
    pub now: Millis,
    /// What waits, the most urgent first.
    pub cases: Vec<CaseLine>,
    /// What is locked down.
    pub lockdowns: Vec<Lockdown>,
    /// Staff, oneself included.
    pub staff: Vec<DeskStaff>,
    /// How much there is.
    pub counts: Counts,
}

/// How much there is of what one may see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Counts {
    /// Cries for help.
    pub help: u32,
    /// Messages that wait.
    pub held: u32,
    /// Reports.
    pub reports: u32,
    /// Appeals.
    pub appeals: u32,
    /// Bans without an end that need a second person.
    pub proposals: u32,
    /// Of all these, what nobody handles.
    pub unhandled: u32,
    /// Staff with an open console.
    pub consoles: u32,
    /// How many of these there should be, by the configuration.
    pub needed: u32,
}

/// A member of staff, as colleagues see them at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct DeskStaff {
    /// The number under which they stand in cases, sanctions and the record.
    pub id: u64,
    /// What colleagues call them.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// For facilitators and peer staff: only these rooms; empty for all.
    pub rooms: Vec<String>,
    /// Signed in somewhere.
    pub signed_in: bool,
    /// The console is open in front of them.
    pub console: bool,
    /// It is oneself.
    pub me: bool,
}

/// A lockdown. `POST desk/lockdowns` begins one ([`LockDown`]), `POST desk/lockdowns/{id}/lift` ends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Lockdown {
    /// Its id.
    pub id: u64,
    /// Where.
    pub scope: Scope,
    /// Who began it.
    pub by: u64,
    /// Since when.
    pub at: Millis,
    /// When it ends by itself.
    pub until: Millis,
    /// Whether one may lift it.
    pub may_lift: bool,
}

/// `POST desk/lockdowns`: newcomers wait in the lobby, everybody writes slowly, what newcomers write is looked at first.
/// Where there is one, it ends so many minutes from now. Answered by [`Made`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LockDown {
    /// Where.
    pub scope: Scope,
    /// How long, in minutes: 1 to 120.
    pub minutes: u32,
}

/// What was made or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Made {
    /// The id of the case, sanction or lockdown.
    pub id: u64,
    /// The version it has now, for cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub version: Option<u32>,
}

/// `GET desk/live`: a stream of server-sent events, each with one of these as its data and its `live` as its name. It ends
/// with the login, and then is not to be opened again without signing in. Load the queue anew after opening it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "live", rename_all = "snake_case")]
pub enum Live {
    /// Something has changed; whoever shows it loads it anew.
    Touched {
        /// What kind of thing.
        what: Thing,
        /// Which.
        id: u64,
        /// Its version; absent when it is gone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        version: Option<u32>,
    },
    /// Somebody cries for help: staff on duty are called, at a console or in that room. If there are none, everybody.
    Alert {
        /// The case.
        case: u64,
        /// There.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        room: Option<String>,
    },
    /// Nobody came yet, or an appeal waits for long: everybody who may see it is called, each time anew.
    Escalate {
        /// The case.
        case: u64,
        /// There.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        room: Option<String>,
        /// How many calls there have been before.
        step: u32,
    },
    /// There was more than could be told: load everything anew.
    Reload,
}

/// What can have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "DeskThing")]
#[schema(as = DeskThing)]
pub enum Thing {
    /// A case.
    Case,
    /// A sanction.
    Sanction,
    /// A lockdown.
    Lockdown,
    /// The rules.
    Rules,
    /// Who sits at a console.
    Staff,
}

/// `POST /api/v1/appeal`: somebody who may not come in appeals against what was decided about them. Answered by 204.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppealAtTheDoor {
    /// The pass that the refusal at the door came with.
    pub pass: String,
    /// Against which of the sanctions that stood there.
    pub sanction: u64,
    /// What one has to say, 1 to 500 graphemes.
    pub text: String,
}
