//! The iCalendar feed (RFC 5545): every session an event of its own, in UTC, with a UID that stays. Repeating rules are
//! not left to calendar programs: they would reckon differently about changes of clocks and dates taken out.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use chrono::{DateTime, Utc};
use ibasho_protocol::ids::Millis;
use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus, Property};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::Surroundings;
use crate::calendar::almanac::Session;
use crate::calendar::lang::Lang;

/// How far the feed reaches, in milliseconds: half a year ahead, and four weeks back, since a calendar program forgets
/// what is no longer in it.
const AHEAD_MS: Millis = 183 * 24 * 60 * 60 * 1000;
const BACK_MS: Millis = 28 * 24 * 60 * 60 * 1000;
/// Most events: a year of daily sessions in several rooms.
const MOST_EVENTS: usize = 2_000;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Language {
    /// `ja`, `easy` or `en`; `ja` if absent.
    lang: Option<String>,
}

impl Language {
    /// The language that was asked for.
    pub fn get(&self) -> Lang {
        Lang::named(self.lang.as_deref().unwrap_or_default())
    }
}

/// The sessions as an iCalendar feed, to subscribe to.
#[utoipa::path(get, path = "/api/v1/calendar.ics", tag = "public", params(Language),
    responses((status = 200, body = String, content_type = "text/calendar")))]
pub async fn feed(
    State(around): State<Arc<Surroundings>>,
    Query(language): Query<Language>,
) -> ([(HeaderName, HeaderValue); 2], String) {
    let lang = language.get();
    let now = around.clock.now();
    let almanac = around.calendar.almanac();
    let place = &around.config.place;
    let url = around.config.public_urls.first().map(|url| format!("{url}/"));
    let host = url.as_deref().and_then(|url| url.split('/').nth(2)).unwrap_or("ibasho.invalid");
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//ibasho//calendar//JA"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .name(lang.of(&place.name))
        .timezone(around.calendar.zone.name());
    for session in almanac.between(now.saturating_sub(BACK_MS), now + AHEAD_MS).into_iter().take(MOST_EVENTS) {
        calendar.push(event(session, lang, host, url.as_deref()));
    }
    let head = [
        (CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")),
    ];
    (head, calendar.to_string())
}

fn event(Session { row, slot }: Session<'_>, lang: Lang, host: &str, url: Option<&str>) -> Event {
    let plan = &row.plan;
    let mut about = lang.of(&plan.about).to_owned();
    if let Some(asked) = &plan.eligibility {
        about = format!("{about}\n{}", lang.of(&asked.text));
    }
    let status = if slot.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed };
    let mut event = Event::with_uid(&format!("{}@{host}", slot.id));
    event
        .summary(lang.of(&plan.name))
        .description(&about)
        .starts(utc(slot.starts))
        .ends(utc(slot.ends))
        .timestamp(utc(row.changed))
        .last_modified(utc(row.changed))
        .sequence(row.version)
        .status(status);
    if let Some(url) = url {
        event.url(url);
    }
    event
}

fn utc(moment: Millis) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(moment.cast_signed()).unwrap_or_default()
}
