//! Days and months, for what is kept no finer than that.

use chrono::{Days, Months};
use ibasho_protocol::ids::Millis;

use crate::calendar::zone::Zone;

/// A moment as the calendar on the wall of the place shows it. Days are `YYYY-MM-DD` and months `YYYY-MM`: they sort as
/// text.
#[derive(Debug, Clone, Copy)]
pub struct Day {
    zone: Zone,
    at: Millis,
}

impl Day {
    /// The day of a moment.
    pub fn of(zone: Zone, at: Millis) -> Self {
        Self { zone, at }
    }

    /// The moment itself.
    pub fn at(self) -> Millis {
        self.at
    }

    /// The day.
    pub fn day(self) -> String {
        self.zone.date(self.at).format("%Y-%m-%d").to_string()
    }

    /// The month.
    pub fn month(self) -> String {
        self.zone.date(self.at).format("%Y-%m").to_string()
    }

    /// The day so many days before.
    pub fn days_before(self, days: u16) -> String {
        let date = self.zone.date(self.at);
        date.checked_sub_days(Days::new(days.into())).unwrap_or(date).format("%Y-%m-%d").to_string()
    }

    /// The month so many months before.
    pub fn months_before(self, months: u16) -> String {
        let date = self.zone.date(self.at);
        date.checked_sub_months(Months::new(months.into())).unwrap_or(date).format("%Y-%m").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2025-12-31 23:30 in London is the new year in Japan.
    const NEW_YEAR: Millis = 1_767_223_800_000;

    #[test]
    fn days_are_those_of_the_place() {
        let here = Day::of(Zone::default(), NEW_YEAR);
        assert_eq!((here.day(), here.month()), ("2026-01-01".into(), "2026-01".into()));
        assert_eq!((here.days_before(1), here.months_before(24)), ("2025-12-31".into(), "2024-01".into()));
        assert_eq!(Day::of(Zone::named("Europe/London").expect("a zone"), NEW_YEAR).day(), "2025-12-31");
        assert_eq!(Day::of(Zone::default(), 0).months_before(1), "1969-12");
    }
}
