//! The door and the lobby.

use ibasho_protocol::api::calendar::Eligibility;
use ibasho_protocol::host::ANNOUNCE_OBSERVER_MS;
use ibasho_protocol::session::Desk;

use super::*;
use crate::hosting::gathering::door::BOOKED_UNTIL_MS;

const INSIDE: Entry = Entry::In(Role::Participant);
const WAITS: Entry = Entry::Lobby { observes: false };

fn guest() -> DoorPass {
    DoorPass::default()
}

fn booked(number: i64) -> DoorPass {
    DoorPass { booking: Some(number), ..guest() }
}

fn entry(hall: &mut Hall, pass: &DoorPass) -> Result<Entry, RefusalCode> {
    hall.enter(pass).map(|(_, entry)| entry)
}

fn desk(hall: &Hall) -> Desk {
    hall.gathering.desk(&RoomNow { people: &hall.people, tables: &[], now: hall.now, chance: 0 })
}

#[test]
fn each_access_has_its_key() {
    let (code, known) = (DoorPass { invited: true, ..guest() }, DoorPass { known: true, ..guest() });
    let passes = [guest(), code, known, booked(1)];
    for (access, by) in [
        (Access::Open, [Ok(INSIDE), Ok(INSIDE), Ok(INSIDE), Ok(INSIDE)]),
        (Access::Code, [Err(RefusalCode::CodeNeeded), Ok(INSIDE), Err(RefusalCode::CodeNeeded), Ok(INSIDE)]),
        (Access::Approval, [Ok(WAITS), Ok(WAITS), Ok(WAITS), Ok(WAITS)]),
        (Access::Known, [Err(RefusalCode::KnownOnly), Ok(INSIDE), Ok(INSIDE), Ok(INSIDE)]),
    ] {
        for (pass, expected) in passes.iter().zip(by) {
            let mut hall = Hall::new(Planned { access, booked: 1, ..planned() });
            assert_eq!(entry(&mut hall, pass), expected, "{access:?} {pass:?}");
            assert_eq!(entry(&mut hall, &staff(Role::PeerStaff)), Ok(Entry::In(Role::PeerStaff)), "staff always");
        }
    }
}

#[test]
fn what_a_session_asks_for_is_declared_or_talked_about() {
    let asks =
        |confirmed| Planned { eligibility: Some(Eligibility { text: text("女性のみ"), confirmed }), ..planned() };
    let mut hall = Hall::new(asks(false));
    let declared = DoorPass { declared: true, ..guest() };
    assert_eq!(entry(&mut hall, &guest()), Err(RefusalCode::DeclareFirst));
    assert_eq!(entry(&mut hall, &declared), Ok(INSIDE));
    let mut hall = Hall::new(asks(true));
    assert_eq!(entry(&mut hall, &guest()), Ok(WAITS));
    assert_eq!(entry(&mut hall, &declared), Ok(WAITS));
    let waiting: Vec<_> = desk(&hall).waiting.iter().map(|waiting| waiting.declared).collect();
    assert_eq!(waiting, [false, true]);
}

#[test]
fn never_one_more_than_there_are_seats() {
    let mut hall = Hall::new(Planned { capacity: 20, booked: 4, ..planned() });
    let mut came = 0;
    for n in 0..200 {
        // Holders of a booking come in between all the others, and one code comes many times.
        let pass = if n % 10 == 0 { booked(n / 50) } else { guest() };
        came += usize::from(entry(&mut hall, &pass) == Ok(INSIDE));
        assert!(hall.people.iter().filter(|person| !person.role.is_staff()).count() <= 20);
    }
    assert_eq!(came, 20);
    assert_eq!(entry(&mut hall, &guest()), Err(RefusalCode::RoomFull));
    assert_eq!(entry(&mut hall, &staff(Role::Moderator)), Ok(Entry::In(Role::Moderator)));
}

#[test]
fn a_booked_seat_is_kept_for_a_while() {
    let mut hall = Hall::new(Planned { capacity: 3, booked: 2, ..planned() });
    assert_eq!(entry(&mut hall, &guest()), Ok(INSIDE));
    assert_eq!(entry(&mut hall, &guest()), Err(RefusalCode::RoomFull), "two seats are kept");
    let (first, _) = hall.enter(&booked(1)).expect("has a seat");
    assert_eq!(entry(&mut hall, &booked(1)), Err(RefusalCode::RoomFull), "a code brings one");
    assert_eq!(entry(&mut hall, &guest()), Err(RefusalCode::RoomFull), "one seat is kept");
    // Back after a lost phone: the seat is still there.
    hall.leave(first);
    assert_eq!(entry(&mut hall, &guest()), Err(RefusalCode::RoomFull));
    assert_eq!(entry(&mut hall, &booked(1)), Ok(INSIDE));
    hall.pass_time(STARTS + BOOKED_UNTIL_MS - hall.now);
    assert_eq!(entry(&mut hall, &guest()), Ok(INSIDE), "who did not come in time has no seat any more");
    assert_eq!(entry(&mut hall, &booked(2)), Err(RefusalCode::RoomFull));
}

