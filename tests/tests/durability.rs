//! The power goes at random moments while people do lasting things; whatever was acknowledged is there afterwards.
//!
//! What people do and when the power goes is drawn from a seed, which a failure tells: `IBASHO_SEED=N cargo test -p
//! ibasho-tests --test durability` draws the same again (how far the server got until then is not in the seed).

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, FixedOffset};
use futures_util::future::join_all;
use ibasho_protocol::api::calendar::{Book, Booking, BookingCode, BoxNote, SessionPlan};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::host::{Act, Take};
use ibasho_protocol::ids::Nonce;
use ibasho_protocol::person::Wish;
use ibasho_protocol::refusal::Refusal;
use ibasho_protocol::server::{Event, Line};
use ibasho_tests::client::{LOOK, TestClient};
use ibasho_tests::hosting::afternoon;
use ibasho_tests::http::{ask, post_from, try_post_from};
use ibasho_tests::power::{Gone, Kept, Seed};
use ibasho_tests::program::{Program, binary};
use ibasho_tests::staff::{Browser, token};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tempfile::TempDir;
use tokio::sync::Notify;

/// How often the power goes.
const ROUNDS: usize = 12;
/// Nothing may be refused for longer than this; a server that is gone does not count.
const REFUSED: Duration = Duration::from_secs(5);

/// A person, and what they were told is done.
struct Person {
    client: TestClient,
    name: &'static str,
    /// The host of the session that is on.
    hosts: bool,
    /// Their household: the last part of `127.0.0.x`.
    home: u8,
    rng: StdRng,
    /// So that nothing is called the same twice.
    count: u32,
    nick: Kept<String>,
    wish: Kept<Option<Wish>>,
    hand: Kept<bool>,
    theme: Kept<Option<String>>,
    /// The phrase; gone from here when another was under way.
    phrase: Option<String>,
    notes: Vec<String>,
    booked: Vec<String>,
    cancelled: Vec<String>,
}

impl Person {
    fn new(client: TestClient, name: &'static str, hosts: bool, home: u8, seed: u64) -> Self {
        Self {
            client,
            name,
            hosts,
            home,
            rng: StdRng::seed_from_u64(seed),
            count: 0,
            nick: Kept::new(name.into()),
            wish: Kept::new(None),
            hand: Kept::new(false),
            theme: Kept::new(None),
            phrase: None,
            notes: Vec::new(),
            booked: Vec::new(),
            cancelled: Vec::new(),
        }
    }

    /// Does one lasting thing after the other until the power goes; `done` hears of each that was acknowledged.
    async fn live(&mut self, addr: SocketAddr, session: &str, mut done: impl FnMut()) {
        loop {
            match self.deed(addr, session).await {
                Ok(true) => done(),
                Ok(false) => {}
                Err(Gone) => return,
            }
        }
    }

    async fn deed(&mut self, addr: SocketAddr, session: &str) -> Result<bool, Gone> {
        self.count += 1;
        let text = format!("{}{}", self.name, self.count);
        match self.rng.random_range(0..7) {
            0 => {
                self.nick.maybe = Some(text.clone());
                let answer = self.tell(|n| ClientMessage::Appear { n, nick: text, look: LOOK }).await?;
                self.nick.settle(answer.is_some());
                Ok(answer.is_some())
            }
            1 => {
                let wish = [None, Some(Wish::Talk), Some(Wish::Quiet)][self.rng.random_range(0..3)];
                self.wish.maybe = Some(wish);
                let answer = self.tell(|n| ClientMessage::SetWish { n, wish }).await?;
                self.wish.settle(answer.is_some());
                Ok(answer.is_some())
            }
            2 if self.hosts => {
                self.theme.maybe = Some(Some(text.clone()));
                let answer = self.tell(|n| ClientMessage::Host { n, act: Act::Theme { text } }).await?;
                self.theme.settle(answer.is_some());
                Ok(answer.is_some())
            }
            2 => {
                let up = !self.hand.sure;
                self.hand.maybe = Some(up);
                let answer = self.take(Take::Hand { up }).await?;
                self.hand.settle(answer.is_some());
                Ok(answer.is_some())
            }
            3 => {
                let answer = self.take(Take::Suggestion { text: text.clone() }).await?;
                self.notes.extend(answer.is_some().then_some(text));
                Ok(answer.is_some())
            }
            4 => {
                let old = self.phrase.take();
                let answer = self.take(Take::Keep {}).await?;
                self.phrase = match &answer {
                    Some(Event::Phrase { words, .. }) => Some(words.clone()),
                    _ => old,
                };
                Ok(answer.is_some())
            }
            5 => {
                let book = Book { nick: text, declared: false, code: None };
                let path = format!("/api/v1/sessions/{session}/bookings");
                let answer = try_post_from(self.home, addr, &path, &book).await.map_err(|_| Gone)?;
                assert!(answer.status == 200 || answer.status == 429, "{answer:?}");
                let code = (answer.status == 200).then(|| answer.json::<Booking>().code.expect("a code"));
                self.booked.extend(code.clone());
                Ok(code.is_some())
            }
            _ => {
                let Some(code) = self.booked.pop() else { return Ok(false) };
                let asked = BookingCode { code: code.clone() };
                let answer =
                    try_post_from(self.home, addr, "/api/v1/bookings/cancel", &asked).await.map_err(|_| Gone)?;
                let done = answer.status == 204;
                if done {
                    self.cancelled.push(code);
                } else {
                    self.booked.push(code);
                }
                Ok(done)
            }
        }
    }

    async fn take(&mut self, take: Take) -> Result<Option<Event>, Gone> {
        self.tell(|n| ClientMessage::Take { n, take }).await
    }

