//! A room without staff.

use ibasho_protocol::host::ALONE_GRACE_MS;
use ibasho_protocol::session::Alone;

use super::*;

fn alone(hall: &Hall) -> Option<Alone> {
    hall.gathering.standing().alone
}

#[test]
fn a_minute_without_staff_then_quieter_and_as_before_when_they_are_back() {
    let mut hall = Hall::talking();
    let who = hall.add(Role::Participant);
    assert_eq!(alone(&hall), None);
    hall.line(HOST, false);
    let from = hall.now + ALONE_GRACE_MS;
    assert_eq!(alone(&hall), Some(Alone { from, mode: AloneMode::Watch }), "everybody sees it come");
    hall.pass_time(ALONE_GRACE_MS - 1);
    assert!(hall.gathering.can(Can::Write, Role::Participant));
    assert_eq!(hall.take(who, &Take::Hand { up: true }), Ok(Vec::new()));
    hall.pass_time(1);
    assert!(!hall.gathering.can(Can::Write, Role::Participant));
    assert!(hall.gathering.standing().can.is_empty());
    hall.line(HOST, true);
    assert_eq!(alone(&hall), None);
    assert!(hall.gathering.can(Can::Write, Role::Participant));
    assert_eq!(hall.gathering.standing().phase, 2, "it goes on where it was");
}

#[test]
fn text_only_leaves_all_but_the_voice() {
    let mut hall = Hall::new(Planned { alone: AloneMode::Write, ..planned() });
    hall.act(&Act::Go { from: 0, to: 2 }).expect("on");
    hall.leave(HOST);
    hall.pass_time(ALONE_GRACE_MS);
    assert_eq!(hall.gathering.standing().can, [Can::React, Can::Write, Can::Tables, Can::Suggest, Can::Hand]);
}

#[test]
fn who_was_lent_the_role_does_not_stand_in_for_staff() {
    let mut hall = Hall::talking();
    let who = hall.add(Role::Participant);
    hall.act(&Act::Lend { who, on: true }).expect("lent");
    hall.leave(HOST);
    hall.pass_time(ALONE_GRACE_MS);
    assert!(alone(&hall).is_some() && !hall.gathering.can(Can::Write, Role::PeerStaff));
    hall.enter(&staff(Role::Consultant)).expect("staff");
    assert_eq!(alone(&hall), None);
}

#[test]
fn a_salon_that_needs_no_staff_is_never_alone() {
    let mut hall = Hall::new(Planned { staff_needed: 0, ..planned() });
    hall.leave(HOST);
    hall.pass_time(ALONE_GRACE_MS);
    assert_eq!(alone(&hall), None);
    assert!(hall.gathering.can(Can::Write, Role::Participant));
}

#[test]
fn doors_that_open_before_staff_come_are_without_staff() {
    let mut hall = Hall::new(planned());
    hall.gathering = Gathering::begin(planned(), DOORS);
    hall.people.clear();
    hall.add(Role::Participant);
    hall.pass_time(ALONE_GRACE_MS);
    assert!(!hall.gathering.can(Can::Write, Role::Participant));
}
