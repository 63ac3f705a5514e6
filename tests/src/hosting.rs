//! Sessions for the scenarios: planned over HTTP by somebody who signed in, as the page does it.

use ibasho_protocol::api::calendar::{Access, KeptPlan, SessionPlan, Ticket};
use ibasho_protocol::api::staff::EnterAsStaff;
use ibasho_protocol::client::Pass;
use ibasho_protocol::plan::Text;
use ibasho_protocol::session::{AloneMode, Can, Phase, PhaseKind};

use crate::client::TestClient;
use crate::staff::Browser;

/// The same in three languages.
pub fn text(words: &str) -> Text {
    Text { ja: words.into(), easy: words.into(), en: words.into() }
}

/// A phase in which everything is possible that these are.
pub fn phase(kind: PhaseKind, minutes: u16, can: &[Can]) -> Phase {
    Phase { kind, name: text("時間"), about: text("すきなように"), minutes, can: can.to_vec() }
}

/// What is possible in a phase of talk.
pub const TALK: [Can; 6] = [Can::React, Can::Write, Can::Speak, Can::Tables, Can::Suggest, Can::Hand];

/// An afternoon in the house, twenty minutes after the clock of the tests begins: its doors are open already.
/// Phases: 0 doors, 1 welcome (nobody writes), 2 talk, 3 closed.
pub fn afternoon() -> SessionPlan {
    SessionPlan {
        room: "house".into(),
        name: text("午後の会"),
        about: text("お茶をのみます"),
        theme: None,
        takes_themes: true,
        date: "2025-11-21".into(),
        time: "14:00".into(),
        repeats: None,
        except: Vec::new(),
        access: Access::Open,
        eligibility: None,
        observers: false,
        capacity: 20,
        staff_needed: 1,
        staff_or_shut: false,
        alone: AloneMode::Watch,
        phases: vec![
            phase(PhaseKind::Doors, 30, &TALK),
            phase(PhaseKind::Welcome, 10, &[Can::React]),
            phase(PhaseKind::Talk, 40, &TALK),
            phase(PhaseKind::Closed, 0, &[]),
        ],
    }
}

impl Browser {
    /// Plans a session.
    pub async fn plan(&mut self, plan: &SessionPlan) -> KeptPlan {
        self.post("plans", plan).await.expect("planned")
    }

    /// Comes into a room as staff.
    pub async fn enter(&mut self, room: &str, nick: &str, badge: bool) -> TestClient {
        let ticket: Ticket = self.post("ticket", &EnterAsStaff { room: room.into(), badge }).await.expect("a ticket");
        let mut client = TestClient::connect(self.addr()).await;
        client.hello_with(room, nick, Pass { ticket: Some(ticket.ticket), ..Pass::default() }).await;
        client.inside().await;
        client
    }
}
