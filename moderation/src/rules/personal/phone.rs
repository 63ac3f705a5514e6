//! Phone numbers of Japan in the digits view.
//!
//! Lengths and first digits are those of the numbering plan of the Ministry of Internal Affairs and Communications
//! (電気通信番号計画): 0A0 and eleven digits for mobile and IP phones, 0 and ten digits for areas. Free numbers (0120,
//! 0800) and shared-cost numbers (0570) belong to no person, and help lines have them.

use std::ops::Range;

use super::Sight;
use crate::views::BREAK;

/// How people write numbers of an area: its code, then the rest.
const AREA_GROUPS: [&[usize]; 9] =
    [&[2, 4, 4], &[3, 3, 4], &[4, 2, 4], &[5, 1, 4], &[2, 8], &[3, 7], &[6, 4], &[4, 6], &[10]];
/// From so many single digits on somebody wrote a number digit by digit.
const SINGLES: usize = 6;

/// A stretch of digits without anything between them.
struct Group {
    digits: Range<usize>,
}

pub(super) fn find(sight: &Sight) -> Vec<Range<usize>> {
    let text = sight.text();
    let mut found = Vec::new();
    let mut start = 0;
    for run in text.split(BREAK) {
        // The shortest number has ten digits.
        if run.len() >= 10 {
            found.extend(in_run(text, start..start + run.len()));
        }
        start += run.len() + BREAK.len_utf8();
    }
    found
}

fn in_run(text: &str, run: Range<usize>) -> Option<Range<usize>> {
    let mut groups = Vec::new();
    let mut at = run.start;
    for part in text[run].split('-') {
        groups.push(Group { digits: at..at + part.len() });
        at += part.len() + 1;
    }
    groups.retain(|group| !group.digits.is_empty());
    (0..groups.len()).find_map(|first| {
        let mut digits = String::new();
        let mut lengths = Vec::new();
        for group in &groups[first..] {
            digits.push_str(&text[group.digits.clone()]);
            lengths.push(group.digits.len());
            if digits.len() > 14 {
                return None;
            }
            if is_phone(&digits, &lengths) {
                return Some(groups[first].digits.start..group.digits.end);
            }
        }
        None
    })
}

fn is_phone(digits: &str, groups: &[usize]) -> bool {
    let abroad = digits.strip_prefix("0081").or_else(|| digits.strip_prefix("81"));
    if let Some(rest) = abroad {
        let rest = rest.strip_prefix('0').unwrap_or(rest);
        // 81 and a mobile number, or the first group alone says that it is from abroad.
        if (rest.len() == 10 && is_mobile(rest)) || (rest.len() == 9 && matches!(groups[0], 2 | 4) && groups.len() > 1)
        {
            return true;
        }
    }
    match (digits.len(), digits.strip_prefix('0')) {
        (11, Some(rest)) => is_mobile(rest) && !(digits.starts_with("0800") && groups == [4, 3, 4]),
        (10, Some(rest)) => is_area(rest, groups),
        // Without the 0 before it, but still in the groups of a number.
        (10, None) => is_mobile(digits) && groups == [2, 4, 4] && digits.starts_with(['7', '8', '9']),
        _ => false,
    }
}

/// `90…`, `80…`, `70…`, `60…`, `50…` and eight more digits.
fn is_mobile(rest: &str) -> bool {
    matches!(rest.as_bytes(), [b'5'..=b'9', b'0', ..])
}

fn is_area(rest: &str, groups: &[usize]) -> bool {
    let nobodys = ["120", "570", "800", "990", "180", "00"].iter().any(|prefix| rest.starts_with(prefix));
    let singles = groups.iter().filter(|&&length| length == 1).count() >= SINGLES;
    !nobodys && !rest.starts_with('0') && (singles || AREA_GROUPS.contains(&groups))
}
