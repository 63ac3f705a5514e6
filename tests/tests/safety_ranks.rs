//! Who may do what to whom, on the line and at the desk, with people who are really there: role × measure × role.
//!
//! Each order has something else wrong with it (a length or a note that there cannot be), so that nothing takes effect: who
//! hears of that got past role, reach and rank.

use ibasho_protocol::api::desk::Made;
use ibasho_protocol::api::desk::sanctions::Impose;
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::desk::Scope;
use ibasho_protocol::desk::codes::{Category, DeclineReason, Reason};
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::ids::{PersonId, Seq};
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_protocol::server::Event;
use ibasho_protocol::voice::Measure;
use ibasho_tests::client::TestClient;
use ibasho_tests::desk::{impose, queue};
use ibasho_tests::server::TestServer;
use ibasho_tests::staff::{Browser, code};

/// Who is there, in the order of the columns: nobody acts on whom is not to their left.
const ROLES: [Role; 6] =
    [Role::Participant, Role::PeerStaff, Role::Consultant, Role::Facilitator, Role::Moderator, Role::Owner];
/// The rank of each: `peer_staff` and `consultant` have the same.
const RANKS: [u8; 6] = [1, 2, 2, 3, 4, 5];
/// No sanction and no lockdown is so long.
const TOO_LONG: u32 = 100_000_000;

/// Each measure in one room and everywhere, and for whom it is: `x` for whom ranks are left to look at, `r` for whom it
/// reaches too far, `-` for whom it is not at all.
const TABLE: [(&str, &str, &str); 11] = [
    ("nudge", "- - - x x x", "- - - r x x"),
    ("restricted", "- - - x x x", "- - - r x x"),
    ("timeout", "- - - x x x", "- - - r x x"),
    ("mute_text", "- - - x x x", "- - - r x x"),
    ("mute_voice", "- - - x x x", "- - - r x x"),
    ("set_aside", "- - - x x x", "- - - r x x"),
    ("remove", "- - - x x x", "- - - r x x"),
    ("ban", "- - - x x x", "- - - - x x"),
    ("permanent", "- - - - x -", "- - - - x -"),
    ("voice", "- - - x x x", ""),
    ("delete", "- - - x x x", ""),
];

fn measure(what: &str, who: PersonId, site: bool, message: Seq) -> Measure {
    let (reason, note) = (Reason::Other, "あ".repeat(401));
    match what {
        "voice" => Measure::Mute { who, on: false },
        "delete" => Measure::Delete { id: message, reason: DeclineReason::Other },
        "permanent" => Measure::Sanction { who, kind: Kind::Ban, minutes: 0, site, reason, note, permanent: true },
        _ => {
            let kind = *Kind::ALL.iter().find(|kind| kind.code() == what).expect("a kind");
            Measure::Sanction { who, kind, minutes: TOO_LONG, site, reason, note: String::new(), permanent: false }
        }
    }
}

