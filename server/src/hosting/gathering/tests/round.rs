//! The round: each in turn, and nobody must.

use ibasho_protocol::session::Round;
use proptest::prelude::*;

use super::*;

fn shown(hall: &Hall) -> Round {
    hall.gathering.standing().round.expect("a round is on")
}

fn round_of(number: usize) -> (Hall, Vec<PersonId>) {
    let mut hall = Hall::talking();
    let people = (0..number).map(|_| hall.add(Role::Participant)).collect();
    hall.add(Role::Observer);
    hall.add(Role::Lobby);
    hall.act(&Act::Round { only_turn: false }).expect("begins");
    (hall, people)
}

#[test]
fn everybody_in_the_order_they_came_and_no_observer() {
    let (mut hall, people) = round_of(3);
    let mut order = Vec::new();
    while let Some(who) = shown(&hall).turn {
        order.push(who);
        hall.act(&Act::Next { from: who }).expect("on");
    }
    assert_eq!(order, [vec![HOST], people].concat());
    assert_eq!(shown(&hall), Round { turn: None, next: None, left: 0, only_turn: false });
    hall.act(&Act::EndRound {}).expect("ends");
    assert_eq!(hall.gathering.standing().round, None);
    assert_eq!(hall.act(&Act::EndRound {}), Err(RefusalCode::NotNow));
    assert_eq!(hall.take(order[1], &Take::Pass {}), Err(RefusalCode::NotNow));
}

#[test]
fn to_pass_looks_like_having_spoken() {
    let (mut passed, people) = round_of(3);
    let (mut spoke, _) = round_of(3);
    for hall in [&mut passed, &mut spoke] {
        hall.act(&Act::Next { from: HOST }).expect("on");
    }
    passed.take(people[0], &Take::Pass {}).expect("always possible");
    spoke.act(&Act::Next { from: people[0] }).expect("on");
    assert_eq!(shown(&passed), shown(&spoke));
}

#[test]
fn later_is_after_the_others_and_then_nobody_is_held() {
    let (mut hall, people) = round_of(2);
    hall.take(HOST, &Take::Later {}).expect("possible");
    assert_eq!((shown(&hall).turn, shown(&hall).left), (Some(people[0]), 2));
    // Before one's turn: pass, and one is not asked.
    hall.take(people[1], &Take::Pass {}).expect("possible");
    assert_eq!(shown(&hall).next, Some(HOST));
    hall.take(people[0], &Take::Pass {}).expect("possible");
    assert_eq!(shown(&hall).turn, Some(HOST));
    hall.take(HOST, &Take::Later {}).expect("possible");
    assert_eq!(shown(&hall).turn, None);
    assert_eq!(hall.take(HOST, &Take::Later {}), Err(RefusalCode::NotNow));
}

#[test]
fn who_leaves_is_skipped_and_who_comes_is_appended() {
    let (mut hall, people) = round_of(3);
    hall.act(&Act::Next { from: HOST }).expect("on");
    hall.leave(people[0]);
    assert_eq!(shown(&hall).turn, Some(people[1]));
    assert_eq!(hall.act(&Act::Next { from: people[0] }), Err(RefusalCode::Overtaken));
    let late = hall.add(Role::Participant);
    assert_eq!((shown(&hall).next, shown(&hall).left), (Some(people[2]), 2));
    // A lost line: the turn comes when the person is back.
    hall.line(people[1], false);
    assert_eq!(shown(&hall).turn, Some(people[2]));
    hall.line(people[1], true);
    for who in [people[2], late, people[1]] {
        assert_eq!(shown(&hall).turn, Some(who));
        hall.take(who, &Take::Pass {}).expect("possible");
    }
    assert_eq!(shown(&hall).turn, None);
}

#[test]
fn a_second_round_does_not_throw_the_first_away_and_a_phase_ends_it() {
    let (mut hall, _) = round_of(1);
    assert_eq!(hall.act(&Act::Round { only_turn: true }), Err(RefusalCode::Overtaken));
    hall.act(&Act::Go { from: 2, to: 3 }).expect("on");
    assert_eq!(hall.gathering.standing().round, None);
}

proptest! {
    /// Whatever people do, the round comes to an end, and everybody who stayed had at least one turn or passed.
    #[test]
    fn everybody_gets_a_turn(number in 1..8_usize, steps in prop::collection::vec((0..6_u8, 0..12_usize), 0..60)) {
        let (mut hall, mut people) = round_of(number);
        people.insert(0, HOST);
        let mut had: Vec<PersonId> = Vec::new();
        let mut go = |hall: &mut Hall, what: u8, whom: usize, people: &mut Vec<PersonId>| {
            let turn = shown(hall).turn;
            had.extend(turn);
            let one = people[whom % people.len()];
            match (what, turn) {
                (0 | 5, Some(turn)) => drop(hall.act(&Act::Next { from: turn }).expect("it is their turn")),
                (1, _) => had.extend(hall.take(one, &Take::Pass {}).is_ok().then_some(one)),
                (2, _) => _ = hall.take(one, &Take::Later {}),
                (3, _) if one != HOST => {
                    hall.leave(one);
                    people.retain(|who| *who != one);
                }
                (4, _) => people.push(hall.add(Role::Participant)),
                _ => {}
            }
            had.extend(shown(hall).turn);
        };
        for (what, whom) in steps {
            go(&mut hall, what, whom, &mut people);
        }
        for _ in 0..100 {
            go(&mut hall, 0, 0, &mut people);
        }
        prop_assert_eq!(shown(&hall).turn, None);
        for who in people {
            prop_assert!(had.contains(&who), "{:?} never had a turn", who);
        }
    }
}
