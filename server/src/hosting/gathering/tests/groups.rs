//! Small groups: invitation, answer, the way back.

use ibasho_protocol::host::{CALL_BACK_MS, HALL, MOST_PAIRS};
use ibasho_protocol::session::{Desk, Group, Pair};

use super::*;

fn desk(hall: &Hall) -> Desk {
    hall.gathering.desk(&RoomNow { people: &hall.people, tables: &TABLES, now: hall.now, chance: 0 })
}

fn hall_of(number: usize) -> (Hall, Vec<PersonId>) {
    let mut hall = Hall::talking();
    let people = (0..number).map(|_| hall.add(Role::Participant)).collect();
    (hall, people)
}

fn group(zone: ZoneIndex, people: &[PersonId]) -> Group {
    Group { zone, people: people.to_vec() }
}

#[test]
fn each_accepts_or_stays_and_all_come_back_in_the_end() {
    let (mut hall, people) = hall_of(4);
    let plan = vec![group(1, &people[..2]), group(2, &people[2..])];
    hall.act(&Act::Plan { groups: plan.clone() }).expect("fits");
    assert_eq!(hall.gathering.standing().groups, None, "only staff see what is planned");
    assert_eq!(hall.act(&Act::Invite { minutes: 0 }), Err(RefusalCode::ValueOutOfRange));
    assert_eq!(hall.act(&Act::Invite { minutes: 121 }), Err(RefusalCode::ValueOutOfRange));
    hall.act(&Act::Invite { minutes: 10 }).expect("invited");
    assert!(desk(&hall).proposed.is_empty());
    assert_eq!(hall.gathering.mine(people[0]).invited, Some(1));
    let join = |yes| Take::Join { yes };
    assert_eq!(hall.take(people[0], &join(true)), Ok(vec![Effect::Walk { who: people[0], zone: 1 }]));
    hall.take(people[1], &join(true)).expect("invited");
    assert_eq!(hall.take(people[2], &join(false)), Ok(Vec::new()), "stays");
    assert_eq!(hall.take(people[2], &join(true)), Err(RefusalCode::NotNow), "has answered");
    assert_eq!(hall.take(HOST, &join(true)), Err(RefusalCode::NotNow), "is not invited");
    let groups = hall.gathering.standing().groups.expect("under way");
    assert_eq!(groups.list, plan, "who declined is seen by nobody");
    // One of them rests for a while: nobody is taken out of the rest corner.
    hall.of(people[1]).zone = 9;
    hall.pass_time(9 * MINUTE - 1);
    assert!(!hall.gathering.standing().groups.expect("under way").calling);
    hall.pass_time(1);
    assert!(hall.gathering.standing().groups.expect("under way").calling, "a minute before");
    hall.pass_time(MINUTE);
    assert_eq!(hall.gathering.standing().groups, None);
    assert_eq!((hall.of(people[0]).zone, hall.of(people[1]).zone), (HALL, 9));
}

#[test]
fn called_back_a_minute_before() {
    let (mut hall, people) = hall_of(2);
    assert_eq!(hall.act(&Act::CallBack {}), Err(RefusalCode::NotNow));
    hall.act(&Act::Plan { groups: vec![group(3, &people)] }).expect("fits");
    hall.act(&Act::Invite { minutes: 30 }).expect("invited");
    hall.take(people[0], &Take::Join { yes: true }).expect("invited");
    hall.pass_time(5 * MINUTE);
    hall.act(&Act::CallBack {}).expect("under way");
    let groups = hall.gathering.standing().groups.expect("under way");
    assert_eq!((groups.calling, groups.until), (true, hall.now + CALL_BACK_MS));
    assert_eq!(hall.act(&Act::CallBack {}), Err(RefusalCode::Overtaken));
    hall.pass_time(CALL_BACK_MS);
    assert_eq!((hall.gathering.standing().groups, hall.of(people[0]).zone), (None, HALL));
}

#[test]
fn tables_are_open_to_groups_in_any_phase() {
    let mut hall = Hall::new(planned());
    let people = [(); 2].map(|()| hall.add(Role::Participant));
    assert!(!hall.gathering.can(Can::Tables, Role::Participant));
    hall.act(&Act::Plan { groups: vec![group(1, &people)] }).expect("fits");
    hall.act(&Act::Invite { minutes: 5 }).expect("invited");
    assert!(hall.gathering.can(Can::Tables, Role::Participant));
}

