//! Sanctions: lengths, ends, notices, who is known again, and the way back.

use ibasho_moderation::desk::DeskRefusal;
use ibasho_moderation::desk::changes::Effect;
use ibasho_moderation::desk::codes::{Category, Reason};
use ibasho_moderation::desk::impose::Order;
use ibasho_moderation::desk::notices::Notice;
use ibasho_moderation::desk::sanctions::{Kind, MAX_NOTE, TIMEOUT_MINUTES};
use ibasho_moderation::desk::settings::{DAY, MINUTE};
use ibasho_moderation::desk::subject::{Scope, Subject, Target};
use ibasho_moderation::roles::Role;

use crate::support::{Place, ROOM, T0, facilitator, made, moderator, order, owner, person, report, room, told};

#[test]
fn whoever_is_acted_on_is_told_what_why_and_until_when() {
    for kind in Kind::ALL.iter().copied() {
        let mut place = Place::new();
        let minutes = if kind == Kind::Nudge { 0 } else { 60 };
        let changes = place.does(|desk, now| desk.impose(order(person(1), kind, minutes), &moderator(), now));
        let sanction = made(&changes);
        let until = Some(T0 + u64::from(minutes) * MINUTE);
        let (scope, reason) = (room(), Reason::Insult);
        let notice = Notice::Sanctioned { sanction, kind, scope, reason, until, appealable: true };
        assert_eq!(told(&changes, person(1)), [notice]);
        // They hear it later as well, if they are not here now.
        assert_eq!(place.desk.untold(&Subject::of(1)).count(), 1);
        let untold = place.desk.untold(&Subject::of(1)).next().expect("a notice").id;
        place.lets(|desk, _| desk.told(untold));
        assert_eq!(place.desk.untold(&Subject::of(1)).count(), 0);
    }
}

#[test]
fn what_each_sanction_takes_away() {
    // may enter, write, speak, react; whether everything is held first
    let table = [
        (Kind::Nudge, [true, true, true, true, false]),
        (Kind::Restricted, [true, true, true, true, true]),
        (Kind::Timeout, [true, false, false, false, false]),
        (Kind::MuteText, [true, false, true, true, false]),
        (Kind::MuteVoice, [true, true, false, true, false]),
        (Kind::SetAside, [true, true, true, true, false]),
        (Kind::Remove, [false, false, false, false, false]),
        (Kind::Ban, [false, false, false, false, false]),
    ];
    for (kind, expected) in table {
        let mut place = Place::new();
        let minutes = u32::from(kind != Kind::Nudge);
        place.does(|desk, now| desk.impose(order(person(1), kind, minutes), &moderator(), now));
        let view = |room: &str, now: u64| {
            let s = place.desk.standing(&Subject::of(1), room, now);
            [s.may_enter(), s.may_write(), s.may_speak(), s.may_react(), s.is_held_first()]
        };
        let free = [true, true, true, true, false];
        assert_eq!(view(ROOM, T0), expected, "{kind:?}");
        assert_eq!(view("yama", T0), free, "{kind:?} elsewhere");
        // At its end it is over, although nobody looked at the clock.
        assert_eq!(view(ROOM, T0 + MINUTE), free, "{kind:?} afterwards");
        assert_eq!(view(ROOM, T0 + MINUTE - 1), expected, "{kind:?} until its end");
    }
}

#[test]
fn the_end_comes_by_itself_and_is_said() {
    let mut place = Place::new();
    let sanction = made(&place.does(|desk, now| desk.impose(order(person(1), Kind::MuteText, 5), &moderator(), now)));
    assert_eq!(place.desk.due(), Some(T0 + 5 * MINUTE));
    assert!(place.after(5 * MINUTE - 1).effects.is_empty());
    let changes = place.after(1);
    assert_eq!(told(&changes, person(1)), [Notice::SanctionEnded { sanction, kind: Kind::MuteText }]);
    assert!(changes.effects.contains(&Effect::Enforce { subject: Subject::of(1), in_force: Vec::new() }));
    assert!(place.after(DAY).effects.is_empty(), "it ends once");
}

