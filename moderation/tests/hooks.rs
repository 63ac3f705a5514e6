//! Hooks: the strictest wins whatever the order, and a rule that fails holds.

use ibasho_moderation::hook::{Context, Decision, Hook, Hooks, Subject, Verdict};
use ibasho_moderation::roles::Role;
use ibasho_protocol::refusal::RefusalCode;
use proptest::prelude::*;

const CONTEXT: Context<'_> = Context::new("hall", Role::Participant, 1_700_000_000_000);
const HELLO: Subject<'_> = Subject::Message { text: "こんにちは" };

struct Says(&'static str, Verdict);

impl Hook for Says {
    fn name(&self) -> &str {
        self.0
    }

    fn judge(&self, _: &Subject<'_>, _: &Context<'_>) -> Decision {
        Decision::new(self.1, self.0, "always")
    }
}

struct Fails;

impl Hook for Fails {
    fn name(&self) -> &'static str {
        "fails"
    }

    fn judge(&self, _: &Subject<'_>, _: &Context<'_>) -> Decision {
        panic!("a bug in a rule")
    }
}

fn judged(hooks: Vec<Box<dyn Hook>>) -> Decision {
    Hooks::new(hooks).judge(&HELLO, &CONTEXT)
}

#[test]
fn a_rule_that_fails_holds_and_never_allows() {
    let decision = judged(vec![Box::new(Says("kind", Verdict::Allow)), Box::new(Fails)]);
    assert_eq!((decision.verdict, decision.rule.as_ref()), (Verdict::Hold, "fails"));
    let blocked = Verdict::Block(RefusalCode::NotSent);
    assert_eq!(judged(vec![Box::new(Fails), Box::new(Says("strict", blocked))]).verdict, blocked);
}

#[test]
fn the_built_in_rules_are_always_asked() {
    let judge = |subject| Hooks::default().judge(&subject, &CONTEXT).verdict;
    assert_eq!(judge(HELLO), Verdict::Allow);
    assert_eq!(judge(Subject::Entry { nick: "なぎ" }), Verdict::Allow);
    assert_eq!(judge(Subject::Entry { nick: "" }), Verdict::Block(RefusalCode::NicknameEmpty));
    let long = "あ".repeat(17);
    assert_eq!(judge(Subject::Nickname { nick: &long }), Verdict::Block(RefusalCode::NicknameTooLong));
    assert_eq!(judge(Subject::Nickname { nick: "\u{202E}な" }), Verdict::Block(RefusalCode::NicknameUnusable));
    assert_eq!(judge(Subject::Message { text: " " }), Verdict::Block(RefusalCode::TextEmpty));
    let long = "あ".repeat(501);
    assert_eq!(judge(Subject::Message { text: &long }), Verdict::Block(RefusalCode::TextTooLong));
}

fn verdicts() -> impl Strategy<Value = Verdict> {
    prop_oneof![
        Just(Verdict::Allow),
        Just(Verdict::Flag),
        Just(Verdict::Hold),
        proptest::sample::select(RefusalCode::ALL.to_vec()).prop_map(Verdict::Block),
    ]
}

fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Allow => 0,
        Verdict::Flag => 1,
        Verdict::Hold => 2,
        Verdict::Block(_) => 3,
    }
}

proptest! {
    #[test]
    fn joining_is_a_lattice(a in verdicts(), b in verdicts(), c in verdicts()) {
        prop_assert_eq!(a.join(b), b.join(a));
        prop_assert_eq!(a.join(b).join(c), a.join(b.join(c)));
        prop_assert_eq!(a.join(a), a);
        prop_assert_eq!(rank(a.join(b)), rank(a).max(rank(b)));
    }

    #[test]
    fn the_order_of_the_rules_never_matters(
        rules in proptest::collection::vec((proptest::sample::select(vec!["a", "b", "c"]), verdicts()), 0..6),
        turn in 0_usize..6,
    ) {
        let hooks = |rules: &[(&'static str, Verdict)]| -> Vec<Box<dyn Hook>> {
            rules.iter().map(|&(name, verdict)| Box::new(Says(name, verdict)) as Box<dyn Hook>).collect()
        };
        let straight = judged(hooks(&rules));
        let mut turned = rules.clone();
        turned.reverse();
        if !turned.is_empty() {
            let turn = turn % turned.len();
            turned.rotate_left(turn);
        }
        prop_assert_eq!(judged(hooks(&turned)), straight);
    }
}
