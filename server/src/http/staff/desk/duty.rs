//! Who would see what happens in a room: rooms are told whenever a console is opened or closed, so that people there
//! know whether somebody looks after them.

use std::sync::Arc;

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::Surroundings;
use crate::config::safety::FewStaff;
use crate::desk::news::{News, OnDuty};
use crate::room::handle::ToRoom;

impl Surroundings {
    /// Who has the console open and reaches this room, and how many there should be.
    pub(crate) fn on_duty(&self, room: &str) -> OnDuty {
        let safety = &self.config.safety;
        let needed = if safety.few_staff == FewStaff::Nothing { 0 } else { usize::from(safety.staff) };
        OnDuty { consoles: self.consoles.reaching(room), needed, shut: safety.few_staff == FewStaff::Shut }
    }
}

/// Runs until the server ends.
pub(crate) async fn run(around: Arc<Surroundings>, mut changes: Receiver<()>) {
    // Whoever missed some has to look anew as well.
    while !matches!(changes.recv().await, Err(RecvError::Closed)) {
        for (room, handle) in around.registry.named() {
            handle.send(ToRoom::Desk(Box::new(News::OnDuty(around.on_duty(&room))))).await;
        }
    }
}
