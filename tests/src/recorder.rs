//! A voice engine that carries nothing and remembers everything it is told.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::person::Way;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::voice::{IceServer, Measure, Slot};
use ibasho_server::voice::media::{Answering, Call, Hearing, LineId, Media, News};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::client::{PATIENCE, TestClient};
use crate::server::{Recipe, TestServer};

/// An offer that this engine refuses with `bad_offer`.
pub const BAD: &str = "v=0 bad";
/// An offer that this engine never answers.
pub const SILENT: &str = "v=0 silent";

/// What it was told.
#[derive(Default)]
pub struct Told {
    /// Who hears whom, by room.
    pub hearing: BTreeMap<String, Hearing>,
    /// Everything that was told so, in order.
    pub heard: Vec<Hearing>,
    /// The offers, in order.
    pub offers: Vec<Call>,
    /// Whose connections were ended, in order.
    pub hung_up: Vec<(PersonId, LineId)>,
}

impl Told {
    /// Who hears whom in the house: for each talker those who hear them.
    pub fn in_house(&self) -> BTreeMap<PersonId, Vec<PersonId>> {
        let talkers = self.hearing.get("house").into_iter().flat_map(|hearing| &hearing.talkers);
        talkers.map(|talker| (talker.who, talker.heard_by.clone())).collect()
    }

    /// The lines on which somebody has offered and was not hung up since.
    pub fn up(&self, who: PersonId) -> Vec<LineId> {
        let mut lines: Vec<LineId> = self.offers.iter().filter(|call| call.who == who).map(|call| call.line).collect();
        lines.dedup();
        lines.retain(|line| !self.hung_up.contains(&(who, *line)));
        lines
    }
}

/// The engine.
pub struct Recorder {
    told: Mutex<Told>,
    changed: watch::Sender<()>,
}

impl Recorder {
    /// An engine that was told nothing yet.
    pub fn new() -> Arc<Self> {
        Arc::new(Self { told: Mutex::default(), changed: watch::Sender::new(()) })
    }

    /// What it was told so far.
    pub fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().expect("not poisoned")
    }

    /// Waits until something is true of what it was told.
    pub async fn until(&self, what: &str, mut predicate: impl FnMut(&Told) -> bool) {
        let mut changed = self.changed.subscribe();
        let true_at_last = async {
            while !predicate(&self.told()) {
                changed.changed().await.expect("the engine is there");
            }
        };
        let waited = timeout(PATIENCE, true_at_last).await;
        assert!(waited.is_ok(), "waited {PATIENCE:?} for {what}\n  {:?}", self.told().hearing);
    }

    /// Waits until exactly these talk in the house, each heard by exactly those.
    pub async fn until_hearing(&self, expected: &[(PersonId, &[PersonId])]) {
        let sorted = |of: &[PersonId]| {
            let mut of = of.to_vec();
            of.sort_unstable();
            of
        };
        let expected = expected.iter().map(|(who, by)| (*who, sorted(by))).collect::<BTreeMap<_, _>>();
        self.until(&format!("{expected:?}"), |told| told.in_house() == expected).await;
    }

    /// News of the connection that somebody offered last.
    pub fn tell(&self, who: PersonId, news: impl FnOnce(LineId) -> News) {
        let told = self.told();
        let call = told.offers.iter().rfind(|call| call.who == who).expect("an offer");
        let (to, line) = (call.news.clone(), call.line);
        drop(told);
        to(news(line));
    }

    /// Somebody speaks, or stops.
    pub fn speaks(&self, who: PersonId, on: bool) {
        self.tell(who, |_| News::Speaks { who, on });
    }

    /// The first slot of a listener carries a voice.
    pub fn slot(&self, who: PersonId, voice: PersonId) {
        self.tell(who, |line| News::Slots { who, line, slots: vec![Slot { mid: "1".into(), who: voice }] });
    }

    fn note(&self, what: impl FnOnce(&mut Told)) {
        what(&mut self.told());
        self.changed.send_replace(());
    }
}

impl Media for Recorder {
    fn offer(&self, call: Call) -> Answering {
        let answer: Answering = match call.sdp.as_str() {
            BAD => Box::pin(std::future::ready(Err(RefusalCode::BadOffer))),
            SILENT => Box::pin(std::future::pending()),
            sdp => Box::pin(std::future::ready(Ok(format!("answer to {sdp}")))),
        };
        self.note(|told| told.offers.push(call));
        answer
    }

    fn hang_up(&self, who: PersonId, line: LineId) {
        self.note(|told| told.hung_up.push((who, line)));
    }

    fn hearing(&self, room: &Arc<str>, hearing: Hearing) {
        self.note(|told| {
            told.heard.push(hearing.clone());
            told.hearing.insert(room.to_string(), hearing);
        });
    }

    fn echo(&self, sdp: String) -> Answering {
        Box::pin(std::future::ready(Ok(sdp)))
    }

    fn ice_servers(&self) -> Vec<IceServer> {
        Vec::new()
    }
}

impl TestServer {
    /// Starts with a voice engine that remembers.
    pub async fn voiced() -> (Self, Arc<Recorder>) {
        let engine = Recorder::new();
        (Self::with(Recipe { voice: Some(engine.clone()), ..Recipe::default() }).await, engine)
    }

    /// Somebody comes into the house who can speak: with a connection, and the microphone off.
    pub async fn enter_with_voice(&self, nick: &str) -> TestClient {
        let mut client = self.enter_as(nick, Way::Voice).await;
        client.reach().await;
        client
    }
}

impl TestClient {
    /// Offers a connection to this engine, which must be answered.
    pub async fn reach(&mut self) {
        let answer = self.offer("v=0").await;
        assert_eq!(answer.as_deref(), Ok("answer to v=0"));
    }

    /// Changes the way of taking part.
    pub async fn set_way(&mut self, way: Way) {
        self.done(|n| ClientMessage::SetWay { n, way }).await;
    }

    /// Blocks somebody, or no longer.
    pub async fn block(&mut self, who: PersonId, on: bool) {
        self.done(|n| ClientMessage::Block { n, who, on }).await;
    }

    /// As staff, lets somebody's voice rest, or allows it again.
    pub async fn mute(&mut self, who: PersonId, on: bool) {
        self.done(|n| ClientMessage::Moderate { n, measure: Measure::Mute { who, on } }).await;
    }
}
