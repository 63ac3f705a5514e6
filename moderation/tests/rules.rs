//! The rule engine: the strictest wins whatever the order, faults are named, a rule that fails holds, and a cry for help
//! is never held against anybody.

use std::sync::Arc;

use ibasho_moderation::hook::{Context, Decision, Hook, Hooks, Subject, Verdict};
use ibasho_moderation::roles::Role;
use ibasho_moderation::rules::{
    Case, DEFAULT_RULES, Effect, FINDINGS, Judged, Level, Mode, Occasion, Recent, RuleBook, RuleSet, Said,
    WINDOW_MESSAGES, WINDOW_MS,
};
use ibasho_protocol::refusal::RefusalCode;
use proptest::prelude::*;
use serde_json::{Value, json};

#[expect(clippy::needless_pass_by_value, reason = "what json! makes is handed over")]
fn rule(id: &str, when: Value, verdict: &str) -> Value {
    json!({"id": id, "version": 1, "scope": "site", "on": ["message"], "when": when,
        "then": {"verdict": verdict}, "reason": "other", "mode": "enforce", "note": ""})
}

#[expect(clippy::needless_pass_by_value, reason = "what json! makes is handed over")]
fn with(mut rule: Value, fields: Value) -> Value {
    for (key, value) in fields.as_object().expect("fields") {
        rule[key] = value.clone();
    }
    rule
}

fn words(any: &[&str]) -> Value {
    json!({"words": {"any": any, "view": "joined"}})
}

fn help() -> Value {
    let help = json!({"reason": "help", "then": {"verdict": "flag", "effects": ["help_card", "call_staff"]}});
    with(rule("help", words(&["しにたい", "殺してくれ"]), "flag"), help)
}

fn read(rules: &[Value]) -> RuleSet {
    RuleSet::from_json(&json!({"format": 1, "rules": rules}).to_string()).expect("the format")
}

fn book(rules: &[Value]) -> RuleBook {
    RuleBook::compile(&read(rules), Vec::new()).expect("no faults")
}

fn faults(rules: &[Value]) -> Vec<String> {
    let faults = RuleBook::compile(&read(rules), Vec::new()).expect_err("faults");
    faults.iter().map(ToString::to_string).collect()
}

fn judge_all(book: &RuleBook, texts: &[&str]) -> Judged {
    let said: Vec<Said<'_>> = texts.iter().zip(0_u64..).map(|(text, at)| Said { text, at: at * 5_000 }).collect();
    let now = said.last().map_or(0, |said| said.at);
    book.judge(&Case {
        on: Occasion::Message,
        texts: &said,
        role: Role::Participant,
        room: "hall",
        session: Some("film-20251121"),
        arrived: None,
        now,
    })
}

fn judge(book: &RuleBook, text: &str) -> Judged {
    judge_all(book, &[text])
}

#[test]
fn the_default_rules_have_no_faults() {
    let set = RuleSet::from_json(DEFAULT_RULES).expect("the format");
    let book = RuleBook::compile(&set, Vec::new()).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(book.len(), set.rules.len());
    assert!(!book.is_empty());
    assert_eq!(judge(&book, "こんにちは。はじめまして").verdict, Level::Allow);
}

#[test]
fn a_finding_says_which_words_by_which_rule() {
    let book = book(&[with(rule("a.word", words(&["ばか"]), "hold"), json!({"version": 7}))]);
    let judged = judge(&book, "この バ・カ め");
    let finding = judged.decisive().expect("a finding");
    assert_eq!((finding.rule.as_str(), finding.version, finding.level), ("a.word", 7, Level::Hold));
    let span = finding.spans[0];
    assert_eq!(&"この バ・カ め"[span.from..span.to], "バ・カ");
    assert!(!format!("{judged:?}").contains("バ"), "nothing of what was written is kept");
}

