//! A session on the wire: who may do what, what everybody is told, and what lasts.

use ibasho_protocol::client::{ClientMessage, Pass, Target};
use ibasho_protocol::close;
use ibasho_protocol::host::{ALONE_GRACE_MS, Act, CALL_BACK_MS, Take};
use ibasho_protocol::limits::GRACE_MS;
use ibasho_protocol::person::Reaction;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::role::Role;
use ibasho_protocol::session::{Group, VoteState};
use ibasho_tests::client::TestClient;
use ibasho_tests::hosting::afternoon;
use ibasho_tests::mirror::Mirror;
use ibasho_tests::server::TestServer;

const LEFT: u16 = 1;
const REST: u16 = 3;
/// The phases of the afternoon.
const WELCOME: u8 = 1;
const TALK: u8 = 2;
const CLOSED: u8 = 3;

fn phase(mirror: &Mirror) -> Option<u8> {
    mirror.standing.as_ref().map(|standing| standing.phase)
}

async fn suggest(who: &mut TestClient, text: &str) {
    who.take(Take::Suggest { text: text.into() }).await;
}

#[tokio::test]
async fn a_phase_says_what_is_possible_and_everybody_sees_it() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let mut nagi = server.enter("なぎ").await;
    assert!(nagi.mirror.programme.is_none());
    owner.plan(&afternoon()).await;
    nagi.until("the session", |mirror| mirror.programme.is_some() && phase(mirror) == Some(0)).await;
    let mut host = owner.enter("house", "ぬし", true).await;
    assert_eq!(host.mirror.role, Some(Role::Owner));
    nagi.until("a badge", |mirror| mirror.people.values().any(|person| person.badge == Some(Role::Owner))).await;

    host.host(Act::Go { from: 0, to: WELCOME }).await;
    nagi.until("the welcome", |mirror| phase(mirror) == Some(WELCOME)).await;
    let say = |n| ClientMessage::Say { n, to: 0, text: "あの".into() };
    assert_eq!(nagi.denied(say).await, RefusalCode::NotNow);
    let table = |n| ClientMessage::Walk { n, to: Target::Zone(LEFT) };
    assert_eq!(nagi.denied(table).await, RefusalCode::NotNow);
    let rest = |n| ClientMessage::Walk { n, to: Target::Zone(REST) };
    nagi.done(rest).await;
    nagi.done(|n| ClientMessage::Walk { n, to: Target::Zone(0) }).await;
    host.say(0, "ようこそ").await;
    // Two hosts press at once: the second is told that somebody was quicker.
    let again = |n| ClientMessage::Host { n, act: Act::Go { from: 0, to: TALK } };
    assert_eq!(host.denied(again).await, RefusalCode::Overtaken);
    host.host(Act::Go { from: WELCOME, to: TALK }).await;
    nagi.until("the talk", |mirror| phase(mirror) == Some(TALK)).await;
    nagi.done(|n| ClientMessage::React { n, kind: Reaction::Nod }).await;
    nagi.say(0, "こんにちは").await;

    // Nobody but the staff hosts.
    let close_it = |n| ClientMessage::Host { n, act: Act::Go { from: TALK, to: CLOSED } };
    assert_eq!(nagi.denied(close_it).await, RefusalCode::NotAllowed);
    host.command(close_it).await;
    assert_eq!(nagi.until_closed().await, Some(close::OVER.code));
    assert_eq!(host.until_closed().await, Some(close::OVER.code));
}

