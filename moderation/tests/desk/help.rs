//! Cries for help: somebody is called until somebody comes, and stays.

use ibasho_moderation::desk::changes::{Changes, Effect, Event, RecordKind};
use ibasho_moderation::desk::codes::HelpOutcome;
use ibasho_moderation::desk::help::HELP_CLAIM;
use ibasho_moderation::desk::history::History;
use ibasho_moderation::desk::ladder::{AGAIN, TIMES_AGAIN};
use ibasho_moderation::desk::notices::Notice;
use ibasho_moderation::desk::settings::{HOUR, MINUTE, Reach, Settings, Step};
use ibasho_moderation::desk::subject::Subject;
use ibasho_moderation::roles::Role;

use crate::support::{Place, ROOM, actor, facilitator, made, moderator, owner, person, told};

fn calls(changes: &Changes) -> Vec<Reach> {
    let call = |effect: &Effect| match effect {
        Effect::Alert { to, .. } | Effect::Escalate { to, .. } => Some(*to),
        _ => None,
    };
    changes.effects.iter().filter_map(call).collect()
}

/// What other systems are told, with the code.
fn webhooks(changes: &Changes) -> Vec<(Event, Option<&'static str>)> {
    let told = |effect: &Effect| match effect {
        Effect::Webhook { event, code, kind: RecordKind::Case, room: Some(_), .. } => Some((*event, *code)),
        _ => None,
    };
    changes.effects.iter().filter_map(told).collect()
}

#[test]
fn the_person_sees_the_card_and_staff_are_called_at_once() {
    let mut place = Place::new();
    let changes = place.lets(|desk, now| desk.help(person(1), ROOM, Some(5), now));
    let case = made(&changes);
    assert_eq!(told(&changes, person(1)), [Notice::HelpCard { case }]);
    let alert = Effect::Alert { case, room: Some(ROOM.to_owned()), person: 1, to: Reach::OnDuty };
    assert!(changes.effects.contains(&alert));
    assert!(place.desk.standing(&Subject::of(1), ROOM, place.now).may_write(), "nobody is cut off");
}

#[test]
fn while_nobody_comes_the_next_are_called_and_then_again_for_an_hour() {
    let mut place = Place::new();
    place.lets(|desk, now| desk.help(person(1), ROOM, None, now));
    assert_eq!(calls(&place.after(MINUTE - 1)), []);
    assert_eq!(calls(&place.after(1)), [Reach::Next]);
    assert_eq!(calls(&place.after(2 * MINUTE)), [Reach::Outside]);
    for _ in 0..TIMES_AGAIN {
        assert_eq!(calls(&place.after(AGAIN)), [Reach::Outside]);
    }
    assert_eq!(calls(&place.after(24 * HOUR)), []);
    assert_eq!(place.desk.queue(&moderator(), place.now).len(), 1, "it waits for ever");
}

#[test]
fn whoever_comes_stops_the_calls_and_the_person_knows() {
    let mut place = Place::new();
    let case = made(&place.lets(|desk, now| desk.help(person(1), ROOM, None, now)));
    let peer = actor(104, Role::PeerStaff);
    let changes = place.does(|desk, now| desk.claim(case, &peer, now));
    assert_eq!(told(&changes, person(1)), [Notice::HelpIsThere { case }]);
    assert_eq!(calls(&place.after(HELP_CLAIM - 1)), []);
    // Who stays renews it, and the person is told only once.
    assert_eq!(told(&place.does(|desk, now| desk.claim(case, &peer, now)), person(1)), []);
    assert_eq!(calls(&place.after(HELP_CLAIM - 1)), []);
    // Who went away without a word leaves nobody alone.
    assert_eq!(calls(&place.after(1)), [Reach::OnDuty]);
    assert_eq!(calls(&place.after(MINUTE)), [Reach::Next]);
    place.does(|desk, now| desk.claim(case, &facilitator(), now));
    let version = place.version(case);
    let changes = place.does(|desk, now| desk.put_back(case, version, &facilitator(), now));
    assert_eq!(calls(&changes), [Reach::OnDuty], "put back, and at once called out again");
    let version = place.version(case);
    place.does(|desk, now| desk.settle(case, version, HelpOutcome::Talked, &moderator(), now));
    assert_eq!(calls(&place.after(24 * HOUR)), []);
}

