//! Phases, announcements, hands, notes, the end.

use ibasho_protocol::host::MOST_NOTES;

use super::*;
use crate::hosting::gathering::CARD_MS;
use crate::hosting::planned::OVERTIME_MS;

#[test]
fn the_doors_phase_lasts_until_the_beginning_and_nothing_happens_by_itself() {
    let mut hall = Hall::new(planned());
    let standing = hall.gathering.standing();
    assert_eq!((standing.phase, standing.since, standing.until), (0, DOORS, Some(STARTS)));
    hall.pass_time(60 * MINUTE);
    assert_eq!(hall.gathering.standing().phase, 0);
    // A server that was started late did not open the doors later.
    let late = Gathering::begin(planned(), STARTS + MINUTE);
    assert_eq!((late.standing().since, late.standing().until), (DOORS, Some(STARTS)));
}

#[test]
fn of_two_hosts_who_press_at_once_one_is_told() {
    let mut hall = Hall::new(planned());
    let other = hall.add(Role::Facilitator);
    assert_eq!(hall.act(&Act::Go { from: 0, to: 1 }), Ok(Vec::new()));
    assert_eq!(hall.act_by(other, &Act::Go { from: 0, to: 1 }), Err(RefusalCode::Overtaken));
    assert_eq!(hall.act_by(other, &Act::Extend { from: 0, minutes: 5 }), Err(RefusalCode::Overtaken));
    assert_eq!(hall.gathering.standing().phase, 1);
    // Back is a way too.
    assert_eq!(hall.act(&Act::Go { from: 1, to: 0 }), Ok(Vec::new()));
    assert_eq!(hall.act(&Act::Go { from: 0, to: 0 }), Err(RefusalCode::ValueOutOfRange));
    assert_eq!(hall.act(&Act::Go { from: 0, to: 5 }), Err(RefusalCode::ValueOutOfRange));
}

#[test]
fn a_phase_gets_more_time_or_less_within_bounds() {
    let mut hall = Hall::talking();
    let until = |hall: &Hall| hall.gathering.standing().until.expect("has an end") - DOORS;
    assert_eq!(until(&hall), 60 * MINUTE);
    hall.act(&Act::Extend { from: 2, minutes: 10 }).expect("more");
    assert_eq!(until(&hall), 70 * MINUTE);
    hall.act(&Act::Extend { from: 2, minutes: -60 }).expect("less");
    assert_eq!(until(&hall), 10 * MINUTE);
    hall.act(&Act::Extend { from: 2, minutes: -60 }).expect("no less than nothing");
    assert_eq!(until(&hall), 0);
    // What is over is extended from now.
    hall.pass_time(7 * MINUTE);
    hall.act(&Act::Extend { from: 2, minutes: 5 }).expect("more");
    assert_eq!(until(&hall), 12 * MINUTE);
    for minutes in [0, 61, -61, i8::MIN, i8::MAX] {
        assert_eq!(hall.act(&Act::Extend { from: 2, minutes }), Err(RefusalCode::ValueOutOfRange), "{minutes}");
    }
    let more = Act::Extend { from: 2, minutes: 60 };
    assert!(std::iter::repeat_with(|| hall.act(&more)).take(10).any(|done| done.is_err()), "not without an end");
    hall.act(&Act::Go { from: 2, to: 3 }).expect("on");
    assert_eq!(hall.act(&Act::Extend { from: 3, minutes: 5 }), Err(RefusalCode::NotNow), "it has no end");
}

#[test]
fn what_is_possible_is_the_phases_matter_but_not_for_staff() {
    let mut hall = Hall::new(planned());
    assert_eq!(hall.gathering.standing().can, [Can::React, Can::Write]);
    let who = hall.add(Role::Participant);
    assert_eq!(hall.take(who, &Take::Hand { up: true }), Err(RefusalCode::NotNow));
    assert_eq!(hall.take(who, &Take::Suggest { text: "雨の日".into() }), Err(RefusalCode::NotNow));
    assert!(hall.gathering.can(Can::Hand, Role::Facilitator));
    // The hosts can open the list for themes in any phase.
    hall.act(&Act::Gather { on: true }).expect("open");
    assert!(hall.gathering.standing().can.contains(&Can::Suggest));
    hall.take(who, &Take::Suggest { text: "雨の日".into() }).expect("open");
    hall.act(&Act::Gather { on: false }).expect("shut");
    assert_eq!(hall.take(who, &Take::Suggest { text: "本".into() }), Err(RefusalCode::NotNow));
}