#[tokio::test]
async fn a_vote_is_anonymous_changeable_and_over_when_it_is_over() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&afternoon()).await;
    let mut host = owner.enter("house", "ぬし", false).await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    host.host(Act::Gather { on: true }).await;
    suggest(&mut nagi, "猫のはなし").await;
    suggest(&mut haru, "冬のごはん").await;
    host.until("two themes", |mirror| mirror.standing.as_ref().is_some_and(|now| now.themes.list.len() == 2)).await;
    let ids: Vec<u16> = host.mirror.standing.as_ref().expect("on").themes.list.iter().map(|theme| theme.id).collect();
    let vote = |theme| Take::Vote { theme: Some(theme) };
    let early = |n| ClientMessage::Take { n, take: vote(ids[0]) };
    assert_eq!(nagi.denied(early).await, RefusalCode::NotNow);
    host.host(Act::Vote {}).await;
    nagi.take(vote(ids[0])).await;
    nagi.until("my vote", |mirror| mirror.mine.vote == Some(ids[0])).await;
    nagi.take(vote(ids[1])).await;
    haru.take(vote(ids[1])).await;
    let votes = |mirror: &Mirror| -> Vec<u16> {
        mirror.standing.as_ref().expect("on").themes.list.iter().map(|theme| theme.votes).collect()
    };
    // While it is open one sees how many have voted, and nothing that could sway anybody.
    host.until("two voters", |mirror| mirror.standing.as_ref().expect("on").themes.voters == 2).await;
    assert_eq!(votes(&host.mirror), [0, 0]);
    assert!(host.mirror.mine.vote.is_none());
    host.host(Act::Count {}).await;
    host.until("the count", |mirror| votes(mirror) == [0, 2]).await;
    nagi.until("the theme", |mirror| {
        mirror.standing.as_ref().is_some_and(|now| now.theme.as_deref() == Some("冬のごはん"))
    })
    .await;
    assert_eq!(nagi.mirror.standing.as_ref().expect("on").themes.vote, VoteState::Done);
    let late = |n| ClientMessage::Take { n, take: vote(ids[0]) };
    assert_eq!(haru.denied(late).await, RefusalCode::NotNow);
}

#[tokio::test]
async fn a_round_asks_everybody_and_forces_nobody() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&afternoon()).await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    let mut host = owner.enter("house", "ぬし", false).await;
    host.host(Act::Round { only_turn: false }).await;
    let turn = |mirror: &Mirror| mirror.standing.as_ref()?.round.as_ref()?.turn;
    let (first, second, last) = (nagi.me(), haru.me(), host.me());
    haru.until("the first turn", |mirror| turn(mirror) == Some(first)).await;
    nagi.take(Take::Later {}).await;
    haru.until("her turn", |mirror| turn(mirror) == Some(second)).await;
    haru.take(Take::Pass {}).await;
    // Who had their turn is not asked again.
    let once_more = |n| ClientMessage::Take { n, take: Take::Pass {} };
    assert_eq!(haru.denied(once_more).await, RefusalCode::NotNow);
    // Later, passing and having spoken look the same: only the turn moves on.
    host.until("the host's turn", |mirror| turn(mirror) == Some(last)).await;
    host.host(Act::Next { from: last }).await;
    haru.until("again the first", |mirror| turn(mirror) == Some(first)).await;
    let overtaken = |n| ClientMessage::Host { n, act: Act::Next { from: last } };
    assert_eq!(host.denied(overtaken).await, RefusalCode::Overtaken);
    // Who leaves is passed over.
    nagi.send(&ClientMessage::Leave {}).await;
    haru.until("nobody is left", |mirror| turn(mirror).is_none()).await;
}

#[tokio::test]
async fn hands_and_an_announcement() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&afternoon()).await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    let mut host = owner.enter("house", "ぬし", false).await;
    haru.take(Take::Hand { up: true }).await;
    nagi.take(Take::Hand { up: true }).await;
    let queue = vec![haru.me(), nagi.me()];
    host.until("two hands", |mirror| mirror.standing.as_ref().is_some_and(|now| now.hands == queue)).await;
    host.host(Act::Lower { who: queue[0] }).await;
    haru.until("heard", |mirror| mirror.standing.as_ref().is_some_and(|now| now.hands == queue[1..])).await;

    let announce = |links| Act::Announce { text: "くわしくは https://example.jp へ".into(), links, pinned: true };
    let unmeant = |n| ClientMessage::Host { n, act: announce(false) };
    assert_eq!(host.denied(unmeant).await, RefusalCode::LinkUnapproved);
    host.host(announce(true)).await;
    nagi.until("the card", |mirror| mirror.standing.as_ref().is_some_and(|now| now.card.is_some())).await;
    host.host(Act::Clear {}).await;
    nagi.until("no card", |mirror| mirror.standing.as_ref().is_some_and(|now| now.card.is_none())).await;
}

