//! Each kind of sanction holds on the line as its words say: in text, voice, reactions, nickname and presence.

use ibasho_protocol::api::desk::case::Matter;
use ibasho_protocol::api::desk::deeds::Seen;
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::close;
use ibasho_protocol::desk::Scope;
use ibasho_protocol::desk::codes::{HoldCause, Reason};
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::person::{Look, Wish};
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_protocol::server::Event;
use ibasho_protocol::voice::Measure;
use ibasho_tests::client::{LOOK, TestClient};
use ibasho_tests::desk::{deed, hold, line};
use ibasho_tests::server::TestServer;
use ibasho_tests::staff::Browser;

const MINUTE: u64 = 60_000;

fn on(n: u32) -> ClientMessage {
    ClientMessage::Mic { n, on: true }
}

fn say(text: &str) -> impl FnOnce(u32) -> ClientMessage + use<> {
    let text = text.to_owned();
    move |n| ClientMessage::Say { n, to: 0, text }
}

fn wish(n: u32) -> ClientMessage {
    ClientMessage::SetWish { n, wish: Some(Wish::Talk) }
}

fn appear(nick: &str) -> impl FnOnce(u32) -> ClientMessage + use<> {
    let nick = nick.to_owned();
    move |n| ClientMessage::Appear { n, nick, look: Look { figure: 1, colour: 1 } }
}

/// Decides; it must be done.
async fn give(staff: &mut TestClient, who: PersonId, kind: Kind, minutes: u32, site: bool) {
    let (reason, note, permanent) = (Reason::Noise, String::new(), false);
    let measure = Measure::Sanction { who, kind, minutes, site, reason, note, permanent };
    staff.done(|n| ClientMessage::Moderate { n, measure }).await;
}

async fn midori(server: &TestServer) -> (Browser, TestClient) {
    let mut desk = server.staff("みどり", Role::Moderator, &[]).await;
    let staff = desk.enter("house", "みどり", false).await;
    (desk, staff)
}

/// Takes back what is in force for somebody.
async fn undo(desk: &mut Browser, who: &TestClient) {
    let sanction = who.mirror.mine.in_force[0].sanction;
    assert_eq!(desk.raw("POST", &format!("desk/sanctions/{sanction}/undo"), "").await.status, 204);
}

async fn until_in_force(who: &mut TestClient, kind: Kind) {
    who.until("it is in force", |mirror| mirror.mine.in_force.iter().any(|one| one.kind == kind)).await;
}

#[tokio::test]
async fn whose_voice_is_taken_is_silent_at_once_writes_on_and_speaks_again_by_themselves() {
    for kind in [Kind::MuteVoice, Kind::Timeout] {
        let (server, engine) = TestServer::voiced().await;
        let (_desk, mut staff) = midori(&server).await;
        let mut nagi = server.enter_with_voice("なぎ").await;
        let mut haru = server.enter_with_voice("はる").await;
        let (n, h) = (nagi.me(), haru.me());
        nagi.mic(true).await;
        haru.mic(true).await;
        engine.until_hearing(&[(n, &[h]), (h, &[n])]).await;
        give(&mut staff, n, kind, 5, false).await;
        engine.until_hearing(&[(h, &[n])]).await;
        nagi.until("silence", |mirror| !mirror.mine.mic).await;
        until_in_force(&mut nagi, kind).await;
        assert_eq!(nagi.denied(on).await, Code::Silenced);
        match kind {
            Kind::MuteVoice => drop(nagi.say(0, "よめますか").await),
            _ => assert_eq!(nagi.denied(say("よめますか")).await, Code::Silenced),
        }
        // Another connection changes nothing.
        nagi.resume(server.addr()).await;
        nagi.reach().await;
        assert_eq!(nagi.denied(on).await, Code::Silenced);
        server.pass(5 * MINUTE, &mut [&mut nagi, &mut haru, &mut staff]).await;
        nagi.until("its end", |mirror| mirror.mine.in_force.is_empty()).await;
        assert!(!nagi.mirror.mine.mic, "it does not come on by itself");
        nagi.mic(true).await;
        engine.until_hearing(&[(n, &[h]), (h, &[n])]).await;
    }
}

#[tokio::test]
async fn the_packets_of_whose_voice_is_taken_end_at_the_door() {
    let server = TestServer::start().await;
    let (_desk, mut staff) = midori(&server).await;
    let mut guests = server.guests(&[("なぎ", None), ("はる", None), ("そら", None)]).await;
    let [nagi, haru, sora] = &mut guests[..] else { unreachable!() };
    nagi.speak().await;
    sora.speak().await;
    haru.hears(nagi.me()).await;
    give(&mut staff, nagi.me(), Kind::MuteVoice, 60, false).await;
    // The client sends on as if nothing had been said.
    haru.until_silent(nagi.me(), sora.me()).await;
    haru.does_not_hear(nagi.me(), sora.me()).await;
}

