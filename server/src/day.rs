//! Days and months, for what is kept no finer than that.

use chrono::{DateTime, FixedOffset};
use ibasho_protocol::ids::Millis;

/// Japan: nine hours ahead, without summer time.
const OFFSET_SECONDS: i32 = 9 * 3600;

/// The day of a moment, `YYYY-MM-DD`.
pub fn day(at: Millis) -> String {
    local(at).format("%Y-%m-%d").to_string()
}

/// The month of a moment, `YYYY-MM`.
pub fn month(at: Millis) -> String {
    local(at).format("%Y-%m").to_string()
}

/// The day that was `days` days before a moment.
pub fn days_before(at: Millis, days: u32) -> String {
    day(at.saturating_sub(Millis::from(days) * 24 * 60 * 60 * 1000))
}

/// The month that was `months` months before that of a moment.
pub fn months_before(at: Millis, months: u32) -> String {
    let local = local(at);
    local.checked_sub_months(chrono::Months::new(months)).unwrap_or(local).format("%Y-%m").to_string()
}

fn local(at: Millis) -> DateTime<FixedOffset> {
    let utc = DateTime::from_timestamp_millis(at.cast_signed()).unwrap_or_default();
    FixedOffset::east_opt(OFFSET_SECONDS).map_or_else(|| utc.fixed_offset(), |zone| utc.with_timezone(&zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2025-12-31 23:30 in London is the new year in Japan.
    const NEW_YEAR: Millis = 1_767_223_800_000;

    #[test]
    fn days_are_those_of_the_place() {
        assert_eq!((day(NEW_YEAR), month(NEW_YEAR)), ("2026-01-01".into(), "2026-01".into()));
        assert_eq!(days_before(NEW_YEAR, 1), "2025-12-31");
        assert_eq!(months_before(NEW_YEAR, 24), "2024-01");
        assert_eq!(months_before(0, 1), "1969-12");
    }
}
