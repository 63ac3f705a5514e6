//! The shipped rules against the corpus: disguised personal data, cries for help, hard words, and what only looks like
//! them. `cargo test -p ibasho-moderation --test corpus -- --nocapture` prints the figures.
//!
//! About a quarter of the cases are held out: they were written before the rules were tuned and the rules are not
//! tuned on them. Their figures are printed beside the others; where the two part, the rules only fit what was known.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use ibasho_moderation::roles::Role;
use ibasho_moderation::rules::{Case, DEFAULT_RULES, Effect, Judged, Level, Mode, Occasion, RuleBook, RuleSet, Said};
use serde::Deserialize;

/// What the corpus holds at least: fewer cases make a per cent of false holds one single message.
const CASES: usize = 1_000;
/// Innocent messages among them at least, so that 1 % of them is five.
const INNOCENT: usize = 500;
/// The share of each kind that is held out at least: a quarter, less what was added while tuning.
const HELD_OUT: f64 = 0.20;
/// Personal data that is found at least, whatever the disguise: the goal of the project.
const RECALL_PERSONAL: f64 = 0.95;
/// The same among those that the rules were not tuned on. What comes here for the first time is found less often.
const RECALL_PERSONAL_HELD_OUT: f64 = 0.85;
/// Insults, sexual approaches, recruiting and contact elsewhere that are found at least. They have no form like a
/// number has; reports by people find the rest.
const RECALL_WORDS: f64 = 0.90;
/// The same among those held out.
const RECALL_WORDS_HELD_OUT: f64 = 0.60;
/// Innocent messages that are held at most: the goal of the project.
const FALSE_HOLDS: f64 = 0.01;
/// The same among those held out, of which one is almost 1 %.
const FALSE_HOLDS_HELD_OUT: f64 = 0.02;
/// Innocent messages that staff are told of at most. A look costs little, but who is called for nothing stops looking.
const FALSE_FLAGS: f64 = 0.02;
/// Cries for help that are missed at most. Of new ones that say it in a roundabout way words find only every second: that
/// is why there are people in the room who read.
const MISSED_CRIES: f64 = 0.05;
/// The same among those held out.
const MISSED_CRIES_HELD_OUT: f64 = 0.15;
/// Kinds by which a person could be found.
const PERSONAL: [&str; 10] =
    ["phone", "email", "url", "line_id", "discord", "social_id", "postcode", "address", "school", "real_name"];
/// Kinds that are found by words.
const WORDS: [&str; 4] = ["insult", "sexual", "recruiting", "off_platform"];
/// Milliseconds between the pieces of one case: as fast as one types a piece.
const BETWEEN_MS: u64 = 4_000;
/// When the last piece is sent.
const NOW: u64 = 1_800_000_000_000;
/// Since when the person comes: no newcomer.
const ARRIVED: u64 = NOW - 30 * 24 * 3_600_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    texts: Vec<String>,
    expect: Level,
    kind: String,
    #[serde(default)]
    held_out: bool,
    #[serde(default)]
    note: String,
}

fn corpus() -> Vec<Line> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let files = std::fs::read_dir(folder).expect("the corpus").map(|file| file.expect("a file").path());
    let mut lines = Vec::new();
    for file in files.filter(|file| file.extension().is_some_and(|extension| extension == "jsonl")) {
        let text = std::fs::read_to_string(&file).expect("UTF-8");
        for (number, line) in text.lines().enumerate() {
            let place = || format!("{}:{}", file.display(), number + 1);
            lines.push(serde_json::from_str(line).unwrap_or_else(|fault| panic!("{}: {fault}", place())));
        }
    }
    lines
}

fn rules() -> RuleSet {
    RuleSet::from_json(DEFAULT_RULES).expect("the shipped rules can be read")
}

/// Compiled once for all tests.
fn book() -> &'static RuleBook {
    static BOOK: LazyLock<RuleBook> =
        LazyLock::new(|| RuleBook::compile(&rules(), Vec::new()).expect("the shipped rules have no faults"));
    &BOOK
}

/// Judges the last of these messages of one person.
fn judge(book: &RuleBook, on: Occasion, role: Role, texts: &[impl AsRef<str>]) -> Judged {
    let ago = |index: usize| (texts.len() - 1 - index) as u64 * BETWEEN_MS;
    let said: Vec<Said<'_>> =
        texts.iter().enumerate().map(|(index, text)| Said { text: text.as_ref(), at: NOW - ago(index) }).collect();
    book.judge(&Case { on, texts: &said, role, room: "hall", session: None, arrived: Some(ARRIVED), now: NOW })
}

