//! A slow reader: nobody else waits for them, and they lose nothing.

use ibasho_protocol::client::{ClientMessage, Target};
use ibasho_protocol::person::Point;
use ibasho_protocol::server::Line;
use ibasho_tests::client::TestClient;
use ibasho_tests::http::get;
use ibasho_tests::network::BadNetwork;
use ibasho_tests::server::TestServer;

/// Enough for every buffer between two sockets of one machine.
const ROUNDS: usize = 40;
/// Who write; each may write five messages at once.
const WRITERS: usize = 6;
const BURST: usize = 5;

/// One whose line can be stopped, and those who write to them.
async fn one_behind_a_bad_network(server: &TestServer, seed: u64) -> (BadNetwork, TestClient, Vec<TestClient>) {
    let network = BadNetwork::to(server.addr(), seed).await;
    let mut slow = TestClient::connect_by(network.addr(), server.addr()).await;
    slow.hello("なぎ").await;
    slow.inside().await;
    let mut people = Vec::new();
    for number in 0..WRITERS {
        people.push(server.enter(&format!("ひと{number}")).await);
    }
    (network, slow, people)
}

#[tokio::test]
async fn who_does_not_read_is_closed_and_can_resume_and_nobody_else_waits() {
    let server = TestServer::start().await;
    let (network, mut slow, mut people) = one_behind_a_bad_network(&server, 1).await;
    // It still sends, but reads nothing.
    network.stop();
    let mut written = 0;
    let mut closed = false;
    for round in 0..ROUNDS {
        for person in &mut people {
            for number in 0..BURST {
                let text = format!("{round}-{number}{}", "👩‍👩‍👧‍👦".repeat(450));
                person.command(|n| ClientMessage::Say { n, to: 0, text }).await;
            }
        }
        written += WRITERS * BURST;
        // Everybody who reads has everything, however many bytes wait for the slow one.
        for person in &mut people {
            person.until("everybody's words", |mirror| mirror.said.len() == written).await;
        }
        slow.send(&ClientMessage::Beat {}).await;
        server.pass(BURST as u64 * 1_000, &mut people.iter_mut().collect::<Vec<_>>()).await;
        if has_closed_for_slowness(&server).await {
            closed = true;
            break;
        }
    }
    assert!(closed, "{written} long messages were kept for somebody who does not read");

    // What was on the way still comes, then the reason.
    network.flow();
    assert_eq!(slow.until_closed().await, Some(4004));
    slow.resume(server.addr()).await;
    assert_eq!(slow.mirror.line, Some(Line::Resumed));
    assert_eq!(slow.mirror.said, people[0].mirror.said, "nothing lost, nothing doubled, all in order");
}

#[tokio::test]
async fn of_many_walks_a_slow_reader_gets_the_newest() {
    let server = TestServer::start().await;
    let (network, mut slow, mut people) = one_behind_a_bad_network(&server, 2).await;
    let walker = people[0].mirror.you.expect("inside");
    network.stop();
    let (mut written, mut left_out, mut in_a_row) = (0, 0, 0);
    // Each goal is another one: equal walks could not be told apart.
    let mut steps: i16 = 0;
    'rounds: for round in 0..ROUNDS {
        for number in 0..BURST {
            for at in 0..WRITERS {
                let text = format!("{round}-{number}{}", "👩‍👩‍👧‍👦".repeat(450));
                people[at].command(|n| ClientMessage::Say { n, to: 0, text }).await;
                written += 1;
                for person in &mut people {
                    person.until("the words", |mirror| mirror.said.len() == written).await;
                }
                // Little by little: past the bound of what may wait the line would close.
                if at % 2 == 1 {
                    steps += 1;
                    let to = Target::Point(Point(15 + steps % 10, 15 + steps / 10));
                    people[0].walk(to).await;
                    // Anybody may be behind for a moment; only the slow one is each time.
                    let now = walks_left_out(&server).await;
                    in_a_row = if now > left_out { in_a_row + 1 } else { 0 };
                    left_out = now;
                    if in_a_row == 3 {
                        break 'rounds;
                    }
                }
            }
        }
        slow.send(&ClientMessage::Beat {}).await;
        server.pass(BURST as u64 * 1_000, &mut people.iter_mut().collect::<Vec<_>>()).await;
    }
    assert_eq!(in_a_row, 3, "{steps} walks were kept for somebody who does not read");

    network.flow();
    let newest = people[0].mirror.people[&walker].walk.clone();
    slow.until("the newest walk", |mirror| mirror.people.get(&walker).is_some_and(|person| person.walk == newest))
        .await;
    slow.until("all the words", |mirror| mirror.said.len() == written).await;
    assert_eq!(slow.closed, None, "the line held");
    assert_eq!(slow.mirror.said, people[0].mirror.said, "nothing lost, nothing doubled, all in order");
}

async fn walks_left_out(server: &TestServer) -> u64 {
    let (_, text) = get(server.admin(), "/metrics").await;
    let line = text.lines().find_map(|line| line.strip_prefix("ibasho_walks_left_out_total "));
    line.expect("the metric").parse().expect("a number")
}

/// Asks the metrics, because the slow one's own line says nothing while it is not read.
async fn has_closed_for_slowness(server: &TestServer) -> bool {
    let (_, text) = get(server.admin(), "/metrics").await;
    text.lines().any(|line| line.contains("4004") && !line.ends_with(" 0"))
}
