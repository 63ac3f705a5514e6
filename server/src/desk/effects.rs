//! Effects: what was decided reaches the rooms and the consoles, in the order in which it was decided.

use ibasho_moderation::desk::changes::{Effect, Touched};
use ibasho_moderation::desk::settings::Reach;
use ibasho_moderation::desk::{Changes, Desk, RecordKind};
use ibasho_protocol::desk::Locked;
use ibasho_protocol::ids::{Millis, Seq};

use super::news::{Lockdown, News};
use super::write::kind_name;
use super::{Live, Office};
use crate::room::handle::ToRoom;

impl Office {
    /// Lets happen what is on disk.
    pub(super) async fn let_happen(&self, desk: &Desk, changes: &Changes, now: Millis) {
        for effect in &changes.effects {
            match effect {
                Effect::Enforce { subject, in_force } => {
                    self.everywhere(|_| News::Enforce { subject: *subject, in_force: in_force.clone() }).await;
                }
                Effect::Notify { to, notice, untold } => {
                    self.everywhere(|_| News::Notice { to: *to, notice: notice.clone(), untold: *untold }).await;
                }
                Effect::Release { room, place, .. } => {
                    self.there(room, News::Release { seq: Seq(place.seq) }).await;
                }
                Effect::Discard { hold, room } => self.there(room, News::Discard { hold: *hold }).await,
                Effect::Lockdown { .. } => self.everywhere(|room| News::Lockdown(lockdown(desk, room, now))).await,
                Effect::Alert { case, room, to, .. } => self.call(*case, room.clone(), 0, *to),
                Effect::Escalate { case, room, step, to, .. } => self.call(*case, room.clone(), *step, *to),
                // Told with the rows that were written.
                Effect::Webhook { .. } => {}
            }
        }
        for Touched { kind, id, version } in &changes.touched {
            let room = match kind {
                RecordKind::Case => desk.case(*id).and_then(|case| case.scope.room()),
                RecordKind::Sanction => desk.sanction(*id).and_then(|sanction| sanction.scope.room()),
                RecordKind::Lockdown | RecordKind::Notice | RecordKind::Counter => None,
            };
            let (kind, room) = (kind_name(*kind), room.map(str::to_owned));
            self.show(Live::Touched { kind, id: *id, version: *version, room });
        }
    }

    fn call(&self, case: u64, room: Option<String>, step: u32, to: Reach) {
        self.around.metrics.desk.called();
        self.show(Live::Alert { case, room, step, wide: to != Reach::OnDuty });
    }

    /// Nobody may be listening; whoever is behind loads anew.
    pub(super) fn show(&self, live: Live) {
        let _ = self.live.send(live);
    }

    /// Tells one room. One that is not open has nothing to be told: it asks when it opens.
    pub(super) async fn there(&self, room: &str, news: News) {
        if let Some(handle) = self.around.registry.get(room) {
            handle.send(ToRoom::Desk(Box::new(news))).await;
        }
    }

    /// Tells every room.
    pub(super) async fn everywhere(&self, news: impl Fn(&str) -> News) {
        for (id, handle) in self.around.registry.named() {
            handle.send(ToRoom::Desk(Box::new(news(&id)))).await;
        }
    }
}

/// What of lockdowns is in force in a room.
pub(super) fn lockdown(desk: &Desk, room: &str, now: Millis) -> Lockdown {
    let here = desk.lockdowns(now).filter(|lockdown| lockdown.scope.covers(room));
    let locked = here.map(|lockdown| Locked {
        lockdown: lockdown.id,
        site: lockdown.scope.room().is_none(),
        until: lockdown.terms.until,
    });
    Lockdown { terms: desk.lockdown(room, now), locked: locked.collect() }
}
