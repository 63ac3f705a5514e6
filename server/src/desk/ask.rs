//! What rooms ask the office for. Every one is on disk when it is answered.

use std::sync::Arc;

use ibasho_moderation::audit::Note;
use ibasho_moderation::desk::audit::Who;
use ibasho_moderation::desk::codes::DeclineReason;
use ibasho_moderation::desk::holds::NewHold;
use ibasho_moderation::desk::impose::Order;
use ibasho_moderation::desk::reports::NewReport;
use ibasho_moderation::desk::subject::{Actor, Scope, Subject, Target};
use ibasho_moderation::desk::{Changes, Desk};
use ibasho_moderation::hook::Context;
use ibasho_moderation::hook::Subject::Message;
use ibasho_moderation::roles::Role;
use ibasho_protocol::ids::{Millis, Seq};

use super::moment::Moment;
use super::news::News;
use super::write::pseudonym;
use super::{Office, OfficeError};
use crate::evidence::Evidence;
use crate::staff;
use crate::store::moderation::Batch;
use crate::store::staff::accounts;

/// A message to be held.
#[derive(Debug)]
pub(crate) struct Held {
    /// What the desk knows of it.
    pub new: NewHold,
    /// The number its words are kept under in the room.
    pub seq: Seq,
}

/// A report.
#[derive(Debug)]
pub(crate) struct Reported {
    /// What the desk knows of it.
    pub new: NewReport,
    /// What happened around it.
    pub moment: Moment,
}

/// Somebody cries for help.
#[derive(Debug)]
pub(crate) struct Helped {
    /// Who.
    pub person: Target,
    /// Where; the whole place for somebody who is in no room.
    pub scope: Scope,
    /// What happened around it.
    pub moment: Moment,
}

impl Office {
    /// Lets a message wait. Its room hears of the hold before anything can be decided about it.
    ///
    /// # Errors
    /// See [`Desk::hold`].
    pub(crate) async fn hold(self: &Arc<Self>, held: Held) -> Result<(), OfficeError> {
        let Held { new, seq } = held;
        let room = new.room.clone();
        // The room hears it with the other effects, in their order: nobody can decide what its room does not know yet.
        let told = self.act_then(
            move |desk, now, _| Ok(desk.hold(new, now)?),
            move |made| Some((room, News::Held { hold: made, seq })),
        );
        told.await.map(drop)
    }

    /// Its writer takes a held message back.
    ///
    /// # Errors
    /// See [`Desk::retract`].
    pub(crate) async fn retract(self: &Arc<Self>, hold: u64, writer: Subject) -> Result<(), OfficeError> {
        self.act(move |desk, now, _| Ok(desk.retract(hold, &writer, now)?)).await.map(drop)
    }

    /// Keeps a report with its evidence.
    ///
    /// # Errors
    /// The store does not answer, or the evidence cannot be sealed.
    pub(crate) async fn report(self: &Arc<Self>, reported: Reported) -> Result<(), OfficeError> {
        let office = self.clone();
        let Reported { mut new, moment } = reported;
        let done = self.act(move |desk, now, batch| {
            let piece = office.around.dice.number() >> 11;
            new.evidence = Some(piece);
            let by = if new.rule.is_some() { Who::Rule } else { Who::Person(new.by.person) };
            let by = pseudonym(by);
            let changes = desk.report(new, now);
            office.seal(piece, &changes, &moment, &by, now, batch)?;
            Ok(changes)
        });
        done.await.map(drop)
    }

    /// Somebody cries for help. Nothing is held against them.
    ///
    /// # Errors
    /// The store does not answer, or the evidence cannot be sealed.
    pub(crate) async fn help(self: &Arc<Self>, helped: Helped) -> Result<(), OfficeError> {
        let office = self.clone();
        let Helped { person, scope, moment } = helped;
        let done = self.act(move |desk, now, batch| {
            let piece = office.around.dice.number() >> 11;
            let by = format!("person:{}", person.subject.person);
            let changes = desk.help_in(person, scope, Some(piece), now);
            office.seal(piece, &changes, &moment, &by, now, batch)?;
            Ok(changes)
        });
        done.await.map(drop)
    }

    /// Somebody appeals.
    ///
    /// # Errors
    /// See [`Desk::appeal`].
    pub(crate) async fn appeal(
        self: &Arc<Self>,
        sanction: u64,
        who: Subject,
        text: String,
    ) -> Result<Changes, OfficeError> {
        let staff = self.staff().await?;
        let office = self.clone();
        let words = text.clone();
        let done = self.act(move |desk, now, batch| {
            let piece = office.around.dice.number() >> 11;
            let changes = desk.appeal(sanction, &who, Some(piece), &staff, now)?;
            let room =
                desk.sanction(sanction).and_then(|sanction| sanction.scope.room()).unwrap_or_default().to_owned();
            let moment = Moment::of_appeal(room, now, who.person, text);
            office.seal(piece, &changes, &moment, &format!("person:{}", who.person), now, batch)?;
            Ok(changes)
        });
        let done = done.await?;
        self.listen_for_cries(sanction, who, words).await;
        Ok(done)
    }

