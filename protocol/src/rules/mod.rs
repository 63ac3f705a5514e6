//! Rules as data: what they look for, where they hold, what shall happen then. The file format, and what the console
//! edits; `moderation::rules` judges with them. An unknown field is an error: a misspelt `exmept` must not make a rule
//! stricter in silence.

pub mod trial;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::role::Role;

/// The only format so far.
pub const FORMAT: u32 = 1;

/// A file of rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// [`FORMAT`].
    pub format: u32,
    /// At most 500, in any order.
    pub rules: Vec<Rule>,
}

impl RuleSet {
    /// Reads a file of rules.
    ///
    /// # Errors
    /// What is wrong with it, with line and column.
    pub fn from_json(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name, once in a file: lower-case letters, digits, `.`, `_` and `-`, at most 64.
    pub id: String,
    /// Counts its changes, from 1.
    pub version: u32,
    /// Where it holds.
    pub scope: Scope,
    /// At what it is asked.
    pub on: Vec<Occasion>,
    /// What it looks for.
    pub when: Trigger,
    /// What shall happen then.
    pub then: Then,
    /// What it is about: the people concerned and the statistics are told this.
    pub reason: Reason,
    /// Roles it does not hold for.
    #[serde(default)]
    pub exempt: Vec<Role>,
    /// Whether what it says counts.
    pub mode: Mode,
    /// Why there is this rule, for those who look after the rules.
    pub note: String,
}

/// Where a rule holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "RuleScope")]
#[schema(as = RuleScope)]
pub enum Scope {
    /// Everywhere.
    Site,
    /// In the room with this id.
    Room(String),
    /// During the session with this id: one evening of a plan, as the calendar names it.
    Session(String),
}

/// At what a rule is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// Somebody writes.
    Message,
    /// Somebody wants another nickname.
    Nickname,
    /// Somebody wants to come in.
    Entry,
    /// Somebody wants to begin to speak. There are no words: only [`Trigger::Hook`] fits. *hold* refuses, for a voice
    /// cannot wait.
    VoiceStart,
    /// Somebody reports something. Whatever rules say, the report is stored: of what shall happen only `call_staff` and
    /// `help_card` are done.
    Report,
}

/// What a rule looks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "RuleTrigger")]
#[schema(as = RuleTrigger)]
pub enum Trigger {
    /// Words of a list.
    Words(Words),
    /// A regular expression.
    Pattern(Pattern),
    /// Something by which a person could be found outside.
    Personal(Vec<Personal>),
    /// The same text again and again.
    Repeats(Repeats),
    /// Many messages in a short time.
    Flood(Flood),
    /// A web or mail address.
    Link(Link),
    /// Something, from somebody who arrived only lately.
    Newcomer(Newcomer),
    /// What a hook of this name, in the process of the server, objects to.
    Hook(String),
    /// All of these.
    #[schema(no_recursion)]
    All(Vec<Trigger>),
    /// One of these.
    #[schema(no_recursion)]
    Any(Vec<Trigger>),
    /// Not this. Only within `all`, beside something that is looked for.
    #[schema(no_recursion)]
    Not(Box<Trigger>),
}

/// Words of a list. A word that begins or ends with a Latin letter or digit must stand alone there: `line`, not `online`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
#[ts(rename = "RuleWords")]
#[schema(as = RuleWords)]
pub struct Words {
    /// One of these. They are brought into the view by themselves, so that any spelling may be listed.
    pub any: Vec<String>,
    /// Innocent phrases: a word within one of them does not count.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Where to look: `folded`, `joined` or `raw`.
    pub view: ViewKind,
}

/// A regular expression, searched in linear time. `\b` is the border of Latin letters and digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
#[ts(rename = "RulePattern")]
#[schema(as = RulePattern)]
pub struct Pattern {
    /// In the syntax of Rust's `regex`, written for the view it looks at (folded: lower case, hiragana).
    pub is: String,
    /// Innocent phrases, as expressions too: what lies within a match of one of them does not count.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Where to look.
    pub view: ViewKind,
}

