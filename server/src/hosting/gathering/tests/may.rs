//! The matrix holds at the door of the gathering: every role, every command, every target. (The table itself is
//! written out in `moderation/tests/session.rs`.)

use ibasho_moderation::roles::permits;
use ibasho_moderation::session::{action_of, action_of_take, may_host, target_of};
use ibasho_protocol::session::Pair;

use super::*;

fn acts(who: PersonId) -> Vec<Act> {
    let text = || "あ".to_owned();
    vec![
        Act::Go { from: 2, to: 3 },
        Act::Extend { from: 2, minutes: 5 },
        Act::Gather { on: false },
        Act::Drop { theme: 1 },
        Act::Vote {},
        Act::Count {},
        Act::Choose { theme: 1 },
        Act::Theme { text: text() },
        Act::Round { only_turn: false },
        Act::Next { from: who },
        Act::EndRound {},
        Act::Lower { who },
        Act::Announce { text: text(), links: false, pinned: false },
        Act::Clear {},
        Act::Propose { size: 3 },
        Act::Plan { groups: Vec::new() },
        Act::Invite { minutes: 10 },
        Act::CallBack {},
        Act::Pair { pair: Pair { a: who, b: HOST, together: true }, on: true },
        Act::Admit { who: Some(who) },
        Act::Admit { who: None },
        Act::Word { who: Some(who), text: text() },
        Act::Word { who: None, text: text() },
        Act::Decline { who },
        Act::Lend { who, on: true },
        Act::Lend { who, on: false },
        Act::Badge { on: true },
        Act::Note { text: text() },
    ]
}

const BY_RANK: [RefusalCode; 2] = [RefusalCode::NotAllowed, RefusalCode::NotInReach];

#[test]
fn every_role_by_every_command_by_every_target() {
    for actor in Role::ALL {
        for target in Role::ALL {
            let mut hall = Hall::talking();
            let by = hall.add(actor);
            let who = hall.add(target);
            let fresh = hall.gathering.clone();
            for act in acts(who) {
                hall.gathering = fresh.clone();
                let room = RoomNow { people: &hall.people, tables: &TABLES, now: hall.now, chance: 0 };
                let done = hall.gathering.act(by, &act, &room);
                let on_one = target_of(&act).map(|_| (target, false));
                match may_host(actor, &act, on_one) {
                    Err(reason) => {
                        assert_eq!(done, Err(reason), "{actor:?} {act:?} on {target:?}");
                        assert_eq!(hall.gathering, fresh, "refused, and yet something has changed");
                    }
                    // `Lend` has a rule of its own besides: only participants are lent a role.
                    Ok(()) if matches!(act, Act::Lend { .. }) && target != Role::Participant => {
                        assert_eq!(done, Err(RefusalCode::NotInReach), "{actor:?} {act:?} on {target:?}");
                    }
                    Ok(()) => {
                        let by_rank = done.as_ref().is_err_and(|reason| BY_RANK.contains(reason));
                        assert!(!by_rank, "{actor:?} {act:?} on {target:?}: {done:?}");
                        assert!(permits(actor, action_of(&act)));
                    }
                }
            }
        }
    }
}

#[test]
fn every_role_by_every_manner_of_taking_part() {
    let text = || "あ".to_owned();
    let takes = [
        Take::Suggest { text: text() },
        Take::Vote { theme: None },
        Take::Hand { up: true },
        Take::Pass {},
        Take::Later {},
        Take::Join { yes: true },
        Take::Suggestion { text: text() },
        Take::Keep {},
        Take::Forget {},
    ];
    for role in Role::ALL {
        for take in &takes {
            let mut hall = Hall::talking();
            let by = hall.add(role);
            let refused = hall.take(by, take) == Err(RefusalCode::NotAllowed);
            assert_eq!(refused, !permits(role, action_of_take(take)), "{role:?} {take:?}");
        }
    }
}

#[test]
fn a_lent_role_is_lent_once_and_taken_back() {
    let mut hall = Hall::talking();
    let who = hall.add(Role::Participant);
    let peer = hall.add(Role::PeerStaff);
    assert_eq!(hall.act_by(who, &Act::Propose { size: 2 }), Err(RefusalCode::NotAllowed));
    let lent = hall.act(&Act::Lend { who, on: true });
    assert_eq!(lent, Ok(vec![Effect::Lend { who, on: true }]));
    assert_eq!(hall.act(&Act::Lend { who, on: true }), Ok(Vec::new()), "lent already");
    assert!(hall.gathering.desk(&RoomNow { people: &hall.people, tables: &[], now: 0, chance: 0 }).people[1].lent);
    assert_eq!(hall.act_by(who, &Act::Note { text: "はい".into() }), Ok(Vec::new()));
    assert_eq!(hall.act_by(who, &Act::Lend { who: peer, on: false }), Err(RefusalCode::NotAllowed));
    assert_eq!(hall.act(&Act::Lend { who, on: false }), Ok(vec![Effect::Lend { who, on: false }]));
    assert_eq!(hall.act_by(who, &Act::Note { text: "はい".into() }), Err(RefusalCode::NotAllowed));
    // A role that was not lent here cannot be taken here.
    assert_eq!(hall.act(&Act::Lend { who: peer, on: false }), Err(RefusalCode::NotInReach));
    assert_eq!(hall.act(&Act::Lend { who: PersonId(999), on: true }), Err(RefusalCode::NobodyThere));
}

#[test]
fn somebody_who_is_not_here_does_nothing() {
    let mut hall = Hall::talking();
    assert_eq!(hall.act_by(PersonId(999), &Act::Vote {}), Err(RefusalCode::NobodyThere));
    assert_eq!(hall.take(PersonId(999), &Take::Pass {}), Err(RefusalCode::NobodyThere));
}
