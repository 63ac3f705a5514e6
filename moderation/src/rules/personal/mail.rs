//! Mail and web addresses, also as people spell them to get them past a filter.

use std::ops::Range;

use super::{Expression, Lazy, Sight, all, expression, fits};

/// What stands for a dot.
const DOT: &str = r"(?:\s?[.。・･,]\s?|、?(?:どっと|てん)、?|\s?[(\[<]\s?(?:dot|どっと|てん|ぽち|\.)\s?[)\]>]\s?|\s?(?:どっと|ぽち)\s?|\s(?:dot|てん)\s)";
/// What stands for @.
const AT: &str = r"(?:\s?@\s?|\s?[(\[<{]\s?(?:at|あっと(?:まーく)?|@|a)\s?[)\]>}]\s?|[\s、]?あっとまーく[\s、]?|\s?あっと\s?|\sat\s|\s?☆\s?|\s?★\s?|\s?●\s?)";
/// Mail services by name, in Latin letters and as they are spoken.
const SERVICES: &str = r"(?:g-?mail|gめーる|じー?めーる|yahoo|やふー|docomo|どこも|softbank|そふとばんく|ezweb|i\.softbank|icloud|あいくらうど|outlook|あうとるっく|hotmail|ほっとめーる|proton(?:mail)?|ymobile|au)";
/// Ends of addresses that are no words of a sentence.
const SURE_ENDS: &str = r"(?:com|net|org|co\s?\.\s?jp|ne\s?\.\s?jp|jp|gg|info|xyz|こむ|じぇいぴー|じぇーぴー|ねっと)";
/// More ends, good only right behind a real dot.
const ENDS: &str = r"(?:com|net|org|jp|gg|info|xyz|io|me|co|tv|app|dev|be|ly|link|site|page|to|cc|us|uk|fr|de|kr|cn|tw|in|biz|shop|online|store|club|live|fun|top|vip|ee|ai|moe|chat|cloud|space|world|im|fm|gl|id|ru|eu|ac|edu|gov)";
/// No Latin letter goes on behind.
const END: &str = r"(?:[^a-z0-9\-]|$)";

/// Nothing of a mail address is without one of these.
static SAYS_AT: Lazy = Lazy::new(|| expression(r"[@☆★●]|あっと|at|\(a"));
static SAYS_AT_JOINED: Lazy = Lazy::new(|| expression("@|あっと"));
static SAYS_SERVICE: Lazy = Lazy::new(|| expression("mail|めーる|cloud"));
static SAYS_LATIN: Lazy = Lazy::new(|| expression("[a-z]|こむ"));
static MAIL: Lazy = Lazy::new(|| {
    expression(&format!(
        r"(?:[a-z0-9][a-z0-9._%+\-]*|[\p{{Hiragana}}ー]{{2,}}){AT}(?:(?:[a-z0-9\-]+{DOT})+[a-z]{{2,}}|{SERVICES}(?:{DOT}|{END})|[a-z0-9\-]{{2,}}{DOT}(?:{SURE_ENDS}|{SERVICES}))"
    ))
});
/// A name with a number or sign in it, followed by a service: `taro_99 じーめーる`.
static NEAR_SERVICE: Lazy = Lazy::new(|| {
    expression(
        r"\b(?-u:\b)([a-z][a-z0-9._\-]{3,})[\s　]*(?:の|を|で|、|,|\+|→)?[\s　]*(?:gmail|gめーる|じー?めーる|icloud|あいくらうど)(?:だよ|です|どっと|\s?\.|$|[\s。])",
    )
});
/// The service first: 「gmailで taro99」.
static BEHIND_SERVICE: Lazy = Lazy::new(|| {
    expression(
        r"(?:(?-u:\b)g-?mail|(?-u:\b)gめーる|じー?めーる|(?-u:\b)icloud|あいくらうど)[^a-z0-9\n。]{0,10}?([a-z]{3,}[a-z0-9._\-]*[0-9]{2,}[a-z0-9]*)",
    )
});
/// The joined view has no dots and no doubled letters.
static MAIL_JOINED: Lazy = Lazy::new(|| {
    expression(
        r"[a-z0-9]{2,}(?:@|あっとまく|あっと)(?:gmail|gめる|じめる|yaho|やふ|docomo|どこも|softbank|ezweb|icloud|outlok|hotmail|proton|ymobile)",
    )
});
/// `border` is what begins a word.
fn url(border: &str) -> Expression {
    expression(&format!(
        r"(?:h\s?(?:t\s?t|x\s?x)\s?p\s?s?\s?:\s?/\s?/|{border}www\s?(?:\.|どっと)\s?)\s?[^\s]|(?:[a-z0-9][a-z0-9\-]*\.)+{ENDS}(?:/[^\s]*|{END})|[a-z0-9][a-z0-9\-]+{DOT}{SURE_ENDS}(?:/[^\s]*|{END})|(?:[a-z0-9]\s){{3,}}(?:[a-z0-9]\s?)?\.\s?(?:c\s?o\s?m|n\s?e\s?t|o\s?r\s?g|j\s?p|g\s?g|m\s?e)"
    ))
}

static URL: Lazy = Lazy::new(|| url(r"\b"));
/// The same without the border, which is slow to tell in Japanese: where this does not fit, the other one does not.
static NEARLY_URL: Lazy = Lazy::new(|| url(""));

pub(super) fn find_mail(sight: &Sight) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if fits(&SAYS_AT, sight) {
        found = all(&MAIL, sight, |_| true);
    }
    if found.is_empty() && fits(&SAYS_SERVICE, sight) {
        let sign = |name: &str| name.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | '-'));
        found = all(&NEAR_SERVICE, sight, |captures| sign(&captures[1]));
        found.extend(all(&BEHIND_SERVICE, sight, |_| true));
    }
    found
}

pub(super) fn find_mail_joined(sight: &Sight) -> Vec<Range<usize>> {
    if fits(&SAYS_AT_JOINED, sight) { all(&MAIL_JOINED, sight, |_| true) } else { Vec::new() }
}

pub(super) fn find_url(sight: &Sight) -> Vec<Range<usize>> {
    if !fits(&SAYS_LATIN, sight) || !fits(&NEARLY_URL, sight) {
        return Vec::new();
    }
    // A mail address ends like a web address; it is found as what it is.
    all(&URL, sight, |captures| {
        let from = captures.get(0).map_or(0, |whole| whole.start());
        !sight.text()[..from].ends_with('@')
    })
}