#[test]
fn a_plan_is_checked() {
    let (mut hall, people) = hall_of(3);
    let gone = PersonId(999);
    let plan = |groups: &[Group]| Act::Plan { groups: groups.to_vec() };
    for (groups, expected) in [
        (vec![group(0, &people)], RefusalCode::ValueOutOfRange),
        (vec![group(1, &people[..1]), group(1, &people[1..])], RefusalCode::ValueOutOfRange),
        (vec![group(1, &people), group(2, &people[..1])], RefusalCode::ValueOutOfRange),
        (vec![group(1, &[HOST])], RefusalCode::NotInReach),
    ] {
        assert_eq!(hall.act(&plan(&groups)), Err(expected), "{groups:?}");
    }
    hall.act(&plan(&[group(1, &[people[0], gone]), group(2, &[PersonId(998)])])).expect("who has left is left out");
    assert_eq!(desk(&hall).proposed, [group(1, &people[..1])]);
    hall.act(&plan(&[])).expect("no groups");
    assert_eq!(hall.act(&Act::Invite { minutes: 5 }), Err(RefusalCode::NotNow));
}

#[test]
fn two_hosts_invite_once() {
    let (mut hall, people) = hall_of(2);
    hall.act(&Act::Plan { groups: vec![group(1, &people)] }).expect("fits");
    hall.act(&Act::Invite { minutes: 5 }).expect("invited");
    hall.act(&Act::Plan { groups: vec![group(2, &people)] }).expect("the next ones can be prepared");
    assert_eq!(hall.act(&Act::Invite { minutes: 5 }), Err(RefusalCode::Overtaken));
}

#[test]
fn groups_end_when_all_have_left() {
    let (mut hall, people) = hall_of(2);
    hall.act(&Act::Plan { groups: vec![group(1, &people)] }).expect("fits");
    hall.act(&Act::Invite { minutes: 5 }).expect("invited");
    hall.leave(people[0]);
    assert_eq!(hall.gathering.standing().groups.expect("under way").list, [group(1, &people[1..])]);
    hall.leave(people[1]);
    assert_eq!(hall.gathering.standing().groups, None);
}

#[test]
fn pairs_are_for_staff_and_for_people_who_are_here() {
    let (mut hall, people) = hall_of(3);
    let pair = |a, b, together, on| Act::Pair { pair: Pair { a, b, together }, on };
    hall.act(&pair(people[1], people[0], true, true)).expect("both are here");
    hall.act(&pair(people[0], people[1], false, true)).expect("instead");
    assert_eq!(desk(&hall).pairs, [Pair { a: people[0], b: people[1], together: false }]);
    assert_eq!(hall.act(&pair(people[0], people[0], true, true)), Err(RefusalCode::ValueOutOfRange));
    assert_eq!(hall.act(&pair(people[0], PersonId(999), true, true)), Err(RefusalCode::NobodyThere));
    hall.act(&pair(people[0], people[2], true, true)).expect("both are here");
    hall.leave(people[2]);
    assert_eq!(desk(&hall).pairs.len(), 1, "who left is in no pair");
    hall.act(&pair(people[1], people[0], true, false)).expect("forgotten");
    assert!(desk(&hall).pairs.is_empty());
    let more: Vec<_> = (0..20).map(|_| hall.add(Role::Participant)).collect();
    let all = more.iter().enumerate().flat_map(|(n, a)| more[n + 1..].iter().map(|b| (*a, *b))).collect::<Vec<_>>();
    assert_eq!(all.iter().filter(|(a, b)| hall.act(&pair(*a, *b, true, true)).is_ok()).count(), MOST_PAIRS);
    assert_eq!(hall.act(&pair(people[0], people[1], true, true)), Err(RefusalCode::ListFull));
}

#[test]
fn a_proposal_is_for_participants_who_are_here() {
    let (mut hall, people) = hall_of(5);
    let observer = hall.add(Role::Observer);
    hall.line(people[4], false);
    assert_eq!(hall.act(&Act::Propose { size: 1 }), Err(RefusalCode::ValueOutOfRange));
    assert_eq!(hall.act(&Act::Propose { size: 13 }), Err(RefusalCode::ValueOutOfRange));
    hall.act(&Act::Propose { size: 2 }).expect("four are here");
    let mut all: Vec<_> = desk(&hall).proposed.into_iter().flat_map(|group| group.people).collect();
    all.sort();
    assert_eq!(all, people[..4], "not {HOST:?}, not {observer:?}, not whose line is lost");
    let (mut hall, _) = hall_of(1);
    assert_eq!(hall.act(&Act::Propose { size: 2 }), Err(RefusalCode::NotNow));
}
