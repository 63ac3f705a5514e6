//! Is a plan one that can be kept? Everything that staff write is bounded and tidied before it is shown to anybody.

use ibasho_moderation::text::tidy_text;
use ibasho_protocol::api::calendar::SessionPlan;
use ibasho_protocol::host::THEME_GRAPHEMES;
use ibasho_protocol::plan::{RoomPlan, Text};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::session::Phase;
use unicode_segmentation::UnicodeSegmentation as _;

use super::occur::lengths;
use super::zone;

/// Longest name of a session or a phase, in graphemes: fits on a phone in two lines.
pub const NAME_GRAPHEMES: usize = 40;
/// Longest description, in graphemes: a few sentences.
pub const ABOUT_GRAPHEMES: usize = 400;
/// Longest sentence of a phase, and longest text of what is asked, in graphemes.
pub const SENTENCE_GRAPHEMES: usize = 120;
/// Most phases: a programme that fits on one screen.
pub const MOST_PHASES: usize = 20;
/// Longest phase, in minutes: a day.
pub const PHASE_MINUTES: u16 = 24 * 60;
/// Longest session from its doors to its end, in minutes. Below a day, so that a daily one never meets itself.
pub const SESSION_MINUTES: u64 = 23 * 60;
/// Most dates taken out of one series: every week of two years.
const MOST_EXCEPTIONS: usize = 104;
/// Most staff a session can ask for.
const MOST_STAFF: u8 = 50;

/// A plan as it is kept: texts tidied, languages that were left empty filled with Japanese.
///
/// # Errors
/// What is wrong with it first.
pub fn tidy(mut plan: SessionPlan, room: &RoomPlan) -> Result<SessionPlan, RefusalCode> {
    plan.name = text(&plan.name, NAME_GRAPHEMES)?;
    plan.about = text(&plan.about, ABOUT_GRAPHEMES)?;
    plan.theme = plan.theme.as_deref().map(theme).transpose()?;
    if let Some(asked) = &mut plan.eligibility {
        asked.text = text(&asked.text, SENTENCE_GRAPHEMES)?;
    }
    if !(1..=room.capacity).contains(&plan.capacity) || plan.staff_needed > MOST_STAFF {
        return Err(RefusalCode::ValueOutOfRange);
    }
    programme(&plan.phases)?;
    plan.phases = plan.phases.into_iter().map(phase).collect::<Result<_, _>>()?;
    if plan.except.len() > MOST_EXCEPTIONS {
        return Err(RefusalCode::ListFull);
    }
    if plan.except.iter().any(|date| zone::date(date).is_none()) {
        return Err(RefusalCode::BadDate);
    }
    plan.except.sort_unstable();
    plan.except.dedup();
    if zone::date(&plan.date).is_none() || zone::time(&plan.time).is_none() {
        return Err(RefusalCode::BadDate);
    }
    plan.repeats = plan.repeats.filter(|rule| !rule.trim().is_empty());
    Ok(plan)
}

/// Whether phases make a programme: some, not too many, and a session of some length.
///
/// # Errors
/// [`RefusalCode::ValueOutOfRange`].
pub fn programme(phases: &[Phase]) -> Result<(), RefusalCode> {
    let (before, after) = lengths(phases);
    // Without a minute of its own a session would be over before it begins.
    let fits = phases.len() <= MOST_PHASES && after > 0 && before + after <= SESSION_MINUTES;
    if fits { Ok(()) } else { Err(RefusalCode::ValueOutOfRange) }
}

/// A phase as it is kept.
///
/// # Errors
/// A text that is empty or too long, or a phase of more than a day.
pub fn phase(mut phase: Phase) -> Result<Phase, RefusalCode> {
    phase.name = text(&phase.name, NAME_GRAPHEMES)?;
    phase.about = text(&phase.about, SENTENCE_GRAPHEMES)?;
    phase.can.sort_unstable();
    phase.can.dedup();
    if phase.minutes > PHASE_MINUTES { Err(RefusalCode::ValueOutOfRange) } else { Ok(phase) }
}

/// A theme as it is kept.
///
/// # Errors
/// `text_empty`, `text_too_long`.
pub fn theme(raw: &str) -> Result<String, RefusalCode> {
    line(raw, THEME_GRAPHEMES)
}

/// One line of text.
fn line(raw: &str, most: usize) -> Result<String, RefusalCode> {
    bounded(&tidy_text(raw)?.replace('\n', " "), most)
}

fn bounded(text: &str, most: usize) -> Result<String, RefusalCode> {
    if text.graphemes(true).nth(most).is_some() {
        return Err(RefusalCode::TextTooLong);
    }
    Ok(text.to_owned())
}

/// A text in three languages; those that were left empty are filled with Japanese.
///
/// # Errors
/// `text_empty`, `text_too_long`.
pub fn text(raw: &Text, most: usize) -> Result<Text, RefusalCode> {
    let ja = bounded(&tidy_text(&raw.ja)?, most)?;
    // Nobody has to write three languages to plan an afternoon.
    let or_ja = |raw: &str| match tidy_text(raw) {
        Ok(text) => bounded(&text, most),
        Err(RefusalCode::TextEmpty) => Ok(ja.clone()),
        Err(code) => Err(code),
    };
    Ok(Text { easy: or_ja(&raw.easy)?, en: or_ja(&raw.en)?, ja })
}