    /// Sends a command: what was done, `None` if it was refused for now.
    async fn tell(&mut self, make: impl FnOnce(Nonce) -> ClientMessage) -> Result<Option<Event>, Gone> {
        let n = self.client.command(make).await;
        loop {
            match self.client.mirror.answer(n) {
                Some(Event::Refused { refusal: Refusal { retry: true, after, .. }, .. }) => {
                    // As the page does: waits until it may. The power may go meanwhile.
                    let wait = Duration::from_millis(after.unwrap_or(50).into());
                    tokio::time::sleep(wait.min(REFUSED)).await;
                    return Ok(None);
                }
                Some(Event::Refused { refusal, .. }) => panic!("{}: {refusal:?}", self.name),
                Some(answer) => return Ok(Some(answer.clone())),
                None if self.client.closed.is_some() => return Err(Gone),
                None => self.client.read().await,
            }
        }
    }

    /// Comes back, and looks whether everything is there.
    async fn check(&mut self, addr: SocketAddr) {
        self.client.forget();
        self.client.resume(addr).await;
        assert_ne!(self.client.mirror.line, Some(Line::Fresh), "{}'s seat is gone", self.name);
        let (mirror, me) = (&self.client.mirror, self.client.me());
        let own = &mirror.people[&me];
        let standing = mirror.standing.as_ref().expect("the session is on");
        self.nick.check(own.nick.clone(), "nickname");
        self.wish.check(own.wish, "wish");
        self.hand.check(standing.hands.contains(&me), "hand");
        if self.hosts {
            self.theme.check(standing.theme.clone(), "theme");
        }
        if let Some(phrase) = &self.phrase {
            assert!(mirror.mine.known, "{} is a stranger", self.name);
            let origin = format!("http://localhost:{}", addr.port());
            let headers = [("Origin", origin.as_str()), ("Content-Type", "application/json")];
            let body = serde_json::json!({ "phrase": phrase }).to_string();
            let answer = ask(addr, "POST", "/api/v1/return", &headers, &body).await;
            assert_eq!(answer.status, 200, "{}'s phrase: {answer:?}", self.name);
        }
        for (codes, status) in [(&self.booked, 200), (&self.cancelled, 404)] {
            for code in codes {
                let asked = BookingCode { code: code.clone() };
                let answer = post_from(self.home, addr, "/api/v1/bookings/show", &asked).await;
                assert_eq!(answer.status, status, "a booking of {}: {answer:?}", self.name);
            }
        }
        // What was looked at once is not looked at in each round: that many requests would be too fast.
        self.cancelled.clear();
        self.booked.truncate(3);
    }
}

/// The afternoon of the tests, so many minutes from now by the machine's clock.
fn in_minutes(minutes: u64) -> SessionPlan {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let japan = FixedOffset::east_opt(9 * 3600).expect("an offset");
    let at = DateTime::from_timestamp((now + minutes * 60) as i64, 0).expect("a time").with_timezone(&japan);
    let (date, time) = (at.format("%Y-%m-%d").to_string(), at.format("%H:%M").to_string());
    SessionPlan { date, time, ..afternoon() }
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_any_power_cut() {
    let seed = Seed::draw(env!("CARGO_TARGET_TMPDIR"), "durability");
    let mut rng = StdRng::seed_from_u64(seed.number);
    let home = TempDir::new().expect("a folder");
    let mut program = Program::start(home.path(), SocketAddr::from(([127, 0, 0, 1], 0))).expect("it starts");
    let addr = program.addr;

    let mut invite = Command::new(binary().expect("built"));
    let said =
        invite.args(["staff", "invite", "--role", "owner", "--data"]).arg(home.path()).output().expect("it runs");
    let mut office = Browser::at(addr);
    let invitation = token(String::from_utf8(said.stdout).expect("text").trim());
    office.accept(&invitation, "ぬし").await.expect("accepted");
    // One session is on; seats are booked for another, tomorrow.
    office.plan(&in_minutes(10)).await;
    let tomorrow = office.plan(&in_minutes(24 * 60 + 10)).await.next[0].session.clone();
    let mut people = vec![Person::new(office.enter("house", "ぬし", true).await, "ぬし", true, 2, rng.random())];
    for (name, home) in [("なぎ", 3), ("はる", 4), ("ゆず", 5)] {
        people.push(Person::new(TestClient::enter(addr, name).await, name, false, home, rng.random()));
    }

    let mut lasted = 0;
    for _ in 0..ROUNDS {
        let (enough, done, cut) = (rng.random_range(1..30), AtomicUsize::new(0), Notify::new());
        let lives = join_all(people.iter_mut().map(|person| {
            person.live(addr, &tomorrow, || {
                if done.fetch_add(1, Ordering::Relaxed) + 1 == enough {
                    cut.notify_one();
                }
            })
        }));
        let instants = rng.random_range(0..20);
        let power = async {
            cut.notified().await;
            // Not only just after an answer: somewhere in what follows on it.
            for _ in 0..instants {
                tokio::task::yield_now().await;
            }
            program.kill().expect("it was running");
        };
        tokio::join!(lives, power);
        lasted += done.into_inner();

        program = Program::start(home.path(), addr).expect("it starts again");
        for person in &mut people {
            person.check(addr).await;
        }
        let notes: BTreeSet<String> = office
            .get::<Vec<BoxNote>>("box")
            .await
            .expect("still signed in")
            .into_iter()
            .map(|note| note.text)
            .collect();
        for note in people.iter().flat_map(|person| &person.notes) {
            assert!(notes.contains(note), "{note} is not in the box");
        }
    }
    assert!(lasted >= ROUNDS, "people did lasting things");
}
