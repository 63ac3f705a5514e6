//! The power goes at random moments while staff decide; whatever was acknowledged is in force, kept or undone afterwards,
//! whom it concerns is told when they are back, the record is whole, and other systems hear of it.
//!
//! `IBASHO_SEED=N cargo test -p ibasho-tests --test desk_durability` draws the same again (how far the server got until
//! then is not in the seed).

mod people;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use ibasho_protocol::api::desk::case::{CaseView, Matter, Outcome};
use ibasho_protocol::api::desk::rules::Rules;
use ibasho_protocol::api::desk::sanctions::{EndedHow, SanctionLine, Sanctions};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::desk::codes::AppealOutcome;
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::server::Line;
use ibasho_server::hooks::event::EventKind;
use ibasho_tests::client::{PATIENCE, TestClient};
use ibasho_tests::desk::queue;
use ibasho_tests::mirror::Mirror;
use ibasho_tests::power::{Gone, Kept, Seed};
use ibasho_tests::program::{Program, binary};
use ibasho_tests::receiver::{Receiver, Sent};
use ibasho_tests::staff::{Browser, token};
use people::{Appellant, Moderator, Owner, Writer};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tempfile::TempDir;
use tokio::sync::Notify;
use tokio::time::timeout;

/// How often the power goes.
const ROUNDS: usize = 8;

/// What other systems are told about.
const TOLD: [EventKind; 10] = [
    EventKind::ReportFiled,
    EventKind::ReportClosed,
    EventKind::HoldWaiting,
    EventKind::HoldDecided,
    EventKind::SanctionGiven,
    EventKind::SanctionUndone,
    EventKind::AppealFiled,
    EventKind::AppealDecided,
    EventKind::RoomLocked,
    EventKind::RoomUnlocked,
];

/// Everybody, and what is known of what lasts.
struct Everybody {
    nagi: Writer,
    haru: Appellant,
    midori: Moderator,
    owner: Owner,
    /// Cases of reports that were seen.
    reports: BTreeSet<u64>,
}

/// Does one deed after the other until the power goes; counts what was acknowledged.
macro_rules! live {
    ($deed:expr, $done:expr) => {
        async {
            loop {
                match $deed.await {
                    Ok(true) => $done(),
                    Ok(false) => tokio::task::yield_now().await,
                    Err(Gone) => return,
                }
            }
        }
    };
}

impl Everybody {
    async fn live(&mut self, guest: PersonId, done: impl Fn()) {
        let (about, Self { nagi, haru, midori, owner, .. }) = (self.haru.client.me(), self);
        tokio::join!(
            live!(nagi.deed(about), done),
            live!(haru.deed(), done),
            live!(midori.deed(about, guest), done),
            live!(owner.deed(), done),
        );
    }

    async fn back(&mut self, addr: SocketAddr) {
        for client in [&mut self.nagi.client, &mut self.haru.client, &mut self.midori.client] {
            client.forget();
            client.resume(addr).await;
            assert_ne!(client.mirror.line, Some(Line::Fresh), "the seat is gone");
        }
    }

    /// What was decided about はる: in force or over as it was acknowledged, and told.
    async fn check_sanctions(&mut self) {
        let about = self.haru.client.me();
        let all = decided(&mut self.owner.desk, about).await;
        for (kind, given) in &mut self.midori.given {
            given.check(all.iter().filter(|one| one.kind.code() == *kind).count(), kind);
        }
        for one in &all {
            let over = one.ended.map(|ended| ended.how);
            let holds_on = if one.kind == Kind::Nudge {
                over == Some(EndedHow::Expired)
            } else {
                // Nothing else ends by itself within the test.
                over.is_none() || over == Some(EndedHow::Undone)
            };
            assert!(holds_on && one.in_force == over.is_none(), "{one:?}");
            assert!(over.is_some() || !self.owner.undone.contains(&one.id), "was taken back: {one:?}");
            assert!(one.appeal.is_some() || !self.haru.appealed.contains(&one.id), "was appealed against: {one:?}");
        }
        let holds: BTreeSet<u64> = all.iter().filter(|one| one.in_force).map(|one| one.id).collect();
        let client = &mut self.haru.client;
        let same =
            |mirror: &Mirror| mirror.mine.in_force.iter().map(|one| one.sanction).collect::<BTreeSet<_>>() == holds;
        client.until(&format!("exactly {holds:?} in force"), same).await;
        for SanctionLine { id, ended, appeal, .. } in &all {
            let given = |notice: &Notice| matches!(notice, Notice::Sanctioned { sanction, .. } if sanction == id);
            client.until(&format!("notice of {id}"), |mirror| mirror.notices.iter().any(given)).await;
            let over = |notice: &Notice| match notice {
                Notice::SanctionUndone { sanction, .. } => sanction == id,
                Notice::AppealDecided { sanction, outcome, .. } => {
                    sanction == id && *outcome == AppealOutcome::Undone && appeal.is_some()
                }
                _ => false,
            };
            if ended.is_some_and(|ended| ended.how == EndedHow::Undone) {
                client.until(&format!("the end of {id}"), |mirror| mirror.notices.iter().any(over)).await;
            }
        }
        for (appeal, (_, outcome)) in &self.owner.appeals {
            let view: CaseView = self.owner.desk.get(&format!("desk/cases/{appeal}")).await.expect("kept");
            assert_eq!(view.closed.map(|closed| closed.outcome), Some(Outcome::Appeal(*outcome)));
            let answered = |notice: &Notice| matches!(notice, Notice::AppealDecided { case, .. } if case == appeal);
            client.until(&format!("the answer to {appeal}"), |mirror| mirror.notices.iter().any(answered)).await;
        }
    }

