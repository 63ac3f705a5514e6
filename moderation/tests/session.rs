//! Role × command × target of a session, written out as people read it.

use ibasho_moderation::roles::{Role, outranks, permits};
use ibasho_moderation::session::{action_of_measure, action_of_take, may_host, may_measure, target_of};
use ibasho_protocol::host::{Act, Take};
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::session::Pair;
use ibasho_protocol::voice::Measure;

const SOMEBODY: PersonId = PersonId(7);

fn pair() -> Pair {
    Pair { a: SOMEBODY, b: PersonId(8), together: true }
}

/// One row per command: the columns are the roles in the order of the table, `x` grants.
#[rustfmt::skip]
fn acts() -> Vec<(Act, &'static str)> {
    let who = SOMEBODY;
    let text = || "あ".to_owned();
    vec![
        //                                                 lob par pee fac mod con own aud ven obs
        (Act::Go { from: 0, to: 1 },                      "-   -   -   x   -   -   x   -   -   -"),
        (Act::Extend { from: 0, minutes: 5 },             "-   -   -   x   -   -   x   -   -   -"),
        (Act::Gather { on: true },                        "-   -   -   x   -   -   x   -   -   -"),
        (Act::Drop { theme: 1 },                          "-   -   x   x   -   -   x   -   -   -"),
        (Act::Vote {},                                    "-   -   -   x   -   -   x   -   -   -"),
        (Act::Count {},                                   "-   -   -   x   -   -   x   -   -   -"),
        (Act::Choose { theme: 1 },                        "-   -   -   x   -   -   x   -   -   -"),
        (Act::Theme { text: text() },                     "-   -   -   x   -   -   x   -   -   -"),
        (Act::Round { only_turn: false },                 "-   -   -   x   -   -   x   -   -   -"),
        (Act::Next { from: who },                         "-   -   x   x   -   -   x   -   -   -"),
        (Act::EndRound {},                                "-   -   -   x   -   -   x   -   -   -"),
        (Act::Lower { who },                              "-   -   x   x   -   -   x   -   -   -"),
        (Act::Announce { text: text(), links: false, pinned: false },
                                                          "-   -   -   x   -   -   x   -   -   -"),
        (Act::Clear {},                                   "-   -   -   x   -   -   x   -   -   -"),
        (Act::Propose { size: 3 },                        "-   -   x   x   -   -   x   -   -   -"),
        (Act::Plan { groups: Vec::new() },                "-   -   x   x   -   -   x   -   -   -"),
        (Act::Invite { minutes: 10 },                     "-   -   -   x   -   -   x   -   -   -"),
        (Act::CallBack {},                                "-   -   -   x   -   -   x   -   -   -"),
        (Act::Pair { pair: pair(), on: true },            "-   -   x   x   -   -   x   -   -   -"),
        (Act::Admit { who: Some(who) },                   "-   -   x   x   x   -   x   -   -   -"),
        (Act::Admit { who: None },                        "-   -   x   x   x   -   x   -   -   -"),
        (Act::Word { who: Some(who), text: text() },      "-   -   x   x   x   -   x   -   -   -"),
        (Act::Word { who: None, text: text() },           "-   -   x   x   x   -   x   -   -   -"),
        (Act::Decline { who },                            "-   -   x   x   x   -   x   -   -   -"),
        (Act::Lend { who, on: true },                     "-   -   -   x   -   -   x   -   -   -"),
        (Act::Lend { who, on: false },                    "-   -   -   x   -   -   x   -   -   -"),
        (Act::Badge { on: true },                         "-   -   x   x   x   x   x   -   -   -"),
        (Act::Note { text: text() },                      "-   -   x   x   x   x   x   -   -   -"),
    ]
}

#[rustfmt::skip]
fn takes() -> Vec<(Take, &'static str)> {
    let text = || "あ".to_owned();
    vec![
        //                                                 lob par pee fac mod con own aud ven obs
        (Take::Suggest { text: text() },                  "-   x   x   x   x   x   x   -   x   -"),
        (Take::Vote { theme: Some(1) },                   "-   x   x   x   x   x   x   -   x   -"),
        (Take::Hand { up: true },                         "-   x   x   x   x   x   x   -   x   -"),
        (Take::Pass {},                                   "-   x   x   x   x   x   x   -   x   -"),
        (Take::Later {},                                  "-   x   x   x   x   x   x   -   x   -"),
        (Take::Join { yes: true },                        "-   x   x   x   x   x   x   -   x   -"),
        (Take::Suggestion { text: text() },               "-   x   x   x   x   x   x   -   x   -"),
        (Take::Keep {},                                   "-   x   x   x   x   x   x   -   x   -"),
        (Take::Forget {},                                 "x   x   x   x   x   x   x   x   x   x"),
    ]
}

