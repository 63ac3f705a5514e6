//! Rule books and hooks: a book is a hook among those of the place, and a rule of it may ask another one.

use ibasho_protocol::rules::{Level, Occasion};

use super::book::RuleBook;
use super::case::{Case, Said};
use super::finding::Judged;
use crate::hook::{Context, Decision, Hook, Subject, Verdict};

impl Hook for RuleBook {
    fn name(&self) -> &'static str {
        "rules"
    }

    fn judge(&self, subject: &Subject<'_>, context: &Context<'_>) -> Decision {
        let (on, text) = match *subject {
            Subject::Message { text } => (Occasion::Message, Some(text)),
            Subject::Nickname { nick } => (Occasion::Nickname, Some(nick)),
            Subject::Entry { nick } => (Occasion::Entry, Some(nick)),
            Subject::VoiceStart => (Occasion::VoiceStart, None),
            Subject::Report { text } => (Occasion::Report, Some(text)),
        };
        // A nickname and a report are no part of a conversation.
        let recent = if on == Occasion::Message { context.recent } else { &[] };
        let own = text.map(|text| Said { text, at: context.now });
        let texts: Vec<Said<'_>> = recent.iter().copied().chain(own).collect();
        let (role, room, session, arrived, now) =
            (context.role, context.room, context.session, context.arrived, context.now);
        let judged = RuleBook::judge(self, &Case { on, texts: &texts, role, room, session, arrived, now });
        decide(judged, on)
    }
}

fn decide(judged: Judged, on: Occasion) -> Decision {
    let verdict = match judged.verdict {
        Level::Allow => Verdict::Allow,
        Level::Flag => Verdict::Flag,
        Level::Hold => Verdict::Hold,
        Level::Block => Verdict::Block(match on {
            Occasion::Nickname | Occasion::Entry => ibasho_protocol::refusal::RefusalCode::NicknameUnusable,
            Occasion::VoiceStart => ibasho_protocol::refusal::RefusalCode::NotAllowed,
            Occasion::Message | Occasion::Report => ibasho_protocol::refusal::RefusalCode::NotSent,
        }),
    };
    let (rule, why) = judged.decisive().map_or_else(
        || ("none".into(), "".into()),
        |finding| (finding.rule.clone().into(), finding.why.clone().into()),
    );
    Decision { verdict, rule, why, findings: judged.findings, effects: judged.effects }
}

/// Whether a hook objects to a case: anything but *allow*.
pub(super) fn objects(hook: &dyn Hook, case: &Case<'_>) -> bool {
    let text = case.texts.last().map_or("", |said| said.text);
    let subject = match case.on {
        Occasion::Message => Subject::Message { text },
        Occasion::Nickname => Subject::Nickname { nick: text },
        Occasion::Entry => Subject::Entry { nick: text },
        Occasion::VoiceStart => Subject::VoiceStart,
        Occasion::Report => Subject::Report { text },
    };
    let recent = case.texts.split_last().map_or(case.texts, |(_, earlier)| earlier);
    let context = Context {
        room: case.room,
        role: case.role,
        now: case.now,
        session: case.session,
        arrived: case.arrived,
        recent,
    };
    hook.judge(&subject, &context).verdict != Verdict::Allow
}
