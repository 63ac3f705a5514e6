//! The time zone of the place: from what a calendar on the wall says to a moment, and back.

use chrono::{DateTime, Datelike as _, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset as _};
use chrono::{TimeZone as _, Weekday};
use chrono_tz::Tz;
use ibasho_protocol::ids::Millis;

/// A time zone of the IANA database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

impl Default for Zone {
    fn default() -> Self {
        Self(Tz::Asia__Tokyo)
    }
}

impl Zone {
    /// The zone of this name.
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The moment at which clocks here show this. A time that clocks show twice means the first of the two, one that
    /// they leap over means as much later as they leap (RFC 5545 § 3.3.5).
    pub fn moment(self, local: NaiveDateTime) -> Millis {
        let utc = match self.0.from_local_datetime(&local) {
            LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => time.timestamp_millis(),
            LocalResult::None => {
                // No clock has ever leapt over more than a day; the day before tells the offset before the leap.
                let before = local - Duration::days(1);
                let offset = self.0.offset_from_local_datetime(&before).earliest();
                let seconds = offset.map_or(0, |offset| offset.fix().local_minus_utc());
                local.and_utc().timestamp_millis() - i64::from(seconds) * 1000
            }
        };
        Millis::try_from(utc).unwrap_or(0)
    }

    /// What clocks here show at a moment.
    pub fn local(self, moment: Millis) -> NaiveDateTime {
        let utc = DateTime::from_timestamp_millis(moment.cast_signed()).unwrap_or_default();
        utc.with_timezone(&self.0).naive_local()
    }

    /// The date here at a moment.
    pub fn date(self, moment: Millis) -> NaiveDate {
        self.local(moment).date()
    }
}

/// A date as it travels: `YYYY-MM-DD`, in a year that calendars can reckon with.
pub fn date(text: &str) -> Option<NaiveDate> {
    let date = (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())??;
    (2000..2200).contains(&date.year()).then_some(date)
}

/// A time of day as it travels: `HH:MM`.
pub fn time(text: &str) -> Option<NaiveTime> {
    (text.len() == 5).then(|| NaiveTime::parse_from_str(text, "%H:%M").ok())?
}

/// A date in words, short: `12月5日（土）`, `12月5日（土ようび）`, `Sat 5 Dec`.
pub fn spoken(at: NaiveDateTime, lang: super::lang::Lang) -> String {
    use super::lang::Lang;
    const JA: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];
    let day = JA[at.weekday().num_days_from_monday() as usize];
    match lang {
        Lang::Ja => format!("{}月{}日（{day}）", at.month(), at.day()),
        Lang::Easy => format!("{}月{}日（{day}ようび）", at.month(), at.day()),
        Lang::En => at.format("%a %-d %b").to_string(),
    }
}

/// A weekday as room files write it.
pub fn weekday(name: &str) -> Option<Weekday> {
    let known = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let at = known.iter().position(|day| *day == name)?;
    Weekday::try_from(at as u8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(zone: &str, text: &str) -> String {
        let zone = Zone::named(zone).expect("a zone");
        let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time");
        DateTime::from_timestamp_millis(zone.moment(local).cast_signed()).expect("in range").to_rfc3339()
    }

    #[test]
    fn a_time_on_the_wall_is_a_moment() {
        assert_eq!(at("Asia/Tokyo", "2026-12-05 15:00"), "2026-12-05T06:00:00+00:00");
        assert_eq!(at("Europe/Berlin", "2026-03-28 15:00"), "2026-03-28T14:00:00+00:00");
        assert_eq!(at("Europe/Berlin", "2026-03-29 15:00"), "2026-03-29T13:00:00+00:00");
        // Shown twice: the first; leapt over: an hour later.
        assert_eq!(at("Europe/Berlin", "2026-10-25 02:30"), "2026-10-25T00:30:00+00:00");
        assert_eq!(at("Europe/Berlin", "2026-03-29 02:30"), "2026-03-29T01:30:00+00:00");
    }

    #[test]
    fn dates_and_times_that_are_none() {
        for text in ["2026-02-29", "2026-13-01", "2026-1-1", "+026-01-01", "9999-01-01", "", "2026-01-01x"] {
            assert_eq!(date(text), None, "{text}");
        }
        for text in ["24:00", "9:00", "12:60", "", "12:3x"] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