#[test]
fn what_follows_joins_it_and_every_time_the_card_is_shown() {
    let mut place = Place::new();
    let case = made(&place.lets(|desk, now| desk.help(person(1), ROOM, Some(1), now)));
    let changes = place.lets(|desk, now| desk.help(person(1), ROOM, Some(2), now));
    assert_eq!(made(&changes), case);
    assert_eq!(told(&changes, person(1)), [Notice::HelpCard { case }]);
    assert_eq!(calls(&changes), [], "those called are called already");
}

#[test]
fn it_is_no_offence() {
    let mut place = Place::new();
    let case = made(&place.lets(|desk, now| desk.help(person(1), ROOM, None, now)));
    let version = place.version(case);
    place.does(|desk, now| desk.settle(case, version, HelpOutcome::NotMeant, &owner(), now));
    assert_eq!(place.desk.history(&Subject::of(1), &owner(), place.now), Ok(History::default()));
}

#[test]
fn outside_is_told_when_it_is_called_and_when_somebody_is_there() {
    let mut place = Place::new();
    let changes = place.lets(|desk, now| desk.help(person(1), ROOM, None, now));
    let case = made(&changes);
    assert_eq!(webhooks(&changes), [(Event::HelpCalled, None)]);
    assert_eq!(webhooks(&place.after(MINUTE)), [], "the next person is one of this place");
    let escalated = [(Event::HelpEscalated, None)];
    assert_eq!(webhooks(&place.after(2 * MINUTE)), escalated);
    assert_eq!(webhooks(&place.after(AGAIN)), escalated, "nobody came: once more");
    let there = [(Event::HelpAcknowledged, None)];
    assert_eq!(webhooks(&place.does(|desk, now| desk.claim(case, &moderator(), now))), there);
    let claim = |place: &mut Place| place.does(|desk, now| desk.claim(case, &moderator(), now));
    assert_eq!(webhooks(&claim(&mut place)), [], "renewed");
    let version = place.version(case);
    let handed = place.does(|desk, now| desk.hand(case, version, &facilitator(), &moderator(), now));
    assert_eq!(webhooks(&handed), [], "somebody is there all the time");
    // Who went away without a word: it begins again, and so does what outside is told.
    assert_eq!(webhooks(&place.after(HELP_CLAIM + 3 * MINUTE)), escalated);
    assert_eq!(webhooks(&claim(&mut place)), there);
    let version = place.version(case);
    let settled = place.does(|desk, now| desk.settle(case, version, HelpOutcome::Referred, &moderator(), now));
    assert_eq!(webhooks(&settled), [(Event::HelpSettled, Some("referred"))]);
}

#[test]
fn each_step_reaches_whom_it_names() {
    let step = |after, to| Step { after, to };
    let help = vec![step(0, Reach::Outside), step(MINUTE, Reach::OnDuty), step(2 * MINUTE, Reach::Next)];
    let settings = Settings { help, ..Settings::default() };
    settings.check().expect("it makes sense");
    let mut place = Place::new();
    place.desk = ibasho_moderation::desk::Desk::new(settings);
    let changes = place.lets(|desk, now| desk.help(person(1), ROOM, None, now));
    assert_eq!(calls(&changes), [Reach::Outside], "where nobody is on duty, outside may come first");
    assert_eq!(webhooks(&changes), [(Event::HelpCalled, None), (Event::HelpEscalated, None)]);
    for reach in [Reach::OnDuty, Reach::Next] {
        let changes = place.after(MINUTE);
        assert_eq!((calls(&changes), webhooks(&changes)), (vec![reach], vec![]));
    }
    let changes = place.after(AGAIN);
    assert_eq!((calls(&changes), webhooks(&changes)), (vec![Reach::Next], vec![]), "the last step again");
}