#[tokio::test]
async fn small_groups_are_an_invitation_and_end_with_a_minutes_notice() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&afternoon()).await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    let mut host = owner.enter("house", "ぬし", false).await;
    let people = vec![nagi.me(), haru.me()];
    host.host(Act::Plan { groups: vec![Group { zone: LEFT, people }] }).await;
    assert!(nagi.mirror.mine.invited.is_none());
    host.host(Act::Invite { minutes: 10 }).await;
    nagi.until("an invitation", |mirror| mirror.mine.invited == Some(LEFT)).await;
    haru.until("an invitation", |mirror| mirror.mine.invited == Some(LEFT)).await;
    nagi.take(Take::Join { yes: true }).await;
    haru.take(Take::Join { yes: false }).await;
    let (me, other) = (nagi.me(), haru.me());
    nagi.until("on the way", |mirror| mirror.people[&me].walk.zone == LEFT).await;
    server.arrive(0, &mut [&mut nagi, &mut haru, &mut host]).await;
    nagi.say(LEFT, "こんにちは").await;
    assert_eq!(nagi.mirror.people[&other].walk.zone, 0, "who stays, stays");
    host.host(Act::CallBack {}).await;
    nagi.until("called", |mirror| {
        mirror.standing.as_ref().and_then(|now| now.groups.as_ref()).is_some_and(|groups| groups.calling)
    })
    .await;
    server.pass(CALL_BACK_MS + 1, &mut [&mut nagi, &mut haru, &mut host]).await;
    nagi.until("on the way back", |mirror| mirror.people[&me].walk.zone == 0).await;
    assert!(nagi.mirror.standing.as_ref().expect("on").groups.is_none());
}

#[tokio::test]
async fn a_room_without_staff_grows_quiet_after_a_minute_and_wakes_with_them() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&afternoon()).await;
    let mut host = owner.enter("house", "ぬし", false).await;
    let mut nagi = server.enter("なぎ").await;
    nagi.say(0, "います").await;
    host.send(&ClientMessage::Leave {}).await;
    nagi.until("a notice", |mirror| mirror.standing.as_ref().is_some_and(|now| now.alone.is_some())).await;
    nagi.say(0, "まだ話せます").await;
    server.pass(ALONE_GRACE_MS + 1, &mut [&mut nagi]).await;
    nagi.until("quiet", |mirror| mirror.standing.as_ref().is_some_and(|now| now.can.is_empty())).await;
    let say = |n| ClientMessage::Say { n, to: 0, text: "あの".into() };
    assert_eq!(nagi.denied(say).await, RefusalCode::NotNow);
    let _host = owner.enter("house", "ぬし", false).await;
    nagi.until("as before", |mirror| mirror.standing.as_ref().is_some_and(|now| now.alone.is_none())).await;
    nagi.say(0, "おかえりなさい").await;
}

#[tokio::test]
async fn a_lent_role_survives_a_lost_line_and_is_given_back() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&afternoon()).await;
    let mut host = owner.enter("house", "ぬし", false).await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    let who = nagi.me();
    let lower = |n| ClientMessage::Host { n, act: Act::Lower { who: haru_id(&haru) } };
    assert_eq!(nagi.denied(lower).await, RefusalCode::NotAllowed);
    host.host(Act::Lend { who, on: true }).await;
    nagi.until("peer staff", |mirror| mirror.role == Some(Role::PeerStaff) && mirror.desk.is_some()).await;
    nagi.resume(server.addr()).await;
    assert_eq!(nagi.mirror.role, Some(Role::PeerStaff));
    haru.take(Take::Hand { up: true }).await;
    let who_haru = haru.me();
    nagi.host(Act::Lower { who: who_haru }).await;
    // Nobody acts on an equal or higher role.
    let upward = |n| ClientMessage::Host { n, act: Act::Lend { who: host_id(&host), on: false } };
    assert!(matches!(nagi.denied(upward).await, RefusalCode::NotAllowed | RefusalCode::NotInReach));
    host.host(Act::Lend { who, on: false }).await;
    nagi.until("a participant", |mirror| mirror.role == Some(Role::Participant) && mirror.desk.is_none()).await;
}

fn haru_id(client: &TestClient) -> ibasho_protocol::ids::PersonId {
    client.me()
}

fn host_id(client: &TestClient) -> ibasho_protocol::ids::PersonId {
    client.me()
}