/// How many of these there are, and which of them went wrong.
#[derive(Default)]
struct Figure {
    all: usize,
    wrong: Vec<String>,
}

impl Figure {
    fn rate(&self) -> f64 {
        self.wrong.len() as f64 / self.all.max(1) as f64
    }
}

/// Cases of these kinds that are wrong: all, and those held out.
fn figures(title: &str, kinds: &[&str], wrong: impl Fn(&Line, &Judged) -> bool) -> (Figure, Figure) {
    let (book, mut all, mut held_out) = (book(), Figure::default(), Figure::default());
    let mut by_kind: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in corpus().into_iter().filter(|line| kinds.contains(&line.kind.as_str())) {
        let judged = judge(book, Occasion::Message, Role::Participant, &line.texts);
        let wrong = wrong(&line, &judged);
        for figure in std::iter::once(&mut all).chain(line.held_out.then_some(&mut held_out)) {
            figure.all += 1;
            if wrong {
                figure.wrong.push(told(&line, &judged));
            }
        }
        let kind = by_kind.entry(line.kind.clone()).or_default();
        kind.0 += 1;
        kind.1 += usize::from(wrong);
    }
    println!("{title}: {:.3} of {} wrong, held out {:.3} of {}", all.rate(), all.all, held_out.rate(), held_out.all);
    for (kind, (cases, wrong)) in by_kind {
        println!("  {kind}: {wrong} of {cases}");
    }
    for case in &all.wrong {
        println!("  {case}");
    }
    (all, held_out)
}

/// A case and what was said of it, for whoever reads a failure. Of those held out only the id, so that nobody tunes on them
/// without wanting to.
fn told(line: &Line, judged: &Judged) -> String {
    if line.held_out {
        return format!("{} (held out) → {:?}, not {:?}", line.id, judged.verdict, line.expect);
    }
    let rules: BTreeSet<&str> = judged.findings.iter().map(|finding| finding.rule.as_str()).collect();
    format!("{} {:?} {} → {:?} {rules:?}, not {:?}", line.id, line.texts, line.note, judged.verdict, line.expect)
}

fn at_most(figure: &Figure, bound: f64) {
    assert!(figure.all > 0, "there are cases");
    assert!(figure.rate() <= bound, "{:.3} > {bound}\n{}", figure.rate(), figure.wrong.join("\n"));
}

#[test]
fn the_corpus_is_large_and_each_case_is_one_of_its_own() {
    let (mut ids, mut texts, mut kinds) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
    let lines = corpus();
    assert!(lines.len() >= CASES, "{}", lines.len());
    for line in lines {
        assert!(ids.insert(line.id.clone()), "{} is there twice", line.id);
        assert!(texts.insert(line.texts.clone()), "{}: the same words are there twice", line.id);
        assert!(!line.texts.is_empty() && line.texts.iter().all(|text| !text.is_empty()), "{} says nothing", line.id);
        let known = PERSONAL.contains(&line.kind.as_str()) || WORDS.contains(&line.kind.as_str());
        assert!(known || ["innocent", "help"].contains(&line.kind.as_str()), "{}: {}", line.id, line.kind);
        let expect = match line.kind.as_str() {
            "innocent" => [Level::Allow; 2],
            "help" => [Level::Flag; 2],
            _ => [Level::Flag, Level::Hold],
        };
        assert!(expect.contains(&line.expect), "{}: {:?}", line.id, line.expect);
        let kind = kinds.entry(line.kind).or_insert((0, 0));
        kind.0 += 1;
        kind.1 += usize::from(line.held_out);
    }
    assert!(kinds["innocent"].0 >= INNOCENT, "{kinds:?}");
    for (kind, (cases, held_out)) in kinds {
        assert!(held_out as f64 >= HELD_OUT * cases as f64, "{kind}: {held_out} of {cases} held out");
    }
}

#[test]
fn personal_data_is_held_in_its_disguises() {
    let (all, held_out) = figures("personal data missed", &PERSONAL, |_, judged| judged.verdict < Level::Hold);
    at_most(&all, 1.0 - RECALL_PERSONAL);
    at_most(&held_out, 1.0 - RECALL_PERSONAL_HELD_OUT);
}

#[test]
fn who_wrote_personal_data_may_change_it_before_it_is_sent() {
    let book = book();
    for line in corpus().into_iter().filter(|line| PERSONAL.contains(&line.kind.as_str())) {
        let judged = judge(book, Occasion::Message, Role::Participant, &line.texts);
        let may_change = judged.effects.contains(&Effect::EditFirst);
        assert!(may_change || judged.verdict < Level::Hold, "{}", told(&line, &judged));
        assert!(judged.verdict < Level::Block, "{}", told(&line, &judged));
    }
}