#[test]
fn in_a_session_with_codes_one_booking_is_one_person() {
    let mut hall = Hall::new(Planned { access: Access::Code, booked: 2, ..planned() });
    let (first, _) = hall.enter(&booked(1)).expect("has a seat");
    assert_eq!(entry(&mut hall, &booked(1)), Err(RefusalCode::CodeNeeded), "handed on");
    hall.line(first, false);
    assert_eq!(entry(&mut hall, &booked(1)), Ok(INSIDE), "the same person with another phone");
}

#[test]
fn the_lobby_lets_in_one_or_all_with_a_word() {
    let mut hall = Hall::new(Planned { access: Access::Approval, capacity: 3, ..planned() });
    let people: Vec<_> = (0..5).map(|_| hall.enter(&guest()).expect("waits").0).collect();
    assert_eq!(hall.gathering.lobby(people[0]).name, Some(text("土曜の会")));
    let say = |who, words: &str| Act::Word { who, text: words.into() };
    hall.act(&say(None, "もうすこしお待ちください")).expect("somebody waits");
    hall.act(&say(Some(people[1]), "どうぞ")).expect("waits");
    assert_eq!(hall.act(&say(None, &"あ".repeat(201))), Err(RefusalCode::TextTooLong));
    let words = |hall: &Hall, who| hall.gathering.lobby(who).word;
    assert_eq!(words(&hall, people[0]).as_deref(), Some("もうすこしお待ちください"));
    assert_eq!(words(&hall, people[1]).as_deref(), Some("どうぞ"));
    let admit = |who| Act::Admit { who };
    let admitted = |who| Effect::Admit { who, role: Role::Participant };
    assert_eq!(hall.act(&admit(Some(people[1]))), Ok(vec![admitted(people[1])]));
    assert_eq!(hall.act(&admit(Some(people[1]))), Err(RefusalCode::NobodyThere), "is inside");
    assert_eq!(hall.act(&Act::Decline { who: people[0] }), Ok(vec![Effect::TurnAway { who: people[0] }]));
    // All, the longest first, as long as there are seats.
    assert_eq!(hall.act(&admit(None)), Ok(vec![admitted(people[2]), admitted(people[3])]));
    assert_eq!(hall.act(&admit(None)), Err(RefusalCode::RoomFull));
    assert_eq!(hall.act(&admit(Some(people[4]))), Err(RefusalCode::RoomFull));
    hall.leave(people[4]);
    assert_eq!(hall.act(&admit(None)), Err(RefusalCode::NobodyThere));
    assert_eq!(hall.act(&say(None, "はい")), Err(RefusalCode::NobodyThere));
    assert_eq!(hall.act(&Act::Decline { who: people[1] }), Err(RefusalCode::NobodyThere), "is inside");
}

#[test]
fn the_lobby_is_bounded() {
    let mut hall = Hall::new(Planned { access: Access::Approval, ..planned() });
    let observes = DoorPass { observes: true, ..guest() };
    assert_eq!((0..100).filter(|_| hall.enter(&observes).is_ok()).count(), 10);
    assert_eq!(entry(&mut hall, &observes), Err(RefusalCode::RoomFull));
    // Those who look on never stand in the way of those who come.
    assert_eq!((0..100).filter(|_| hall.enter(&guest()).is_ok()).count(), 60);
    assert_eq!(entry(&mut hall, &guest()), Err(RefusalCode::RoomFull));
    let mut hall = Hall::new(planned());
    assert!((0..100).any(|_| hall.enter(&observes).is_err()));
    assert_eq!(entry(&mut hall, &guest()), Ok(INSIDE));
}

