//! Held messages: seen by their writers, settled once, in time, and in the order of the room.

use ibasho_moderation::desk::DeskRefusal;
use ibasho_moderation::desk::changes::Effect;
use ibasho_moderation::desk::codes::DeclineReason;
use ibasho_moderation::desk::holds::{MAX_HELD_PERSON, MAX_HELD_ROOM, NewHold, Place as Spot};
use ibasho_moderation::desk::notices::Notice;
use ibasho_moderation::desk::sanctions::Kind;
use ibasho_moderation::desk::settings::MINUTE;
use ibasho_moderation::desk::subject::Subject;

use crate::support::{Place, ROOM, T0, facilitator, held, made, moderator, order, owner, person, told};

#[test]
fn the_writer_sees_that_it_waits_and_what_became_of_it() {
    let mut place = Place::new();
    let changes = place.does(|desk, now| desk.hold(held(person(1)), now));
    let hold = made(&changes);
    assert_eq!(told(&changes, person(1)), [Notice::BeingLookedAt { hold }]);
    let version = place.version(hold);
    let reason = DeclineReason::PersonalData;
    let changes = place.does(|desk, now| desk.decline(hold, version, reason, &facilitator(), now));
    assert_eq!(told(&changes, person(1)), [Notice::NotShown { hold, reason, by_time: false }]);
    assert!(changes.effects.contains(&Effect::Discard { hold, room: ROOM.to_owned() }));
    let second = place.refuses(|desk, now| desk.approve(hold, version, &moderator(), now));
    assert_eq!(second, DeskRefusal::AlreadyHandled { by: Some(facilitator().id) });
}

#[test]
fn what_is_approved_keeps_its_place_in_the_room() {
    let mut place = Place::new();
    let spot = |seq| Spot { seq, at: T0 + seq };
    let mut hold = |seq| made(&place.does(|desk, now| desk.hold(NewHold { place: spot(seq), ..held(person(1)) }, now)));
    let (first, second) = (hold(3), hold(9));
    for (id, seq) in [(second, 9), (first, 3)] {
        let version = place.version(id);
        let changes = place.does(|desk, now| desk.approve(id, version, &facilitator(), now));
        let room = ROOM.to_owned();
        let release = Effect::Release { hold: id, room, writer: Subject::of(1), place: spot(seq) };
        assert!(changes.effects.contains(&release));
        assert_eq!(told(&changes, person(1)), [Notice::Shown { hold: id }]);
    }
}

#[test]
fn what_nobody_handles_in_time_is_declined_and_says_so() {
    let mut place = Place::new();
    let hold = made(&place.does(|desk, now| desk.hold(held(person(1)), now)));
    let version = place.version(hold);
    place.now += 5 * MINUTE;
    let late = place.refuses(|desk, now| desk.approve(hold, version, &facilitator(), now));
    assert_eq!(late, DeskRefusal::Over, "also when nobody looked at the clock yet");
    let changes = place.after(0);
    let reason = DeclineReason::NobodyInTime;
    assert_eq!(told(&changes, person(1)), [Notice::NotShown { hold, reason, by_time: true }]);
}

#[test]
fn whoever_reads_it_is_not_cut_off_and_the_writer_does_not_wait_for_ever() {
    let mut place = Place::new();
    let hold = made(&place.does(|desk, now| desk.hold(held(person(1)), now)));
    for minute in 1..15 {
        place.after(MINUTE);
        assert!(place.desk.case(hold).expect("kept").closed.is_none(), "minute {minute}");
        place.does(|desk, now| desk.claim(hold, &facilitator(), now));
    }
    let changes = place.after(MINUTE);
    assert!(matches!(told(&changes, person(1))[..], [Notice::NotShown { by_time: true, .. }]));
}

#[test]
fn the_writer_can_take_it_back() {
    let mut place = Place::new();
    let hold = made(&place.does(|desk, now| desk.hold(held(person(1)), now)));
    place.does(|desk, now| desk.claim(hold, &facilitator(), now));
    let other = place.refuses(|desk, now| desk.retract(hold, &Subject::of(2), now));
    assert_eq!(other, DeskRefusal::NotYours);
    let changes = place.does(|desk, now| desk.retract(hold, &Subject::of(1), now));
    assert_eq!(told(&changes, person(1)), [Notice::TakenBack { hold }]);
    let version = place.version(hold);
    let late = place.refuses(|desk, now| desk.approve(hold, version, &facilitator(), now));
    assert_eq!(late, DeskRefusal::AlreadyHandled { by: None });
}

