//! Words are planted by real people through the line and the console: said, held, reported, appealed with, noted by staff.
//! Those of people are in the data folder at no moment; those of staff, and everything else, are gone after their time or
//! when somebody is forgotten.

use std::path::Path;
use std::process::Command;

use ibasho_protocol::api::desk::Made;
use ibasho_protocol::api::desk::case::{CaseView, Matter};
use ibasho_protocol::api::desk::deeds::{AnswerProposal, AppealAnswer, DecideAppeal, Decline, Resolve};
use ibasho_protocol::api::desk::sanctions::{Impose, Sanctions};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::desk::codes::{Category, DeclineReason, Reason, ReportOutcome};
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::role::Role;
use ibasho_protocol::voice::Measure;
use ibasho_server::hooks::event::EventKind;
use ibasho_tests::client::{PATIENCE, TestClient};
use ibasho_tests::desk::{deed, hold, impose, line, queue};
use ibasho_tests::folder::found;
use ibasho_tests::http::get;
use ibasho_tests::program::binary;
use ibasho_tests::receiver::Receiver;
use ibasho_tests::server::{Recipe, TestServer};
use ibasho_tests::staff::Browser;
use sqlx::{Connection as _, SqliteConnection};
use tokio::time::timeout;

const NICK: &str = "しおかぜ39";
const DEVICE: &str = "AAECAwQFBgcICQoLDA0ODw";
const SAID: &str = "ひみつの みなと 7261";
const HELD: &str = "でんわは 090-7261-8316 です";
const RETRACTED: &str = "でんわは 090-3141-5926 です";
const TOLD: &str = "ひみつの ふで 5520";
const APPEAL: &str = "ひみつの うみべ 9942";
const NOTE: &str = "ひみつの かきおき 3307";
const PROPOSED: &str = "ひみつの おきて 6618";
/// What people wrote, and what their page keeps: never on disk as it is.
const OF_PEOPLE: [&str; 6] = [SAID, HELD, RETRACTED, TOLD, APPEAL, DEVICE];
/// What staff wrote: in the records for their time.
const OF_STAFF: [&str; 2] = [NOTE, PROPOSED];
const MINUTE: u64 = 60_000;
const DAY: u64 = 24 * 60 * MINUTE;

struct Planted {
    server: TestServer,
    city: Receiver,
    nagi: TestClient,
    haru: TestClient,
    midori: Browser,
    /// The report about なぎ.
    case: u64,
}

/// なぎ says, and is held; はる reports; みどり notes, decides and proposes; なぎ appeals. All of it is settled.
async fn plant() -> Planted {
    let city = Receiver::start();
    let told = EventKind::ALL.iter().copied().filter(|kind| kind.question().is_none() && *kind != EventKind::Test);
    let webhook = ibasho_server::config::webhooks::WebhookConfig { events: told.collect(), ..city.config() };
    let configure = Box::new(move |config: &mut ibasho_server::config::Config| config.webhooks = vec![webhook]);
    let server = TestServer::with(Recipe { configure: Some(configure), ..Recipe::default() }).await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let mut staff = midori.enter("house", "みどり", false).await;
    let mut haru = server.enter("はる").await;
    let mut nagi = TestClient::connect(server.addr()).await;
    nagi.hello_from(NICK, DEVICE).await;
    nagi.inside().await;

    let said = nagi.say(0, SAID).await;
    haru.until("the words", |mirror| mirror.texts() == [SAID]).await;
    let held = hold(&mut nagi, HELD).await;
    let version = line(&mut midori, held).await.version;
    let view: CaseView = midori.get(&format!("desk/cases/{held}")).await.expect("a case");
    assert_eq!(view.held.expect("the words").text, HELD);
    let decline = Decline { version, reason: DeclineReason::PersonalData };
    deed(&mut midori, held, "decline", decline).await.expect("not shown");
    let hold = hold(&mut nagi, RETRACTED).await;
    nagi.done(|n| ClientMessage::Retract { n, hold }).await;

    let (who, message, category) = (nagi.me(), Some(said), Category::Harassment);
    let text = Some(TOLD.to_owned());
    haru.done(|n| ClientMessage::Report { n, who, message, category, text }).await;
    let cases = queue(&mut midori).await.cases;
    let report = cases.iter().find(|line| matches!(line.matter, Matter::Report { .. })).expect("it waits");
    let (case, version) = (report.id, report.version);
    let view: CaseView = midori.get(&format!("desk/cases/{case}")).await.expect("a case");
    let around = &view.around[0];
    assert_eq!(around.text.as_deref(), Some(TOLD));
    assert!([SAID, HELD].iter().all(|text| around.messages.iter().any(|kept| kept.text == *text)), "{around:?}");

    let order = Impose { note: NOTE.into(), ..impose(case, Kind::Timeout, 5) };
    let made: Made = midori.post("desk/sanctions", &order).await.expect("a pause");
    let (kind, minutes, reason, note) = (Kind::MuteText, 10, Reason::Insult, NOTE.to_owned());
    let measure = Measure::Sanction { who, kind, minutes, site: false, reason, note, permanent: false };
    staff.done(|n| ClientMessage::Moderate { n, measure }).await;
    nagi.done(|n| ClientMessage::Appeal { n, sanction: made.id, text: APPEAL.into() }).await;
    let cases = queue(&mut owner).await.cases;
    let appeal = cases.iter().find(|line| matches!(line.matter, Matter::Appeal { .. })).expect("it waits");
    let uphold = DecideAppeal { version: appeal.version, answer: AppealAnswer::Uphold };
    deed(&mut owner, appeal.id, "appeal", uphold).await.expect("decided");
    let order = Impose { note: PROPOSED.into(), permanent: true, ..impose(case, Kind::Ban, 0) };
    let proposal: Made = midori.post("desk/sanctions", &order).await.expect("proposed");
    let version_of = line(&mut owner, proposal.id).await.version;
    let no = AnswerProposal { version: version_of, agree: false };
    deed(&mut owner, proposal.id, "proposal", no).await.expect("not agreed");
    let outcome = Resolve { version, outcome: ReportOutcome::Sanctioned };
    deed(&mut midori, case, "resolve", outcome).await.expect("looked at");
    staff.send(&ClientMessage::Leave {}).await;
    staff.until_closed().await;
    Planted { server, city, nagi, haru, midori, case }
}

