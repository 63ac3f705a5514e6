//! What happens at the desk, as it happens: server-sent events. Only that something has changed is told, and only to those
//! who may see it; what it is now, they ask.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, stream};
use ibasho_moderation::desk::Desk;
use ibasho_moderation::desk::subject::Actor;
use ibasho_moderation::roles::permits;
use ibasho_protocol::api::desk::{Live, Thing};
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use utoipa::IntoParams;

use super::super::access::Signed;
use super::consoles::{Console, is_near};
use super::pace::Pacing;
use super::{SEE, actor};
use crate::Surroundings;
use crate::desk::Live as Happened;
use crate::http::answer::Refused;
use crate::staff::entry;

/// How often it is looked whether the login is still good, in milliseconds: a revocation acts within a second.
const CHECK_MS: Millis = 1_000;
/// How often something is sent when nothing happens, so that nobody between takes the line for dead.
const ALIVE: Duration = Duration::from_secs(15);

/// What a console needs to hear.
struct Listener {
    around: Arc<Surroundings>,
    login: String,
    actor: Actor,
    happened: Receiver<Happened>,
    staff: Receiver<()>,
    checked: Millis,
    /// In the page of this room, not at a console.
    room: Option<String>,
    console: Console,
}

/// Where somebody listens.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct At {
    /// In the page of this room; left out at the console. Whoever sits in one room is not on duty in the others.
    room: Option<String>,
}

/// Server-sent events: something has changed, somebody cries for help, nobody came yet. Each is a `Live`. Ends with the
/// login.
#[utoipa::path(get, path = "/api/v1/staff/desk/live", tag = "staff", params(At),
    responses((status = 200, content_type = "text/event-stream", body = Live), (status = 503, body = Refusal)))]
pub(super) async fn live(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    at: Result<Query<At>, QueryRejection>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refused> {
    signed.pace(&around, Pacing::Look)?;
    let Ok(Query(At { room })) = at else { return Err(RefusalCode::BadShape.into()) };
    if room.as_ref().is_some_and(|room| !around.rooms.contains_key(room)) {
        return Err(RefusalCode::RoomUnknown.into());
    }
    let actor = signed.actor(&around);
    let listener = Listener {
        happened: around.office.live(),
        staff: around.consoles.changes(),
        checked: around.clock.now(),
        console: around.consoles.enter(actor.clone(), room.clone()).ok_or(RefusalCode::Busy)?,
        room,
        login: signed.login.id,
        actor,
        around,
    };
    let events = stream::unfold(listener, |mut listener| async move {
        let live = listener.next().await?;
        Some((Ok(event(&live)), listener))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE)))
}

fn event(live: &Live) -> Event {
    let name = match live {
        Live::Touched { .. } => "touched",
        Live::Alert { .. } => "alert",
        Live::Escalate { .. } => "escalate",
        Live::Reload => "reload",
    };
    // Numbers, codes and ids of rooms: there is nothing that JSON could not hold.
    Event::default().event(name).data(serde_json::to_string(live).unwrap_or_default())
}

impl Listener {
    /// What they hear next; `None` when their login has ended.
    async fn next(&mut self) -> Option<Live> {
        loop {
            let heard = tokio::select! {
                happened = self.happened.recv() => match happened {
                    Ok(happened) => Heard::Desk(happened),
                    Err(RecvError::Lagged(missed)) => self.behind(missed),
                    Err(RecvError::Closed) => return None,
                },
                changed = self.staff.recv() => match changed {
                    Ok(()) => Heard::Told(Live::Touched { what: Thing::Staff, id: 0, version: None }),
                    Err(RecvError::Lagged(missed)) => self.behind(missed),
                    Err(RecvError::Closed) => return None,
                },
                () = self.around.clock.sleep_until(self.checked + CHECK_MS) => Heard::Nothing,
            };
            self.check().await?;
            let live = match heard {
                Heard::Desk(happened) => self.told(happened).await,
                Heard::Told(live) => Some(live),
                Heard::Nothing => None,
            };
            if live.is_some() {
                return live;
            }
        }
    }

    fn behind(&self, missed: u64) -> Heard {
        self.around.metrics.desk.missed(missed);
        Heard::Told(Live::Reload)
    }

    /// Whether the login is still good for it; what they may see follows their role as it is now.
    async fn check(&mut self) -> Option<()> {
        self.checked = self.around.clock.now();
        let account = match entry::holder(&self.around, &self.login).await {
            Ok(account) => account?,
            Err(error) => {
                tracing::warn!(%error, "a login could not be looked up");
                return None;
            }
        };
        self.actor = actor::actor(&self.around, &account);
        self.console.is_of(&self.actor);
        SEE.iter().any(|&action| permits(account.role, action)).then_some(())
    }

    /// What they are told of it, if it is for them.
    async fn told(&self, happened: Happened) -> Option<Live> {
        match happened {
            Happened::Touched { kind, id, version, room } => {
                let what = match kind {
                    "case" => Thing::Case,
                    "sanction" => Thing::Sanction,
                    "lockdown" => Thing::Lockdown,
                    "rules" => Thing::Rules,
                    _ => return None,
                };
                let reaches = room.is_none() || self.actor.reaches(room.as_deref());
                let seen = reaches && (what != Thing::Case || self.sees(id).await);
                seen.then_some(Live::Touched { what, id, version })
            }
            Happened::Alert { case, room, step, wide } => {
                let called = self.sees(case).await && (wide || self.is_on_duty(case, room.as_deref()).await);
                let live = if wide { Live::Escalate { case, room, step } } else { Live::Alert { case, room } };
                called.then_some(live)
            }
        }
    }

    /// Whether they are on duty in a room: near it, or nobody is. A cry for help never waits for an empty chair.
    async fn is_on_duty(&self, case: u64, room: Option<&str>) -> bool {
        let consoles = &self.around.consoles;
        let somebody = |desk: &Desk, _| {
            let sees = |actor: &Actor| desk.case(case).is_some_and(|case| desk.may_see(case, actor));
            consoles.on_duty(room, sees)
        };
        is_near(self.room.as_deref(), room) || !self.around.office.look(somebody).await.unwrap_or(false)
    }

    /// Whether a case is theirs to see; of one that is gone everybody may know that.
    async fn sees(&self, case: u64) -> bool {
        let sees = |desk: &Desk, _| desk.case(case).is_none_or(|case| desk.may_see(case, &self.actor));
        self.around.office.look(sees).await.unwrap_or(false)
    }
}

enum Heard {
    Desk(Happened),
    Told(Live),
    Nothing,
}