#[test]
fn lengths_have_bounds() {
    for kind in Kind::ALL.iter().copied() {
        let mut place = Place::new();
        let mut lasts = |minutes| {
            let id = u64::from(minutes) + 1;
            place.tries(|desk, now| desk.impose(order(person(id), kind, minutes), &owner(), now)).map(drop)
        };
        let longest = kind.longest();
        assert_eq!(lasts(longest), Ok(()), "{kind:?}");
        assert_eq!(lasts(longest + 1), Err(DeskRefusal::BadLength), "{kind:?}");
        if kind != Kind::Nudge {
            assert_eq!(lasts(0), Err(DeskRefusal::BadLength), "{kind:?}");
        }
    }
    for minutes in 0..=1441 {
        assert_eq!(Kind::Timeout.lasts(minutes), TIMEOUT_MINUTES.contains(&minutes));
    }
    let mut place = Place::new();
    for kind in [Kind::SetAside, Kind::Remove] {
        let order = Order { scope: Scope::Site, ..order(person(1), kind, 1) };
        assert_eq!(place.refuses(|desk, now| desk.impose(order, &owner(), now)), DeskRefusal::BadScope);
    }
    let long = |more| Order { note: "あ".repeat(MAX_NOTE + more), ..order(person(1), Kind::Remove, 1) };
    assert_eq!(place.refuses(|desk, now| desk.impose(long(1), &owner(), now)), DeskRefusal::NoteTooLong);
    place.does(|desk, now| desk.impose(long(0), &owner(), now));
}

#[test]
fn whoever_comes_back_is_known_by_id_device_or_membership() {
    let mut place = Place::new();
    let was = Subject { person: 1, device: Some([7; 32]), member: Some(5) };
    let target = Target { subject: was, role: Role::Participant };
    let ban = Order { scope: Scope::Site, ..order(target, Kind::Ban, 60) };
    place.does(|desk, now| desk.impose(ban, &moderator(), now));
    let enters = |subject: &Subject| place.desk.standing(subject, "anywhere", place.now).may_enter();
    assert!(!enters(&Subject::of(1)));
    assert!(!enters(&Subject { device: Some([7; 32]), ..Subject::of(2) }), "another tab");
    assert!(!enters(&Subject { member: Some(5), ..Subject::of(2) }), "the return phrase on another device");
    assert!(enters(&Subject { device: Some([8; 32]), member: Some(6), ..Subject::of(2) }));
    assert!(enters(&Subject::of(2)), "nothing in common is nobody known");
}

#[test]
fn what_two_decide_at_the_same_time_is_decided_once() {
    let mut place = Place::new();
    let sanction = made(&place.does(|desk, now| desk.impose(order(person(1), Kind::MuteText, 5), &moderator(), now)));
    let again = place.refuses(|desk, now| desk.impose(order(person(1), Kind::MuteText, 5), &owner(), now));
    assert_eq!(again, DeskRefusal::AlreadyInForce { sanction });
    // A longer one is another decision, and undoing it leaves the first.
    let longer = made(&place.does(|desk, now| desk.impose(order(person(1), Kind::MuteText, 60), &owner(), now)));
    place.does(|desk, now| desk.undo(longer, &owner(), now));
    let muted = place.desk.standing(&Subject::of(1), ROOM, place.now).text_mute.expect("the first is in force");
    assert_eq!(muted.sanction, sanction);
}

#[test]
fn what_was_taken_back_never_was() {
    let mut place = Place::new();
    let sanction = made(&place.does(|desk, now| desk.impose(order(person(1), Kind::Ban, 60), &moderator(), now)));
    let changes = place.does(|desk, now| desk.undo(sanction, &owner(), now));
    assert_eq!(told(&changes, person(1)), [Notice::SanctionUndone { sanction, kind: Kind::Ban }]);
    assert!(place.desk.standing(&Subject::of(1), ROOM, place.now).may_enter());
    assert!(place.desk.history(&Subject::of(1), &owner(), place.now).expect("a history").sanctions.is_empty());
    let twice = place.refuses(|desk, now| desk.undo(sanction, &owner(), now));
    assert_eq!(twice, DeskRefusal::AlreadyHandled { by: Some(owner().id) });
    // Also what is over can be taken back.
    let nudge = made(&place.does(|desk, now| desk.impose(order(person(1), Kind::Nudge, 0), &moderator(), now)));
    place.does(|desk, now| desk.undo(nudge, &moderator(), now));
    assert!(place.desk.history(&Subject::of(1), &owner(), place.now).expect("a history").last.is_empty());
}

