//! Lockdown: one tap, ends by itself, and can be lifted.

use ibasho_moderation::desk::DeskRefusal;
use ibasho_moderation::desk::changes::Effect;
use ibasho_moderation::desk::lockdown::{LOCKDOWN_MINUTES, MAX_LOCKDOWN_MINUTES};
use ibasho_moderation::desk::settings::MINUTE;
use ibasho_moderation::desk::subject::Scope;

use crate::support::{Place, ROOM, T0, facilitator, made, moderator, room};

#[test]
fn one_tap_covers_those_who_came_just_before_and_ends_by_itself() {
    let mut place = Place::new();
    let changes = place.does(|desk, now| desk.lock_down(room(), LOCKDOWN_MINUTES, &facilitator(), now));
    let terms = place.desk.lockdown(ROOM, place.now).expect("it is in force");
    assert!(changes.effects.contains(&Effect::Lockdown { scope: room(), terms: Some(terms) }));
    assert!(terms.is_newcomer(T0 + 1) && terms.is_newcomer(T0 - 10 * MINUTE));
    assert!(!terms.is_newcomer(T0 - 10 * MINUTE - 1), "who was there before is left in peace");
    assert!(place.desk.lockdown("yama", place.now).is_none());
    let end = T0 + u64::from(LOCKDOWN_MINUTES) * MINUTE;
    assert!(place.desk.lockdown(ROOM, end).is_none(), "also before anybody looked at the clock");
    assert_eq!(place.desk.due(), Some(end));
    let changes = place.after(end - T0);
    assert!(changes.effects.contains(&Effect::Lockdown { scope: room(), terms: None }));
}

#[test]
fn it_can_be_renewed_and_lifted() {
    let mut place = Place::new();
    let id = made(&place.does(|desk, now| desk.lock_down(room(), 15, &facilitator(), now)));
    place.after(10 * MINUTE);
    assert_eq!(made(&place.does(|desk, now| desk.lock_down(room(), 15, &moderator(), now))), id);
    place.after(10 * MINUTE);
    let terms = place.desk.lockdown(ROOM, place.now).expect("it was renewed");
    assert_eq!(terms.newcomers_since, T0 - 10 * MINUTE, "newcomers stay newcomers");
    let changes = place.does(|desk, now| desk.lift(id, &facilitator(), now));
    assert!(changes.effects.contains(&Effect::Lockdown { scope: room(), terms: None }));
    assert!(place.desk.lockdown(ROOM, place.now).is_none());
    assert_eq!(place.refuses(|desk, now| desk.lift(id, &facilitator(), now)), DeskRefusal::Unknown);
}

#[test]
fn a_room_takes_the_stricter_of_its_own_and_the_one_of_the_site() {
    let mut place = Place::new();
    place.does(|desk, now| desk.lock_down(room(), 60, &facilitator(), now));
    let refused = place.refuses(|desk, now| desk.lock_down(Scope::Site, 15, &facilitator(), now));
    assert_eq!(refused, DeskRefusal::OutOfReach);
    place.after(MINUTE);
    place.does(|desk, now| desk.lock_down(Scope::Site, 15, &moderator(), now));
    let terms = place.desk.lockdown(ROOM, place.now).expect("both are in force");
    assert_eq!((terms.until, terms.newcomers_since), (T0 + 60 * MINUTE, T0 - 10 * MINUTE));
    assert_eq!(place.desk.lockdown("yama", place.now).expect("of the site").until, T0 + 16 * MINUTE);
    for minutes in [0, MAX_LOCKDOWN_MINUTES + 1] {
        let refused = place.refuses(|desk, now| desk.lock_down(room(), minutes, &facilitator(), now));
        assert_eq!(refused, DeskRefusal::BadLength);
    }
}
