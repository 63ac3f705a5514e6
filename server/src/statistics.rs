//! The numbers of sessions as they may be shown: small groups hidden, as a table for the yearly report.
//!
//! A number under five could be somebody one knows. So it is `<5`, and what would give it away by subtraction is hidden
//! too. How many came is the sum of its parts (who watched, reacted, wrote; who came for the first time, or again), and
//! everybody sees it. With a part under five:
//!
//! - the other parts are hidden (`–`), not only the smallest: two hidden parts under five have a sum, and a sum of eight
//!   is four and four;
//! - in a session so small that `<5` and the sum together narrow it down (of six people at least five came again, so at
//!   most one is new), even which part is the small one stays hidden;
//! - there are no totals over sessions: two reports that differ by one day would give away that day's session.

use std::collections::BTreeMap;

use ibasho_protocol::api::calendar::SessionCount;

use crate::store::statistics::Counted;

/// Groups below this are not shown.
const SMALL: u32 = 5;
/// A number under [`SMALL`].
const FEW: &str = "<5";
/// A number that would give away another.
const HIDDEN: &str = "–";
/// What spreadsheets take for the beginning of a formula, also in full width as Japanese ones do.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// A session with its small groups hidden.
pub fn show(counted: &Counted) -> SessionCount {
    let tally = &counted.tally;
    let [watched, reacted, wrote] = parts(tally.came, [tally.watched, tally.reacted, tally.wrote]);
    let [first, again] = parts(tally.came, [tally.first, tally.again]);
    SessionCount {
        date: counted.day.clone(),
        room: counted.room.clone(),
        name: counted.name.clone(),
        came: number(tally.came),
        watched,
        reacted,
        wrote,
        first,
        again,
        minutes: (tally.came >= SMALL).then_some(tally.minutes),
    }
}

/// The parts of a whole that is shown.
fn parts<const N: usize>(came: u32, parts: [u32; N]) -> [String; N] {
    if came < SMALL || parts.iter().all(|&part| part >= SMALL) {
        return parts.map(number);
    }
    // From here on a small part can be anything from none to four, whatever the others are.
    let wide = came >= SMALL * (N as u32 - 1) + SMALL - 1;
    parts.map(|part| if wide && part < SMALL { FEW.into() } else { HIDDEN.into() })
}

fn number(number: u32) -> String {
    if number < SMALL { FEW.into() } else { number.to_string() }
}

/// The table for a spreadsheet: UTF-8 with a byte order mark, without which Japanese ones misread it, and CRLF
/// (RFC 4180). `rooms` has the Japanese names of rooms.
///
/// # Errors
/// Only if memory cannot be written.
pub fn table(sessions: &[SessionCount], rooms: &BTreeMap<&str, &str>) -> Result<Vec<u8>, csv::Error> {
    let mut out =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record([
        "開催日",
        "部屋",
        "名称",
        "参加人数（オンライン）",
        "うち見るだけ",
        "うちリアクションまで",
        "うち文字で参加",
        "うちはじめて",
        "うち2回目以上",
        "のべ参加時間（分）",
    ])?;
    for session in sessions {
        let room = rooms.get(session.room.as_str()).copied().unwrap_or(&session.room);
        let minutes = session.minutes.map_or_else(|| HIDDEN.into(), |minutes| minutes.to_string());
        out.write_record([
            &session.date,
            &harmless(room),
            &harmless(&session.name),
            &session.came,
            &session.watched,
            &session.reacted,
            &session.wrote,
            &session.first,
            &session.again,
            &minutes,
        ])?;
    }
    out.into_inner().map_err(|error| error.into_error().into())
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    if text.trim_start().starts_with(FORMULA) || text.starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hosting::gathering::Tally;

    fn counted(came: u32, ways: [u32; 3], first: u32) -> Counted {
        let [watched, reacted, wrote] = ways;
        let tally = Tally { came, watched, reacted, wrote, first, again: came - first, minutes: came * 60 };
        Counted { day: "2026-11-21".into(), room: "house".into(), name: "午後の会".into(), tally }
    }

    fn shown(came: u32, ways: [u32; 3], first: u32) -> [String; 6] {
        let SessionCount { came, watched, reacted, wrote, first, again, .. } = show(&counted(came, ways, first));
        [came, watched, reacted, wrote, first, again]
    }

    #[test]
    fn groups_under_five_are_hidden() {
        assert_eq!(shown(30, [5, 10, 15], 12), ["30", "5", "10", "15", "12", "18"]);
        assert_eq!(shown(30, [4, 10, 16], 12), ["30", "<5", "–", "–", "12", "18"]);
        assert_eq!(shown(20, [3, 2, 15], 0), ["20", "<5", "<5", "–", "<5", "–"]);
        assert_eq!(shown(6, [0, 1, 5], 1), ["6", "–", "–", "–", "–", "–"]);
        assert_eq!(shown(4, [0, 0, 4], 4), ["<5"; 6]);
        assert_eq!(show(&counted(4, [0, 0, 4], 4)).minutes, None);
        assert_eq!(show(&counted(5, [0, 0, 5], 0)).minutes, Some(300));
    }

    /// Whoever sees what is shown, knows how it is made and tries every possibility learns of no part more than that it
    /// is under five, or a number of five and above.
    #[test]
    fn nobody_can_work_out_a_small_group() {
        fn learn<const N: usize>(all: impl Iterator<Item = (u32, [u32; N])>) {
            let mut possible: BTreeMap<(String, [String; N]), Vec<[u32; N]>> = BTreeMap::new();
            for (came, split) in all {
                possible.entry((number(came), parts(came, split))).or_default().push(split);
            }
            for ((came, shown), splits) in possible {
                for (part, text) in shown.iter().enumerate() {
                    let mut values: Vec<u32> = splits.iter().map(|split| split[part]).collect();
                    values.sort_unstable();
                    values.dedup();
                    match text.as_str() {
                        FEW => assert_eq!(values, [0, 1, 2, 3, 4], "{came} {shown:?}"),
                        HIDDEN => assert!(values.len() > 1 || values[0] >= SMALL, "{came} {shown:?}"),
                        _ => assert!(values.len() == 1 && values[0] >= SMALL, "{came} {shown:?}"),
                    }
                    assert!(
                        text != HIDDEN || values.iter().any(|&value| value >= SMALL),
                        "{came} {shown:?}: all small"
                    );
                }
            }
        }
        learn((0..40).flat_map(|came| (0..=came).map(move |a| (came, [a, came - a]))));
        learn(
            (0..40).flat_map(|came| {
                (0..=came).flat_map(move |a| (0..=came - a).map(move |b| (came, [a, b, came - a - b])))
            }),
        );
    }

    #[test]
    fn a_spreadsheet_reads_the_table_and_runs_nothing() {
        let mut session = show(&counted(30, [5, 10, 15], 3));
        session.name = "=HYPERLINK(\"http://evil.example\",\"午後, の会\")".into();
        let table = table(&[session], &BTreeMap::from([("house", "＠いえ")])).expect("a table");
        let text = String::from_utf8(table).expect("UTF-8");
        let lines: Vec<&str> = text.strip_prefix('\u{feff}').expect("a mark").split("\r\n").collect();
        assert!(lines[0].starts_with("開催日,部屋,名称,参加人数（オンライン）,"), "{}", lines[0]);
        let row =
            "2026-11-21,'＠いえ,\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"午後, の会\"\")\",30,5,10,15,<5,–,1800";
        assert_eq!(lines[1..], [row, ""]);
    }
}
