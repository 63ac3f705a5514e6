//! Appeals: once, to somebody else, never to the worse, and always answered.

use ibasho_moderation::desk::DeskRefusal;
use ibasho_moderation::desk::appeals::{Answer, AppealOutcome};
use ibasho_moderation::desk::changes::{Changes, Effect, Event};
use ibasho_moderation::desk::notices::Notice;
use ibasho_moderation::desk::sanctions::Kind;
use ibasho_moderation::desk::settings::{DAY, MINUTE, Reach};
use ibasho_moderation::desk::subject::{Actor, Subject};

use crate::support::{Place, ROOM, facilitator, made, moderator, order, owner, person, told};

/// Somebody was removed for an hour by the moderator, and appeals.
fn appealed(staff: &[Actor]) -> (Place, u64, u64) {
    let mut place = Place::new();
    let sanction = made(&place.does(|desk, now| desk.impose(order(person(1), Kind::Remove, 60), &moderator(), now)));
    let case = made(&place.does(|desk, now| desk.appeal(sanction, &Subject::of(1), Some(4), staff, now)));
    (place, sanction, case)
}

#[test]
fn once_and_only_by_the_person() {
    let (mut place, sanction, _) = appealed(&[owner()]);
    let again = place.refuses(|desk, now| desk.appeal(sanction, &Subject::of(1), None, &[], now));
    assert_eq!(again, DeskRefusal::AlreadyAppealed);
    let other = place.refuses(|desk, now| desk.appeal(sanction, &Subject::of(2), None, &[], now));
    assert_eq!(other, DeskRefusal::NotYours);
}

#[test]
fn whoever_decided_it_does_not_decide_again() {
    let (mut place, _, case) = appealed(&[moderator(), owner()]);
    assert_eq!(place.refuses(|desk, now| desk.claim(case, &moderator(), now)), DeskRefusal::DecidedByYou);
    let version = place.version(case);
    for answer in [Answer::Uphold, Answer::Undo] {
        let refused = place.refuses(|desk, now| desk.decide_appeal(case, version, answer, &moderator(), now));
        assert_eq!(refused, DeskRefusal::DecidedByYou);
    }
    let line = place.desk.queue(&moderator(), place.now)[0];
    assert!(!line.may_handle, "it is seen, and waits for somebody else");
    place.does(|desk, now| desk.decide_appeal(case, version, Answer::Uphold, &facilitator(), now));
}

#[test]
fn with_nobody_else_it_waits_says_so_and_calls_for_help_from_outside() {
    let mut place = Place::new();
    let sanction = made(&place.does(|desk, now| desk.impose(order(person(1), Kind::Remove, 60), &moderator(), now)));
    let alone = [moderator()];
    let changes = place.does(|desk, now| desk.appeal(sanction, &Subject::of(1), None, &alone, now));
    let case = made(&changes);
    let expected = [Notice::AppealReceived { sanction, case }, Notice::AppealWaits { sanction, case }];
    assert_eq!(told(&changes, person(1)), expected);
    assert!(changes.effects.iter().any(|effect| matches!(effect, Effect::Escalate { to: Reach::Outside, .. })));
    let told = |changes: &Changes| {
        let outside = |effect: &&Effect| matches!(effect, Effect::Webhook { event: Event::AppealEscalated, .. });
        changes.effects.iter().filter(outside).count()
    };
    assert_eq!(told(&changes), 1, "what they were told is so");
    // With somebody else it only waits its turn; whom nobody answers in a day is brought to mind.
    let (mut place, _, _) = appealed(&[owner()]);
    assert!(!place.after(DAY - 1).effects.iter().any(|effect| matches!(effect, Effect::Escalate { .. })));
    let changes = place.after(1);
    assert!(changes.effects.iter().any(|effect| matches!(effect, Effect::Escalate { to: Reach::Next, .. })));
    assert_eq!(told(&changes), 0, "the next person is one of this place");
    assert_eq!(told(&place.after(2 * DAY)), 1);
}

#[test]
fn every_answer_is_told_and_does_what_it_says() {
    let milder = Answer::Change { kind: Kind::MuteText, minutes: 10 };
    for (answer, outcome, enters) in [
        (Answer::Uphold, AppealOutcome::Upheld, false),
        (milder, AppealOutcome::Changed, true),
        (Answer::Undo, AppealOutcome::Undone, true),
    ] {
        let (mut place, sanction, case) = appealed(&[owner()]);
        let version = place.version(case);
        let changes = place.does(|desk, now| desk.decide_appeal(case, version, answer, &owner(), now));
        let notices = told(&changes, person(1));
        assert!(notices.contains(&Notice::AppealDecided { sanction, case, outcome }), "{answer:?}");
        let standing = place.desk.standing(&Subject::of(1), ROOM, place.now);
        assert_eq!(standing.may_enter(), enters, "{answer:?}");
        assert_eq!(standing.may_write(), outcome == AppealOutcome::Undone, "{answer:?}");
        if outcome == AppealOutcome::Changed {
            let made = made(&changes);
            assert!(notices.iter().any(|notice| matches!(notice, Notice::Sanctioned { appealable: false, .. })));
            let again = place.refuses(|desk, now| desk.appeal(made, &Subject::of(1), None, &[], now));
            assert_eq!(again, DeskRefusal::AlreadyAppealed, "there is one appeal");
        }
    }
}

#[test]
fn an_appeal_never_makes_it_worse() {
    let (mut place, _, case) = appealed(&[owner()]);
    place.after(10 * MINUTE);
    let version = place.version(case);
    let mut change = |kind, minutes| {
        let answer = Answer::Change { kind, minutes };
        place.tries(|desk, now| desk.decide_appeal(case, version, answer, &owner(), now)).map(drop)
    };
    assert_eq!(change(Kind::Ban, 1), Err(DeskRefusal::Harsher));
    assert_eq!(change(Kind::Remove, 50), Err(DeskRefusal::Harsher), "it would be over by then anyway");
    assert_eq!(change(Kind::MuteText, 51), Err(DeskRefusal::Harsher), "milder but longer");
    assert_eq!(change(Kind::Timeout, 2), Err(DeskRefusal::BadLength));
    assert_eq!(change(Kind::Remove, 49), Ok(()));
}

#[test]
fn what_is_over_can_still_be_set_right() {
    let (mut place, sanction, case) = appealed(&[owner()]);
    place.after(200 * DAY);
    assert!(place.desk.sanction(sanction).is_some(), "it is kept while somebody asks about it");
    let version = place.version(case);
    let change = Answer::Change { kind: Kind::Nudge, minutes: 0 };
    let late = place.refuses(|desk, now| desk.decide_appeal(case, version, change, &owner(), now));
    assert_eq!(late, DeskRefusal::Over);
    place.does(|desk, now| desk.decide_appeal(case, version, Answer::Undo, &owner(), now));
    assert!(place.desk.sanction(sanction).expect("kept").is_undone());
}

#[test]
fn to_take_it_back_answers_the_appeal_too() {
    let (mut place, sanction, case) = appealed(&[owner()]);
    place.does(|desk, now| desk.claim(case, &owner(), now));
    // In favour of the person also the one who decided it may change their mind.
    let changes = place.does(|desk, now| desk.undo(sanction, &moderator(), now));
    let outcome = AppealOutcome::Undone;
    assert!(told(&changes, person(1)).contains(&Notice::AppealDecided { sanction, case, outcome }));
    assert_eq!(place.desk.open_cases().count(), 0);
}
