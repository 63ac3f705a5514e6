//! Whose voice is heard by whom, and who may speak: what the room tells the voice engine.

use ibasho_protocol::api::calendar::{Access, SessionPlan};
use ibasho_protocol::client::{ClientMessage, Pass, Target};
use ibasho_protocol::host::{Act, Take};
use ibasho_protocol::ids::{PersonId, ZoneIndex};
use ibasho_protocol::person::Way;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::role::Role;
use ibasho_protocol::session::Mine;
use ibasho_protocol::session::{Can, PhaseKind};
use ibasho_protocol::voice::Measure;
use ibasho_tests::client::TestClient;
use ibasho_tests::hosting::{TALK, afternoon, phase};
use ibasho_tests::server::TestServer;

const LEFT: ZoneIndex = 1;
const RIGHT: ZoneIndex = 2;
const REST: ZoneIndex = 3;
const EDGE: ZoneIndex = 4;

fn on(n: u32) -> ClientMessage {
    ClientMessage::Mic { n, on: true }
}

fn offer(n: u32) -> ClientMessage {
    ClientMessage::Offer { n, sdp: "v=0".into() }
}

fn mute(who: PersonId) -> impl FnOnce(u32) -> ClientMessage {
    move |n| ClientMessage::Moderate { n, measure: Measure::Mute { who, on: true } }
}

#[tokio::test]
async fn a_voice_is_heard_where_its_place_is_heard_and_nowhere_else() {
    let (server, engine) = TestServer::voiced().await;
    let mut nagi = server.enter_with_voice("なぎ").await;
    let mut haru = server.enter_with_voice("はる").await;
    let mut sora = server.enter_with_voice("そら").await;
    let mut umi = server.enter_with_voice("うみ").await;
    let mut yuki = server.enter("ゆき").await;
    let nothing = Mine { few_staff: true, ..Mine::default() };
    assert_eq!(yuki.mirror.mine, nothing, "who did not ask for voice is told nothing of it");
    let (n, h, s, u) = (nagi.me(), haru.me(), sora.me(), umi.me());
    nagi.mic(true).await;
    haru.mic(true).await;
    engine.until_hearing(&[(n, &[h, s, u]), (h, &[n, s, u])]).await;

    // One walks to a table: on the way they are in the hall. Nobody says or does anything when they arrive.
    haru.walk(Target::Zone(LEFT)).await;
    umi.walk(Target::Zone(EDGE)).await;
    engine.until_hearing(&[(n, &[h, s, u]), (h, &[n, s, u])]).await;
    let until = haru.mirror.people[&h].walk.until;
    server.advance(until - server.now() - 1);
    yuki.settle().await;
    engine.until_hearing(&[(n, &[h, s, u]), (h, &[n, s, u])]).await;
    server.advance(1);
    engine.until_hearing(&[(n, &[s, u]), (h, &[])]).await;
    // At the edge one hears the hall; another table hears nothing of this one; resting one hears nothing.
    sora.walk(Target::Zone(LEFT)).await;
    server.arrive(3, &mut [&mut nagi, &mut haru, &mut yuki, &mut umi, &mut sora]).await;
    server.arrive(4, &mut [&mut nagi, &mut haru, &mut yuki, &mut umi, &mut sora]).await;
    engine.until_hearing(&[(n, &[u]), (h, &[s])]).await;
    sora.walk(Target::Zone(RIGHT)).await;
    umi.walk(Target::Zone(REST)).await;
    engine.until_hearing(&[(n, &[s, u]), (h, &[])]).await;
    server.pass(20_000, &mut [&mut nagi, &mut haru, &mut yuki, &mut umi, &mut sora]).await;
    engine.until_hearing(&[(n, &[]), (h, &[])]).await;
    haru.send(&ClientMessage::Leave {}).await;
    engine.until_hearing(&[(n, &[])]).await;
    assert!(engine.told().up(h).is_empty());
    nagi.mic(false).await;
    engine.until_hearing(&[]).await;
}