    /// Who was sent away may be in the greatest need of all: a cry for help is looked for in an appeal as well. They see
    /// the card where they have a line; staff are called in any case.
    async fn listen_for_cries(self: &Arc<Self>, sanction: u64, who: Subject, text: String) {
        let Ok((scope, role)) = self.desk().await.map(|kept| {
            let against = kept.desk.sanction(sanction);
            against.map_or((Scope::Site, Role::Participant), |have| (have.scope.clone(), have.target.role))
        }) else {
            return;
        };
        let now = self.around.clock.now();
        let room = scope.room().unwrap_or_default().to_owned();
        let decision = self.hooks().judge(&Message { text: &text }, &Context::new(&room, role, now));
        if !decision.is_cry_for_help() {
            return;
        }
        let moment = Moment::of_appeal(room, now, who.person, text);
        let person = Target { subject: who, role };
        if let Err(error) = self.help(Helped { person, scope, moment }).await {
            tracing::error!(%error, "a cry for help could not be kept");
        }
    }

    /// Somebody who may not come in appeals, with the pass that the door gave them. It is spent when the appeal is kept.
    /// `None` for a pass that is not good (any more).
    ///
    /// # Errors
    /// See [`Desk::appeal`].
    pub async fn appeal_with(
        self: &Arc<Self>,
        pass: String,
        sanction: u64,
        text: String,
    ) -> Result<Option<u64>, OfficeError> {
        let Some((hash, who)) = self.holder(pass) else { return Ok(None) };
        let changes = self.appeal(sanction, who, text).await?;
        self.spent(hash);
        Ok(changes.made)
    }

    /// A message was taken away from those who heard it; its writer is told.
    ///
    /// # Errors
    /// The store does not answer.
    pub(crate) async fn deleted(
        self: &Arc<Self>,
        message: u64,
        writer: Target,
        room: String,
        reason: DeclineReason,
        actor: Actor,
    ) -> Result<(), OfficeError> {
        let done = self.act(move |desk, now, _| Ok(desk.delete(message, &writer, &room, reason, &actor, now)?));
        done.await.map(drop)
    }

    /// A rule lets somebody pause for a short while.
    ///
    /// # Errors
    /// See [`Desk::impose_by_rule`].
    pub(crate) async fn impose_by_rule(self: &Arc<Self>, order: Order) -> Result<(), OfficeError> {
        self.act(move |desk, now, _| Ok(desk.impose_by_rule(order, now)?)).await.map(drop)
    }

    /// A room that failed has lost the words that waited in it.
    ///
    /// # Errors
    /// The store does not answer.
    pub(crate) async fn lost(self: &Arc<Self>, room: &str) -> Result<(), OfficeError> {
        let room = room.to_owned();
        self.act(move |desk, now, _| Ok(desk.lost_in(&room, now))).await.map(drop)
    }

    /// Seals what happened for the case that was just made.
    fn seal(
        &self,
        piece: u64,
        changes: &Changes,
        moment: &Moment,
        by: &str,
        now: Millis,
        batch: &mut Batch,
    ) -> Result<(), OfficeError> {
        let case = changes.made.ok_or(OfficeError::Evidence)?;
        let people = moment.people();
        let evidence = Evidence { case, people: &people, content: moment.to_bytes() };
        let sealed = evidence.seal_as(piece, batch, &self.around.dice, by, now, self.terms.evidence_days);
        sealed.map_err(|error| {
            tracing::error!(%error, "evidence could not be sealed");
            OfficeError::Evidence
        })
    }

    /// All who are staff, as the desk sees them.
    async fn staff(&self) -> Result<Vec<Actor>, OfficeError> {
        let mut db = self.around.store.pool().acquire().await.map_err(crate::store::StoreError::from)?;
        let all = accounts::all(&mut db).await?;
        let rooms: Vec<String> = self.around.registry.named().into_iter().map(|(id, _)| id).collect();
        Ok(all.iter().map(|account| staff::actor(account, || rooms.clone())).collect())
    }
}

/// The entry about a look at held words.
pub(super) fn look(hold: u64, actor: &Actor, now: Millis) -> Note {
    let who = pseudonym(Who::Staff(actor.id));
    Note { case: Some(hold.to_string()), ..Note::new(now, who, "hold.read") }
}

/// Decides about somebody by order of staff, or proposes what needs a second person.
pub(crate) fn sanction(
    desk: &mut Desk,
    order: Order,
    permanent: bool,
    actor: &Actor,
    now: Millis,
) -> Result<Changes, OfficeError> {
    if permanent {
        let Order { target, scope, reason, note, .. } = order;
        return Ok(desk.propose_permanent(target, scope, reason, note, actor, now)?);
    }
    Ok(desk.impose(order, actor, now)?)
}

/// Where it holds: everywhere, or in this room.
pub(crate) fn scope(site: bool, room: &str) -> Scope {
    if site { Scope::Site } else { Scope::Room(room.to_owned()) }
}
