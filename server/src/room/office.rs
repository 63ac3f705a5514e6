//! What a room asks the office for, and what it hears of people who came in.

use std::sync::Arc;

use ibasho_moderation::desk::subject::Subject;
use ibasho_protocol::desk::InForce;
use ibasho_protocol::ids::{Nonce, PersonId};
use ibasho_protocol::refusal::Refusal;
use ibasho_protocol::server::Event;

use super::keeping::{Done, Kept};
use super::tick::{ForOffice, Input, Tie};
use crate::Surroundings;
use crate::desk::{OfficeError, sanction};
use crate::hooks::asking::{Asked, OwnedSubject};
use crate::store::StoreError;

/// Asks; what follows is an input for the room. What is answered is on disk.
pub fn run(around: Arc<Surroundings>, who: PersonId, n: Nonce, asked: ForOffice) -> Kept {
    Box::pin(async move { (ask(&around, who, n, asked).await, Ok(())) })
}

async fn ask(around: &Surroundings, who: PersonId, n: Nonce, asked: ForOffice) -> Done {
    let office = &around.office;
    let done = match asked {
        ForOffice::Hold(held) => {
            let seq = held.seq;
            // The room hears of the hold from the office.
            return match office.hold(held).await {
                Ok(()) => Done::Nothing,
                Err(error) => Done::Input(Input::Unheld { seq, refusal: told(error) }),
            };
        }
        ForOffice::Judge { seq, subject, context } => {
            let decision = around.hooks.runner.ask(subject, context).await;
            around.metrics.desk.judged(&decision);
            return Done::Input(Input::Judged { seq, decision: Box::new(decision) });
        }
        ForOffice::JudgeName { wanted, context } => {
            let subject = OwnedSubject { asked: Asked::Nickname, text: wanted.nick.clone() };
            let decision = around.hooks.runner.ask(subject, context).await;
            return Done::Input(Input::Named { who, n, wanted, decision: Box::new(decision) });
        }
        ForOffice::Help(helped) => {
            if let Err(error) = office.help(helped).await {
                tracing::error!(%error, "a cry for help could not be kept");
            }
            return Done::Nothing;
        }
        ForOffice::Flag(reported) => {
            if let Err(error) = office.report(reported).await {
                tracing::error!(%error, "what a rule found could not be kept");
            }
            return Done::Nothing;
        }
        ForOffice::Pause(order) => {
            // In force already, or somebody of the staff: then there is nothing to do.
            if let Err(OfficeError::Store(error)) = office.impose_by_rule(order).await {
                tracing::error!(%error, "a pause could not be kept");
            }
            return Done::Nothing;
        }
        ForOffice::Retract { hold, writer } => office.retract(hold, writer).await,
        ForOffice::Report(reported) => office.report(reported).await,
        ForOffice::Appeal { sanction, who, text } => office.appeal(sanction, who, text).await.map(drop),
        ForOffice::Sanction { order, permanent, actor } => {
            office.act(move |desk, now, _| sanction(desk, order, permanent, &actor, now)).await.map(drop)
        }
        ForOffice::Deleted { message, writer, room, reason, actor } => {
            office.deleted(message, writer, room, reason, actor).await
        }
        ForOffice::LockDown { scope, minutes, actor } => office.lock_down(scope, minutes, actor).await.map(drop),
        ForOffice::Lift { lockdown, actor } => office.lift(lockdown, actor).await.map(drop),
    };
    let event = match done {
        Ok(()) => Event::Done { n, id: None },
        Err(error) => Event::Refused { n, refusal: told(error) },
    };
    Done::Errand { who, event, tie: Tie::Same }
}

/// What is in force for somebody who is about to come in.
///
/// # Errors
/// Nobody can say.
pub async fn in_force(around: &Surroundings, subject: &Subject) -> Result<Vec<InForce>, StoreError> {
    let known = around.office.about(subject).await;
    known.map(|(in_force, _)| in_force).map_err(|error| StoreError(error.to_string()))
}

/// What somebody who has just come in has not heard yet.
pub fn greet(around: Arc<Surroundings>, who: PersonId, subject: Subject) -> Kept {
    Box::pin(async move {
        let done = match around.office.about(&subject).await {
            Ok((_, untold)) => Done::Input(Input::Greet { who, untold }),
            Err(error) => {
                tracing::error!(%error, "what somebody has not heard yet could not be read");
                Done::Nothing
            }
        };
        (done, Ok(()))
    })
}

/// A notice was heard.
pub fn heard(around: Arc<Surroundings>, untold: u64) -> Kept {
    Box::pin(async move {
        // It is told again if this is lost: better twice than never.
        if let Err(error) = around.office.told(untold).await {
            tracing::warn!(%error, "that a notice was heard could not be kept");
        }
        (Done::Nothing, Ok(()))
    })
}

fn told(error: OfficeError) -> Refusal {
    if let OfficeError::Store(error) = &error {
        tracing::error!(%error, "the office could not keep what it was asked for");
    }
    error.into()
}