#[tokio::test]
async fn in_a_quiet_place_and_on_the_way_to_it_nobody_speaks() {
    let (server, engine) = TestServer::voiced().await;
    let mut nagi = server.enter_with_voice("なぎ").await;
    let me = nagi.me();
    for place in [REST, EDGE] {
        nagi.mic(true).await;
        engine.until_hearing(&[(me, &[])]).await;
        nagi.walk(Target::Zone(place)).await;
        nagi.until("silence", |mirror| !mirror.mine.mic).await;
        engine.until_hearing(&[]).await;
        assert_eq!(nagi.denied(on).await, RefusalCode::QuietPlace);
        server.arrive(0, &mut [&mut nagi]).await;
        assert_eq!(nagi.denied(on).await, RefusalCode::QuietPlace);
        nagi.walk(Target::Zone(0)).await;
        nagi.settle().await;
        assert!(!nagi.mirror.mine.mic, "it does not come on by itself");
    }
}

#[tokio::test]
async fn the_way_decides_whether_one_hears_and_speaks() {
    let (server, engine) = TestServer::voiced().await;
    let mut haru = server.enter_with_voice("はる").await;
    let mut nagi = server.enter("なぎ").await;
    let (n, h) = (nagi.me(), haru.me());
    haru.mic(true).await;
    assert_eq!(nagi.denied(offer).await, RefusalCode::NotAllowed);
    assert_eq!(nagi.denied(on).await, RefusalCode::NotAllowed);
    nagi.set_way(Way::Listen).await;
    assert_eq!(nagi.denied(on).await, RefusalCode::NotAllowed);
    nagi.reach().await;
    engine.until_hearing(&[(h, &[n])]).await;
    nagi.set_way(Way::Voice).await;
    nagi.mic(true).await;
    engine.until_hearing(&[(h, &[n]), (n, &[h])]).await;
    // Back to listening: one is silent and still hears, on the same connection.
    nagi.set_way(Way::Listen).await;
    nagi.until("silence", |mirror| !mirror.mine.mic).await;
    engine.until_hearing(&[(h, &[n])]).await;
    assert_eq!(engine.told().up(n).len(), 1);
    nagi.set_way(Way::Voice).await;
    nagi.settle().await;
    assert!(!nagi.mirror.mine.mic, "it does not come on by itself");
    nagi.mic(true).await;
    nagi.set_way(Way::Write).await;
    engine.until_hearing(&[(h, &[])]).await;
    assert!(engine.told().up(n).is_empty());
    // To fall silent is possible in any way.
    nagi.mic(false).await;
}

#[tokio::test]
async fn the_phase_and_the_turn_take_the_voice_and_give_none_back() {
    let (server, engine) = TestServer::voiced().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&afternoon()).await;
    let mut host = owner.enter("house", "ぬし", false).await;
    host.set_way(Way::Voice).await;
    host.reach().await;
    let mut nagi = server.enter_with_voice("なぎ").await;
    let mut haru = server.enter_with_voice("はる").await;
    let (o, n, h) = (host.me(), nagi.me(), haru.me());
    nagi.mic(true).await;
    host.mic(true).await;
    engine.until_hearing(&[(o, &[n, h]), (n, &[o, h])]).await;
    let first = |who| engine.told().hearing["house"].talkers.iter().any(|talker| talker.who == who && talker.first);
    assert!(first(o) && !first(n), "staff are heard before others");
    // The welcome has no voice.
    host.host(Act::Go { from: 0, to: 1 }).await;
    nagi.until("silence", |mirror| !mirror.mine.mic).await;
    engine.until_hearing(&[(o, &[n, h])]).await;
    assert_eq!(nagi.denied(on).await, RefusalCode::NotNow);
    host.host(Act::Go { from: 1, to: 2 }).await;
    nagi.settle().await;
    assert!(!nagi.mirror.mine.mic, "it does not come on by itself");
    nagi.mic(true).await;
    haru.mic(true).await;
    engine.until_hearing(&[(o, &[n, h]), (n, &[o, h]), (h, &[o, n])]).await;

    // A round in which only one speaks: the host's turn is first, for they came first.
    host.host(Act::Round { only_turn: true }).await;
    engine.until_hearing(&[(o, &[n, h])]).await;
    assert_eq!(nagi.denied(on).await, RefusalCode::NotNow);
    host.host(Act::Next { from: o }).await;
    nagi.mic(true).await;
    engine.until_hearing(&[(o, &[n, h]), (n, &[o, h])]).await;
    assert!(first(n), "whose turn it is is heard before others");
    assert_eq!(haru.denied(on).await, RefusalCode::NotNow);
    nagi.take(Take::Pass {}).await;
    nagi.until("the turn is over", |mirror| !mirror.mine.mic).await;
    engine.until_hearing(&[(o, &[n, h])]).await;
    haru.mic(true).await;
    // One's line is lost in one's turn: the turn goes on to nobody, and the voice is not kept.
    haru.resume(server.addr()).await;
    assert!(!haru.mirror.mine.mic);
    host.host(Act::EndRound {}).await;
    nagi.mic(true).await;
    engine.until_hearing(&[(o, &[n]), (n, &[o])]).await;
}

