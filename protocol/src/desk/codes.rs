//! Codes: what is said with one word on the line, in records, in the audit and to people. The words that people read for
//! each code stand in the page's catalogues.

use ts_rs::TS;
use utoipa::ToSchema;

/// An enumeration whose members have one name for storing, for the audit and for the catalogues.
#[macro_export]
macro_rules! codes {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(::serde::Serialize, ::serde::Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every one, in this order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in records, in the audit and in the catalogues. Never changed once released.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code),+
                }
            }
        }
    };
}

codes! {
    #[derive(TS, ToSchema)]
    /// Why a sanction was given. There is no code for a cry for help: it can be no reason for a sanction.
    Reason {
        /// Words that belittle somebody.
        Insult = "insult",
        /// Following, cornering or pressing somebody who does not want it.
        Harassment = "harassment",
        /// Announcing harm to somebody.
        Threat = "threat",
        /// A sexual approach, or sexual words or sounds.
        Sexual = "sexual",
        /// Giving away or asking for personal data.
        PersonalData = "personal_data",
        /// Drawing people to other services or to a meeting.
        OutsideContact = "outside_contact",
        /// Recruiting for a group, a belief or a job.
        Recruiting = "recruiting",
        /// Asking for money, or offering easy money.
        Scam = "scam",
        /// So much or so often that others cannot follow.
        Flood = "flood",
        /// Noise, music or shouting into the room.
        Noise = "noise",
        /// A nickname that hurts or deceives.
        Nickname = "nickname",
        /// Passing oneself off as staff or as somebody else.
        Impersonation = "impersonation",
        /// Coming back although one was asked to stay away.
        Evasion = "evasion",
        /// To keep the person or others safe, without any fault.
        Safety = "safety",
        /// Something else against the rules of the place.
        Other = "other",
    }
}

codes! {
    #[derive(TS, ToSchema)]
    /// Why a message that waited was not shown. None of them blames.
    DeclineReason {
        /// It holds personal data: better without.
        PersonalData = "personal_data",
        /// It could hurt somebody.
        Hurtful = "hurtful",
        /// It leads out of this place.
        OutsideContact = "outside_contact",
        /// It does not fit to what happens in the room now.
        NotNow = "not_now",
        /// It would be better to talk about this with staff.
        TalkToStaff = "talk_to_staff",
        /// Nobody could look at it in time.
        NobodyInTime = "nobody_in_time",
        /// Its writer is not there any more, or may not write at the moment.
        NoLongerHere = "no_longer_here",
        /// The server was started again and did not keep it: it can be written once more.
        Lost = "lost",
        /// Something else.
        Other = "other",
    }
}

codes! {
    #[derive(TS, ToSchema)]
    /// What a report is about.
    Category {
        /// Somebody is in danger.
        Danger = "danger",
        /// One worries about the person. Never held against them.
        Worry = "worry",
        /// A sexual approach.
        Sexual = "sexual",
        /// Insults or harassment.
        Harassment = "harassment",
        /// Personal data.
        PersonalData = "personal_data",
        /// Recruiting, scams, drawing people elsewhere.
        Recruiting = "recruiting",
        /// Too much, too loud.
        Disturbance = "disturbance",
        /// The nickname.
        Nickname = "nickname",
        /// Something else.
        Other = "other",
    }
}

impl Category {
    /// Whether it cannot wait behind messages that are held.
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::Danger | Self::Worry | Self::Sexual)
    }

    /// Whether it says something against the person it is about.
    pub const fn is_complaint(self) -> bool {
        !matches!(self, Self::Worry)
    }
}

codes! {
    #[derive(TS, ToSchema)]
    /// What staff did about a report. The reporter is never told which.
    ReportOutcome {
        /// Nothing was found against the rules of the place.
        NothingFound = "nothing_found",
        /// Staff talked with the person.
        Talked = "talked",
        /// A sanction was given.
        Sanctioned = "sanctioned",
        /// It was passed on to somebody outside: a consultation, the police.
        Referred = "referred",
    }
}

codes! {
    #[derive(TS, ToSchema)]
    /// How a cry for help was answered.
    HelpOutcome {
        /// Staff talked with the person.
        Talked = "talked",
        /// The person was brought to somebody who can do more.
        Referred = "referred",
        /// The emergency services were called.
        Emergency = "emergency",
        /// The person had left before anybody could talk with them.
        Gone = "gone",
        /// It was none.
        NotMeant = "not_meant",
    }
}

codes! {
    #[derive(TS, ToSchema)]
    /// Why a message is held.
    HoldCause {
        /// A rule said so.
        Rule = "rule",
        /// A rule could not be asked: what errs holds.
        RuleFailed = "rule_failed",
        /// Everything of this person is looked at first.
        Restricted = "restricted",
        /// Everything of newcomers is looked at first, for a while.
        Lockdown = "lockdown",
        /// Another system decides.
        Outside = "outside",
    }
}

codes! {
    #[derive(TS, ToSchema)]
    /// How an appeal ended.
    AppealOutcome {
        /// It stays as it was.
        Upheld = "upheld",
        /// It was made milder.
        Changed = "changed",
        /// It was taken back.
        Undone = "undone",
    }
}