#[test]
fn a_rule_gives_mild_and_short_sanctions_to_participants_only() {
    for kind in Kind::ALL.iter().copied() {
        for minutes in [0, 1, 5, 60] {
            let mut place = Place::new();
            let done = place.tries(|desk, now| desk.impose_by_rule(order(person(1), kind, minutes), now)).map(drop);
            let mild = (kind == Kind::Nudge && minutes == 0) || (kind == Kind::Timeout && (1..=5).contains(&minutes));
            assert_eq!(done.is_ok(), mild, "{kind:?} {minutes}");
        }
    }
    for role in Role::ALL {
        let mut place = Place::new();
        let target = Target { subject: Subject::of(1), role };
        let done = place.tries(|desk, now| desk.impose_by_rule(order(target, Kind::Nudge, 0), now)).map(drop);
        let expected = if role.is_staff() || role == Role::Auditor { Err(DeskRefusal::NotInReach) } else { Ok(()) };
        assert_eq!(done, expected, "{role:?}");
    }
}

#[test]
fn a_cry_for_help_and_worry_are_no_reason_for_a_sanction() {
    let mut place = Place::new();
    let help = made(&place.lets(|desk, now| desk.help(person(1), ROOM, None, now)));
    let worry = made(&place.lets(|desk, now| desk.report(report(person(2), person(1), Category::Worry), now)));
    let insult = made(&place.lets(|desk, now| desk.report(report(person(2), person(1), Category::Harassment), now)));
    let from = |case| Order { case: Some(case), ..order(person(1), Kind::Nudge, 0) };
    for case in [help, worry] {
        let refused = place.refuses(|desk, now| desk.impose(from(case), &owner(), now));
        assert_eq!(refused, DeskRefusal::NeverAnOffence);
    }
    place.does(|desk, now| desk.impose(from(insult), &owner(), now));
}

#[test]
fn a_ban_without_an_end_needs_two_and_can_be_undone() {
    let mut place = Place::new();
    let propose = |desk: &mut ibasho_moderation::desk::Desk, now| {
        desk.propose_permanent(person(1), Scope::Site, Reason::Threat, "二度目".to_owned(), &moderator(), now)
    };
    let case = made(&place.does(propose));
    assert!(place.desk.standing(&Subject::of(1), ROOM, place.now).may_enter(), "a proposal is nothing yet");
    assert_eq!(place.refuses(propose), DeskRefusal::AlreadyHandled { by: Some(moderator().id) });
    let version = place.version(case);
    // Who became an owner meanwhile does not approve what they proposed.
    let risen = ibasho_moderation::desk::subject::Actor { id: moderator().id, ..owner() };
    let refused = place.refuses(|desk, now| desk.answer_proposal(case, version, true, &risen, now));
    assert_eq!(refused, DeskRefusal::DecidedByYou);
    let changes = place.does(|desk, now| desk.answer_proposal(case, version, true, &owner(), now));
    assert!(matches!(told(&changes, person(1))[..], [Notice::Sanctioned { until: None, appealable: true, .. }]));
    place.after(3650 * DAY);
    assert!(!place.desk.standing(&Subject::of(1), ROOM, place.now).may_enter(), "it has no end");
    let sanction = made(&changes);
    assert_eq!(place.refuses(|desk, now| desk.undo(sanction, &facilitator(), now)), DeskRefusal::NotAllowed);
    place.does(|desk, now| desk.undo(sanction, &moderator(), now));
    assert!(place.desk.standing(&Subject::of(1), ROOM, place.now).may_enter());
}

#[test]
fn a_proposal_that_nobody_answers_lapses() {
    let mut place = Place::new();
    let propose = |desk: &mut ibasho_moderation::desk::Desk, now| {
        desk.propose_permanent(person(1), room(), Reason::Threat, String::new(), &moderator(), now)
    };
    let case = made(&place.does(propose));
    let version = place.version(case);
    place.now += 14 * DAY;
    let late = place.refuses(|desk, now| desk.answer_proposal(case, version, true, &owner(), now));
    assert_eq!(late, DeskRefusal::Over);
    place.after(0);
    assert!(place.desk.case(case).expect("kept").closed.is_some());
    assert!(place.desk.standing(&Subject::of(1), ROOM, place.now).may_enter());
}