#[test]
fn innocent_phrases_do_not_count() {
    let when = json!({"words": {"any": ["死ぬ", "line"], "unless": ["死ぬほど"], "view": "folded"}});
    let book = book(&[rule("a", when, "hold")]);
    for fine in ["死ぬほど笑った", "死ぬほど死ぬほど", "ONLINEで", "きょうは晴れ"] {
        assert_eq!(judge(&book, fine).verdict, Level::Allow, "{fine}");
    }
    for held in ["もう死ぬ", "死ぬほど死ぬ", "LINEで", "ＬＩＮＥ"] {
        assert_eq!(judge(&book, held).verdict, Level::Hold, "{held}");
    }
}

#[test]
fn patterns_look_at_their_view_and_pass_over_innocent_ones() {
    let long = json!({"pattern": {"is": r"\bline\b.{0,5}(?:交換|教え)", "unless": ["line(?:の)?すたんぷ交換"], "view": "folded"}});
    let digits = json!({"pattern": {"is": "0[789]0-?[0-9]{4}", "view": "digits"}});
    let book = book(&[rule("line", long, "hold"), rule("digits", digits, "flag")]);
    assert_eq!(judge(&book, "ＬＩＮＥ交換しよう").verdict, Level::Hold);
    assert_eq!(judge(&book, "LINEスタンプ交換").verdict, Level::Allow);
    assert_eq!(judge(&book, "online交換").verdict, Level::Allow);
    assert_eq!(judge(&book, "〇九〇の1234").verdict, Level::Flag);
}

