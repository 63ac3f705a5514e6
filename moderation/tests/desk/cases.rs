//! Who handles what: one at a time, seen by all, and never blocked by somebody who went away.

use ibasho_moderation::desk::DeskRefusal;
use ibasho_moderation::desk::cases::CLAIM;
use ibasho_moderation::desk::codes::{Category, ReportOutcome};
use ibasho_moderation::roles::Role;

use crate::support::{Place, actor, facilitator, made, moderator, owner, person, report};

fn with_a_report() -> (Place, u64) {
    let mut place = Place::new();
    let case = made(&place.lets(|desk, now| desk.report(report(person(2), person(1), Category::Harassment), now)));
    (place, case)
}

#[test]
fn one_at_a_time_and_the_others_see_who() {
    let (mut place, case) = with_a_report();
    let seen = place.version(case);
    let changes = place.does(|desk, now| desk.claim(case, &facilitator(), now));
    assert_eq!(changes.touched.len(), 1, "consoles are told");
    let queue = place.desk.queue(&moderator(), place.now);
    assert_eq!(queue[0].handled_by, Some(facilitator().id));
    let taken = DeskRefusal::AlreadyHandled { by: Some(facilitator().id) };
    assert_eq!(place.refuses(|desk, now| desk.claim(case, &moderator(), now)), taken);
    let outcome = ReportOutcome::Talked;
    assert_eq!(place.refuses(|desk, now| desk.resolve(case, seen, outcome, &moderator(), now)), taken);
    // One's own old view is another matter: look again.
    let version = place.version(case);
    let stale = place.refuses(|desk, now| desk.resolve(case, seen, outcome, &facilitator(), now));
    assert_eq!(stale, DeskRefusal::Stale { version });
    place.does(|desk, now| desk.resolve(case, version, outcome, &facilitator(), now));
    assert_eq!(place.refuses(|desk, now| desk.resolve(case, version, outcome, &moderator(), now)), taken);
}

#[test]
fn two_taps_at_the_same_time_are_one_decision() {
    let (mut place, case) = with_a_report();
    let version = place.version(case);
    place.does(|desk, now| desk.resolve(case, version, ReportOutcome::Talked, &facilitator(), now));
    let second = place.refuses(|desk, now| desk.resolve(case, version, ReportOutcome::Talked, &owner(), now));
    assert_eq!(second, DeskRefusal::AlreadyHandled { by: Some(facilitator().id) });
}

#[test]
fn a_claim_lapses_unless_it_is_renewed() {
    let (mut place, case) = with_a_report();
    place.does(|desk, now| desk.claim(case, &facilitator(), now));
    place.after(CLAIM - 1);
    place.does(|desk, now| desk.claim(case, &facilitator(), now));
    place.after(CLAIM - 1);
    assert!(place.tries(|desk, now| desk.claim(case, &moderator(), now)).is_err());
    let before = place.version(case);
    place.after(1);
    assert!(place.version(case) > before, "consoles learn that it is free");
    place.does(|desk, now| desk.claim(case, &moderator(), now));
}

#[test]
fn a_case_can_be_handed_on_to_somebody_who_may_handle_it() {
    let (mut place, case) = with_a_report();
    place.does(|desk, now| desk.claim(case, &facilitator(), now));
    let version = place.version(case);
    let peer = actor(104, Role::PeerStaff);
    let refused = place.refuses(|desk, now| desk.hand(case, version, &peer, &facilitator(), now));
    assert_eq!(refused, DeskRefusal::NotAllowed);
    place.does(|desk, now| desk.hand(case, version, &moderator(), &facilitator(), now));
    let refused = place.refuses(|desk, now| desk.claim(case, &facilitator(), now));
    assert_eq!(refused, DeskRefusal::AlreadyHandled { by: Some(moderator().id) });
    let version = place.version(case);
    place.does(|desk, now| desk.put_back(case, version, &moderator(), now));
    place.does(|desk, now| desk.claim(case, &facilitator(), now));
}

#[test]
fn a_decision_for_another_kind_of_case_is_none() {
    let (mut place, case) = with_a_report();
    let version = place.version(case);
    assert_eq!(place.refuses(|desk, now| desk.approve(case, version, &owner(), now)), DeskRefusal::OtherKind);
    assert_eq!(
        place.refuses(|desk, now| desk.answer_proposal(case, version, true, &owner(), now)),
        DeskRefusal::OtherKind
    );
    assert_eq!(place.refuses(|desk, now| desk.claim(case + 1, &owner(), now)), DeskRefusal::Unknown);
}