#[tokio::test]
async fn who_pauses_does_not_change_how_they_appear_and_who_may_not_write_has_no_new_name() {
    let server = TestServer::start().await;
    let (mut desk, mut staff) = midori(&server).await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    give(&mut staff, nagi.me(), Kind::Timeout, 5, false).await;
    give(&mut staff, haru.me(), Kind::MuteText, 5, false).await;
    until_in_force(&mut nagi, Kind::Timeout).await;
    until_in_force(&mut haru, Kind::MuteText).await;
    assert_eq!(nagi.denied(appear("べつ")).await, Code::Silenced);
    assert_eq!(nagi.denied(wish).await, Code::Silenced);
    // A nickname is words that everybody reads.
    assert_eq!(haru.denied(appear("ばか")).await, Code::Silenced);
    haru.done(wish).await;
    haru.done(|n| ClientMessage::React { n, kind: ibasho_protocol::person::Reaction::Nod }).await;
    assert_eq!(staff.mirror.people[&nagi.me()].nick, "なぎ");
    undo(&mut desk, &nagi).await;
    undo(&mut desk, &haru).await;
    for (person, nick) in [(&mut nagi, "なみ"), (&mut haru, "はな")] {
        person.until("nothing in force", |mirror| mirror.mine.in_force.is_empty()).await;
        server.pass(2_000, &mut [&mut *person]).await;
        person.done(appear(nick)).await;
    }
    assert_eq!(LOOK.figure, 3);
}

#[tokio::test]
async fn who_is_set_aside_is_with_staff_in_the_lobby_until_they_come_back() {
    let mut server = TestServer::start().await;
    let (mut desk, mut staff) = midori(&server).await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    let me = nagi.me();
    give(&mut staff, me, Kind::SetAside, 60, false).await;
    nagi.until("the lobby", |mirror| mirror.lobby.is_some() && mirror.people.is_empty()).await;
    nagi.send(&ClientMessage::Ready {}).await;
    haru.until("they left", |mirror| !mirror.people.contains_key(&me)).await;
    nagi.until("why", |mirror| mirror.notices.iter().any(|notice| is_told(notice, Kind::SetAside))).await;
    until_in_force(&mut nagi, Kind::SetAside).await;
    assert_eq!(nagi.denied(say("だれか")).await, Code::NotAllowed);
    haru.say(0, "ないしょ").await;
    // Neither a reload nor a restart brings them back.
    nagi.resume(server.addr()).await;
    assert!(nagi.mirror.lobby.is_some());
    server.stop().await;
    server.start_again().await;
    desk.follow(&server);
    for person in [&mut nagi, &mut haru, &mut staff] {
        person.resume(server.addr()).await;
    }
    assert!(nagi.mirror.lobby.is_some());
    until_in_force(&mut nagi, Kind::SetAside).await;
    undo(&mut desk, &nagi).await;
    nagi.until("the room", |mirror| mirror.lobby.is_none()).await;
    nagi.send(&ClientMessage::Ready {}).await;
    assert_eq!(nagi.mirror.role, Some(Role::Participant));
    assert!(nagi.mirror.texts().is_empty(), "what was said meanwhile is not theirs");
    haru.until("they are back", |mirror| mirror.people.contains_key(&me)).await;
    nagi.say(0, "ただいま").await;
}

fn is_told(notice: &Notice, what: Kind) -> bool {
    matches!(notice, Notice::Sanctioned { kind, reason: Reason::Noise, .. } if *kind == what)
}

