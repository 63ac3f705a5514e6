//! How the place is kept safe: how long things wait, who is called, how many should be there.

use chrono::NaiveDate;
use ibasho_moderation::desk::settings::{DAY, HOUR, MINUTE, Reach, Settings, SettingsFault, Step};
use ibasho_protocol::plan::Help;
use serde::{Deserialize, Serialize};

use super::keep::Keep;
use crate::calendar::zone;

/// A place to turn to is checked again after so many days. Numbers and hours change with the fiscal year, and offices with
/// the month; a number that leads nowhere is worse than none.
pub const CHECK_AGAIN_DAYS: i64 = 90;
/// Most staff that can be asked for: more consoles than this are no night shift but a call centre.
const MOST_STAFF: u8 = 50;
/// The longest time that somebody is a newcomer in a lockdown, in minutes: a day. Whoever came yesterday did not come for
/// the raid.
const MOST_NEWCOMER: u16 = 24 * 60;
/// The longest time until a cry for help is called further, in minutes: an hour.
const MOST_HELP: u16 = 60;
/// The longest time until staff are reminded of an appeal, in hours: a month.
const MOST_APPEAL: u16 = 30 * 24;

/// The `[safety]` part of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SafetyConfig {
    /// How long a message waits for staff, 1 to 60 minutes. While they look at it, up to three times as long.
    pub hold_minutes: u16,
    /// Whoever came so many minutes before a lockdown or later is a newcomer in it, 0 to 1440.
    pub newcomer_minutes: u16,
    /// How many staff should be in a room or have the console open, 0 to 50. With fewer the console says so. A session
    /// has a number of its own.
    pub staff: u8,
    /// What a room without a session does while fewer are there.
    pub few_staff: FewStaff,
    /// Who is called when somebody cries for help: the first at once, then while nobody comes; 1 to 8 steps.
    pub help: Vec<HelpStep>,
    /// Who is reminded while nobody decides an appeal; at most 8 steps.
    pub appeal: Vec<AppealStep>,
}

/// What a room without a session does while fewer staff look after it than should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FewStaff {
    /// People are told.
    #[default]
    Warn,
    /// Nobody else comes in; whoever is inside stays and is told.
    Shut,
    /// Nothing: only the console says it.
    Nothing,
}

/// A step on the way from a cry for help to somebody who comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpStep {
    /// How long after the cry, in minutes: 0 for the first, each later than the one before.
    pub minutes: u16,
    /// Whom.
    pub call: Reach,
}

/// A reminder of an appeal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppealStep {
    /// How long after the appeal, in hours; each later than the one before.
    pub hours: u16,
    /// Whom.
    pub call: Reach,
}

impl Default for SafetyConfig {
    fn default() -> Self {
        let help = |minutes, call| HelpStep { minutes, call };
        let appeal = |hours, call| AppealStep { hours, call };
        Self {
            hold_minutes: 5,
            newcomer_minutes: 10,
            staff: 1,
            few_staff: FewStaff::Warn,
            help: vec![help(0, Reach::OnDuty), help(1, Reach::Next), help(3, Reach::Outside)],
            appeal: vec![appeal(24, Reach::Next), appeal(72, Reach::Outside)],
        }
    }
}

impl SafetyConfig {
    /// What the desk works by.
    pub fn settings(&self, keep: &Keep) -> Settings {
        Settings {
            hold: u64::from(self.hold_minutes) * MINUTE,
            help: self
                .help
                .iter()
                .map(|step| Step { after: u64::from(step.minutes) * MINUTE, to: step.call })
                .collect(),
            appeal: self
                .appeal
                .iter()
                .map(|step| Step { after: u64::from(step.hours) * HOUR, to: step.call })
                .collect(),
            keep: u64::from(keep.cases_days) * DAY,
            newcomer: u64::from(self.newcomer_minutes) * MINUTE,
        }
    }

    /// The key of the first setting that cannot be used, and why.
    pub(super) fn fault(&self, keep: &Keep) -> Option<(&'static str, String)> {
        if self.newcomer_minutes > MOST_NEWCOMER {
            return Some(("newcomer_minutes", format!("at most {MOST_NEWCOMER}")));
        }
        if self.staff > MOST_STAFF {
            return Some(("staff", format!("at most {MOST_STAFF}")));
        }
        if self.help.iter().any(|step| step.minutes > MOST_HELP) {
            return Some(("help", format!("a step is at most {MOST_HELP} minutes after the cry")));
        }
        if self.appeal.iter().any(|step| step.hours > MOST_APPEAL) {
            return Some(("appeal", format!("a reminder is at most {MOST_APPEAL} hours after the appeal")));
        }
        let fault = self.settings(keep).check().err()?;
        let key = match fault {
            SettingsFault::Hold => "hold_minutes",
            SettingsFault::Help => "help",
            SettingsFault::Appeal => "appeal",
            SettingsFault::Keep => "cases_days",
        };
        Some((key, fault.to_string()))
    }
}

/// The places to turn to that nobody has checked for [`CHECK_AGAIN_DAYS`].
pub fn unchecked(help: &[Help], today: NaiveDate) -> impl Iterator<Item = &Help> {
    let is_fresh = move |verified: NaiveDate| (today - verified).num_days() <= CHECK_AGAIN_DAYS;
    help.iter().filter(move |help| !zone::date(&help.verified).is_some_and(is_fresh))
}

/// The first day of verification that is none.
pub(super) fn no_day(help: &[Help]) -> Option<&str> {
    help.iter().map(|help| help.verified.as_str()).find(|verified| zone::date(verified).is_none())
}