/// What became of it: `-`, `r` or `x`.
async fn outcome(actor: &mut TestClient, measure: Measure) -> char {
    match actor.ask(|n| ClientMessage::Moderate { n, measure }).await {
        Event::Done { .. } => 'x',
        Event::Refused { refusal, .. } => match refusal.code {
            Code::NotAllowed => '-',
            Code::NotInReach => 'r',
            Code::ValueOutOfRange | Code::TextTooLong | Code::NotFound => 'x',
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

async fn staff(server: &TestServer, name: &str, role: Role) -> Browser {
    let rooms: &[&str] = if matches!(role, Role::PeerStaff | Role::Facilitator) { &["house"] } else { &[] };
    server.staff(name, role, rooms).await
}

async fn one_of_each(server: &TestServer, mark: &str) -> Vec<TestClient> {
    let mut all = vec![server.enter(&format!("だれか{mark}")).await];
    for (index, role) in ROLES.into_iter().enumerate().skip(1) {
        let name = format!("スタッフ{index}{mark}");
        all.push(staff(server, &name, role).await.enter("house", &name, false).await);
    }
    all
}

#[tokio::test]
async fn on_the_line_nobody_does_what_their_role_is_not_for_nor_to_whom_they_do_not_reach() {
    let server = TestServer::start().await;
    let mut actors = one_of_each(&server, "一").await;
    let mut targets = one_of_each(&server, "二").await;
    for actor in 0..ROLES.len() {
        for target in 0..=ROLES.len() {
            let mut everybody: Vec<&mut TestClient> = actors.iter_mut().chain(&mut targets).collect();
            server.pass(10_000, &mut everybody).await;
            // The last column is oneself.
            let oneself = target == ROLES.len();
            let (whom, message) = if oneself {
                (actors[actor].me(), actors[actor].say(0, "わたしの ことば").await)
            } else {
                (targets[target].me(), targets[target].say(0, "だれかの ことば").await)
            };
            let above = !oneself && RANKS[actor] > RANKS[target];
            for (what, room, site) in TABLE {
                for (row, site) in [(room, false), (site, true)] {
                    let Some(granted) = row.split(' ').nth(actor).filter(|cell| !cell.is_empty()) else { continue };
                    let expected = if granted == "x" && !above { "r" } else { granted };
                    let found = outcome(&mut actors[actor], measure(what, whom, site, message)).await;
                    let case = (what, site, ROLES[actor], ROLES.get(target));
                    assert_eq!(found.to_string(), expected, "{case:?}");
                }
            }
        }
        let mut others: Vec<&mut TestClient> = actors.iter_mut().chain(&mut targets).collect();
        server.pass(10_000, &mut others).await;
        for (minutes, site, row) in [(TOO_LONG, false, "- - - x x x"), (TOO_LONG, true, "- - - r x x")] {
            let found = outcome(&mut actors[actor], Measure::LockDown { minutes, site }).await;
            assert_eq!(Some(found.to_string().as_str()), row.split(' ').nth(actor), "lockdown {:?}", ROLES[actor]);
        }
        let found = outcome(&mut actors[actor], Measure::Lift { lockdown: 9_999 }).await;
        assert_eq!(found == 'x', actor >= 3, "lift {:?}", ROLES[actor]);
    }
    // Whoever waits, or was set aside, decides about nobody.
    let [anybody, .., moderator, _] = &mut actors[..] else { unreachable!() };
    let (who, reason, note) = (anybody.me(), Reason::Other, String::new());
    let kind = Kind::SetAside;
    let aside = Measure::Sanction { who, kind, minutes: 5, site: false, reason, note, permanent: false };
    moderator.done(|n| ClientMessage::Moderate { n, measure: aside }).await;
    anybody.until("the lobby", |mirror| mirror.role == Some(Role::Lobby)).await;
    let whom = targets[0].me();
    for (what, ..) in TABLE {
        assert_eq!(outcome(anybody, measure(what, whom, false, Seq(1))).await, '-', "{what}");
        // The speed of somebody who tries is theirs alone.
        server.advance(300);
    }
}

#[tokio::test]
async fn at_the_desk_a_case_is_for_those_above_and_within_reach() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let mut reporter = server.enter("なぎ").await;
    let people = one_of_each(&server, "二").await;
    let mut cases = Vec::new();
    for person in &people {
        let (who, category) = (person.me(), Category::Harassment);
        reporter.done(|n| ClientMessage::Report { n, who, message: None, category, text: None }).await;
        let newest = queue(&mut owner).await.cases.into_iter().map(|line| line.id).max().expect("it waits");
        cases.push(("house", newest));
        server.pass(4_000, &mut [&mut reporter]).await;
    }
    let mut there = Vec::new();
    for nick in ["はる", "ゆず"] {
        let mut person = TestClient::connect(server.addr()).await;
        person.hello_as("closet", nick, ibasho_protocol::person::Way::Write).await;
        person.inside().await;
        there.push(person);
    }
    let (who, category) = (there[1].me(), Category::Harassment);
    there[0].done(|n| ClientMessage::Report { n, who, message: None, category, text: None }).await;
    let newest = queue(&mut owner).await.cases.into_iter().map(|line| line.id).max().expect("it waits");
    cases.push(("closet", newest));

    // `n`: there is no such case for them; `r`: it is not within reach; `-`: not for their role.
    // About: participant, peer staff, consultant, facilitator, moderator, owner; a participant next door.
    for (role, room, site) in [
        (Role::PeerStaff, "- - - - - - -", "- - - - - - -"),
        (Role::Consultant, "- - - - - - -", "- - - - - - -"),
        (Role::Facilitator, "x x x n n n n", "r r r n n n n"),
        (Role::Moderator, "x x x x n n x", "x x x x n n x"),
        (Role::Owner, "x x x x x r x", "x x x x x r x"),
        (Role::Auditor, "- - - - - - -", "- - - - - - -"),
    ] {
        let mut desk = staff(&server, &format!("{role:?}"), role).await;
        for (row, everywhere) in [(room, false), (site, true)] {
            for (expected, &(place, case)) in row.split(' ').zip(&cases) {
                let scope = if everywhere { Scope::Site } else { Scope::Room(place.into()) };
                let order = Impose { scope, ..impose(case, Kind::Timeout, 7) };
                let found = match code(desk.post::<Made>("desk/sanctions", &order).await) {
                    Code::NotAllowed => "-",
                    Code::NotInReach => "r",
                    Code::NotFound => "n",
                    Code::ValueOutOfRange => "x",
                    other => panic!("{other:?}"),
                };
                assert_eq!(found, expected, "{role:?} {place} {case} site: {everywhere}");
            }
        }
    }
}