#[test]
fn words_that_are_sent_letter_by_letter_are_words() {
    let book = book(&[rule("a", words(&["しね"]), "hold")]);
    let judged = judge_all(&book, &["し", "ね"]);
    assert_eq!(judged.verdict, Level::Hold);
    let spans = &judged.findings[0].spans;
    assert_eq!(spans.iter().map(|span| span.message).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(judge_all(&book, &["たのしかったし", "ねむいな"]).verdict, Level::Allow, "whole sentences");
    assert_eq!(judge_all(&book, &["しね", "うん"]).verdict, Level::Allow, "what was judged before");
}

#[test]
fn contacts_in_pieces_are_seen_together_while_they_are_fresh() {
    let book = book(&[with(rule("phone", json!({"personal": ["phone"]}), "hold"), json!({"reason": "personal_data"}))]);
    let judged = judge_all(&book, &["090", "だよ", "1234", "5678"]);
    assert_eq!(judged.verdict, Level::Hold);
    assert_eq!(judged.findings[0].spans.len(), 3);
    let old = [Said { text: "090-1234", at: 0 }, Said { text: "5678", at: WINDOW_MS + 1 }];
    let case = Case {
        on: Occasion::Message,
        texts: &old,
        role: Role::Participant,
        room: "",
        session: None,
        arrived: None,
        now: WINDOW_MS + 1,
    };
    assert_eq!(book.judge(&case).verdict, Level::Allow);
}

#[test]
fn repetition_and_flood_are_counted_in_their_time() {
    let repeats = rule("repeats", json!({"repeats": {"times": 3, "within_s": 60}}), "flag");
    let flood = rule("flood", json!({"flood": {"messages": 4, "within_s": 10}}), "hold");
    let (repeats, flood) = (book(&[repeats]), book(&[flood]));
    assert_eq!(judge_all(&repeats, &["みんな見て", "うん", "みんな 見て", "ミンナ見て！"]).verdict, Level::Flag);
    assert_eq!(judge_all(&repeats, &["うん", "うん", "うん", "うん"]).verdict, Level::Allow, "as people talk");
    let at = |gap: u64| {
        let said: Vec<Said<'_>> = (0..4).map(|n| Said { text: "あ", at: n * gap }).collect();
        let case = Case {
            on: Occasion::Message,
            texts: &said,
            role: Role::Participant,
            room: "",
            session: None,
            arrived: None,
            now: 3 * gap,
        };
        flood.judge(&case).verdict
    };
    assert_eq!((at(3_000), at(4_000)), (Level::Hold, Level::Allow));
}

#[test]
fn links_may_lead_to_places_that_are_fine() {
    let book = book(&[rule("link", json!({"link": {"except": ["example.jp"]}}), "hold")]);
    for fine in [
        "https://example.jp/a?b",
        "www.example.jp を見て",
        "HTTPS://ＥＸＡＭＰＬＥ.jp:443/",
        "あ@example.jp",
        "リンクなし。",
    ] {
        assert_eq!(judge(&book, fine).verdict, Level::Allow, "{fine}");
    }
    for held in [
        "https://evil.test/example.jp",
        "https://example.jp@evil.test/",
        "https://badexample.jp",
        "http://example.jp.evil.test",
    ] {
        assert_eq!(judge(&book, held).verdict, Level::Hold, "{held}");
    }
}

#[test]
fn scope_occasion_role_and_newness_decide_whether_a_rule_is_asked() {
    let base = |fields: Value| book(&[with(rule("a", words(&["ばか"]), "hold"), fields)]);
    let held = |book: &RuleBook, change: &dyn Fn(&mut Case<'_>)| {
        let texts = [Said { text: "ばか", at: 100_000_000 }];
        let mut case = Case {
            on: Occasion::Message,
            texts: &texts,
            role: Role::Participant,
            room: "hall",
            session: Some("film-20251121"),
            arrived: Some(100_000_000 - 9 * 60_000),
            now: 100_000_000,
        };
        change(&mut case);
        book.judge(&case).verdict == Level::Hold
    };
    let room = base(json!({"scope": {"room": "hall"}}));
    assert!(held(&room, &|_| ()) && !held(&room, &|case| case.room = "other"));
    let session = base(json!({"scope": {"session": "film-20251121"}}));
    assert!(held(&session, &|_| ()) && !held(&session, &|case| case.session = None));
    let nicknames = base(json!({"on": ["nickname"]}));
    assert!(!held(&nicknames, &|_| ()) && held(&nicknames, &|case| case.on = Occasion::Nickname));
    let exempt = base(json!({"exempt": ["facilitator"]}));
    assert!(held(&exempt, &|_| ()) && !held(&exempt, &|case| case.role = Role::Facilitator));
    let new = base(json!({"when": {"newcomer": {"minutes": 10, "and": words(&["ばか"])}}}));
    assert!(held(&new, &|_| ()) && held(&new, &|case| case.arrived = None));
    assert!(!held(&new, &|case| case.arrived = Some(0)));
}

#[test]
fn triggers_are_put_together() {
    let all = json!({"all": [words(&["ばか"]), {"not": words(&["ごめん"])}]});
    let any = json!({"any": [words(&["あほ"]), {"all": [words(&["しね"]), words(&["いま"])]}]});
    let book = book(&[rule("all", all, "hold"), rule("any", any, "flag")]);
    for (text, verdict) in [
        ("ばか", Level::Hold),
        ("ばか、ごめん", Level::Allow),
        ("あほ", Level::Flag),
        ("しね", Level::Allow),
        ("いま、しね", Level::Flag),
        ("ばか、あほ", Level::Hold),
    ] {
        assert_eq!(judge(&book, text).verdict, verdict, "{text}");
    }
}

#[test]
fn what_is_tried_is_told_and_does_not_count() {
    let effects = json!({"mode": "dry_run", "then": {"verdict": "block", "effects": ["timeout"]}});
    let judged = judge(&book(&[with(rule("a", words(&["ばか"]), "block"), effects)]), "ばか");
    assert_eq!((judged.verdict, judged.effects.len(), judged.decisive()), (Level::Allow, 0, None));
    assert_eq!((judged.findings[0].mode, judged.findings[0].level), (Mode::DryRun, Level::Block));
}

#[test]
fn a_cry_for_help_is_never_held_against_anybody() {
    let insult = with(
        rule("insult", words(&["殺して", "死ね"]), "block"),
        json!({"reason": "insult", "then": {"verdict": "block", "effects": ["timeout", "warn"]}}),
    );
    let flood =
        with(rule("flood", json!({"flood": {"messages": 2, "within_s": 60}}), "hold"), json!({"reason": "flood"}));
    let phone = with(rule("phone", json!({"personal": ["phone"]}), "hold"), json!({"reason": "personal_data"}));
    let book = book(&[insult, flood, phone, help()]);

    let judged = judge_all(&book, &["うん", "もう殺してくれ"]);
    assert_eq!(judged.verdict, Level::Flag, "neither the words nor how often they come");
    assert_eq!(judged.effects.iter().copied().collect::<Vec<_>>(), [Effect::CallStaff, Effect::HelpCard]);
    assert!(judged.findings.iter().any(|finding| finding.rule == "insult" && finding.excused));

    let judged = judge(&book, "しにたい。090-1234-5678");
    assert_eq!(judged.verdict, Level::Hold, "a number is still looked at");
    assert!(judged.effects.contains(&Effect::HelpCard));

    let judged = judge(&book, "しにたい。みんな死ね");
    assert_eq!(judged.verdict, Level::Hold, "other words may wait, but nothing is refused");
    assert!(judged.effects.contains(&Effect::HelpCard) && !judged.effects.contains(&Effect::Timeout));
    assert_eq!(judge(&book, "死ね").verdict, Level::Block);
}

#[test]
fn a_cry_for_help_is_told_among_a_hundred_other_findings() {
    let mut rules: Vec<Value> = (0..100).map(|n| rule(&format!("r{n}"), words(&["ばか"]), "block")).collect();
    rules.push(help());
    let judged = judge(&book(&rules), &format!("しにたい{}", "、ばか".repeat(50)));
    assert_eq!(judged.findings.len(), FINDINGS);
    assert!(judged.is_cry_for_help());
    assert_eq!(judged.verdict, Level::Hold);
}

struct Broken;

impl Hook for Broken {
    fn name(&self) -> &'static str {
        "broken"
    }

    fn judge(&self, _: &Subject<'_>, _: &Context<'_>) -> Decision {
        panic!("a bug in a hook")
    }
}

