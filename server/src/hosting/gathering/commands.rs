//! What people and hosts do to a gathering.

use ibasho_moderation::links::holds_address;
use ibasho_moderation::roles::{Role, permits};
use ibasho_moderation::session::{action_of_take, may_host, target_of};
use ibasho_moderation::text::tidy_text;
use ibasho_protocol::host::{Act, MOST_NOTES, Take};
use ibasho_protocol::ids::{Millis, PersonId};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::session::{Can, Card, Note, PhaseKind};

use super::round::Turns;
use super::{Effect, Gathering, Present, RoomNow, in_rounds};

/// Most notes that go into the suggestion box during one session: more than hosts can read in an evening.
const MOST_BOXED: u16 = 200;

type Outcome = Result<Vec<Effect>, RefusalCode>;

impl Gathering {
    /// Takes part.
    ///
    /// # Errors
    /// The reason why not; then nothing has changed.
    pub fn take(&mut self, by: PersonId, take: &Take, room: &RoomNow<'_>) -> Outcome {
        let role = find(room, by)?.role;
        if !permits(role, action_of_take(take)) {
            return Err(RefusalCode::NotAllowed);
        }
        if self.over {
            return Err(RefusalCode::Over);
        }
        match take {
            Take::Suggest { text } => {
                self.needs(Can::Suggest, role)?;
                self.topics.suggest(by, text).map(nothing)
            }
            Take::Vote { theme } => self.topics.vote(by, *theme).map(nothing),
            Take::Hand { up } => self.raise(by, *up, role).map(nothing),
            Take::Pass {} => self.round()?.pass(by).map(nothing),
            Take::Later {} => self.round()?.later(by).map(nothing),
            Take::Join { yes } => self.groups.join(by, *yes),
            // The box and the phrases are the room's, with a session or without one. Here notes are only counted.
            Take::Suggestion { text } => self.boxes(text).map(nothing),
            Take::Keep {} | Take::Forget {} => Ok(Vec::new()),
        }
    }

    /// Hosts.
    ///
    /// # Errors
    /// The reason why not; then nothing has changed.
    pub fn act(&mut self, by: PersonId, act: &Act, room: &RoomNow<'_>) -> Outcome {
        let host = find(room, by)?;
        let target = target_of(act).map(|who| room.people.iter().find(|person| person.who == who));
        may_host(host.role, act, target.flatten().map(|target| (target.role, target.who == by)))?;
        if self.over {
            return Err(RefusalCode::Over);
        }
        if target == Some(None) {
            return Err(RefusalCode::NobodyThere);
        }
        let now = room.now;
        match act {
            Act::Go { from, to } => self.go(*from, *to, now),
            Act::Extend { from, minutes } => self.course.extend(*from, *minutes, now).map(nothing),
            Act::Gather { on } => {
                self.topics.open = *on;
                Ok(Vec::new())
            }
            Act::Drop { theme } => self.topics.drop(*theme).map(nothing),
            Act::Vote {} => self.topics.begin().map(nothing),
            Act::Count {} => self.topics.count().map(nothing),
            Act::Choose { theme } => self.topics.choose(*theme).map(nothing),
            Act::Theme { text } => self.topics.set(text).map(nothing),
            Act::Round { only_turn } => self.begin_round(*only_turn, room).map(nothing),
            Act::Next { from } => self.round()?.next(*from).map(nothing),
            Act::EndRound {} => self.round.take().map(|_| Vec::new()).ok_or(RefusalCode::NotNow),
            Act::Lower { who } => {
                let at = self.hands.iter().position(|hand| hand == who).ok_or(RefusalCode::Overtaken)?;
                self.hands.remove(at);
                Ok(Vec::new())
            }
            Act::Announce { text, links, pinned } => self.announce(text, *links, *pinned, now).map(nothing),
            Act::Clear {} => self.card.take().map(|_| Vec::new()).ok_or(RefusalCode::Overtaken),
            Act::Propose { size } => self.groups.propose(*size, room).map(nothing),
            Act::Plan { groups } => self.groups.plan(groups, room).map(nothing),
            Act::Invite { minutes } => self.groups.invite(*minutes, now).map(nothing),
            Act::CallBack {} => self.groups.call_back(now).map(nothing),
            Act::Pair { pair, on } => self.groups.pair(*pair, *on, room.people).map(nothing),
            Act::Admit { who: Some(who) } => self.foyer.admit(&self.planned, *who, room),
            Act::Admit { who: None } => self.foyer.admit_all(&self.planned, room),
            Act::Word { who, text } => self.foyer.tell(*who, text, room.people).map(nothing),
            Act::Decline { who } => self.foyer.decline(*who, room.people),
            Act::Lend { who, on } => lend(find(room, *who)?, *on),
            Act::Badge { on } => Ok(vec![Effect::Badge { who: by, on: *on }]),
            Act::Note { text } => self.note(&host.nick, text, now).map(nothing),
        }
    }