/// What is found of these in the data folder.
fn left(data: &Path, words: &[&str]) -> Vec<String> {
    words.iter().flat_map(|word| found(data, word.as_bytes())).collect()
}

/// How many records there are of people, and keys of evidence.
async fn rows(data: &Path) -> (i64, i64) {
    let file = data.join("ibasho.sqlite3");
    let mut store = SqliteConnection::connect(file.to_str().expect("a name")).await.expect("it opens");
    let records = "SELECT count(*) FROM moderation_records WHERE kind IN ('case', 'sanction', 'notice')";
    let records = sqlx::query_scalar(records).fetch_one(&mut store).await.expect("records");
    let keys = sqlx::query_scalar("SELECT count(*) FROM evidence_keys").fetch_one(&mut store).await.expect("keys");
    store.close().await.expect("closed");
    (records, keys)
}

/// Lets the time of what is in force pass.
async fn until_over(server: &TestServer, midori: &mut Browser) {
    server.advance(20 * MINUTE);
    let over = async {
        let all = |list: Sanctions| list.sanctions.iter().all(|one| one.ended.is_some());
        while !all(midori.get("desk/sanctions").await.expect("a list")) {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, over).await.expect("it is over");
}

fn ibasho(data: &Path, args: &[&str]) -> String {
    let output = Command::new(binary().expect("built")).args(args).arg("--data").arg(data).output().expect("it runs");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

#[tokio::test]
async fn after_their_time_no_words_are_left_and_those_of_people_never_were() {
    let Planted { mut server, mut city, mut nagi, mut haru, mut midori, .. } = plant().await;
    let data = server.config().data.clone();
    assert!(left(&data, &OF_PEOPLE).is_empty(), "{:?}", left(&data, &OF_PEOPLE));
    assert!(OF_STAFF.iter().all(|word| !found(&data, word.as_bytes()).is_empty()), "what is looked for can be found");
    let (records, keys) = rows(&data).await;
    assert!(records > 0 && keys > 0);
    for person in [&mut nagi, &mut haru] {
        person.send(&ClientMessage::Leave {}).await;
        person.until_closed().await;
    }
    // What was in force comes to its end, and then its time begins.
    until_over(&server, &mut midori).await;
    server.advance(92 * DAY);
    let all = async {
        while rows(&data).await != (0, 0) || !left(&data, &[NOTE, PROPOSED, NICK]).is_empty() {
            tokio::task::yield_now().await;
        }
    };
    let gone = timeout(PATIENCE, all).await.is_ok();
    assert!(gone, "{:?} {:?}", rows(&data).await, left(&data, &[NOTE, PROPOSED, NICK]));
    assert!(left(&data, &OF_PEOPLE).is_empty());
    let (status, metrics) = get(server.admin(), "/metrics").await;
    assert_eq!(status, 200);
    city.until(8).await;
    server.stop().await;
    assert!(ibasho(&data, &["audit", "verify"]).starts_with("whole:"));
    let export = ibasho(&data, &["audit", "export", "--personal"]);
    for word in OF_PEOPLE.into_iter().chain(OF_STAFF).chain([NICK]) {
        assert!(!export.contains(word) && !metrics.contains(word), "{word}");
        assert!(city.sent().iter().all(|sent| !sent.body.contains(word)), "{word} was told to others");
    }
}

#[tokio::test]
async fn who_is_forgotten_leaves_no_words_of_anybody_about_them() {
    let Planted { mut server, nagi, haru, mut midori, city, .. } = plant().await;
    let data = server.config().data.clone();
    // What is in force stays so; what is over is forgotten.
    until_over(&server, &mut midori).await;
    server.stop().await;
    let me = nagi.me().0.to_string();
    let said = ibasho(&data, &["forget", "--person", &me]);
    assert!(said.contains("pieces of evidence"), "{said}");
    for word in OF_PEOPLE.into_iter().chain(OF_STAFF).chain([NICK]) {
        assert!(found(&data, word.as_bytes()).is_empty(), "{word} is in {:?}", found(&data, word.as_bytes()));
    }
    assert_eq!(rows(&data).await.1, 0, "the keys are destroyed");
    assert!(ibasho(&data, &["audit", "verify"]).starts_with("whole:"));
    drop((haru, city));
}

#[tokio::test]
async fn what_happened_is_in_memory_for_ten_minutes_and_then_nowhere() {
    let (server, engine) = TestServer::voiced().await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut nagi = server.enter_with_voice("なぎ").await;
    let mut haru = server.enter("はる").await;
    let mut sora = server.enter_with_voice("そら").await;
    let (who, singer) = (nagi.me(), sora.me());
    for person in [&mut nagi, &mut sora] {
        person.mic(true).await;
        engine.speaks(person.me(), true);
    }
    haru.until("both speak", |mirror| mirror.speaking.len() == 2).await;
    nagi.say(0, SAID).await;
    engine.speaks(who, false);
    haru.until("one is silent", |mirror| mirror.speaking == [singer]).await;
    // Somebody who goes in the middle of a word has stopped speaking.
    sora.send(&ClientMessage::Leave {}).await;
    haru.until("they left", |mirror| !mirror.people.contains_key(&singer)).await;
    let report = |n| {
        let (category, text) = (Category::Harassment, None);
        ClientMessage::Report { n, who, message: None, category, text }
    };
    haru.done(report).await;
    let case = queue(&mut midori).await.cases[0].id;
    let path = format!("desk/cases/{case}");
    let view: CaseView = midori.get(&path).await.expect("a case");
    assert_eq!((view.around[0].messages.len(), view.around[0].spoke.len()), (1, 2), "{view:?}");
    server.pass(10 * MINUTE + 1, &mut [&mut nagi, &mut haru]).await;
    haru.done(report).await;
    let view: CaseView = midori.get(&path).await.expect("a case");
    assert_eq!(view.around.len(), 2);
    assert!(view.around[1].messages.is_empty() && view.around[1].spoke.is_empty(), "{:?}", view.around[1]);
    assert!(found(&server.config().data, SAID.as_bytes()).is_empty());
}

#[tokio::test]
async fn a_room_that_starts_again_remembers_no_words() {
    let Planted { mut server, mut haru, mut nagi, mut midori, case, city } = plant().await;
    server.stop().await;
    assert!(left(&server.config().data, &OF_PEOPLE).is_empty(), "also not on the way out");
    server.start_again().await;
    midori.follow(&server);
    haru.resume(server.addr()).await;
    nagi.resume(server.addr()).await;
    let who = nagi.me();
    let text = None;
    haru.done(|n| ClientMessage::Report { n, who, message: None, category: Category::Worry, text }).await;
    let cases = queue(&mut midori).await.cases;
    let later = cases.iter().find(|line| line.id != case && matches!(line.matter, Matter::Report { .. }));
    let later = later.expect("it waits").id;
    let view: CaseView = midori.get(&format!("desk/cases/{later}")).await.expect("a case");
    assert!(view.around.iter().all(|around| around.messages.is_empty()), "{view:?}");
    // What was sealed before is still there.
    let view: CaseView = midori.get(&format!("desk/cases/{case}")).await.expect("a case");
    assert_eq!(view.around[0].messages[0].text, SAID);
    drop(city);
}
