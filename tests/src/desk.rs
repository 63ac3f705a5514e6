//! What staff do at the desk, as the console does it.

use ibasho_protocol::api::desk::case::CaseLine;
use ibasho_protocol::api::desk::sanctions::Impose;
use ibasho_protocol::api::desk::{Made, Queue};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::desk::Scope;
use ibasho_protocol::desk::codes::{Category, Reason};
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::ids::Seq;
use ibasho_protocol::refusal::Refusal;
use ibasho_protocol::server::Event;
use serde::Serialize;

use crate::client::TestClient;
use crate::staff::Browser;

/// The rules that come with the program let nobody's telephone number through.
pub const NUMBER: &str = "でんわは 090-1234-5678 です";

/// Writes what a rule holds, and returns the case.
pub async fn hold(who: &mut TestClient, text: &str) -> u64 {
    let text = text.to_owned();
    match who.ask(|n| ClientMessage::Say { n, to: 0, text }).await {
        Event::Held { hold, .. } => hold,
        other => panic!("not held: {other:?}"),
    }
}

/// What waits.
pub async fn queue(browser: &mut Browser) -> Queue {
    browser.get("desk").await.expect("a queue")
}

/// A case in the queue.
pub async fn line(browser: &mut Browser, case: u64) -> CaseLine {
    queue(browser).await.cases.into_iter().find(|line| line.id == case).expect("it waits")
}

/// The number of whoever signed in there.
pub async fn me(browser: &mut Browser) -> u64 {
    queue(browser).await.staff.iter().find(|colleague| colleague.me).expect("oneself").id
}

/// Does something with a case.
pub async fn deed(browser: &mut Browser, case: u64, deed: &str, body: impl Serialize) -> Result<Made, Refusal> {
    browser.post(&format!("desk/cases/{case}/{deed}"), &body).await
}

/// Reports somebody for a message, and returns the case.
pub async fn report(staff: &mut Browser, by: &mut TestClient, about: &TestClient, message: Seq) -> u64 {
    let (who, message, category) = (about.me(), Some(message), Category::Harassment);
    let text = Some("こわかった".to_owned());
    by.done(|n| ClientMessage::Report { n, who, message, category, text }).await;
    queue(staff).await.cases.into_iter().map(|line| line.id).max().expect("it waits")
}

/// An order about whom a case is about, in the house.
pub fn impose(case: u64, kind: Kind, minutes: u32) -> Impose {
    let (scope, note) = (Scope::Room("house".into()), "二回目".into());
    Impose { case, kind, scope, minutes, reason: Reason::Insult, note, permanent: false }
}
