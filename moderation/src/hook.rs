//! Where rules are asked. Rules propose; the server does what the joined decision says.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ibasho_protocol::refusal::RefusalCode;

use crate::nickname::check_nickname;
use crate::roles::Role;
use crate::rules::{Effect, Finding, Reason, Said, settle};
use crate::text::check_text;

/// What is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// Somebody wants to come in.
    Entry {
        /// Under this nickname.
        nick: &'a str,
    },
    /// Somebody wants another nickname.
    Nickname {
        /// This one.
        nick: &'a str,
    },
    /// Somebody wrote.
    Message {
        /// This.
        text: &'a str,
    },
    /// Somebody wants to begin to speak.
    VoiceStart,
    /// Somebody reports something. Whatever rules say of it, it is stored; they may see a cry for help in it.
    Report {
        /// With these words; there may be none.
        text: &'a str,
    },
}

/// Around what is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context<'a> {
    /// The id of the room.
    pub room: &'a str,
    /// The role of the person.
    pub role: Role,
    /// Milliseconds since the Unix epoch.
    pub now: u64,
    /// The id of the session that is on.
    pub session: Option<&'a str>,
    /// When the person first came, in milliseconds since the Unix epoch. Whom nobody knows counts as a newcomer.
    pub arrived: Option<u64>,
    /// What they wrote before, oldest first: see [`Recent`](crate::rules::Recent).
    pub recent: &'a [Said<'a>],
}

impl<'a> Context<'a> {
    /// A context of which only this is known.
    pub const fn new(room: &'a str, role: Role, now: u64) -> Self {
        Self { room, role, now, session: None, arrived: None, recent: &[] }
    }
}

/// What shall happen, from the mildest to the strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Let it through.
    Allow,
    /// Let it through and tell the staff.
    Flag,
    /// Wait until staff have looked at it.
    Hold,
    /// Refuse it, with the reason for its sender.
    Block(RefusalCode),
}

impl Verdict {
    /// The stricter of the two. The order of the two never matters.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        if self.strictness() >= other.strictness() { self } else { other }
    }

    /// Among reasons to refuse the order is arbitrary but fixed.
    fn strictness(self) -> (u8, u8) {
        match self {
            Self::Allow => (0, 0),
            Self::Flag => (1, 0),
            Self::Hold => (2, 0),
            // Reversed, so that the more basic reason (the one listed first) is the one that is told.
            Self::Block(code) => (3, u8::MAX - code as u8),
        }
    }
}

/// A verdict with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What shall happen.
    pub verdict: Verdict,
    /// Which rule said so.
    pub rule: Cow<'static, str>,
    /// Why, in English, for staff and logs. Holds nothing that the person wrote.
    pub why: Cow<'static, str>,
    /// What was found where, at most [`FINDINGS`](crate::rules::FINDINGS), also what is only tried and does not count.
    pub findings: Vec<Finding>,
    /// What shall be done besides: each once.
    pub effects: BTreeSet<Effect>,
}

impl Decision {
    /// A decision without findings of its own.
    pub fn new(verdict: Verdict, rule: impl Into<Cow<'static, str>>, why: impl Into<Cow<'static, str>>) -> Self {
        Self { verdict, rule: rule.into(), why: why.into(), findings: Vec::new(), effects: BTreeSet::new() }
    }

    /// Nothing to object to.
    pub const fn allow(rule: &'static str) -> Self {
        Self {
            verdict: Verdict::Allow,
            rule: Cow::Borrowed(rule),
            why: Cow::Borrowed(""),
            findings: Vec::new(),
            effects: BTreeSet::new(),
        }
    }

    /// Whether somebody cries for help: never an offence.
    pub fn is_cry_for_help(&self) -> bool {
        self.findings.iter().any(|finding| finding.counts() && finding.reason == Reason::Help)
    }

    /// The stricter of the two with its reasons. The order of the two never matters.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        let weigh = |decision: &Self| decision.verdict.strictness();
        let stricter = weigh(&self).cmp(&weigh(&other));
        // Between equals the names decide, so that the same rules in another order say the same.
        let stricter = stricter.then_with(|| (&other.rule, &other.why).cmp(&(&self.rule, &self.why)));
        let (mut decision, other) = if stricter.is_ge() { (self, other) } else { (other, self) };
        decision.findings.extend(other.findings);
        settle(&mut decision.findings);
        decision.effects.extend(other.effects);
        decision
    }
}

/// A rule or a set of rules.
pub trait Hook: Send + Sync {
    /// Its name, for decisions and logs.
    fn name(&self) -> &str;

    /// Judges. Must be quick and must not block; the room waits for it.
    fn judge(&self, subject: &Subject<'_>, context: &Context<'_>) -> Decision;
}

/// All rules of a place. [`Lengths`] is always among them.
pub struct Hooks(Vec<Box<dyn Hook>>);

impl Hooks {
    /// The built-in rules and these.
    pub fn new(hooks: Vec<Box<dyn Hook>>) -> Self {
        let mut all: Vec<Box<dyn Hook>> = vec![Box::new(Lengths)];
        all.extend(hooks);
        Self(all)
    }

    /// Asks every rule; the strictest decides. A rule that panics means *hold*, never *allow*.
    pub fn judge(&self, subject: &Subject<'_>, context: &Context<'_>) -> Decision {
        let asked = self.0.iter().map(|hook| ask(hook.as_ref(), subject, context));
        let mut decision = asked.fold(Decision::allow("none"), Decision::join);
        // What cannot be sent at all cannot be held either; anything else is for people to look at.
        if decision.is_cry_for_help() && decision.verdict == Verdict::Block(RefusalCode::NotSent) {
            decision.verdict = Verdict::Hold;
        }
        decision
    }
}

impl Default for Hooks {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl std::fmt::Debug for Hooks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|hook| hook.name())).finish()
    }
}

fn ask(hook: &dyn Hook, subject: &Subject<'_>, context: &Context<'_>) -> Decision {
    // A hook gets shared references only, so a panic leaves nothing of ours half done.
    catch_unwind(AssertUnwindSafe(|| hook.judge(subject, context))).unwrap_or_else(|_| {
        let rule = catch_unwind(AssertUnwindSafe(|| hook.name().to_owned())).unwrap_or_else(|_| "unnamed".to_owned());
        Decision::new(Verdict::Hold, rule, "the rule failed")
    })
}

/// The built-in rules: lengths and characters only.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lengths;

impl Hook for Lengths {
    fn name(&self) -> &'static str {
        "lengths"
    }

    fn judge(&self, subject: &Subject<'_>, _context: &Context<'_>) -> Decision {
        let checked = match *subject {
            Subject::Entry { nick } | Subject::Nickname { nick } => check_nickname(nick),
            // One may report without words, and begin to speak.
            Subject::Report { text: "" } | Subject::VoiceStart => Ok(()),
            Subject::Message { text } | Subject::Report { text } => check_text(text),
        };
        let why = "empty, too long or with characters that cannot be shown";
        checked.map_or_else(|code| Decision::new(Verdict::Block(code), "lengths", why), |()| Decision::allow("lengths"))
    }
}