fn cells(row: &str) -> impl Iterator<Item = (Role, bool)> {
    assert_eq!(row.split_whitespace().count(), Role::ALL.len());
    Role::ALL.into_iter().zip(row.split_whitespace()).map(|(role, cell)| (role, cell == "x"))
}

/// A command that is new must be given a row: then this does not compile.
fn number(act: &Act) -> usize {
    match act {
        Act::Go { .. } => 0,
        Act::Extend { .. } => 1,
        Act::Gather { .. } => 2,
        Act::Drop { .. } => 3,
        Act::Vote {} => 4,
        Act::Count {} => 5,
        Act::Choose { .. } => 6,
        Act::Theme { .. } => 7,
        Act::Round { .. } => 8,
        Act::Next { .. } => 9,
        Act::EndRound {} => 10,
        Act::Lower { .. } => 11,
        Act::Announce { .. } => 12,
        Act::Clear {} => 13,
        Act::Propose { .. } => 14,
        Act::Plan { .. } => 15,
        Act::Invite { .. } => 16,
        Act::CallBack {} => 17,
        Act::Pair { .. } => 18,
        Act::Admit { .. } => 19,
        Act::Word { .. } => 20,
        Act::Decline { .. } => 21,
        Act::Lend { .. } => 22,
        Act::Badge { .. } => 23,
        Act::Note { .. } => 24,
    }
}

#[test]
fn the_table_has_every_command() {
    let mut rows: Vec<usize> = acts().iter().map(|(act, _)| number(act)).collect();
    rows.dedup();
    assert_eq!(rows, (0..=24).collect::<Vec<_>>());
    assert_eq!(takes().len(), 9);
}

#[test]
fn who_may_host_is_role_by_command_by_target() {
    for (act, row) in acts() {
        let acts_on_one = target_of(&act) == Some(SOMEBODY);
        for (actor, granted) in cells(row) {
            // Nobody in particular, and oneself: only the role counts.
            let by_role = if granted { Ok(()) } else { Err(RefusalCode::NotAllowed) };
            assert_eq!(may_host(actor, &act, None), by_role, "{actor:?} {act:?}");
            assert_eq!(may_host(actor, &act, Some((actor, true))), by_role, "{actor:?} {act:?} on themselves");
            for target in Role::ALL.into_iter().filter(|_| acts_on_one) {
                let expected = match (granted, outranks(actor, target)) {
                    (false, _) => Err(RefusalCode::NotAllowed),
                    (true, false) => Err(RefusalCode::NotInReach),
                    (true, true) => Ok(()),
                };
                assert_eq!(may_host(actor, &act, Some((target, false))), expected, "{actor:?} {act:?} on {target:?}");
            }
        }
    }
}

#[test]
fn who_may_take_a_measure_is_role_by_measure_by_target() {
    let (who, on) = (SOMEBODY, true);
    //                                                 lob par pee fac mod con own aud ven obs
    let measures = [(Measure::Mute { who, on }, "-   -   -   x   x   -   x   -   -   -")];
    for (measure, row) in measures {
        assert_eq!(action_of_measure(&measure).1, Some(SOMEBODY));
        for (actor, granted) in cells(row) {
            for target in Role::ALL {
                let expected = match (granted, outranks(actor, target)) {
                    (false, _) => Err(RefusalCode::NotAllowed),
                    (true, false) => Err(RefusalCode::NotInReach),
                    (true, true) => Ok(()),
                };
                assert_eq!(may_measure(actor, &measure, target), expected, "{actor:?} {measure:?} on {target:?}");
            }
        }
    }
}

#[test]
fn only_commands_on_one_person_have_a_target() {
    let on_one = |act: &Act| {
        matches!(
            act,
            Act::Lower { .. }
                | Act::Decline { .. }
                | Act::Lend { .. }
                | Act::Admit { who: Some(_) }
                | Act::Word { who: Some(_), .. }
        )
    };
    for (act, _) in acts() {
        assert_eq!(target_of(&act), on_one(&act).then_some(SOMEBODY), "{act:?}");
    }
}

#[test]
fn who_may_take_part_is_role_by_command() {
    for (take, row) in takes() {
        for (role, granted) in cells(row) {
            assert_eq!(permits(role, action_of_take(&take)), granted, "{role:?} {take:?}");
        }
    }
}
