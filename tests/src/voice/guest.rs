//! People with a line and a voice, at their places in the house.

use std::time::Duration;

use ibasho_protocol::client::{ClientMessage, Target};
use ibasho_protocol::ids::{PersonId, SeatIndex};
use ibasho_protocol::person::Way;

use super::peer::Peer;
use super::stamp::clock;
use crate::client::TestClient;
use crate::server::TestServer;

/// Half a second of somebody's packets: so many are waited for to show that something else does not come meanwhile.
pub const HALF_A_SECOND: usize = 25;
/// What is decided takes effect within this time.
pub const AT_ONCE: Duration = Duration::from_millis(100);

/// Somebody whose voice is connected.
pub struct Guest {
    /// Their line.
    pub line: TestClient,
    /// Their voice.
    pub peer: Peer,
}

impl TestServer {
    /// Comes into the house with a way of taking part.
    pub async fn enter_as(&self, nick: &str, way: Way) -> TestClient {
        let mut client = TestClient::connect(self.addr()).await;
        client.hello_as("house", nick, way).await;
        client.inside().await;
        client
    }

    /// People who may speak, each on a seat or (without one) in the hall, connected, with microphones that are off.
    pub async fn guests(&self, places: &[(&str, Option<SeatIndex>)]) -> Vec<Guest> {
        let mut lines = Vec::new();
        for &(nick, seat) in places {
            let mut line = self.enter_as(nick, Way::Voice).await;
            if let Some(seat) = seat {
                line.walk(Target::Seat(seat)).await;
            }
            lines.push(line);
        }
        self.settle(&mut lines.iter_mut().collect::<Vec<_>>()).await;
        let mut guests = Vec::new();
        for mut line in lines {
            let peer = line.call().await;
            guests.push(Guest { line, peer });
        }
        guests
    }

    /// Lets every walk come to its end, and the room see it.
    pub async fn settle(&self, lines: &mut [&mut TestClient]) {
        let ends = |line: &&mut TestClient| line.mirror.people.values().map(|person| person.walk.until).max();
        let last = lines.iter().filter_map(ends).max().unwrap_or_default();
        self.pass(last.saturating_sub(self.now()) + 1_000, lines).await;
        for line in lines {
            line.settle().await;
        }
    }
}

impl Guest {
    /// Who they are.
    pub fn me(&self) -> PersonId {
        self.line.me()
    }

    /// Turns the microphone on and talks.
    pub async fn speak(&mut self) {
        self.line.mic(true).await;
        self.peer.talk();
    }

    /// Changes the way of taking part; it must be done.
    pub async fn set_way(&mut self, way: Way) {
        self.line.done(|n| ClientMessage::SetWay { n, way }).await;
    }

    /// Waits for half a second of somebody's voice from now on.
    pub async fn hears(&mut self, who: PersonId) {
        self.peer.hear(who, HALF_A_SECOND).await;
    }

    /// That nothing of somebody arrives for half a second, by the packets of somebody else who is heard, beginning
    /// shortly from now.
    pub async fn does_not_hear(&mut self, who: PersonId, but: PersonId) {
        let begun = clock() + AT_ONCE;
        self.peer.until("somebody else's voice", |heard| heard.since(but, begun) >= HALF_A_SECOND).await;
        assert_eq!(self.peer.heard().since(who, begun), 0, "{who:?} is heard by {:?}", self.me());
    }

    /// Waits until somebody who still sends has been silent for half a second, by the packets of somebody else.
    pub async fn until_silent(&mut self, who: PersonId, but: PersonId) {
        let silent = |heard: &super::heard::Heard| {
            let last = heard.last_of(who).unwrap_or_default();
            heard.since(but, last) >= HALF_A_SECOND
        };
        self.peer.until("silence", silent).await;
    }
}
