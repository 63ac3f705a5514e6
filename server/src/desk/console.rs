//! What the console of the staff asks the office for. What somebody may see and do, the desk decides each time anew.

use std::sync::Arc;

use ibasho_moderation::desk::appeals::Answer;
use ibasho_moderation::desk::cases::{Case, Matter};
use ibasho_moderation::desk::codes::{DeclineReason, HelpOutcome, Reason, ReportOutcome};
use ibasho_moderation::desk::history::History;
use ibasho_moderation::desk::impose::Order;
use ibasho_moderation::desk::lockdown::Lockdown;
use ibasho_moderation::desk::queue::Urgency;
use ibasho_moderation::desk::sanctions::Sanction;
use ibasho_moderation::desk::subject::{Actor, Scope, Subject, Target};
use ibasho_moderation::desk::{Changes, Desk, DeskRefusal};
use ibasho_protocol::ids::{Millis, ZoneIndex};
use tokio::sync::oneshot;

use super::ask::look;
use super::moment::Moment;
use super::news::News;
use super::write::pseudonym;
use super::{Office, OfficeError};
use crate::evidence;
use crate::room::handle::ToRoom;
use ibasho_moderation::desk::audit::Who;

/// A line of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueLine {
    /// What waits.
    pub case: Case,
    /// How urgent.
    pub urgency: Urgency,
    /// Who handles it at this moment.
    pub handled_by: Option<u64>,
    /// Whether whoever asks may take it on.
    pub may_handle: bool,
}

/// A case with everything that staff see of it.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseFile {
    /// The case.
    pub line: QueueLine,
    /// The words that wait, for a hold whose room still has them.
    pub held: Option<HeldText>,
    /// What happened around it, the oldest first.
    pub moments: Vec<Moment>,
    /// What is known of the person, if one may know it.
    pub history: Option<History>,
    /// The sanction that an appeal is against.
    pub sanction: Option<Sanction>,
}

/// Words that wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldText {
    /// The words.
    pub text: String,
    /// The nickname of their writer.
    pub nick: String,
    /// In which place of the room.
    pub zone: ZoneIndex,
    /// When they were written, in milliseconds since the Unix epoch.
    pub at: Millis,
    /// Where in the words the rule found something, in bytes.
    pub spans: Vec<(usize, usize)>,
    /// What the rule found, in English.
    pub why: String,
}

