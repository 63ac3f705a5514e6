//! Keeping and forgetting.

use ibasho_moderation::desk::cases::Matter;
use ibasho_moderation::desk::codes::{Category, DeclineReason, ReportOutcome};
use ibasho_moderation::desk::impose::Order;
use ibasho_moderation::desk::sanctions::Kind;
use ibasho_moderation::desk::settings::{DAY, HOUR, MINUTE, Reach, Settings, SettingsFault, Step};
use ibasho_moderation::desk::subject::Subject;
use ibasho_moderation::desk::{Desk, RecordKind};

use crate::support::{Place, T0, facilitator, held, made, order, owner, person, report};

#[test]
fn what_is_settled_is_forgotten_in_its_time_and_what_is_open_is_kept() {
    let mut place = Place::new();
    let settled = made(&place.lets(|desk, now| desk.report(report(person(2), person(1), Category::Other), now)));
    let version = place.version(settled);
    assert_eq!(place.keep_until(RecordKind::Case, settled), None);
    place.does(|desk, now| desk.resolve(settled, version, ReportOutcome::Talked, &facilitator(), now));
    assert_eq!(place.keep_until(RecordKind::Case, settled), Some(T0 + 90 * DAY));
    let open = made(&place.lets(|desk, now| desk.report(report(person(3), person(1), Category::Other), now)));
    let mute = made(&place.does(|desk, now| desk.impose(order(person(1), Kind::MuteText, 60), &owner(), now)));
    place.after(90 * DAY - 1);
    assert!(place.has_stored(RecordKind::Case, settled));
    place.after(1);
    assert!(!place.has_stored(RecordKind::Case, settled));
    assert!(place.has_stored(RecordKind::Sanction, mute), "its time begins with its end");
    place.after(HOUR);
    assert!(!place.has_stored(RecordKind::Sanction, mute));
    assert!(place.has_stored(RecordKind::Case, open));
    assert_eq!(place.desk.untold(&Subject::of(1)).count(), 0);
}

#[test]
fn who_asks_to_be_forgotten_is_but_for_what_is_in_force() {
    let mut place = Place::new();
    let hold = made(&place.does(|desk, now| desk.hold(held(person(1)), now)));
    let version = place.version(hold);
    place.does(|desk, now| desk.decline(hold, version, DeclineReason::Hurtful, &facilitator(), now));
    let nudge = made(&place.does(|desk, now| desk.impose(order(person(1), Kind::Nudge, 0), &owner(), now)));
    let ban = made(&place.does(|desk, now| desk.impose(order(person(1), Kind::Ban, 60), &owner(), now)));
    let others = made(&place.does(|desk, now| desk.impose(order(person(2), Kind::Nudge, 0), &owner(), now)));
    let told = made(&place.lets(|desk, now| desk.report(report(person(1), person(2), Category::Other), now)));
    let noted = Order { note: "きのうも".into(), ..order(person(1), Kind::MuteText, 60) };
    let mute = made(&place.does(|desk, now| desk.impose(noted, &owner(), now)));
    place.lets(|desk, _| desk.forget(&Subject::of(1)));
    let kept = |kind, id| place.has_stored(kind, id);
    assert!(!kept(RecordKind::Case, hold) && !kept(RecordKind::Sanction, nudge));
    assert!(kept(RecordKind::Sanction, ban) && kept(RecordKind::Sanction, others));
    assert_eq!(place.desk.untold(&Subject::of(1)).count(), 0);
    // Nobody knows any more who reported, and the report is still answered to; nobody is told.
    let Matter::Report(kept) = &place.desk.case(told).expect("open").matter else { panic!("a report") };
    assert_eq!(kept.by, Subject::NOBODY);
    assert_eq!(place.desk.sanction(mute).expect("in force").note, "");
    let version = place.version(told);
    place.does(|desk, now| desk.resolve(told, version, ReportOutcome::Talked, &owner(), now));
    assert_eq!(place.desk.untold(&Subject::NOBODY).count(), 0);
}

#[test]
fn an_id_is_never_given_twice() {
    let mut place = Place::new();
    let first = made(&place.does(|desk, now| desk.impose(order(person(1), Kind::Nudge, 0), &owner(), now)));
    place.lets(|desk, _| desk.forget(&Subject::of(1)));
    let again = Desk::load(Settings::default(), place.desk.records()).expect("it can be understood");
    place.desk = again;
    let second = made(&place.does(|desk, now| desk.impose(order(person(1), Kind::Nudge, 0), &owner(), now)));
    assert!(second > first);
}

#[test]
fn settings_have_bounds() {
    let with = |change: fn(&mut Settings)| {
        let mut settings = Settings::default();
        change(&mut settings);
        settings.check()
    };
    assert_eq!(with(|_| ()), Ok(()));
    assert_eq!(with(|settings| settings.hold = MINUTE - 1), Err(SettingsFault::Hold));
    assert_eq!(with(|settings| settings.hold = HOUR + 1), Err(SettingsFault::Hold));
    assert_eq!(with(|settings| settings.help.clear()), Err(SettingsFault::Help));
    assert_eq!(with(|settings| settings.help[0].after = 1), Err(SettingsFault::Help));
    assert_eq!(with(|settings| settings.help.swap(1, 2)), Err(SettingsFault::Help));
    let many = |settings: &mut Settings| {
        settings.appeal = (0..9).map(|after| Step { after, to: Reach::Next }).collect();
    };
    assert_eq!(with(many), Err(SettingsFault::Appeal));
    assert_eq!(with(|settings| settings.appeal.clear()), Ok(()));
    assert_eq!(with(|settings| settings.keep = 3651 * DAY), Err(SettingsFault::Keep));
}