#[tokio::test]
async fn without_staff_nobody_speaks_but_everybody_may_listen() {
    let (server, engine) = TestServer::voiced().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let doors = phase(PhaseKind::Doors, 30, &TALK);
    let quiet = phase(PhaseKind::Talk, 60, &[Can::React, Can::Write]);
    owner.plan(&SessionPlan { phases: vec![doors, quiet], ..afternoon() }).await;
    let mut host = owner.enter("house", "ぬし", false).await;
    let mut nagi = server.enter_with_voice("なぎ").await;
    let me = nagi.me();
    nagi.mic(true).await;
    host.send(&ClientMessage::Leave {}).await;
    nagi.until("a notice", |mirror| mirror.standing.as_ref().is_some_and(|now| now.alone.is_some())).await;
    engine.until_hearing(&[(me, &[])]).await;
    server.pass(ibasho_protocol::host::ALONE_GRACE_MS + 1, &mut [&mut nagi]).await;
    nagi.until("silence", |mirror| !mirror.mine.mic).await;
    assert_eq!(nagi.denied(on).await, RefusalCode::NotNow);
    nagi.reach().await;
}

#[tokio::test]
async fn who_is_muted_is_silent_until_they_are_allowed_and_speak_themselves() {
    let (mut server, engine) = TestServer::voiced().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let mut second = server.staff("ぬし2", Role::Owner, &[]).await;
    // No session is on: to keep a room safe needs none.
    let mut host = owner.enter("house", "ぬし", false).await;
    let other = second.enter("house", "ぬし2", false).await;
    let mut nagi = server.enter_with_voice("なぎ").await;
    let mut haru = server.enter("はる").await;
    let me = nagi.me();
    nagi.mic(true).await;
    engine.until_hearing(&[(me, &[])]).await;
    assert_eq!(haru.denied(mute(me)).await, RefusalCode::NotAllowed);
    assert_eq!(host.denied(mute(other.me())).await, RefusalCode::NotInReach);
    assert_eq!(host.denied(mute(PersonId(5))).await, RefusalCode::NobodyThere);
    host.mute(me, true).await;
    assert!(engine.told().in_house().is_empty(), "silent before it is answered");
    nagi.until("a word about it", |mirror| mirror.mine.muted && !mirror.mine.mic).await;
    assert_eq!(nagi.denied(on).await, RefusalCode::Muted);
    assert!(!haru.mirror.mine.muted && !host.mirror.mine.muted);
    // It belongs to the seat: no reload and no restart helps.
    nagi.resume(server.addr()).await;
    assert!(nagi.mirror.mine.muted);
    server.stop().await;
    server.start_again().await;
    nagi.resume(server.addr()).await;
    assert!(nagi.mirror.mine.muted);
    assert_eq!(nagi.denied(on).await, RefusalCode::Muted);
    host.resume(server.addr()).await;
    nagi.reach().await;
    host.mute(me, false).await;
    nagi.until("allowed", |mirror| !mirror.mine.muted).await;
    assert!(!nagi.mirror.mine.mic, "to allow turns nothing on");
    nagi.mic(true).await;
    engine.until_hearing(&[(me, &[])]).await;
}