impl Office {
    /// What waits and `actor` may see, the most urgent first.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn queue(&self, actor: &Actor) -> Result<Vec<QueueLine>, OfficeError> {
        let kept = self.desk().await?;
        let lines = kept.desk.queue(actor, self.around.clock.now());
        Ok(lines
            .into_iter()
            .map(|line| QueueLine {
                case: line.case.clone(),
                urgency: line.urgency,
                handled_by: line.handled_by,
                may_handle: line.may_handle,
            })
            .collect())
    }

    /// The lockdowns in force.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn lockdowns(&self) -> Result<Vec<Lockdown>, OfficeError> {
        Ok(self.desk().await?.desk.lockdowns(self.around.clock.now()).cloned().collect())
    }

    /// A case, open or settled, with the words that wait or what happened around it. Every look is on record before
    /// anything is shown.
    ///
    /// # Errors
    /// [`DeskRefusal::Unknown`] for what there is not, or what is not for `actor`.
    pub async fn case(self: &Arc<Self>, id: u64, actor: &Actor) -> Result<CaseFile, OfficeError> {
        let now = self.around.clock.now();
        let (line, history, sanction) = {
            let kept = self.desk().await?;
            let desk = &kept.desk;
            let case = desk.case(id).filter(|case| desk.may_see(case, actor)).ok_or(DeskRefusal::Unknown)?;
            let line = QueueLine {
                case: case.clone(),
                urgency: ibasho_moderation::desk::queue::urgency(case),
                handled_by: case.handled_by(now),
                may_handle: case.closed.is_none() && desk.may_handle(case, actor).is_ok(),
            };
            let sanction = match &case.matter {
                Matter::Appeal(appeal) => desk.sanction(appeal.sanction).cloned(),
                _ => None,
            };
            (line, desk.history(&case.about.subject, actor, now).ok(), sanction)
        };
        let (mut held, mut moments) = (None, Vec::new());
        match &line.case.matter {
            Matter::Hold(_) if line.case.closed.is_none() => {
                let looked = look(id, actor, now);
                let on_record = self.act(move |_, _, batch| {
                    batch.audit.push(looked);
                    Ok(Changes::default())
                });
                on_record.await.map(drop)?;
                held = self.read(id, line.case.scope.room().unwrap_or_default()).await;
            }
            Matter::Report(_) | Matter::Help(_) | Matter::Appeal(_) => {
                let who = pseudonym(Who::Staff(actor.id));
                let opened = evidence::open(&self.around.store, id, &who, "case", now).await;
                let opened = opened.map_err(|error| {
                    tracing::error!(%error, "evidence could not be opened");
                    OfficeError::Evidence
                })?;
                moments = opened.iter().filter_map(|(_, bytes)| Moment::from_bytes(bytes)).collect();
            }
            Matter::Hold(_) | Matter::Proposal(_) => {}
        }
        Ok(CaseFile { line, held, moments, history, sanction })
    }

    /// The words of a hold, from the memory of its room.
    async fn read(&self, hold: u64, room: &str) -> Option<HeldText> {
        let (reply, words) = oneshot::channel();
        self.around.registry.get(room)?.send(ToRoom::Desk(Box::new(News::Read { hold, reply }))).await;
        words.await.ok().flatten()
    }

    /// Takes a case on, or renews that one has it.
    ///
    /// # Errors
    /// See [`Desk::claim`].
    pub async fn claim(self: &Arc<Self>, case: u64, actor: Actor) -> Result<Changes, OfficeError> {
        self.act(move |desk, now, _| Ok(desk.claim(case, &actor, now)?)).await
    }

    /// Hands a case to a colleague.
    ///
    /// # Errors
    /// See [`Desk::hand`].
    pub async fn hand(
        self: &Arc<Self>,
        case: u64,
        version: u32,
        to: Actor,
        actor: Actor,
    ) -> Result<Changes, OfficeError> {
        self.act(move |desk, now, _| Ok(desk.hand(case, version, &to, &actor, now)?)).await
    }

    /// Puts a case back.
    ///
    /// # Errors
    /// See [`Desk::put_back`].
    pub async fn put_back(self: &Arc<Self>, case: u64, version: u32, actor: Actor) -> Result<Changes, OfficeError> {
        self.act(move |desk, now, _| Ok(desk.put_back(case, version, &actor, now)?)).await
    }

    /// Lets a held message appear.
    ///
    /// # Errors
    /// See [`Desk::approve`].
    pub async fn approve(self: &Arc<Self>, case: u64, version: u32, actor: Actor) -> Result<Changes, OfficeError> {
        self.act(move |desk, now, _| Ok(desk.approve(case, version, &actor, now)?)).await
    }

    /// Does not let a held message appear.
    ///
    /// # Errors
    /// See [`Desk::decline`].
    pub async fn decline(
        self: &Arc<Self>,
        case: u64,
        version: u32,
        reason: DeclineReason,
        actor: Actor,
    ) -> Result<Changes, OfficeError> {
        self.act(move |desk, now, _| Ok(desk.decline(case, version, reason, &actor, now)?)).await
    }

    /// Settles a report.
    ///
    /// # Errors
    /// See [`Desk::resolve`].
    pub async fn resolve(
        self: &Arc<Self>,
        case: u64,
        version: u32,
        outcome: ReportOutcome,
        actor: Actor,
    ) -> Result<Changes, OfficeError> {
        self.act(move |desk, now, _| Ok(desk.resolve(case, version, outcome, &actor, now)?)).await
    }

    /// Settles a cry for help.
    ///
    /// # Errors
    /// See [`Desk::settle`].
    pub async fn settle(
        self: &Arc<Self>,
        case: u64,
        version: u32,
        outcome: HelpOutcome,
        actor: Actor,
    ) -> Result<Changes, OfficeError> {
        self.act(move |desk, now, _| Ok(desk.settle(case, version, outcome, &actor, now)?)).await
    }

    /// Decides an appeal.
    ///
    /// # Errors
    /// See [`Desk::decide_appeal`].
    pub async fn decide_appeal(
        self: &Arc<Self>,
        case: u64,
        version: u32,
        answer: Answer,
        actor: Actor,
    ) -> Result<Changes, OfficeError> {
        self.act(move |desk, now, _| Ok(desk.decide_appeal(case, version, answer, &actor, now)?)).await
    }

    /// Decides something about somebody.
    ///
    /// # Errors
    /// See [`Desk::impose`].
    pub async fn impose(self: &Arc<Self>, order: Order, actor: Actor) -> Result<Changes, OfficeError> {
        self.act(move |desk, now, _| Ok(desk.impose(order, &actor, now)?)).await
    }

    /// Takes a sanction back.
    ///
    /// # Errors
    /// See [`Desk::undo`].
    pub async fn undo(self: &Arc<Self>, sanction: u64, actor: Actor) -> Result<Changes, OfficeError> {
        self.act(move |desk, now, _| Ok(desk.undo(sanction, &actor, now)?)).await
    }

    /// Proposes a ban without an end.
    ///
    /// # Errors
    /// See [`Desk::propose_permanent`].
    pub async fn propose_permanent(
        self: &Arc<Self>,
        target: Target,
        scope: Scope,
        reason: Reason,
        note: String,
        actor: Actor,
    ) -> Result<Changes, OfficeError> {
        self.act(move |desk, now, _| Ok(desk.propose_permanent(target, scope, reason, note, &actor, now)?)).await
    }

    /// The second person answers the proposal.
    ///
    /// # Errors
    /// See [`Desk::answer_proposal`].
    pub async fn answer_proposal(
        self: &Arc<Self>,
        case: u64,
        version: u32,
        agree: bool,
        actor: Actor,
    ) -> Result<Changes, OfficeError> {
        self.act(move |desk, now, _| Ok(desk.answer_proposal(case, version, agree, &actor, now)?)).await
    }

    /// Begins a lockdown, or renews it.
    ///
    /// # Errors
    /// See [`Desk::lock_down`].
    pub async fn lock_down(self: &Arc<Self>, scope: Scope, minutes: u32, actor: Actor) -> Result<Changes, OfficeError> {
        self.act(move |desk, now, _| Ok(desk.lock_down(scope, minutes, &actor, now)?)).await
    }

    /// Lifts a lockdown.
    ///
    /// # Errors
    /// See [`Desk::lift`].
    pub async fn lift(self: &Arc<Self>, lockdown: u64, actor: Actor) -> Result<Changes, OfficeError> {
        self.act(move |desk, now, _| Ok(desk.lift(lockdown, &actor, now)?)).await
    }

    /// Keeps the evidence of a case for longer than its time, for a reason; `None`: no longer.
    ///
    /// # Errors
    /// [`DeskRefusal::Unknown`] for what there is not, or what is not for `actor`; what the role does not include.
    pub async fn keep(self: &Arc<Self>, case: u64, why: Option<String>, actor: Actor) -> Result<Changes, OfficeError> {
        self.act(move |desk, now, batch| {
            let found = desk.case(case).filter(|found| desk.may_see(found, &actor)).ok_or(DeskRefusal::Unknown)?;
            desk.may_handle(found, &actor)?;
            evidence::hold(batch, case, why.as_deref(), &pseudonym(Who::Staff(actor.id)), now);
            Ok(Changes::default())
        })
        .await
    }

    /// What `actor` may know of somebody's past.
    ///
    /// # Errors
    /// See [`Desk::history`].
    pub async fn history(&self, subject: &Subject, actor: &Actor) -> Result<History, OfficeError> {
        Ok(self.desk().await?.desk.history(subject, actor, self.around.clock.now())?)
    }

    /// The sanctions that `actor` may see, the newest first.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn sanctions(&self, actor: &Actor) -> Result<Vec<Sanction>, OfficeError> {
        Ok(self.desk().await?.desk.sanctions(actor).cloned().collect())
    }

    /// Runs something that only reads.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn look<T>(&self, look: impl FnOnce(&Desk, Millis) -> T) -> Result<T, OfficeError> {
        Ok(look(&self.desk().await?.desk, self.around.clock.now()))
    }
}
