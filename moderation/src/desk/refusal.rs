//! Why a command was refused. Nothing has changed then.

use serde::Serialize;

/// Why a command was refused. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum DeskRefusal {
    /// There is no such case, sanction or lockdown.
    #[error("there is no such thing")]
    Unknown,
    /// It is a case of another kind.
    #[error("this cannot be done with a case of this kind")]
    OtherKind,
    /// The role does not include it.
    #[error("the role does not include it")]
    NotAllowed,
    /// The role does not reach there: another room, or the whole site.
    #[error("the role does not reach there")]
    OutOfReach,
    /// The person has an equal or a higher rank.
    #[error("the person has an equal or a higher rank")]
    NotInReach,
    /// It is about oneself.
    #[error("nobody handles what is about themselves")]
    Involved,
    /// One decided what is looked at again, or proposed what needs a second person.
    #[error("this needs somebody else than who decided")]
    DecidedByYou,
    /// Somebody else handles it, or it was settled.
    #[error("it is handled already")]
    AlreadyHandled {
        /// By this member of staff; `None` when time or the person settled it.
        by: Option<u64>,
    },
    /// It has changed since one looked at it.
    #[error("it has changed; its version is {version}")]
    Stale {
        /// Its version now.
        version: u32,
    },
    /// Its time is over.
    #[error("its time is over")]
    Over,
    /// The length does not fit to the sanction, or is none that exists.
    #[error("no such length")]
    BadLength,
    /// The sanction does not exist in this scope: one sets aside, and removes, in a room.
    #[error("no such scope for this sanction")]
    BadScope,
    /// The note is longer than [`super::sanctions::MAX_NOTE`].
    #[error("the note is too long")]
    NoteTooLong,
    /// The same is in force already, for at least as long.
    #[error("the same is in force already")]
    AlreadyInForce {
        /// This sanction.
        sanction: u64,
    },
    /// An appeal never makes it worse.
    #[error("an appeal never makes it worse")]
    Harsher,
    /// A cry for help, and worry about somebody, are no reason for a sanction.
    #[error("a cry for help is never an offence")]
    NeverAnOffence,
    /// Rules give mild and short sanctions only; what lasts is a person's decision.
    #[error("a rule may not decide this")]
    NotByRule,
    /// The sanction is not theirs to appeal against.
    #[error("it is another person's")]
    NotYours,
    /// There was an appeal already.
    #[error("there was an appeal already")]
    AlreadyAppealed,
    /// This person, or this room, has as many messages waiting as there may be.
    #[error("too many messages wait already")]
    TooManyHeld,
    /// The person may not write there at the moment.
    #[error("the person may not write there at the moment")]
    Silenced,
}