    fn needs(&self, can: Can, role: Role) -> Result<(), RefusalCode> {
        if self.can(can, role) { Ok(()) } else { Err(RefusalCode::NotNow) }
    }

    fn round(&mut self) -> Result<&mut Turns, RefusalCode> {
        self.round.as_mut().ok_or(RefusalCode::NotNow)
    }

    fn go(&mut self, from: u8, to: u8, now: Millis) -> Outcome {
        self.course.go(&self.planned.programme, from, to, now)?;
        // A round belongs to its phase; so does the list for themes, which the hosts can open at any time.
        self.round = None;
        self.topics.open = self.phase_can(Can::Suggest);
        if !self.phase_can(Can::Hand) {
            self.hands.clear();
        }
        let closed = self.course.phase(&self.planned.programme).is_some_and(|phase| phase.kind == PhaseKind::Closed);
        self.over = closed;
        Ok(if closed { vec![Effect::Over] } else { Vec::new() })
    }

    fn begin_round(&mut self, only_turn: bool, room: &RoomNow<'_>) -> Result<(), RefusalCode> {
        if self.round.is_some() {
            return Err(RefusalCode::Overtaken);
        }
        self.round = Some(Turns::begin(in_rounds(room).into_iter(), only_turn));
        Ok(())
    }

    fn raise(&mut self, who: PersonId, up: bool, role: Role) -> Result<(), RefusalCode> {
        if !up {
            self.hands.retain(|hand| *hand != who);
        } else if !self.hands.contains(&who) {
            self.needs(Can::Hand, role)?;
            self.hands.push(who);
        }
        Ok(())
    }

    fn announce(&mut self, raw: &str, links: bool, pinned: bool, now: Millis) -> Result<(), RefusalCode> {
        let text = tidy_text(raw)?;
        if !links && holds_address(&text) {
            return Err(RefusalCode::LinkUnapproved);
        }
        // Two in the same millisecond are still two.
        let at = self.card.as_ref().map_or(now, |before| now.max(before.at + 1));
        self.card = Some(Card { at, text, pinned });
        Ok(())
    }

    fn boxes(&mut self, raw: &str) -> Result<(), RefusalCode> {
        tidy_text(raw)?;
        if self.boxed >= MOST_BOXED {
            return Err(RefusalCode::ListFull);
        }
        self.boxed += 1;
        Ok(())
    }

    fn note(&mut self, by: &str, raw: &str, now: Millis) -> Result<(), RefusalCode> {
        let text = tidy_text(raw)?;
        if self.notes.len() >= MOST_NOTES {
            return Err(RefusalCode::ListFull);
        }
        self.notes.push(Note { at: now, by: by.to_owned(), text });
        Ok(())
    }
}

/// Done, and nothing happens to anybody.
fn nothing((): ()) -> Vec<Effect> {
    Vec::new()
}

fn find<'a>(room: &RoomNow<'a>, who: PersonId) -> Result<&'a Present, RefusalCode> {
    room.people.iter().find(|person| person.who == who).ok_or(RefusalCode::NobodyThere)
}

/// Only participants can be lent a role, and only what was lent can be taken back.
fn lend(target: &Present, on: bool) -> Outcome {
    if !target.takes_part() {
        return Err(RefusalCode::NotInReach);
    }
    Ok(if target.lent == on { Vec::new() } else { vec![Effect::Lend { who: target.who, on }] })
}
