//! The coming sessions as a small page for another site's frame: no script, no cookie, nothing loaded from elsewhere.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderName, HeaderValue};
use axum::response::Html;
use ibasho_protocol::api::calendar::{Access, SessionCard};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::feed::Language;
use super::sessions::{DAYS, coming};
use crate::Surroundings;
use crate::calendar::lang::Lang;
use crate::calendar::zone::{Zone, spoken};
use crate::http::answer::Refused;

/// Any site may show it; it may do nothing but be shown, and open a link beside itself.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors *";
/// Most sessions shown: a list, not a catalogue.
const MOST: usize = 20;
/// Follows the light or dark of the reader's machine; the operator's site decides about the rest.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{margin:0;padding:.75rem 1rem;font:1rem/1.7 system-ui,'Hiragino Sans','Noto Sans JP',sans-serif;\
color:CanvasText;background:Canvas}\
h1{font-size:1.1rem;margin:0 0 .5rem}\
ul{list-style:none;margin:0;padding:0}\
li{padding:.6rem 0;border-top:1px solid color-mix(in srgb,CanvasText 25%,Canvas)}\
p{margin:0}\
a{color:LinkText}\
.off{text-decoration:line-through}";

/// The words of the list.
struct Words {
    title: &'static str,
    none: &'static str,
    cancelled: &'static str,
    seats: fn(u16) -> String,
    full: &'static str,
    access: fn(Access) -> &'static str,
    span: fn(&str, &str, &str) -> String,
    more: &'static str,
}

const JA: Words = Words {
    title: "これからの予定",
    none: "いま、決まっている予定はありません。",
    cancelled: "この日はお休みです",
    seats: |free| format!("あいている席 {free}"),
    full: "席はいっぱいです（空き待ちができます）",
    access: |access| match access {
        Access::Open => "どなたでも",
        Access::Code => "招待コードのある方",
        Access::Approval => "入口でスタッフがご案内します",
        Access::Known => "来たことのある方、紹介された方",
    },
    span: |date, from, to| format!("{date} {from}〜{to}"),
    more: "くわしく見る・席をとる",
};
const EASY: Words = Words {
    title: "これからの よてい",
    none: "いま、よていは ありません。",
    cancelled: "この日は お休みです",
    seats: |free| format!("あいている せき {free}"),
    full: "せきは いっぱいです（まつ ことが できます）",
    access: |access| match access {
        Access::Open => "だれでも",
        Access::Code => "しょうたいコードが ある人",
        Access::Approval => "入口で スタッフが あんないします",
        Access::Known => "来たことが ある人、しょうかいされた人",
    },
    span: |date, from, to| format!("{date} {from}から {to}まで"),
    more: "くわしく 見る・せきを とる",
};
const EN: Words = Words {
    title: "Coming sessions",
    none: "No sessions are planned at the moment.",
    cancelled: "Cancelled on this day",
    seats: |free| format!("Free seats: {free}"),
    full: "All seats are taken (there is a waiting list)",
    access: |access| match access {
        Access::Open => "Open to everybody",
        Access::Code => "For people with an invitation code",
        Access::Approval => "Staff welcome you at the door",
        Access::Known => "For people met before or referred",
    },
    span: |date, from, to| format!("{date}, {from}–{to}"),
    more: "See more or book a seat",
};

/// The coming sessions as HTML, for a frame on another site.
#[utoipa::path(get, path = "/embed", tag = "public", params(Language),
    responses((status = 200, body = String, content_type = "text/html")))]
pub async fn embed(
    State(around): State<Arc<Surroundings>>,
    Query(language): Query<Language>,
) -> Result<([(HeaderName, HeaderValue); 2], Html<String>), Refused> {
    let sessions = coming(&around, DAYS).await?;
    let home = around.config.public_urls.first().map_or_else(|| "/".to_owned(), |url| format!("{url}/"));
    let page = page(&sessions, language.get(), around.calendar.zone, lang_name(&around, language.get()), &home);
    let head = [
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=60")),
    ];
    Ok((head, Html(page.into_string())))
}

fn lang_name(around: &Surroundings, lang: Lang) -> &str {
    lang.of(&around.config.place.name)
}

fn page(sessions: &[SessionCard], lang: Lang, zone: Zone, place: &str, home: &str) -> Markup {
    let words = match lang {
        Lang::Ja => &JA,
        Lang::Easy => &EASY,
        Lang::En => &EN,
    };
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (words.title) " · " (place) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (place) " · " (words.title) }
                @if sessions.is_empty() { p { (words.none) } }
                ul {
                    @for session in sessions.iter().take(MOST) { li { (item(session, lang, zone, words)) } }
                }
                p { a href=(home) target="_blank" rel="noopener" { (words.more) } }
            }
        }
    }
}

fn item(session: &SessionCard, lang: Lang, zone: Zone, words: &Words) -> Markup {
    let (from, to) = (zone.local(session.starts), zone.local(session.ends));
    let clock = |at: chrono::NaiveDateTime| at.format("%-H:%M").to_string();
    let span = (words.span)(&spoken(from, lang), &clock(from), &clock(to));
    html! {
        p class=[session.cancelled.then_some("off")] { (span) }
        p { strong { (lang.of(&session.name)) } @if let Some(theme) = &session.theme { " — " (theme) } }
        @if session.cancelled {
            p { (words.cancelled) }
        } @else {
            p {
                ((words.access)(session.access))
                @if let Some(asked) = &session.eligibility { "（" (lang.of(&asked.text)) "）" }
                " · "
                @if session.free > 0 { ((words.seats)(session.free)) } @else { (words.full) }
            }
        }
    }
}