    /// What was held and reported, and what came of it.
    async fn check_cases(&mut self) {
        let Self { nagi, midori, owner, reports, .. } = self;
        let waits = queue(&mut owner.desk).await;
        let open = waits.cases.iter().filter(|line| matches!(line.matter, Matter::Report { .. }));
        reports.extend(open.map(|line| line.id));
        reports.extend(nagi.client.mirror.notices.iter().filter_map(|notice| match notice {
            Notice::ReportReceived { case } => Some(*case),
            _ => None,
        }));
        let mut times_in_all = 0;
        for report in reports.iter() {
            let view: CaseView = owner.desk.get(&format!("desk/cases/{report}")).await.expect("kept");
            let Matter::Report { times, .. } = view.line.matter else { panic!("a report: {view:?}") };
            assert!(!view.around.is_empty(), "with its evidence: {view:?}");
            times_in_all += times;
        }
        nagi.reports.check(times_in_all, "reports");
        for (hold, retracted) in &nagi.held {
            let view: CaseView = owner.desk.get(&format!("desk/cases/{hold}")).await.expect("kept");
            let closed = view.closed.expect("its words were lost with the power, if nothing else").outcome;
            if *retracted {
                assert_eq!(closed, Outcome::Retracted);
            }
            if let Outcome::Declined(reason) = closed {
                let told = |notice: &Notice| matches!(notice, Notice::NotShown { hold: of, reason: why, .. } if of == hold && *why == reason);
                nagi.client
                    .until(&format!("why {hold} was not shown"), |told_of| told_of.notices.iter().any(told))
                    .await;
            }
        }
        for (case, outcome) in &midori.settled {
            let view: CaseView = owner.desk.get(&format!("desk/cases/{case}")).await.expect("kept");
            assert_eq!(view.closed.map(|closed| closed.outcome), Some(*outcome), "case {case}");
            if matches!(outcome, Outcome::Resolved(_)) {
                let told = Notice::ReportLookedAt { case: *case };
                nagi.client.until("it was looked at", |mirror| mirror.notices.contains(&told)).await;
            }
        }
        midori.locked.check(!waits.lockdowns.is_empty(), "the lockdown");
        let rules: Rules = owner.desk.get("desk/rules").await.expect("rules");
        owner.rules.check(rules.version, "the rules");
    }

    /// What was looked at once is not looked at in each round: that many requests would be too fast.
    async fn settled_for_good(&mut self, city: &mut Receiver) {
        let about = self.haru.client.me();
        let sanctions = decided(&mut self.owner.desk, about).await;
        let given = sanctions.iter().map(|one| ("sanction.given", one.id));
        let undone = sanctions.iter().filter(|one| one.ended.is_some_and(|ended| ended.how == EndedHow::Undone));
        let undone = undone.map(|one| ("sanction.undone", one.id));
        let appeals = self.owner.appeals.keys().flat_map(|case| [("appeal.filed", *case), ("appeal.decided", *case)]);
        let filed = self.reports.iter().map(|report| ("report.filed", *report));
        let held = self.nagi.held.keys().flat_map(|hold| [("hold.waiting", *hold), ("hold.decided", *hold)]);
        let reports = self.midori.settled.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Resolved(_)));
        let closed = reports.map(|(case, _)| ("report.closed", *case));
        for (kind, id) in given.chain(undone).chain(appeals).chain(filed).chain(held).chain(closed) {
            city.until_told(&format!("{kind} of {id}"), |sent| sent.iter().any(|sent| is_of(sent, kind, id))).await;
        }
        self.nagi.held.clear();
        self.midori.settled.clear();
        self.owner.appeals.clear();
    }
}

/// Whether another system was told this about the thing with this number.
fn is_of(sent: &Sent, kind: &str, id: u64) -> bool {
    let (what, subject, _) = sent.what();
    what == kind && subject.rsplit(':').next() == Some(id.to_string().as_str())
}

/// Everything that was decided about somebody.
async fn decided(desk: &mut Browser, about: PersonId) -> Vec<SanctionLine> {
    let (mut all, mut before): (Vec<SanctionLine>, String) = (Vec::new(), String::new());
    loop {
        let page: Sanctions = desk.get(&format!("desk/sanctions?q={}{before}", about.0)).await.expect("a list");
        all.extend(page.sanctions);
        match all.last() {
            Some(last) if page.more => before = format!("&before={}", last.id),
            _ => break all.into_iter().filter(|one| one.about.person == about.0).collect(),
        }
    }
}

