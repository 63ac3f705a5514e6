//! Reports: always kept and acknowledged; the reporter hears that it was looked at, not what was done.

use ibasho_moderation::desk::audit::Who;
use ibasho_moderation::desk::cases::{MAX_EVIDENCE, Matter};
use ibasho_moderation::desk::changes::Effect;
use ibasho_moderation::desk::codes::{Category, ReportOutcome};
use ibasho_moderation::desk::notices::Notice;
use ibasho_moderation::desk::reports::{NewReport, Report};
use ibasho_moderation::desk::subject::Subject;

use crate::support::{Place, facilitator, made, moderator, owner, person, report, told};

fn open_report(place: &Place, case: u64) -> Report {
    match &place.desk.case(case).expect("kept").matter {
        Matter::Report(report) => report.clone(),
        other => panic!("{other:?} is no report"),
    }
}

#[test]
fn a_report_is_acknowledged_and_answered_without_saying_what_was_done() {
    for outcome in ReportOutcome::ALL.iter().copied() {
        let mut place = Place::new();
        let changes = place.lets(|desk, now| desk.report(report(person(2), person(1), Category::Sexual), now));
        let case = made(&changes);
        assert_eq!(told(&changes, person(2)), [Notice::ReportReceived { case }]);
        assert_eq!(told(&changes, person(1)), [], "whom it is about is not told");
        let version = place.version(case);
        let changes = place.does(|desk, now| desk.resolve(case, version, outcome, &facilitator(), now));
        assert_eq!(told(&changes, person(2)), [Notice::ReportLookedAt { case }]);
        assert_eq!(told(&changes, person(1)), []);
        assert_eq!(place.desk.untold(&Subject::of(2)).count(), 1, "also if they have left");
    }
}

#[test]
fn the_same_report_again_joins_the_first_and_is_acknowledged_again() {
    let mut place = Place::new();
    let new = |evidence| NewReport { evidence: Some(evidence), ..report(person(2), person(1), Category::Disturbance) };
    let case = made(&place.lets(|desk, now| desk.report(new(0), now)));
    for evidence in 1..40 {
        let changes = place.lets(|desk, now| desk.report(new(evidence), now));
        assert_eq!(told(&changes, person(2)), [Notice::ReportReceived { case }]);
    }
    let joined = open_report(&place, case);
    assert_eq!(joined.times, 40);
    assert_eq!((joined.evidence.ids.len(), joined.evidence.more), (MAX_EVIDENCE, 40 - MAX_EVIDENCE as u32));
    // Something urgent makes the whole of it urgent; worry stays apart, for it is no complaint.
    place.lets(|desk, now| desk.report(report(person(2), person(1), Category::Danger), now));
    assert_eq!(open_report(&place, case).category, Category::Danger);
    let worry = made(&place.lets(|desk, now| desk.report(report(person(2), person(1), Category::Worry), now)));
    assert_ne!(worry, case);
    let other = made(&place.lets(|desk, now| desk.report(report(person(3), person(1), Category::Danger), now)));
    assert_ne!(other, case, "everybody gets an answer of their own");
}

#[test]
fn worry_and_what_came_to_nothing_are_not_held_against_anybody() {
    let mut place = Place::new();
    let cases = [
        (Category::Worry, ReportOutcome::Talked, 0),
        (Category::Harassment, ReportOutcome::NothingFound, 0),
        (Category::Harassment, ReportOutcome::Talked, 1),
    ];
    for (category, outcome, counted) in cases {
        let case = made(&place.lets(|desk, now| desk.report(report(person(2), person(1), category), now)));
        let version = place.version(case);
        place.does(|desk, now| desk.resolve(case, version, outcome, &moderator(), now));
        let history = place.desk.history(&Subject::of(1), &owner(), place.now).expect("a history");
        assert_eq!(history.reports, counted, "{category:?} {outcome:?}");
    }
}

#[test]
fn what_rules_find_about_somebody_is_one_report_that_nobody_is_told_about() {
    let mut place = Place::new();
    let found = |rule: &str, calls| NewReport {
        by: Subject::NOBODY,
        rule: Some(rule.to_owned()),
        calls,
        ..report(person(2), person(1), Category::Disturbance)
    };
    let changes = place.lets(|desk, now| desk.report(found("flood.warn", false), now));
    let case = made(&changes);
    assert!(!changes.effects.iter().any(|effect| matches!(effect, Effect::Notify { .. } | Effect::Alert { .. })));
    assert_eq!(changes.audit[0].actor, Who::Rule);
    let changes = place.lets(|desk, now| desk.report(found("other", true), now));
    assert_eq!(made(&changes), case, "another rule joins it");
    assert!(changes.effects.iter().any(|effect| matches!(effect, Effect::Alert { case: of, .. } if *of == case)));
    let kept = open_report(&place, case);
    assert_eq!((kept.rule.as_deref(), kept.times), (Some("flood.warn"), 2));
    let own = made(&place.lets(|desk, now| desk.report(report(person(2), person(1), Category::Disturbance), now)));
    assert_ne!(own, case, "whoever reports gets an answer of their own");
    let version = place.version(case);
    place.does(|desk, now| desk.resolve(case, version, ReportOutcome::NothingFound, &moderator(), now));
    assert_eq!(place.desk.untold(&Subject::NOBODY).count(), 0);
}