#[tokio::test]
async fn the_desk_shows_who_is_muted() {
    let (server, _engine) = TestServer::voiced().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&afternoon()).await;
    let mut host = owner.enter("house", "ぬし", false).await;
    let nagi = server.enter("なぎ").await;
    let me = nagi.me();
    host.mute(me, true).await;
    let muted = |desk: &ibasho_protocol::session::Desk| desk.people.iter().any(|at| at.who == me && at.muted);
    host.until("the desk", |mirror| mirror.desk.as_ref().is_some_and(muted)).await;
}

#[tokio::test]
async fn two_who_are_apart_neither_hear_nor_read_each_other() {
    let (mut server, engine) = TestServer::voiced().await;
    let mut nagi = server.enter_with_voice("なぎ").await;
    let mut haru = server.enter_with_voice("はる").await;
    let mut sora = server.enter_with_voice("そら").await;
    let (n, h, s) = (nagi.me(), haru.me(), sora.me());
    nagi.mic(true).await;
    haru.mic(true).await;
    nagi.block(h, true).await;
    engine.until_hearing(&[(n, &[s]), (h, &[s])]).await;
    nagi.until("the list", |mirror| mirror.mine.blocked == [h]).await;
    assert!(haru.mirror.mine.blocked.is_empty(), "nobody is told");
    haru.say(0, "はるより").await;
    nagi.say(0, "なぎより").await;
    // Said while her line was lost, it is no more hers to read than before; what was said then stays so.
    nagi.resume(server.addr()).await;
    nagi.block(h, false).await;
    nagi.resume(server.addr()).await;
    haru.say(0, "また はるより").await;
    for person in [&mut nagi, &mut haru, &mut sora] {
        person.until("the last words", |mirror| mirror.texts().last() == Some(&"また はるより")).await;
    }
    assert_eq!(nagi.mirror.texts(), ["なぎより", "また はるより"]);
    assert_eq!(haru.mirror.texts(), ["はるより", "また はるより"]);
    assert_eq!(sora.mirror.texts(), ["はるより", "なぎより", "また はるより"]);
    // It lasts over a restart, and over the stay of the other: who was blocked may come back in a moment, and is the same
    // person. Until then the list names nobody who is not here.
    nagi.block(h, true).await;
    server.stop().await;
    server.start_again().await;
    nagi.resume(server.addr()).await;
    haru.resume(server.addr()).await;
    assert_eq!(nagi.mirror.mine.blocked, [h]);
    haru.say(0, "きこえない").await;
    nagi.say(0, "よめない").await;
    haru.send(&ClientMessage::Leave {}).await;
    nagi.until("gone", |mirror| mirror.mine.blocked.is_empty()).await;
    assert!(!nagi.mirror.texts().contains(&"きこえない"));
    let gone = |n| ClientMessage::Block { n, who: h, on: true };
    assert_eq!(nagi.denied(gone).await, RefusalCode::NobodyThere);
    let oneself = |nonce| ClientMessage::Block { n: nonce, who: n, on: true };
    assert_eq!(nagi.denied(oneself).await, RefusalCode::NobodyThere);
}

#[tokio::test]
async fn in_the_lobby_there_is_no_voice_and_nobody_to_block() {
    let (server, _engine) = TestServer::voiced().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&SessionPlan { access: Access::Approval, ..afternoon() }).await;
    let mut host = owner.enter("house", "ぬし", false).await;
    let mut nagi = TestClient::connect(server.addr()).await;
    nagi.hello_with("house", "なぎ", Pass::default()).await;
    nagi.inside().await;
    assert_eq!(nagi.mirror.role, Some(Role::Lobby));
    let (waiting, host_id) = (nagi.me(), host.me());
    assert_eq!(nagi.denied(|n| ClientMessage::Block { n, who: host_id, on: true }).await, RefusalCode::NobodyThere);
    for command in [on, offer, |n| ClientMessage::HangUp { n }, |n| ClientMessage::Mic { n, on: false }] {
        assert_eq!(nagi.denied(command).await, RefusalCode::NotAllowed);
    }
    assert_eq!(nagi.denied(mute(host_id)).await, RefusalCode::NotAllowed);
    assert_eq!(host.denied(mute(waiting)).await, RefusalCode::NobodyThere);
}
