//! Whether a line is alive.

use ibasho_protocol::limits::SILENT_MS;
use ibasho_tests::server::TestServer;

#[tokio::test]
async fn a_line_that_answers_pings_lives_and_one_that_does_not_is_closed() {
    let server = TestServer::start().await;
    let mut witness = server.enter("みはり").await;
    let mut quiet = server.enter("なぎ").await;
    let mut dead = server.enter("はる").await;
    // The quiet one only reads, which answers pings; the dead one does not even read.
    let living = tokio::spawn(async move {
        quiet.until("the words", |mirror| mirror.texts() == ["まだいますか"]).await;
        quiet
    });
    for _ in 0..4 {
        server.pass(SILENT_MS / 2, &mut [&mut witness]).await;
        witness.settle().await;
    }
    witness.say(0, "まだいますか").await;
    let quiet = living.await.expect("the quiet one is there");
    assert!(quiet.closed.is_none());
    assert_eq!(dead.until_closed().await, Some(4008));
    // The seat is kept like after every lost line.
    dead.resume(server.addr()).await;
    assert_eq!(dead.mirror.texts(), ["まだいますか"]);
}
