//! Rules as data: what they look for, where they hold, what shall happen then.
//!
//! A [`RuleSet`] is read from JSON and compiled into a [`RuleBook`], which names every fault with its rule and place. A
//! rule book judges a [`Case`] (what somebody wrote, with their last few messages) and returns [`Judged`]: the strictest
//! verdict, what was found where and why, and what shall be done besides. The order of rules never matters, a rule that
//! fails holds, and a cry for help is never held against anybody.
//!
//! ```
//! use ibasho_moderation::roles::Role;
//! use ibasho_moderation::rules::{Case, Level, Occasion, RuleBook, RuleSet, Said};
//!
//! let rules = RuleSet::from_json(r#"{"format": 1, "rules": [{
//!     "id": "insult.example", "version": 1, "scope": "site", "on": ["message"],
//!     "when": {"words": {"any": ["ばか"], "unless": ["ばかり"], "view": "joined"}},
//!     "then": {"verdict": "hold", "effects": ["edit_first"]},
//!     "reason": "insult", "mode": "enforce", "note": "hurts"
//! }]}"#)?;
//! let book = RuleBook::compile(&rules, Vec::new()).expect("no faults");
//! let judge = |text| {
//!     let texts = [Said { text, at: 0 }];
//!     book.judge(&Case { on: Occasion::Message, texts: &texts, role: Role::Participant, room: "hall", session: None,
//!         arrived: None, now: 0 }).verdict
//! };
//! assert_eq!(judge("バ・ー・カ"), Level::Hold);
//! assert_eq!(judge("勉強したばかりです"), Level::Allow);
//! # Ok::<(), serde_json::Error>(())
//! ```

mod book;
mod case;
mod compile;
mod faults;
mod figures;
mod finding;
mod hooked;
mod judge;
mod look;
mod needs;
mod personal;
mod recent;
mod signs;
mod trial;
mod words;

pub use book::RuleBook;
pub use case::{Case, NEWCOMER_UNKNOWN_MS, Said, WINDOW_MESSAGES, WINDOW_MS};
pub use compile::{PATTERN_BYTES, PATTERN_SIZE, PATTERNS, RULES, TRIGGER_DEPTH, WORD_CHARS, WORDS};
pub use faults::{FAULTS, RuleFault};
pub use figures::{Figures, Known};
pub(crate) use finding::settle;
pub use finding::{FINDINGS, Finding, Judged};
pub use ibasho_protocol::rules::trial::{Found, Tried, Views};
pub use ibasho_protocol::rules::{
    Effect, FORMAT, Flood, Level, Link, Mode, Newcomer, Occasion, Pattern, Personal, Reason, Repeats, Rule, RuleSet,
    Scope, Then, Trigger, Words,
};
pub use recent::Recent;
pub use trial::{TRIAL_GAP_MS, Trial};

/// The rules that come with the program.
pub const DEFAULT_RULES: &str = include_str!("../../rules/default.json");