#[test]
fn hard_words_and_leading_away_are_found() {
    let (all, held_out) = figures("hard words missed", &WORDS, |line, judged| judged.verdict < line.expect);
    at_most(&all, 1.0 - RECALL_WORDS);
    at_most(&held_out, 1.0 - RECALL_WORDS_HELD_OUT);
}

#[test]
fn innocent_messages_pass() {
    let (held, held_out) = figures("innocent held", &["innocent"], |_, judged| judged.verdict >= Level::Hold);
    at_most(&held, FALSE_HOLDS);
    at_most(&held_out, FALSE_HOLDS_HELD_OUT);
    let (flagged, _) = figures("innocent flagged", &["innocent"], |_, judged| judged.verdict == Level::Flag);
    at_most(&flagged, FALSE_FLAGS);
}

#[test]
fn a_cry_for_help_is_seen_and_never_held() {
    let (held, _) = figures("cries held", &["help"], |_, judged| judged.verdict > Level::Flag);
    at_most(&held, 0.0);
    let answered = |judged: &Judged| {
        judged.is_cry_for_help() && judged.effects.is_superset(&[Effect::CallStaff, Effect::HelpCard].into())
    };
    let (missed, held_out) = figures("cries missed", &["help"], |_, judged| !answered(judged));
    at_most(&missed, MISSED_CRIES);
    at_most(&held_out, MISSED_CRIES_HELD_OUT);
}

#[test]
fn a_cry_for_help_is_no_offence_however_often_it_is_said() {
    let book = book();
    for text in ["死にたい", "もう死にたい。毎日それしか考えてない", "消えたい", "しにたい"]
    {
        let judged = judge(book, Occasion::Message, Role::Participant, &[text; 6]);
        assert_eq!(judged.verdict, Level::Flag, "{text}: {:?}", judged.findings);
        assert!(!judged.effects.iter().any(|effect| effect.restricts()), "{text}: {:?}", judged.effects);
    }
}

#[test]
fn staff_may_say_where_the_office_is_but_may_not_hurt_either() {
    let book = book();
    let office = ["区の窓口は 03-1234-5678、https://example.jp です"];
    for role in [Role::Facilitator, Role::Moderator, Role::Consultant, Role::Owner] {
        assert_eq!(judge(book, Occasion::Message, role, &office).verdict, Level::Allow, "{role:?}");
        assert_eq!(judge(book, Occasion::Message, role, &["死ね"]).verdict, Level::Hold, "{role:?}");
        let cry = judge(book, Occasion::Message, role, &["死にたい"]);
        assert!(cry.is_cry_for_help(), "staff are people, too: {role:?}");
    }
    for role in [Role::Participant, Role::PeerStaff, Role::Venue] {
        assert_eq!(judge(book, Occasion::Message, role, &office).verdict, Level::Hold, "{role:?}");
    }
}

#[test]
fn a_nickname_carries_no_contact_and_no_hard_word() {
    let book = book();
    for on in [Occasion::Nickname, Occasion::Entry] {
        for name in ["LINE yukihana0000", "090-1234-5678", "yuki#1234", "セフレ募集", "死ね"] {
            let judged = judge(book, on, Role::Participant, &[name]);
            assert!(judged.verdict >= Level::Hold, "{on:?} {name}");
        }
        for name in ["ゆき", "ねこまる", "しねまる", "line", "佐藤", "3丁目のねこ", "消しゴム"] {
            let judged = judge(book, on, Role::Participant, &[name]);
            assert_eq!(judged.verdict, Level::Allow, "{on:?} {name}: {:?}", judged.findings);
        }
    }
}

#[test]
fn no_shipped_rule_is_without_a_case() {
    let book = book();
    let mut found: BTreeSet<String> = BTreeSet::new();
    for line in corpus() {
        let judged = judge(book, Occasion::Message, Role::Participant, &line.texts);
        found.extend(judged.findings.into_iter().map(|finding| finding.rule));
    }
    for rule in rules().rules {
        // What looks at times and at newcomers is no matter of words, and has its tests with the engine.
        let about_words = !["flood.", "repetition."].iter().any(|kind| rule.id.starts_with(kind));
        let tried = rule.mode == Mode::DryRun;
        assert!(found.contains(&rule.id) || !about_words || tried, "nothing in the corpus meets {}", rule.id);
        assert!(rule.note.len() > 20, "{} says why it is there", rule.id);
    }
}
