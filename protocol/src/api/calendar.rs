//! The calendar: what is public about sessions, booking, and what staff plan.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::ids::Millis;
use crate::plan::Text;
use crate::session::{AloneMode, Phase};

/// `GET /api/v1/sessions`: today and the coming weeks, the soonest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Sessions {
    /// The server's time.
    pub now: Millis,
    /// The time zone of the place, as in the IANA database.
    pub zone: String,
    /// The sessions.
    pub sessions: Vec<SessionCard>,
}

/// A session as everybody may see it. `GET /api/v1/sessions/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SessionCard {
    /// The id of this one occurrence.
    pub id: String,
    /// The id of its room.
    pub room: String,
    /// Its name.
    pub name: Text,
    /// How it works, in a few sentences.
    pub about: Text,
    /// The theme, if there is one already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub theme: Option<String>,
    /// Themes can be suggested beforehand.
    pub takes_themes: bool,
    /// When the doors open.
    pub doors: Millis,
    /// When it begins.
    pub starts: Millis,
    /// When it is planned to end.
    pub ends: Millis,
    /// Who may come.
    pub access: Access,
    /// What is asked of those who come; absent if nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub eligibility: Option<Eligibility>,
    /// Observers may be there; they are announced before they enter.
    pub observers: bool,
    /// Seats online.
    pub capacity: u16,
    /// Seats that can still be booked.
    pub free: u16,
    /// It was cancelled; the date is shown so that nobody waits in vain.
    pub cancelled: bool,
    /// The parts of the programme, in order.
    pub phases: Vec<Phase>,
}

/// Who may come to a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Everybody.
    Open,
    /// Who has an invitation code.
    Code,
    /// Whoever the staff let in from the lobby.
    Approval,
    /// People met before or referred: with a return phrase from an earlier visit, or a referral code.
    Known,
}

/// What is asked of those who come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Eligibility {
    /// In words: women only, an age, a district.
    pub text: Text,
    /// `false`: the person declares it. `true`: staff talk about it in the lobby.
    pub confirmed: bool,
}

/// `POST /api/v1/sessions/{id}/bookings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Book {
    /// 1 to 16 graphemes. Nothing else is asked.
    pub nick: String,
    /// What the session asks for is true.
    #[serde(default)]
    pub declared: bool,
    /// The invitation or referral code, where one is needed. For people met before: their return phrase, or a referral.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub code: Option<String>,
}

/// A booking, as its holder sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Booking {
    /// The code to keep: shows, cancels and uses the booking. Only told when it is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub code: Option<String>,
    /// The nickname it was made with.
    pub nick: String,
    /// The session.
    pub session: SessionCard,
    /// Place in the waiting list, from 1; absent: a seat is booked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub waiting: Option<u16>,
}

/// `POST /api/v1/bookings/show` and `/cancel`: the code travels in the body, never in an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct BookingCode {
    /// The code.
    pub code: String,
}

/// `POST /api/v1/sessions/{id}/themes`: a theme suggested beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SuggestTheme {
    /// 1 to 60 graphemes.
    pub text: String,
}

/// `POST /api/v1/return`: come back as the same person. Answered by a [`Ticket`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct ReturnPhrase {
    /// The words, in any kana, with any spaces between them.
    pub phrase: String,
}

/// A ticket for `hello`: single use, 30 s.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Ticket {
    /// The ticket.
    pub ticket: String,
}