/// Runs the program on this data and returns what it prints.
fn run(args: &[&str], data: &Path) -> String {
    let said = Command::new(binary().expect("built")).args(args).arg("--data").arg(data).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    assert!(said.status.success(), "{}", text(said.stderr));
    text(said.stdout).trim().to_owned()
}

async fn staff(addr: SocketAddr, data: &Path, role: &str, name: &str) -> Browser {
    let mut browser = Browser::at(addr);
    browser.accept(&token(&run(&["staff", "invite", "--role", role], data)), name).await.expect("accepted");
    browser
}

/// Somebody whose page has a device of its own.
async fn knock(addr: SocketAddr, round: usize, nick: &str) -> TestClient {
    let mut guest = TestClient::connect(addr).await;
    guest.hello_from(&format!("{nick}{round}"), &format!("{round:A>22}")).await;
    guest
}

/// Whether somebody is let in; if not, because they were sent away.
async fn is_let_in(guest: &mut TestClient) -> bool {
    let verdict = async {
        while guest.mirror.you.is_none() && guest.closed.is_none() {
            guest.read().await;
        }
    };
    timeout(PATIENCE, verdict).await.expect("the door answers");
    if guest.closed.is_some() {
        assert_eq!(guest.mirror.refused[0].code, Code::Removed);
    }
    guest.closed.is_none()
}

#[tokio::test]
async fn what_was_decided_holds_after_any_power_cut() {
    let seed = Seed::draw(env!("CARGO_TARGET_TMPDIR"), "desk-durability");
    let mut rng = StdRng::seed_from_u64(seed.number);
    let home = TempDir::new().expect("a folder");
    let (data, config) = (home.path().join("data"), home.path().join("ibasho.toml"));
    let mut city = Receiver::start();
    let webhook = ibasho_server::config::webhooks::WebhookConfig { events: TOLD.to_vec(), ..city.config() };
    let setting = serde_json::to_value(&webhook).expect("JSON");
    let lines = setting.as_object().expect("an object").iter().map(|(key, value)| format!("{key} = {value}\n"));
    std::fs::write(&config, format!("[[webhooks]]\n{}", lines.collect::<String>())).expect("written");
    let more = ["--config", config.to_str().expect("a path")];
    let mut program = Program::start_with(&data, SocketAddr::from(([127, 0, 0, 1], 0)), &more).expect("it starts");
    let addr = program.addr;

    let owner = staff(addr, &data, "owner", "ぬし").await;
    let mut desk = staff(addr, &data, "moderator", "みどり").await;
    let mut draw = || StdRng::seed_from_u64(rng.random());
    let mut all = Everybody {
        midori: Moderator {
            client: desk.enter("house", "みどり", true).await,
            desk,
            rng: draw(),
            given: [].into(),
            locked: Kept::new(false),
            guest: Kept::new(false),
            settled: [].into(),
        },
        owner: Owner { desk: owner, rng: draw(), undone: [].into(), appeals: [].into(), rules: Kept::new(0) },
        nagi: Writer {
            client: TestClient::enter(addr, "なぎ").await,
            rng: draw(),
            count: 0,
            held: [].into(),
            reports: Kept::new(0),
        },
        haru: Appellant { client: TestClient::enter(addr, "はる").await, appealed: [].into() },
        reports: BTreeSet::new(),
    };

    let mut lasted = 0;
    for round in 0..ROUNDS {
        let mut guest = knock(addr, round, "きゃく").await;
        guest.inside().await;
        all.midori.guest = Kept::new(false);
        let (enough, done, cut) = (rng.random_range(3..25), AtomicUsize::new(0), Notify::new());
        let instants = rng.random_range(0..20);
        let power = async {
            cut.notified().await;
            // Not only just after an answer: somewhere in what follows on it.
            for _ in 0..instants {
                tokio::task::yield_now().await;
            }
            program.kill().expect("it was running");
        };
        let lives = all.live(guest.me(), || {
            if done.fetch_add(1, Ordering::Relaxed) + 1 == enough {
                cut.notify_one();
            }
        });
        tokio::join!(lives, power);
        lasted += done.into_inner();

        assert!(run(&["audit", "verify"], &data).starts_with("whole:"));
        program = Program::start_with(&data, addr, &more).expect("it starts again");
        let mut again = knock(addr, round, "また").await;
        all.midori.guest.check(!is_let_in(&mut again).await, "the guest was sent away");
        again.send(&ClientMessage::Leave {}).await;
        all.back(addr).await;
        all.check_sanctions().await;
        all.check_cases().await;
        all.settled_for_good(&mut city).await;
    }
    assert!(lasted >= ROUNDS * 3, "staff decided something");
}
