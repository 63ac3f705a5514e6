//! The dates of a plan: RFC 5545 rules, bounded. Reckoned in dates without a zone, so that no change of clocks shifts
//! them; the time of day is put to them afterwards.

use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _};
use ibasho_protocol::refusal::RefusalCode;
use rrule::{RRule, RRuleSet, Tz, Unvalidated};

use super::zone::Zone;

/// Longest rule, in bytes: all weekdays of all months with their numbers fit.
const RULE_BYTES: usize = 300;
/// Most dates that are looked at from the first one on: more than thirteen years of every day.
const MOST_STEPS: usize = 5_000;
/// Parts of a rule that say dates. Hours, minutes and seconds would make several sessions of one.
const PARTS: [&str; 11] = [
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYDAY",
    "BYMONTHDAY",
    "BYMONTH",
    "BYSETPOS",
    "BYYEARDAY",
    "BYWEEKNO",
    "WKST",
];
/// Frequencies of dates.
const FREQUENCIES: [&str; 4] = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];

/// The dates within `window`, in order. The window bounds a rule that never ends.
///
/// # Errors
/// `bad_rule`: it cannot be read, never happens, or takes too long to happen.
pub fn dates(
    first: NaiveDate,
    rule: Option<&str>,
    zone: Zone,
    window: &RangeInclusive<NaiveDate>,
) -> Result<Vec<NaiveDate>, RefusalCode> {
    let Some(rule) = rule else {
        return Ok(if window.contains(&first) { vec![first] } else { Vec::new() });
    };
    // The library holds `expect`s of its own; whatever rule reaches one of them is no rule of ours.
    catch_unwind(AssertUnwindSafe(|| expand(first, rule, zone, window))).unwrap_or(Err(RefusalCode::BadRule))
}

fn expand(
    first: NaiveDate,
    rule: &str,
    zone: Zone,
    window: &RangeInclusive<NaiveDate>,
) -> Result<Vec<NaiveDate>, RefusalCode> {
    let start = Tz::UTC.from_utc_datetime(&first.and_time(NaiveTime::MIN));
    let rule: RRule<Unvalidated> = plain(rule, zone)?.parse().map_err(|_| RefusalCode::BadRule)?;
    let rule = rule.validate(start).map_err(|_| RefusalCode::BadRule)?;
    // Limited: a rule for the 30th of February is given up after a bounded number of rounds.
    let series = RRuleSet::new(start).rrule(rule).limit();
    let mut happens = false;
    let mut dates = Vec::new();
    for date in series.into_iter().take(MOST_STEPS).map(|moment| moment.date_naive()) {
        happens = true;
        if date > *window.end() {
            break;
        }
        if date >= *window.start() && dates.last() != Some(&date) {
            dates.push(date);
        }
    }
    if happens { Ok(dates) } else { Err(RefusalCode::BadRule) }
}

/// The rule with parts that say dates only, and with `UNTIL` as the last date it may fall on.
fn plain(rule: &str, zone: Zone) -> Result<String, RefusalCode> {
    if rule.len() > RULE_BYTES || !rule.is_ascii() {
        return Err(RefusalCode::BadRule);
    }
    let upper = rule.trim().to_ascii_uppercase();
    let parts = upper.trim_start_matches("RRULE:").split(';').filter(|part| !part.is_empty());
    let parts: Option<Vec<String>> = parts
        .map(|part| {
            let (key, value) = part.split_once('=')?;
            if !PARTS.contains(&key) || (key == "FREQ" && !FREQUENCIES.contains(&value)) {
                return None;
            }
            let value = if key == "UNTIL" { until(value, zone)? } else { value.to_owned() };
            Some(format!("{key}={value}"))
        })
        .collect();
    Ok(parts.ok_or(RefusalCode::BadRule)?.join(";"))
}

/// `20270331`, `20270331T150000` (both here) or `20270331T150000Z`: the date here on which it is.
fn until(value: &str, zone: Zone) -> Option<String> {
    let date = match value.strip_suffix('Z') {
        Some(utc) => {
            let moment = NaiveDateTime::parse_from_str(utc, "%Y%m%dT%H%M%S").ok()?.and_utc().timestamp_millis();
            zone.date(u64::try_from(moment).ok()?)
        }
        None => NaiveDate::parse_from_str(value.split('T').next()?, "%Y%m%d").ok()?,
    };
    (2000..2200).contains(&date.year()).then(|| date.format("%Y%m%dT000000Z").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        crate::calendar::zone::date(text).expect("a date")
    }

    fn all(first: &str, rule: &str) -> Result<Vec<String>, RefusalCode> {
        let zone = Zone::named("Asia/Tokyo").expect("a zone");
        let found = dates(day(first), Some(rule), zone, &(day("2026-11-01")..=day("2027-12-31")))?;
        Ok(found.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn rules_that_people_use() {
        let four = ["2026-12-05", "2026-12-12", "2026-12-19", "2026-12-26"];
        assert_eq!(all("2026-12-05", "FREQ=WEEKLY;BYDAY=SA;COUNT=4").expect("right"), four);
        assert_eq!(all("2026-12-05", "RRULE:FREQ=WEEKLY;UNTIL=20261226").expect("right"), four);
        // 26 December 23:59 in Tokyo.
        assert_eq!(all("2026-12-05", "freq=weekly;until=20261226T145900Z").expect("right"), four);
        let second = all("2026-12-12", "FREQ=MONTHLY;BYDAY=2SA").expect("right");
        assert_eq!(second[..3], ["2026-12-12", "2027-01-09", "2027-02-13"]);
        assert_eq!(second.len(), 13, "it never ends, and the window ends it");
        let last = all("2026-12-25", "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1;COUNT=2").expect("right");
        assert_eq!(last, ["2026-12-25", "2027-01-29"]);
        // What is counted begins with the first date, not with the window.
        assert_eq!(all("2026-10-03", "FREQ=WEEKLY;COUNT=6").expect("right"), ["2026-11-07"]);
    }

    #[test]
    fn rules_that_are_none() {
        let never = [
            "",
            "every saturday",
            "FREQ=SECONDLY",
            "FREQ=HOURLY;COUNT=3",
            "FREQ=DAILY;BYHOUR=1,2,3",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;UNTIL=20200101",
            "FREQ=DAILY;UNTIL=soon",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=MONTHLY;BYMONTHDAY=99",
            "FREQ=WEEKLY;BYSETPOS=400;BYDAY=MO",
            "FREQ=DAILY\nDTSTART:19700101",
            "FREQ=毎日",
        ];
        for rule in never {
            let begun = std::time::Instant::now();
            assert_eq!(all("2026-12-05", rule), Err(RefusalCode::BadRule), "{rule}");
            assert!(begun.elapsed().as_secs() < 5, "{rule} took {:?}", begun.elapsed());
        }
        assert_eq!(all("2026-12-05", &format!("FREQ=DAILY;BYDAY={}", "MO,".repeat(200))), Err(RefusalCode::BadRule));
    }
}