#[test]
fn hands_are_a_queue_and_go_down_with_their_phase_and_their_person() {
    let mut hall = Hall::talking();
    let [a, b, c] = [(); 3].map(|()| hall.add(Role::Participant));
    for who in [b, a, c, b] {
        hall.take(who, &Take::Hand { up: true }).expect("hands are possible");
    }
    assert_eq!(hall.gathering.standing().hands, [b, a, c]);
    hall.take(a, &Take::Hand { up: false }).expect("down");
    hall.act(&Act::Lower { who: b }).expect("heard");
    assert_eq!(hall.act(&Act::Lower { who: b }), Err(RefusalCode::Overtaken));
    assert_eq!(hall.gathering.standing().hands, [c]);
    hall.line(c, false);
    assert_eq!(hall.gathering.standing().hands, [c], "the seat is kept, and so is the hand");
    hall.leave(c);
    assert!(hall.gathering.standing().hands.is_empty());
    hall.take(a, &Take::Hand { up: true }).expect("up");
    hall.act(&Act::Go { from: 2, to: 3 }).expect("on");
    assert!(hall.gathering.standing().hands.is_empty());
    assert_eq!(hall.take(a, &Take::Hand { up: false }), Ok(Vec::new()), "down is always possible");
}

#[test]
fn an_announcement_with_an_address_needs_a_word_for_it() {
    let mut hall = Hall::talking();
    let say = |text: &str, links, pinned| Act::Announce { text: text.into(), links, pinned };
    assert_eq!(hall.act(&say("example.jp を見て", false, false)), Err(RefusalCode::LinkUnapproved));
    assert_eq!(hall.act(&say(" ", false, false)), Err(RefusalCode::TextEmpty));
    assert_eq!(hall.act(&say(&"あ".repeat(501), false, false)), Err(RefusalCode::TextTooLong));
    hall.act(&say("example.jp を見て", true, true)).expect("approved");
    let pinned = hall.gathering.standing().card.expect("a card");
    hall.pass_time(2 * CARD_MS);
    assert_eq!(hall.gathering.standing().card.as_ref(), Some(&pinned), "pinned");
    hall.act(&say("次は10分後", false, false)).expect("no address");
    hall.act(&say("次は5分後", false, false)).expect("no address");
    let card = hall.gathering.standing().card.expect("a card");
    assert!(card.at > hall.now, "two in one millisecond are two");
    hall.pass_time(CARD_MS + 1);
    assert_eq!(hall.gathering.standing().card, None);
    assert_eq!(hall.act(&Act::Clear {}), Err(RefusalCode::Overtaken));
}

#[test]
fn notes_and_the_box_are_bounded() {
    let mut hall = Hall::talking();
    let who = hall.add(Role::Participant);
    let note = Act::Note { text: "三番の方、前回もいらした".into() };
    assert!((0..MOST_NOTES).all(|_| hall.act(&note).is_ok()));
    assert_eq!(hall.act(&note), Err(RefusalCode::ListFull));
    let put = Take::Suggestion { text: "音がよかった".into() };
    assert_eq!((0..1000).filter(|_| hall.take(who, &put).is_ok()).count(), 200);
    let room = RoomNow { people: &hall.people, tables: &[], now: hall.now, chance: 0 };
    let desk = hall.gathering.desk(&room);
    assert_eq!((desk.notes.len(), desk.boxed, desk.notes[0].by.as_str()), (MOST_NOTES, 200, "なぎ1"));
    let kept = serde_json::to_string(&hall.gathering).expect("can be kept");
    assert!(!kept.contains("音がよかった"), "what goes into the box is not kept here");
}

#[test]
fn the_last_phase_ends_it() {
    let mut hall = Hall::talking();
    let who = hall.add(Role::Participant);
    assert_eq!(hall.act(&Act::Go { from: 2, to: 4 }), Ok(vec![Effect::Over]));
    assert_eq!(hall.act(&Act::Go { from: 4, to: 2 }), Err(RefusalCode::Over));
    assert_eq!(hall.take(who, &Take::Hand { up: true }), Err(RefusalCode::Over));
    assert_eq!(hall.enter(&DoorPass::default()), Err(RefusalCode::Over));
    assert_eq!(hall.gathering.due(), None);
}

#[test]
fn nobody_ended_it_so_it_ends_by_itself_an_hour_later() {
    let mut hall = Hall::talking();
    hall.pass_time(150 * MINUTE + OVERTIME_MS - 1);
    assert!(!hall.over);
    hall.pass_time(1);
    assert!(hall.over);
}

#[test]
fn an_edit_keeps_the_phase_one_is_in() {
    let mut hall = Hall::talking();
    hall.act(&Act::Extend { from: 2, minutes: 10 }).expect("more");
    let before = hall.gathering.standing();
    // Only the bookings changed: what the hosts extended stays.
    hall.gathering.replan(Planned { booked: 3, ..planned() });
    assert_eq!(hall.gathering.standing(), before);
    // A phase was put before it.
    let mut edited = planned();
    edited.programme.phases.insert(1, phase(PhaseKind::Break, 5, &[]));
    edited.theme = Some("雨の日".into());
    hall.gathering.replan(edited);
    let after = hall.gathering.standing();
    assert_eq!((after.phase, after.until, after.theme.as_deref()), (3, before.until, Some("雨の日")));
    // It was taken out, and another is shorter: one stays in what is there.
    let mut edited = planned();
    edited.programme.phases.truncate(2);
    hall.gathering.replan(edited);
    assert_eq!(hall.gathering.standing().phase, 1);
}