/// A planned session, as staff write it: `GET`, `POST /api/v1/staff/plans`, `PUT`, `DELETE /api/v1/staff/plans/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SessionPlan {
    /// The room.
    pub room: String,
    /// Its name.
    pub name: Text,
    /// How it works, in a few sentences.
    pub about: Text,
    /// The theme, if it is fixed; at most 60 graphemes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub theme: Option<String>,
    /// Themes are gathered, beforehand and in the session.
    pub takes_themes: bool,
    /// The first date.
    pub date: String,
    /// The time of day at which it begins, in the time zone of the place.
    pub time: String,
    /// How it repeats: an RFC 5545 rule without `DTSTART` (`FREQ=WEEKLY;BYDAY=SA;COUNT=10`); absent: once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub repeats: Option<String>,
    /// Dates of the series that are left out.
    #[serde(default)]
    pub except: Vec<String>,
    /// Who may come.
    pub access: Access,
    /// What is asked of those who come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub eligibility: Option<Eligibility>,
    /// Observers may be there.
    pub observers: bool,
    /// Seats online, 1 up to the room's capacity.
    pub capacity: u16,
    /// Staff needed.
    pub staff_needed: u8,
    /// Below that number: `true` the session does not open, `false` the staff are warned.
    pub staff_or_shut: bool,
    /// What is possible when no staff are there.
    pub alone: AloneMode,
    /// The programme: a template's phases, changed as the staff like. The doors phase comes before `time`.
    pub phases: Vec<Phase>,
}

/// A planned session with its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct KeptPlan {
    /// Its id.
    pub id: String,
    /// Grows with each change; `PUT` must name the one it changed, or is refused as `overtaken`.
    pub version: u32,
    /// What was planned.
    pub plan: SessionPlan,
    /// Its next occurrences, at most 12, with how many seats are booked.
    pub next: Vec<Occurrence>,
}

/// `PUT /api/v1/staff/plans/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct ChangePlan {
    /// The version that was changed.
    pub version: u32,
    /// The new plan.
    pub plan: SessionPlan,
}

/// One occurrence of a planned session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Occurrence {
    /// The id of the session.
    pub session: String,
    /// When it begins.
    pub starts: Millis,
    /// Booked seats.
    pub booked: u16,
    /// People on the waiting list.
    pub waiting: u16,
}

/// A programme template: `GET /api/v1/staff/templates`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its id: the name of its file.
    #[serde(default)]
    pub id: String,
    /// Its name.
    pub name: Text,
    /// What it is good for.
    pub about: Text,
    /// Themes are gathered.
    pub takes_themes: bool,
    /// Its phases.
    pub phases: Vec<Phase>,
}

/// `POST /api/v1/staff/codes`: codes for those who are invited, referred, or come as observers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct MakeCodes {
    /// The plan they are for.
    pub plan: String,
    /// What they are.
    pub kind: CodeKind,
    /// How many, 1 to 50.
    pub count: u8,
    /// For how many days they are good, 1 to 365.
    pub days: u16,
}

/// What a code is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CodeKind {
    /// Come to this session; used by any number of people until it expires.
    Invitation,
    /// Come as somebody referred; used by one person.
    Referral,
}

/// The codes, shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Codes {
    /// The codes.
    pub codes: Vec<String>,
    /// Until when they are good.
    pub until: Millis,
}

/// A note from the suggestion box: `GET /api/v1/staff/box`, `DELETE /api/v1/staff/box/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct BoxNote {
    /// Its number.
    pub id: u32,
    /// The room it was put in.
    pub room: String,
    /// The day; not the hour, so that nobody can tell whose it is.
    pub date: String,
    /// The note.
    pub text: String,
}

/// `GET /api/v1/staff/statistics?from=DATE&to=DATE`, and `/statistics.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Statistics {
    /// One row for each session, the oldest first.
    pub sessions: Vec<SessionCount>,
}

/// What is counted of a session. Groups under five are `<5`; nothing is per person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SessionCount {
    /// The date.
    pub date: String,
    /// The room.
    pub room: String,
    /// The session's name in Japanese.
    pub name: String,
    /// How many came (online).
    pub came: String,
    /// Of these, how many at most watched.
    pub watched: String,
    /// How many also reacted.
    pub reacted: String,
    /// How many also wrote.
    pub wrote: String,
    /// How many were here for the first time.
    pub first: String,
    /// How many came again.
    pub again: String,
    /// How long all were there together, in minutes; absent when fewer than five came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub minutes: Option<u32>,
}