#[tokio::test]
async fn everything_of_who_is_restricted_is_looked_at_first_and_they_see_it() {
    let mut server = TestServer::start().await;
    let (mut desk, mut staff) = midori(&server).await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    give(&mut staff, nagi.me(), Kind::Restricted, 60, false).await;
    nagi.until("a notice", |mirror| mirror.notices.iter().any(|notice| is_told(notice, Kind::Restricted))).await;
    until_in_force(&mut nagi, Kind::Restricted).await;
    assert!(nagi.mirror.mine.in_force[0].until.is_some() && nagi.mirror.mine.in_force[0].appealable);
    let case = hold(&mut nagi, "いい てんきですね").await;
    nagi.until("it waits", |mirror| mirror.mine.held.iter().any(|waits| waits.hold == case)).await;
    let waits = line(&mut desk, case).await;
    assert!(matches!(waits.matter, Matter::Hold { cause: HoldCause::Restricted, rule: None, .. }), "{waits:?}");
    haru.settle().await;
    assert!(haru.mirror.texts().is_empty() && haru.mirror.notices.is_empty(), "nobody else is told");
    deed(&mut desk, case, "approve", Seen { version: waits.version }).await.expect("shown");
    haru.until("the words", |mirror| mirror.texts() == ["いい てんきですね"]).await;
    nagi.until("it was shown", |mirror| mirror.notices.contains(&Notice::Shown { hold: case })).await;
    // Nobody who cries for help is cut off because of who they are.
    nagi.say(0, "もう死にたい").await;
    haru.until("the cry", |mirror| mirror.texts().len() == 2).await;
    // It goes on after a restart, and in a session that begins anew.
    server.stop().await;
    server.start_again().await;
    desk.follow(&server);
    nagi.resume(server.addr()).await;
    until_in_force(&mut nagi, Kind::Restricted).await;
    hold(&mut nagi, "おはようございます").await;
    undo(&mut desk, &nagi).await;
    nagi.until("it is over", |mirror| mirror.mine.in_force.is_empty()).await;
    nagi.say(0, "こんにちは").await;
}

#[tokio::test]
async fn a_kind_word_is_told_and_nothing_is_in_force() {
    let server = TestServer::start().await;
    let (_desk, mut staff) = midori(&server).await;
    let mut nagi = server.enter("なぎ").await;
    give(&mut staff, nagi.me(), Kind::Nudge, 0, false).await;
    nagi.until("a notice", |mirror| mirror.notices.iter().any(|notice| is_told(notice, Kind::Nudge))).await;
    assert!(nagi.mirror.mine.in_force.is_empty());
    nagi.say(0, "わかりました").await;
    // Who is away hears it when they are back.
    nagi.cut().await;
    give(&mut staff, nagi.me(), Kind::Nudge, 0, false).await;
    nagi.resume(server.addr()).await;
    let told = |notices: &[Notice]| notices.iter().filter(|notice| is_told(notice, Kind::Nudge)).count();
    nagi.until("another", |mirror| told(&mirror.notices) == 2).await;
}

#[tokio::test]
async fn what_holds_everywhere_holds_in_the_room_next_door_and_the_rest_does_not() {
    let server = TestServer::start().await;
    let (_desk, mut staff) = midori(&server).await;
    let mut there = Vec::new();
    for (room, nick) in [("house", "なぎ"), ("closet", "なぎ二")] {
        let mut nagi = TestClient::connect(server.addr()).await;
        nagi.hello_into(room, nick, "AAECAwQFBgcICQoLDA0ODw").await;
        nagi.inside().await;
        there.push(nagi);
    }
    let [house, closet] = &mut there[..] else { unreachable!() };
    give(&mut staff, house.me(), Kind::Timeout, 5, false).await;
    until_in_force(house, Kind::Timeout).await;
    assert_eq!(house.denied(say("あの")).await, Code::Silenced);
    closet.settle().await;
    closet.say(0, "ここは しずか").await;
    give(&mut staff, house.me(), Kind::MuteText, 60, true).await;
    until_in_force(closet, Kind::MuteText).await;
    assert_eq!(closet.denied(say("あの")).await, Code::Silenced);

    give(&mut staff, house.me(), Kind::Ban, 1440, true).await;
    for person in [&mut *house, &mut *closet] {
        assert_eq!(person.until_closed().await, Some(close::SENT_AWAY.code));
        let refusal = person.mirror.refused.last().expect("why");
        assert_eq!(refusal.code, Code::Banned);
        let door = refusal.door.as_ref().expect("a way to appeal");
        let ban = door.in_force.iter().find(|one| one.kind == Kind::Ban).expect("the ban");
        assert_eq!((&ban.scope, ban.until), (&Scope::Site, Some(server.now() + 1440 * MINUTE)));
    }
    for room in ["house", "closet"] {
        let mut back = TestClient::connect(server.addr()).await;
        back.hello_into(room, "だれか", "AAECAwQFBgcICQoLDA0ODw").await;
        back.until_closed().await;
        assert_eq!(back.mirror.refused[0].code, Code::Banned);
    }
    // Its end is its end.
    server.advance(1440 * MINUTE);
    let mut back = TestClient::connect(server.addr()).await;
    back.hello_into("closet", "なぎ", "AAECAwQFBgcICQoLDA0ODw").await;
    back.inside().await;
    assert!(matches!(back.ask(say("ただいま")).await, Event::Done { .. }));
}