#[test]
fn observers_wait_are_announced_and_then_enter() {
    let observes = DoorPass { observes: true, ..guest() };
    let mut hall = Hall::new(Planned { observers: false, ..planned() });
    assert_eq!(entry(&mut hall, &observes), Err(RefusalCode::NoObservers));
    let mut hall = Hall::new(Planned { capacity: 2, ..planned() });
    let (who, waits) = hall.enter(&observes).expect("waits");
    assert_eq!(waits, Entry::Lobby { observes: true });
    assert!(hall.gathering.lobby(who).observes && desk(&hall).waiting[0].observes);
    assert_eq!(hall.act(&Act::Admit { who: None }), Err(RefusalCode::NobodyThere), "all means no observers");
    assert_eq!(hall.act(&Act::Admit { who: Some(who) }), Ok(Vec::new()), "not at once");
    assert_eq!(hall.act(&Act::Admit { who: Some(who) }), Err(RefusalCode::Overtaken));
    let at = hall.now + ANNOUNCE_OBSERVER_MS;
    let coming = hall.gathering.standing().coming;
    assert_eq!((coming.len(), coming[0].at, coming[0].nick.as_str()), (1, at, "なぎ2"));
    assert_eq!(hall.gathering.lobby(who).enters, Some(at));
    // Their seat is theirs meanwhile.
    assert_eq!([guest(), guest()].map(|pass| entry(&mut hall, &pass).is_ok()), [true, false]);
    hall.pass_time(ANNOUNCE_OBSERVER_MS - 1);
    assert_eq!(hall.role(who), Some(Role::Lobby));
    hall.pass_time(1);
    assert_eq!(hall.role(who), Some(Role::Observer));
    assert!(hall.gathering.standing().coming.is_empty());
}

#[test]
fn an_observer_who_goes_or_is_declined_is_no_longer_announced() {
    for declined in [true, false] {
        let mut hall = Hall::new(planned());
        let (who, _) = hall.enter(&DoorPass { observes: true, ..guest() }).expect("waits");
        hall.act(&Act::Admit { who: Some(who) }).expect("announced");
        if declined {
            hall.act(&Act::Decline { who }).expect("waits");
        } else {
            hall.leave(who);
        }
        assert!(hall.gathering.standing().coming.is_empty());
        hall.pass_time(ANNOUNCE_OBSERVER_MS);
        assert_eq!(hall.role(who), None);
    }
}

#[test]
fn without_enough_staff_people_wait_and_come_in_when_there_are() {
    let mut hall = Hall::new(Planned { staff_needed: 2, staff_or_shut: true, capacity: 2, ..planned() });
    let people: Vec<_> = (0..3).map(|_| hall.enter(&guest()).expect("waits")).collect();
    assert!(people.iter().all(|(_, entry)| *entry == WAITS));
    assert_eq!(hall.act(&Act::Admit { who: Some(people[0].0) }), Err(RefusalCode::NotYet));
    assert_eq!(hall.act(&Act::Admit { who: None }), Err(RefusalCode::NotYet));
    // Somebody who was lent the role is a help, but no staff of the place.
    let lent = PersonId(50);
    hall.people.push(Present { lent: true, ..person(lent, Role::PeerStaff) });
    hall.look();
    assert_eq!(hall.role(people[0].0), Some(Role::Lobby));
    hall.leave(lent);
    hall.enter(&staff(Role::PeerStaff)).expect("staff");
    let roles: Vec<_> = people.iter().map(|(who, _)| hall.role(*who)).collect();
    assert_eq!(roles, [Some(Role::Participant), Some(Role::Participant), Some(Role::Lobby)], "as many as fit");
    // Staff decide about each in a session with approval, however many staff there are.
    let mut hall = Hall::new(Planned { access: Access::Approval, staff_or_shut: true, ..planned() });
    let (who, _) = hall.enter(&guest()).expect("waits");
    hall.look();
    assert_eq!(hall.role(who), Some(Role::Lobby));
}

#[test]
fn before_the_doors_open_and_for_those_who_are_no_staff_of_rooms() {
    let mut hall = Hall::new(planned());
    hall.now = DOORS - 1;
    assert_eq!(entry(&mut hall, &guest()), Err(RefusalCode::NotYet));
    assert_eq!(entry(&mut hall, &staff(Role::Facilitator)), Ok(Entry::In(Role::Facilitator)));
    assert_eq!(entry(&mut hall, &staff(Role::Auditor)), Err(RefusalCode::NotAllowed));
}

#[test]
fn who_was_put_aside_is_let_in_by_name_only() {
    let mut hall = Hall::new(planned());
    let aside: Vec<_> = (0..3).map(|_| hall.enter(&guest()).expect("comes").0).collect();
    for who in &aside {
        let person = hall.of(*who);
        (person.role, person.aside) = (Role::Lobby, true);
    }
    hall.look();
    assert_eq!(hall.role(aside[0]), Some(Role::Lobby), "the session takes nobody back who was put aside");
    assert_eq!(hall.act(&Act::Admit { who: None }), Err(RefusalCode::NobodyThere), "all means none of them");
    hall.act(&Act::Admit { who: Some(aside[1]) }).expect("by name");
    assert_eq!(hall.role(aside[1]), Some(Role::Participant));
    // What was decided is over, and the rest wait for a seat as anybody does.
    hall.of(aside[0]).aside = false;
    hall.look();
    assert_eq!(hall.role(aside[0]), Some(Role::Participant));
    assert_eq!(hall.role(aside[2]), Some(Role::Lobby));
}