struct Objects;

impl Hook for Objects {
    fn name(&self) -> &'static str {
        "objects"
    }

    fn judge(&self, subject: &Subject<'_>, context: &Context<'_>) -> Decision {
        let objects = matches!(subject, Subject::Message { text: "b" }) && context.recent.len() == 1;
        if objects { Decision::new(Verdict::Flag, "objects", "") } else { Decision::allow("objects") }
    }
}

#[test]
fn a_rule_that_fails_holds_and_the_others_are_asked() {
    let set = |mode: &str| {
        let broken = with(rule("broken", json!({"hook": "broken"}), "flag"), json!({"mode": mode}));
        RuleBook::compile(&read(&[broken, rule("b", words(&["ばか"]), "block")]), vec![Arc::new(Broken)]).expect("fine")
    };
    let book = set("enforce");
    assert_eq!(judge(&book, "はい").verdict, Level::Hold);
    assert_eq!(judge(&book, "ばか").verdict, Level::Block);
    assert_eq!(judge(&set("dry_run"), "はい").verdict, Level::Allow, "what is only tried breaks nothing");
}

#[test]
fn a_rule_asks_a_hook_by_its_name() {
    let rules = read(&[rule("a", json!({"hook": "objects"}), "hold")]);
    let book = RuleBook::compile(&rules, vec![Arc::new(Broken), Arc::new(Objects)]).expect("fine");
    assert_eq!(judge_all(&book, &["a", "b"]).verdict, Level::Hold);
    assert_eq!(judge_all(&book, &["b"]).verdict, Level::Allow);
}