#[tokio::test]
async fn a_login_that_ends_takes_the_role_with_it() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&afternoon()).await;
    let mut host = owner.enter("house", "ぬし", false).await;
    owner.raw("POST", "sign-out", "").await;
    assert_eq!(host.until_closed().await, Some(close::SIGNED_OUT.code));
}

#[tokio::test]
async fn a_restart_in_the_middle_changes_nothing() {
    let mut server = TestServer::start().await;
    let (mut host, mut nagi, mut haru) = {
        let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
        owner.plan(&afternoon()).await;
        let mut host = owner.enter("house", "ぬし", true).await;
        let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
        host.host(Act::Go { from: 0, to: TALK }).await;
        host.host(Act::Gather { on: true }).await;
        suggest(&mut nagi, "猫のはなし").await;
        host.until("a theme", |mirror| mirror.standing.as_ref().is_some_and(|now| now.themes.list.len() == 1)).await;
        let theme = host.mirror.standing.as_ref().expect("on").themes.list[0].id;
        host.host(Act::Vote {}).await;
        nagi.take(Take::Vote { theme: Some(theme) }).await;
        haru.take(Take::Hand { up: true }).await;
        host.host(Act::Note { text: "はるさんは初めて".into() }).await;
        let who = haru.me();
        host.host(Act::Lend { who, on: true }).await;
        host.host(Act::Extend { from: TALK, minutes: 5 }).await;
        nagi.until("all of it", |mirror| {
            mirror.standing.as_ref().is_some_and(|now| now.hands.len() == 1 && now.themes.voters == 1)
        })
        .await;
        (host, nagi, haru)
    };
    host.settle().await;
    nagi.settle().await;
    let before = (nagi.mirror.programme.clone(), host.mirror.standing.clone(), nagi.mirror.mine.clone());
    server.stop().await;
    server.start_again().await;
    for person in [&mut host, &mut nagi, &mut haru] {
        person.resume(server.addr()).await;
    }
    nagi.settle().await;
    host.settle().await;
    assert_eq!((nagi.mirror.programme.clone(), host.mirror.standing.clone(), nagi.mirror.mine.clone()), before);
    assert_eq!(host.mirror.role, Some(Role::Owner));
    assert_eq!(haru.mirror.role, Some(Role::PeerStaff));
    assert_eq!(host.mirror.desk.as_ref().expect("a desk").notes.len(), 1);
    host.host(Act::Go { from: TALK, to: WELCOME }).await;
}

#[tokio::test]
async fn who_wants_to_comes_back_as_the_same_person() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let answer = nagi.ask(|n| ClientMessage::Take { n, take: Take::Keep {} }).await;
    let ibasho_protocol::server::Event::Phrase { words, .. } = answer else { panic!("{answer:?}") };
    nagi.until("known", |mirror| mirror.mine.known).await;
    nagi.send(&ClientMessage::Leave {}).await;
    nagi.until_closed().await;

    let body = serde_json::json!({ "phrase": words }).to_string();
    let origin = format!("http://localhost:{}", server.addr().port());
    let headers = [("Origin", origin.as_str()), ("Content-Type", "application/json")];
    let answer = ibasho_tests::http::ask(server.addr(), "POST", "/api/v1/return", &headers, &body).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let ticket: ibasho_protocol::api::calendar::Ticket = serde_json::from_str(&answer.body).expect("a ticket");
    let pass = || Pass { ticket: Some(ticket.ticket.clone()), ..Pass::default() };
    let mut again = TestClient::connect(server.addr()).await;
    again.hello_with("house", "なぎ", pass()).await;
    again.inside().await;
    assert!(again.mirror.mine.known);
    // A ticket is spent.
    let mut thief = TestClient::connect(server.addr()).await;
    thief.hello_with("house", "どろぼう", pass()).await;
    thief.until_closed().await;
    assert_eq!(thief.mirror.refused[0].code, RefusalCode::TicketVoid);
    again.take(Take::Forget {}).await;
    again.until("a stranger", |mirror| !mirror.mine.known).await;
    let answer = ibasho_tests::http::ask(server.addr(), "POST", "/api/v1/return", &headers, &body).await;
    assert!(answer.body.contains("phrase_unknown"), "{answer:?}");
    server.pass(GRACE_MS, &mut [&mut again]).await;
}
