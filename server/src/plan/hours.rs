//! Opening hours: when a room is open without a session. Pure.

use chrono::{Datelike as _, Days, NaiveTime, Weekday};
use ibasho_protocol::ids::Millis;
use toml::Spanned;

use super::Fault;
use super::file::Opening;
use crate::calendar::zone::{self, Zone};

/// Most spans of a week: morning, noon and evening of every day.
const MOST: usize = 21;
/// Days looked ahead for the next change: a week, and the day it began on.
const AHEAD_DAYS: u64 = 8;

/// The opening hours of a week; none means: only during sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours(Vec<Span>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Span {
    day: Weekday,
    from: NaiveTime,
    /// At or before `from`: on the day after.
    to: NaiveTime,
}

impl Hours {
    /// Reads what a room file says.
    pub(super) fn read(openings: &[Spanned<Opening>]) -> Result<Self, Fault> {
        let mut spans = Vec::new();
        for opening in openings {
            let fault = |reason: &str| Fault::at(opening.span().start, format!("hours: {reason}"));
            let Opening { days, from, to } = opening.get_ref();
            let from = zone::time(from).ok_or_else(|| fault("`from` must be a time such as \"09:30\""))?;
            let to = if to == "24:00" { Some(NaiveTime::MIN) } else { zone::time(to) };
            let to = to.ok_or_else(|| fault("`to` must be a time such as \"17:00\""))?;
            if days.is_empty() {
                return Err(fault("`days` must name at least one day"));
            }
            for day in days {
                let day = zone::weekday(day).ok_or_else(|| fault("`days` are mon, tue, wed, thu, fri, sat, sun"))?;
                spans.push(Span { day, from, to });
            }
            if spans.len() > MOST {
                return Err(fault("more than 21 spans a week"));
            }
        }
        Ok(Self(spans))
    }

    /// Whether it is open at a moment.
    pub fn is_open(&self, zone: Zone, now: Millis) -> bool {
        self.spans(zone, now).any(|(from, to)| from <= now && now < to)
    }

    /// When it opens next, while it is closed.
    pub fn opens(&self, zone: Zone, now: Millis) -> Option<Millis> {
        self.spans(zone, now).map(|(from, _)| from).filter(|&from| from > now).min()
    }

    /// When it opens or closes next.
    pub fn next_change(&self, zone: Zone, now: Millis) -> Option<Millis> {
        self.spans(zone, now).flat_map(|(from, to)| [from, to]).filter(|&moment| moment > now).min()
    }

    /// The spans around a moment, as moments.
    fn spans(&self, zone: Zone, now: Millis) -> impl Iterator<Item = (Millis, Millis)> {
        let today = zone.date(now);
        let yesterday = today.pred_opt().unwrap_or(today);
        let days = (0..=AHEAD_DAYS).filter_map(move |ahead| yesterday.checked_add_days(Days::new(ahead)));
        days.flat_map(move |date| {
            self.0.iter().filter(move |span| span.day == date.weekday()).map(move |span| {
                let end = if span.to > span.from { date } else { date.succ_opt().unwrap_or(date) };
                (zone.moment(date.and_time(span.from)), zone.moment(end.and_time(span.to)))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Millis {
        let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time");
        Zone::default().moment(local)
    }

    #[test]
    fn a_weekend_and_a_night() {
        let time = |text: &str| zone::time(text).expect("a time");
        let hours = Hours(vec![
            Span { day: Weekday::Sat, from: time("10:00"), to: time("17:00") },
            Span { day: Weekday::Sun, from: time("22:00"), to: time("02:00") },
        ]);
        let zone = Zone::default();
        // 5 December 2026 is a Saturday.
        for (moment, open, next, opens) in [
            ("2026-12-05 09:59", false, "2026-12-05 10:00", "2026-12-05 10:00"),
            ("2026-12-05 10:00", true, "2026-12-05 17:00", "2026-12-06 22:00"),
            ("2026-12-05 17:00", false, "2026-12-06 22:00", "2026-12-06 22:00"),
            ("2026-12-07 01:59", true, "2026-12-07 02:00", "2026-12-12 10:00"),
            ("2026-12-07 02:00", false, "2026-12-12 10:00", "2026-12-12 10:00"),
        ] {
            let now = at(moment);
            assert_eq!(hours.is_open(zone, now), open, "{moment}");
            assert_eq!(hours.next_change(zone, now), Some(at(next)), "{moment}");
            assert_eq!(hours.opens(zone, now), Some(at(opens)), "{moment}");
        }
        let never = Hours(Vec::new());
        assert_eq!((never.is_open(zone, 0), never.next_change(zone, 0)), (false, None));
    }
}
