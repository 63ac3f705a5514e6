//! Every command is answered, and done once only.

use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::ids::Nonce;
use ibasho_protocol::limits::REMEMBERED_ANSWERS;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;
use ibasho_tests::server::TestServer;

fn words(n: Nonce) -> ClientMessage {
    ClientMessage::Say { n, to: 0, text: format!("第{n}") }
}

#[tokio::test]
async fn a_command_that_comes_again_is_answered_again_and_not_done_again() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let n = nagi.command(words).await;
    let answer = nagi.answer(n).await;
    nagi.send(&words(n)).await;
    nagi.until("the same answer", |mirror| mirror.answers[&n].len() == 2).await;
    assert_eq!(nagi.mirror.answers[&n], [answer.clone(), answer]);
    // Another command under the same nonce is the same command.
    nagi.send(&ClientMessage::Away { n, on: true }).await;
    nagi.until("the same answer", |mirror| mirror.answers[&n].len() == 3).await;
    nagi.say(0, "おわり").await;
    nagi.until("the end", |mirror| mirror.texts().last() == Some(&"おわり")).await;
    assert_eq!(nagi.mirror.texts(), ["第1", "おわり"]);
    assert!(nagi.mirror.events.iter().all(|event| !matches!(event, Event::Away { .. })));
}

#[tokio::test]
async fn a_refusal_is_remembered_too() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let wrong = |n| ClientMessage::Say { n, to: 1, text: "まだいない".into() };
    let n = nagi.command(wrong).await;
    nagi.answer(n).await;
    nagi.send(&wrong(n)).await;
    nagi.until("the same answer", |mirror| mirror.answers[&n].len() == 2).await;
    assert_eq!(nagi.mirror.answers[&n][0], nagi.mirror.answers[&n][1]);
}

#[tokio::test]
async fn what_is_too_old_to_be_remembered_is_not_done_again() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    for _ in 0..=REMEMBERED_ANSWERS {
        server.advance(1_000);
        nagi.done(|n| ClientMessage::Away { n, on: n % 2 == 0 }).await;
    }
    nagi.send(&words(2)).await;
    nagi.until("the remembered answer", |mirror| mirror.answers[&2].len() == 2).await;
    assert!(matches!(nagi.mirror.answers[&2][1], Event::Done { id: None, .. }));
    nagi.send(&words(1)).await;
    nagi.until("an answer", |mirror| mirror.answers[&1].len() == 2).await;
    let Event::Refused { refusal, .. } = &nagi.mirror.answers[&1][1] else { panic!("not refused") };
    assert_eq!(refusal.code, RefusalCode::StaleNonce);
    assert!(nagi.mirror.said.is_empty());
}

#[tokio::test]
async fn a_nonce_may_be_left_out_but_not_gone_back_to() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    nagi.mirror.next_n = 10;
    nagi.done(words).await;
    nagi.mirror.next_n = 5;
    assert_eq!(nagi.denied(words).await, RefusalCode::StaleNonce);
    nagi.mirror.next_n = Nonce::MAX;
    nagi.command(words).await;
    nagi.answer(Nonce::MAX).await;
    nagi.until("both", |mirror| mirror.said.len() == 2).await;
    // Even the last of all numbers leaves the line and the room whole.
    nagi.resume(server.addr()).await;
    assert_eq!(nagi.mirror.next_n, Nonce::MAX);
}

#[tokio::test]
async fn what_was_sent_into_a_dying_line_is_done_once() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    // Sent, and the answer never read.
    let first = nagi.command(words).await;
    haru.until("the words", |mirror| mirror.said.len() == 1).await;
    let second = nagi.command(words).await;
    nagi.resume(server.addr()).await;
    for n in [first, second] {
        assert!(matches!(nagi.answer(n).await, Event::Done { id: Some(_), .. }));
    }
    haru.until("both", |mirror| mirror.said.len() == 2).await;
    nagi.until("both", |mirror| mirror.said.len() == 2).await;
    nagi.say(0, "おわり").await;
    haru.until("the end", |mirror| mirror.texts().last() == Some(&"おわり")).await;
    assert_eq!(haru.mirror.texts(), ["第1", "第2", "おわり"]);
}
