//! What is kept: a restart goes on where it was, and a row of an earlier version can be read.

use ibasho_protocol::session::{Group, Pair};

use super::*;

/// A hall in the middle of everything.
fn busy() -> (Hall, Vec<PersonId>) {
    let mut hall = Hall::talking();
    let people: Vec<_> = (0..4).map(|_| hall.add(Role::Participant)).collect();
    hall.enter(&DoorPass { observes: true, declared: true, booking: Some(3), ..DoorPass::default() }).expect("waits");
    hall.take(people[0], &Take::Suggest { text: "雨の日".into() }).expect("open");
    hall.act(&Act::Vote {}).expect("begins");
    hall.take(people[1], &Take::Vote { theme: Some(1) }).expect("open");
    hall.take(people[2], &Take::Hand { up: true }).expect("possible");
    hall.act(&Act::Round { only_turn: true }).expect("begins");
    hall.act(&Act::Next { from: HOST }).expect("on");
    let pair = Pair { a: people[0], b: people[1], together: false };
    hall.act(&Act::Pair { pair, on: true }).expect("both are here");
    hall.act(&Act::Plan { groups: vec![Group { zone: 1, people: people[..2].to_vec() }] }).expect("fits");
    hall.act(&Act::Invite { minutes: 20 }).expect("invited");
    hall.take(people[0], &Take::Join { yes: true }).expect("invited");
    hall.act(&Act::Propose { size: 2 }).expect("four are here");
    hall.act(&Act::Announce { text: "よろしく".into(), links: false, pinned: true }).expect("fits");
    hall.act(&Act::Note { text: "二番の方へ".into() }).expect("fits");
    hall.act(&Act::Word { who: None, text: "どうぞ".into() }).expect("somebody waits");
    let waits = hall.people.iter().find(|person| person.role == Role::Lobby).expect("waits").who;
    hall.act(&Act::Admit { who: Some(waits) }).expect("announced");
    (hall, people)
}

#[test]
fn a_restart_goes_on_where_it_was() {
    let (mut hall, people) = busy();
    let kept = serde_json::to_string(&hall.gathering).expect("can be kept");
    let before = hall.gathering.clone();
    hall.gathering = serde_json::from_str(&kept).expect("can be read");
    assert_eq!(hall.gathering, before);
    // Every line is lost, the seats are kept; then people come back.
    for person in &mut hall.people {
        person.connected = false;
    }
    hall.look();
    for person in &mut hall.people {
        person.connected = true;
    }
    hall.look();
    let (now, then) = (hall.gathering.standing(), before.standing());
    assert_eq!((now.phase, now.until, now.hands, now.card), (then.phase, then.until, then.hands, then.card));
    assert_eq!((now.themes, now.groups, now.coming, now.alone), (then.themes, then.groups, then.coming, None));
    assert_eq!(hall.gathering.mine(people[1]), before.mine(people[1]));
    let round = now.round.expect("goes on");
    assert!(round.turn.is_some() && round.left == 3, "nobody lost their turn: {round:?}");
}

#[test]
fn a_row_of_an_earlier_version_is_read_and_each_part_may_be_missing() {
    let (hall, _) = busy();
    let kept = serde_json::to_value(&hall.gathering).expect("can be kept");
    let parts: Vec<String> = kept.as_object().expect("an object").keys().cloned().collect();
    for part in parts.iter().filter(|part| *part != "planned") {
        let mut older = kept.clone();
        older.as_object_mut().expect("an object").remove(part);
        serde_json::from_value::<Gathering>(older).unwrap_or_else(|error| panic!("without {part}: {error}"));
    }
    let mut newer = kept;
    newer["of_a_later_version"] = serde_json::json!({ "x": 1 });
    assert!(serde_json::from_value::<Gathering>(newer).is_ok());
}

#[test]
fn others_never_see_a_vote_a_decline_or_a_pair() {
    let (hall, people) = busy();
    let standing = serde_json::to_value(hall.gathering.standing()).expect("json").to_string();
    assert!(!standing.contains("ballot") && !standing.contains("answered") && !standing.contains("pairs"));
    assert_eq!(hall.gathering.mine(people[2]).vote, None);
    assert_eq!(hall.gathering.mine(people[1]).vote, Some(1));
}