#[test]
fn what_is_too_long_to_be_looked_at_is_held() {
    let book = book(&[rule("a", words(&["ばか"]), "flag")]);
    assert_eq!(judge(&book, &"ﷺ".repeat(4_000)).verdict, Level::Hold);
}

#[test]
fn a_book_of_rules_is_a_hook() {
    let nick = with(rule("nick", words(&["ばか"]), "block"), json!({"on": ["nickname", "message"]}));
    let phone = rule("phone", json!({"personal": ["phone"]}), "hold");
    let hooks = Hooks::new(vec![Box::new(book(&[nick, phone, help()]))]);
    let context = Context::new("hall", Role::Participant, 1_000);
    let verdict = |subject| hooks.judge(&subject, &context).verdict;
    assert_eq!(verdict(Subject::Nickname { nick: "ばか" }), Verdict::Block(RefusalCode::NicknameUnusable));
    assert_eq!(verdict(Subject::Message { text: "ばか" }), Verdict::Block(RefusalCode::NotSent));
    assert_eq!(verdict(Subject::Message { text: "ばか、しにたい" }), Verdict::Hold, "a cry for help is not refused");
    assert_eq!((verdict(Subject::VoiceStart), verdict(Subject::Report { text: "" })), (Verdict::Allow, Verdict::Allow));
    let mut recent = Recent::default();
    recent.push("090-1234", 500);
    let said = recent.said();
    let context = Context { recent: &said, ..context };
    let decision = hooks.judge(&Subject::Message { text: "5678" }, &context);
    assert_eq!((decision.verdict, decision.rule.as_ref()), (Verdict::Hold, "phone"));
    assert_eq!(decision.findings[0].spans.len(), 2);
}

#[test]
fn recent_messages_are_few_and_fresh() {
    let mut recent = Recent::default();
    for n in 0..WINDOW_MESSAGES as u64 + 5 {
        recent.push("ひみつ", n);
    }
    assert_eq!((recent.said().len(), recent.said()[0].at), (WINDOW_MESSAGES, 5));
    assert!(!format!("{recent:?}").contains("ひみつ"));
    recent.forget(WINDOW_MS + 100);
    assert!(recent.is_empty());
}

#[test]
fn every_fault_is_named_with_its_rule_and_place() {
    let all = faults(&[
        rule("Big", words(&["ばか"]), "hold"),
        rule("twice", words(&["ばか"]), "hold"),
        rule("twice", words(&["ばか"]), "allow"),
        rule("words", json!({"words": {"any": ["・・", "ああ", "あ"], "view": "joined"}}), "hold"),
        rule(
            "pattern",
            json!({"any": [{"pattern": {"is": "(", "view": "raw"}}, {"pattern": {"is": "a*", "view": "raw"}}]}),
            "hold",
        ),
        rule("size", json!({"pattern": {"is": "(?:.{1000}){1000}", "view": "raw"}}), "hold"),
        rule("hook", json!({"hook": "nobody"}), "hold"),
        rule("not", json!({"all": [{"not": words(&["ばか"])}]}), "hold"),
        rule("flood", json!({"flood": {"messages": 1000, "within_s": 0}}), "hold"),
        with(rule("help", words(&["ばか"]), "hold"), json!({"reason": "help"})),
    ]);
    for start in [
        "#0: id:",
        "twice: id:",
        "twice: then.verdict:",
        "words: when.words.any[0]:",
        "words: when.words.any[1]:",
        "pattern: when.any[0].pattern.is:",
        "pattern: when.any[1].pattern.is:",
        "size: when.pattern.is:",
        "hook: when.hook:",
        "not: when.all:",
        "flood: when.flood:",
        "help: then.verdict:",
    ] {
        assert!(all.iter().any(|fault| fault.starts_with(start)), "{start} in {all:#?}");
    }
    assert!(!all.iter().any(|fault| fault.contains("any[2]")), "one letter is a word if it was meant as one");
}