#[test]
fn only_so_many_wait() {
    let mut place = Place::new();
    for _ in 0..MAX_HELD_PERSON {
        place.does(|desk, now| desk.hold(held(person(1)), now));
    }
    assert_eq!(place.refuses(|desk, now| desk.hold(held(person(1)), now)), DeskRefusal::TooManyHeld);
    for writer in 0..MAX_HELD_ROOM - MAX_HELD_PERSON {
        place.does(|desk, now| desk.hold(held(person(2 + writer as u64 / 5)), now));
    }
    assert_eq!(place.refuses(|desk, now| desk.hold(held(person(9999)), now)), DeskRefusal::TooManyHeld);
    place.does(|desk, now| desk.hold(NewHold { room: "yama".to_owned(), ..held(person(9999)) }, now));
}

#[test]
fn nothing_appears_of_somebody_who_may_not_write() {
    for kind in [Kind::Timeout, Kind::MuteText, Kind::Remove, Kind::Ban] {
        let mut place = Place::new();
        let hold = made(&place.does(|desk, now| desk.hold(held(person(1)), now)));
        let elsewhere = NewHold { room: "yama".to_owned(), ..held(person(1)) };
        let elsewhere = made(&place.does(|desk, now| desk.hold(elsewhere, now)));
        let others = made(&place.does(|desk, now| desk.hold(held(person(2)), now)));
        let changes = place.does(|desk, now| desk.impose(order(person(1), kind, 1), &owner(), now));
        let reason = DeclineReason::NoLongerHere;
        assert!(told(&changes, person(1)).contains(&Notice::NotShown { hold, reason, by_time: false }), "{kind:?}");
        assert_eq!(place.refuses(|desk, now| desk.hold(held(person(1)), now)), DeskRefusal::Silenced);
        let open: Vec<u64> = place.desk.open_cases().map(|case| case.id).collect();
        assert_eq!(open, [elsewhere, others]);
    }
}

#[test]
fn after_a_restart_writers_are_told_that_their_words_are_gone() {
    let mut place = Place::new();
    let hold = made(&place.does(|desk, now| desk.hold(held(person(1)), now)));
    let changes = place.lets(ibasho_moderation::desk::Desk::restarted);
    let reason = DeclineReason::Lost;
    assert_eq!(told(&changes, person(1)), [Notice::NotShown { hold, reason, by_time: false }]);
    assert_eq!(place.desk.history(&Subject::of(1), &owner(), place.now).expect("a history").not_shown, 0);
}

#[test]
fn a_colleague_of_equal_rank_shows_but_does_not_turn_down() {
    use ibasho_moderation::desk::subject::Target;
    use ibasho_moderation::roles::Role;
    let mut place = Place::new();
    let colleague = Target { role: Role::Facilitator, ..person(1) };
    let hold = made(&place.does(|desk, now| desk.hold(held(colleague), now)));
    let version = place.version(hold);
    let down = place.refuses(|desk, now| desk.decline(hold, version, DeclineReason::NotNow, &facilitator(), now));
    assert_eq!(down, DeskRefusal::NotInReach);
    place.does(|desk, now| desk.approve(hold, version, &facilitator(), now));
}

#[test]
fn a_cry_for_help_waits_for_a_person_and_for_no_clock() {
    let mut place = Place::new();
    let hold = made(&place.does(|desk, now| desk.hold(NewHold { cry: true, ..held(person(1)) }, now)));
    let changes = place.after(90 * 24 * 60 * MINUTE);
    assert_eq!(told(&changes, person(1)), []);
    let version = place.version(hold);
    place.does(|desk, now| desk.claim(hold, &facilitator(), now));
    assert_ne!(place.version(hold), version);
    place.after(60 * MINUTE);
    let version = place.version(hold);
    let changes = place.does(|desk, now| desk.approve(hold, version, &facilitator(), now));
    assert_eq!(told(&changes, person(1)), [Notice::Shown { hold }]);
}
