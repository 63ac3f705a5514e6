//! What the desk knows, as the console is told.

use ibasho_moderation::desk::cases::{self, Case, Matter, Outcome};
use ibasho_moderation::desk::history::History;
use ibasho_moderation::desk::permission::may_undo;
use ibasho_moderation::desk::queue::urgency;
use ibasho_moderation::desk::sanctions::{Ended, How, Sanction};
use ibasho_moderation::desk::subject::{Actor, Target};
use ibasho_protocol::api::desk::case as told;
use ibasho_protocol::api::desk::sanctions as list;
use ibasho_protocol::ids::Millis;

pub(super) fn somebody(target: &Target) -> told::Somebody {
    told::Somebody { person: target.subject.person, role: target.role }
}

/// The head of a case.
pub(super) fn line(case: &Case, may_handle: bool, now: Millis) -> told::CaseLine {
    told::CaseLine {
        id: case.id,
        version: case.version,
        urgency: urgency(case),
        scope: case.scope.clone(),
        about: somebody(&case.about),
        at: case.at,
        until: case.deadline().filter(|_| case.closed.is_none()),
        matter: matter(&case.matter),
        handled: case
            .claim
            .filter(|claim| now < claim.until)
            .map(|claim| told::Handled { by: claim.by, until: claim.until }),
        may_handle,
    }
}

fn matter(matter: &Matter) -> told::Matter {
    match matter {
        Matter::Hold(hold) => told::Matter::Hold { cause: hold.cause, rule: hold.rule.clone(), latest: hold.latest },
        Matter::Report(report) => told::Matter::Report {
            by: report.by.person,
            rule: report.rule.clone(),
            category: report.category,
            voice: report.voice,
            times: report.times,
        },
        Matter::Help(help) => told::Matter::Help { times: help.times, came: help.acknowledged.map(|(by, _)| by) },
        Matter::Appeal(appeal) => told::Matter::Appeal { sanction: appeal.sanction },
        Matter::Proposal(proposal) => {
            told::Matter::Proposal { by: proposal.by, reason: proposal.reason, note: proposal.note.clone() }
        }
    }
}

pub(super) fn closed(closed: cases::Closed) -> told::Closed {
    let outcome = match closed.outcome {
        Outcome::Approved => told::Outcome::Approved,
        Outcome::Declined(reason) => told::Outcome::Declined(reason),
        Outcome::Retracted => told::Outcome::Retracted,
        Outcome::Resolved(outcome) => told::Outcome::Resolved(outcome),
        Outcome::Helped(outcome) => told::Outcome::Helped(outcome),
        Outcome::Appeal(outcome) => told::Outcome::Appeal(outcome),
        Outcome::Agreed => told::Outcome::Agreed,
        Outcome::NotAgreed => told::Outcome::NotAgreed,
        Outcome::Lapsed => told::Outcome::Lapsed,
    };
    told::Closed { at: closed.at, by: closed.by, outcome }
}

/// How many snapshots of a case are not kept.
pub(super) fn more(case: &Case) -> u32 {
    match &case.matter {
        Matter::Report(report) => report.evidence.more,
        Matter::Help(help) => help.evidence.more,
        Matter::Hold(_) | Matter::Appeal(_) | Matter::Proposal(_) => 0,
    }
}

pub(super) fn history(history: &History) -> told::PersonHistory {
    let past = history.last.iter().map(|past| list::Past {
        sanction: past.sanction,
        kind: past.kind,
        scope: past.scope.clone(),
        reason: past.reason,
        at: past.at,
        until: past.until,
        in_force: past.in_force,
    });
    told::PersonHistory {
        reports: history.reports,
        shown: history.shown,
        not_shown: history.not_shown,
        appeals: history.appeals,
        sanctions: history.sanctions.values().sum(),
        last: past.collect(),
    }
}

/// A sanction, as `actor` sees it.
pub(super) fn sanction(sanction: &Sanction, actor: &Actor, now: Millis) -> list::SanctionLine {
    let taken_back = matches!(sanction.ended, Some(Ended { how: How::Undone { .. } | How::Changed { .. }, .. }));
    list::SanctionLine {
        id: sanction.id,
        about: somebody(&sanction.target),
        kind: sanction.kind,
        scope: sanction.scope.clone(),
        reason: sanction.reason,
        note: sanction.note.clone(),
        by: sanction.by,
        approved_by: sanction.approved_by,
        at: sanction.at,
        until: sanction.until,
        case: sanction.case,
        appeal: sanction.appeal,
        ended: sanction.ended.map(ended),
        in_force: sanction.is_in_force(now),
        may_undo: !taken_back && may_undo(actor, sanction).is_ok(),
    }
}

fn ended(Ended { at, how }: Ended) -> list::Ended {
    let (how, by, into) = match how {
        How::Expired => (list::EndedHow::Expired, None, None),
        How::Undone { by } => (list::EndedHow::Undone, Some(by), None),
        How::Changed { by, into } => (list::EndedHow::Changed, Some(by), Some(into)),
    };
    list::Ended { at, how, by, into }
}
