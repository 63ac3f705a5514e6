//! The queue: the most urgent first, then who waits longest; and what each role sees of it.

use ibasho_moderation::desk::Desk;
use ibasho_moderation::desk::codes::{Category, Reason};
use ibasho_moderation::desk::queue::Urgency;
use ibasho_moderation::desk::sanctions::Kind;
use ibasho_moderation::desk::settings::MINUTE;
use ibasho_moderation::desk::subject::{Actor, Scope, Subject};
use ibasho_moderation::roles::Role;

use crate::support::{Place, ROOM, actor, facilitator, held, made, moderator, order, owner, person, report, room};

/// One of each, the least urgent first.
fn busy() -> Place {
    let mut place = Place::new();
    place.does(|desk, now| desk.propose_permanent(person(9), room(), Reason::Scam, String::new(), &moderator(), now));
    let sanction = made(&place.does(|desk, now| desk.impose(order(person(8), Kind::Nudge, 0), &moderator(), now)));
    place.does(|desk, now| desk.appeal(sanction, &Subject::of(8), None, &[owner()], now));
    place.lets(|desk, now| desk.report(report(person(2), person(1), Category::Nickname), now));
    place.does(|desk, now| desk.hold(held(person(1)), now));
    place.lets(|desk, now| desk.report(report(person(2), person(3), Category::Danger), now));
    place.lets(|desk, now| desk.help(person(4), ROOM, None, now));
    place
}

fn seen(place: &Place, actor: &Actor) -> Vec<Urgency> {
    place.desk.queue(actor, place.now).iter().map(|line| line.urgency).collect()
}

#[test]
fn the_most_urgent_is_first() {
    let mut place = busy();
    assert_eq!(seen(&place, &owner()), Urgency::ALL);
    // Among equals who waits longest; and what is claimed stays where it is.
    place.after(MINUTE);
    let later = made(&place.lets(|desk, now| desk.help(person(5), ROOM, None, now)));
    let first = place.desk.queue(&owner(), place.now)[0].case.id;
    assert_ne!(first, later);
    place.does(|desk, now| desk.claim(first, &owner(), now));
    let queue = place.desk.queue(&moderator(), place.now);
    assert_eq!((queue[0].case.id, queue[0].handled_by), (first, Some(owner().id)));
}

#[test]
fn each_role_sees_its_part() {
    use Urgency::{Appeal, Danger, Held, Help, Report};
    let place = busy();
    assert_eq!(seen(&place, &moderator()), Urgency::ALL);
    assert_eq!(seen(&place, &facilitator()), [Help, Danger, Held, Report, Appeal]);
    assert_eq!(seen(&place, &actor(1, Role::PeerStaff)), [Help, Held]);
    assert_eq!(seen(&place, &actor(1, Role::Consultant)), [Help]);
    assert_eq!(seen(&place, &actor(1, Role::Auditor)), &Urgency::ALL[1..]);
    for role in [Role::Lobby, Role::Participant, Role::Venue, Role::Observer] {
        assert!(seen(&place, &actor(1, role)).is_empty(), "{role:?}");
    }
    let elsewhere = Actor { rooms: vec!["yama".to_owned()], ..facilitator() };
    assert!(seen(&place, &elsewhere).is_empty());
}

#[test]
fn history_is_for_those_who_see_cases_and_of_their_own_room() {
    let mut place = busy();
    let mut decide = |scope: Scope| {
        let order = ibasho_moderation::desk::impose::Order { scope, ..order(person(1), Kind::Nudge, 0) };
        place.now += 1;
        place.does(|desk, now| desk.impose(order.clone(), &owner(), now));
    };
    for scope in [room(), Scope::Room("yama".to_owned()), Scope::Site] {
        decide(scope);
    }
    let nudges = |desk: &Desk, actor: &Actor| {
        let history = desk.history(&Subject::of(1), actor, place.now).ok()?;
        let newest_first = history.last.is_sorted_by(|a, b| a.at >= b.at);
        assert!(newest_first);
        Some(history.sanctions["nudge"])
    };
    assert_eq!(nudges(&place.desk, &owner()), Some(3));
    assert_eq!(nudges(&place.desk, &facilitator()), Some(2), "their room's, and the site's");
    assert_eq!(nudges(&place.desk, &actor(1, Role::PeerStaff)), None);
    assert_eq!(place.desk.sanctions(&facilitator()).count(), 2, "this room's");
    assert_eq!(place.desk.sanctions(&owner()).count(), 4);
}