/// A kind of data by which a person could be found outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Personal {
    /// A phone number of a person. Free numbers (0120, 0800) and 0570 are no person's.
    Phone,
    /// A mail address.
    Email,
    /// A web address.
    Url,
    /// A name on LINE.
    LineId,
    /// A name on Discord.
    Discord,
    /// A name on another network or for a game.
    SocialId,
    /// A postcode.
    Postcode,
    /// Where somebody lives.
    Address,
    /// The school that somebody goes to.
    School,
    /// A real name, told as such.
    RealName,
}

impl Personal {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Phone,
        Self::Email,
        Self::Url,
        Self::LineId,
        Self::Discord,
        Self::SocialId,
        Self::Postcode,
        Self::Address,
        Self::School,
        Self::RealName,
    ];
}

/// The same text again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
#[ts(rename = "RuleRepeats")]
#[schema(as = RuleRepeats)]
pub struct Repeats {
    /// So often, this one included: 2 to 8.
    pub times: u32,
    /// Within so many seconds.
    pub within_s: u32,
}

/// Many messages in a short time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
#[ts(rename = "RuleFlood")]
#[schema(as = RuleFlood)]
pub struct Flood {
    /// So many, this one included: 2 to 8.
    pub messages: u32,
    /// Within so many seconds.
    pub within_s: u32,
}

/// A web or mail address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
#[ts(rename = "RuleLink")]
#[schema(as = RuleLink)]
pub struct Link {
    /// Domains that are fine, with all that is under them.
    #[serde(default)]
    pub except: Vec<String>,
}

/// Something, from somebody who arrived only lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
#[ts(rename = "RuleNewcomer")]
#[schema(as = RuleNewcomer)]
pub struct Newcomer {
    /// Less than so many minutes since they first came.
    pub minutes: u32,
    /// What they did.
    #[schema(no_recursion)]
    pub and: Box<Trigger>,
}

/// What shall happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
#[ts(rename = "RuleThen")]
#[schema(as = RuleThen)]
pub struct Then {
    /// `flag`, `hold` or `block`.
    pub verdict: Level,
    /// What shall be done besides.
    #[serde(default)]
    pub effects: Vec<Effect>,
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "RuleReason")]
#[schema(as = RuleReason)]
pub enum Reason {
    /// Data by which somebody could be found.
    PersonalData,
    /// Words that hurt.
    Insult,
    /// Sexual words or approaches.
    Sexual,
    /// Winning people for something: shady jobs, investments, groups.
    Recruiting,
    /// Leading people elsewhere.
    OffPlatform,
    /// Too much at once.
    Flood,
    /// The same again and again.
    Repetition,
    /// A cry for help: never an offence.
    Help,
    /// Something else.
    Other,
}

/// Whether what a rule says counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "RuleMode")]
#[schema(as = RuleMode)]
pub enum Mode {
    /// Only shown: what would it have done?
    DryRun,
    /// Done.
    Enforce,
}

/// How strict a rule is, from the mildest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "Verdict")]
#[schema(as = Verdict)]
pub enum Level {
    /// Let it through.
    Allow,
    /// Let it through and tell the staff: a report by the rule, one for each person while it is open.
    Flag,
    /// Wait until staff have looked at it.
    Hold,
    /// Refuse it.
    Block,
}

/// What shall be done besides the verdict. How long and how is the server's matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "RuleEffect")]
#[schema(as = RuleEffect)]
pub enum Effect {
    /// Tell the writer kindly, and only them.
    Warn,
    /// Call staff now, to a report by the rule.
    CallStaff,
    /// Let a little time pass between messages in the room, for a while. Staff, and cries for help, do not wait.
    SlowMode,
    /// Let the writer pause.
    Timeout,
    /// Show the writer, and only them, where one can turn to.
    HelpCard,
    /// Give the text back to the writer to change it before it is sent.
    EditFirst,
}

impl Effect {
    /// Whether it restricts the writer.
    pub fn restricts(self) -> bool {
        matches!(self, Self::SlowMode | Self::Timeout)
    }
}

/// Which form of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ViewKind {
    /// As it was sent.
    Raw,
    /// One form for the same words.
    Folded,
    /// The same without anything between the letters.
    Joined,
    /// The numbers in it.
    Digits,
}
