//! What is counted.

use super::*;
use crate::hosting::gathering::Tally;
use crate::hosting::pass::MemberId;

#[test]
fn people_and_minutes_but_not_staff_observers_and_those_who_wait() {
    let mut hall = Hall::talking();
    let [a, _, c] = [(); 3].map(|()| hall.add(Role::Participant));
    for role in [Role::Observer, Role::Lobby, Role::PeerStaff] {
        hall.add(role);
    }
    hall.pass_time(10 * MINUTE);
    // Who was lent a role is still somebody who came.
    hall.act(&Act::Lend { who: c, on: true }).expect("lent");
    hall.leave(a);
    hall.pass_time(20 * MINUTE);
    let tally = hall.gathering.count(hall.now);
    assert_eq!(tally, Tally { came: 3, wrote: 3, first: 3, minutes: 70, ..Tally::default() });
}

#[test]
fn the_fullest_way_one_chose() {
    for (ways, expected) in [
        (vec![Way::Watch], (1, 0, 0)),
        (vec![Way::Watch, Way::React, Way::Watch], (0, 1, 0)),
        (vec![Way::Watch, Way::Write], (0, 0, 1)),
    ] {
        let mut hall = Hall::talking();
        let mut newcomer = person(PersonId(50), Role::Participant);
        newcomer.first = false;
        for way in ways {
            newcomer.way = way;
            hall.people.retain(|person| person.who != newcomer.who);
            hall.people.push(newcomer.clone());
            hall.look();
        }
        let tally = hall.gathering.count(hall.now);
        assert_eq!((tally.watched, tally.reacted, tally.wrote), expected);
        assert_eq!((tally.first, tally.again), (0, 1));
    }
}

#[test]
fn who_can_come_again_as_the_same_is_counted_once() {
    let mut hall = Hall::talking();
    let member = DoorPass { member: Some(MemberId(5)), ..DoorPass::default() };
    let booking = DoorPass { booking: Some(9), ..DoorPass::default() };
    for pass in [&member, &booking, &DoorPass::default()] {
        for _ in 0..3 {
            let (who, _) = hall.enter(pass).expect("open");
            hall.pass_time(2 * MINUTE);
            hall.leave(who);
        }
    }
    let tally = hall.gathering.count(hall.now);
    assert_eq!((tally.came, tally.minutes), (1 + 1 + 3, 18));
    let kept = serde_json::to_value(&hall.gathering).expect("can be kept");
    assert_eq!(kept["visits"]["here"], serde_json::json!({}), "who is gone is a number");
    assert_eq!(kept["visits"]["may_return"].as_array().map(Vec::len), Some(2));
}

#[test]
fn an_empty_session_is_nothing() {
    let hall = Hall::talking();
    assert_eq!(hall.gathering.count(hall.now), Tally::default());
}