#[test]
fn a_misspelt_field_is_an_error() {
    for (field, value) in [("exmept", json!([])), ("when", json!({"wrods": {}})), ("scope", json!({"house": "a"}))] {
        let rule = with(rule("a", words(&["ばか"]), "hold"), json!({field: value}));
        assert!(RuleSet::from_json(&json!({"format": 1, "rules": [rule]}).to_string()).is_err(), "{field}");
    }
    let deep = (0..9).fold(words(&["ばか"]), |inner, _| json!({"any": [inner]}));
    assert!(faults(&[rule("deep", deep, "hold")])[0].contains("nested"));
}

fn some_rules() -> Vec<Value> {
    let insult = with(
        rule("insult", words(&["殺して", "ばか"]), "block"),
        json!({"reason": "insult", "then": {"verdict": "block", "effects": ["timeout"]}}),
    );
    vec![
        insult,
        help(),
        rule("ab", words(&["ab", "b"]), "hold"),
        with(rule("tried", words(&["a"]), "block"), json!({"mode": "dry_run"})),
        rule("pattern", json!({"pattern": {"is": "[ab]{2}", "view": "raw"}}), "flag"),
        rule("pattern2", json!({"pattern": {"is": "[0-9]-[0-9]", "view": "digits"}}), "flag"),
        with(rule("phone", json!({"personal": ["phone", "email"]}), "hold"), json!({"reason": "personal_data"})),
        with(
            rule("repeats", json!({"repeats": {"times": 2, "within_s": 60}}), "hold"),
            json!({"then": {"verdict": "hold", "effects": ["warn", "slow_mode"]}}),
        ),
    ]
}

proptest! {
    #[test]
    fn the_order_of_rules_never_matters(
        order in Just((0..some_rules().len()).collect::<Vec<_>>()).prop_shuffle(),
        texts in proptest::collection::vec(
            proptest::collection::vec(
                proptest::sample::select(vec!["a", "b", "ばか", "殺してくれ", "しにたい", "090", "1234", "5678", "-", " ", "あいう"]),
                0..6,
            ).prop_map(|parts| parts.concat()),
            1..5,
        ),
    ) {
        let rules = some_rules();
        let turned: Vec<Value> = order.iter().map(|&at| rules[at].clone()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (straight, turned) = (judge_all(&book(&rules), &texts), judge_all(&book(&turned), &texts));
        prop_assert_eq!(&straight, &turned);
        if straight.is_cry_for_help() {
            prop_assert!(straight.verdict < Level::Block);
            prop_assert!(!straight.effects.iter().any(|effect| effect.restricts()));
            prop_assert!(straight.effects.contains(&Effect::HelpCard));
        }
    }

    #[test]
    fn judging_never_panics_and_points_at_what_was_written(texts in proptest::collection::vec(any::<String>(), 0..5)) {
        let set = RuleSet::from_json(DEFAULT_RULES).expect("the format");
        thread_local!(static BOOK: std::cell::OnceCell<RuleBook> = const { std::cell::OnceCell::new() });
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let judged = BOOK.with(|book| {
            judge_all(book.get_or_init(|| RuleBook::compile(&set, Vec::new()).expect("no faults")), &texts)
        });
        for finding in &judged.findings {
            prop_assert!(finding.why != "the rule failed");
            for span in &finding.spans {
                prop_assert!(texts[span.message].get(span.from..span.to).is_some());
            }
        }
    }
}

#[test]
fn a_voice_has_no_words_to_look_for() {
    let voice = |when: Value| with(rule("a", when, "hold"), json!({"on": ["voice_start"]}));
    let told = faults(&[voice(words(&["ばか"]))]);
    assert!(told.len() == 1 && told[0].starts_with("a: on: "), "{told:?}");
    let told = faults(&[voice(json!({"all": [{"hook": "a"}, words(&["ばか"])]}))]);
    assert!(told.iter().all(|fault| fault.contains("no hook of this name")), "{told:?}");
}
