//! What a person knows from what they were sent. Follows `PROTOCOL.md`, and panics where a server breaks it.

use std::collections::{BTreeMap, BTreeSet};

use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::ids::{Millis, Nonce, PersonId, Seq, ZoneIndex};
use ibasho_protocol::person::{Person, Way};
use ibasho_protocol::refusal::Refusal;
use ibasho_protocol::role::Role;
use ibasho_protocol::server::{Event, Line, Said, ServerMessage, Welcome};
use ibasho_protocol::session::{Desk, Lobby, Mine, Programme, Standing};
use ibasho_protocol::voice::Slot;

/// What a person knows.
#[derive(Debug, Clone, Default)]
pub struct Mirror {
    /// One's own id, once inside.
    pub you: Option<PersonId>,
    /// The newest token.
    pub token: String,
    /// How the last `welcome` related to what was seen before.
    pub line: Option<Line>,
    /// The last sequence number seen.
    pub seen: Seq,
    /// The server's time of the last message.
    pub at: Millis,
    /// The next nonce.
    pub next_n: Nonce,
    /// One's way of taking part, as the last `welcome` told it.
    pub way: Option<Way>,
    /// What one is, as last told.
    pub role: Option<Role>,
    /// Present while one waits in the lobby.
    pub lobby: Option<Lobby>,
    /// The session that is on.
    pub programme: Option<Programme>,
    /// Where it stands.
    pub standing: Option<Standing>,
    /// What concerns oneself alone.
    pub mine: Mine,
    /// Whether there is voice on the server.
    pub voice: bool,
    /// Whose voices one's slots carry.
    pub slots: Vec<Slot>,
    /// Who is speaking where one hears.
    pub speaking: Vec<PersonId>,
    /// For staff: their desk.
    pub desk: Option<Desk>,
    /// Who is there.
    pub people: BTreeMap<PersonId, Person>,
    /// What was said, in the order it came, also what was taken back later.
    pub said: Vec<Said>,
    /// What one was told about decisions, in order.
    pub notices: Vec<Notice>,
    /// What was taken back.
    pub taken_back: BTreeSet<Seq>,
    /// Every answer to each command.
    pub answers: BTreeMap<Nonce, Vec<Event>>,
    /// Everything that happened, in order, answers excluded.
    pub events: Vec<Event>,
    /// When each of these happened, by the server's clock.
    pub times: Vec<Millis>,
    /// Refusals without a nonce.
    pub refused: Vec<Refusal>,
    /// How many answers to `beat` came.
    pub beats: usize,
    /// The last `bye`.
    pub bye: Option<(u16, Option<(u32, u32)>)>,
}

impl Mirror {
    /// Takes in a message.
    pub fn apply(&mut self, message: ServerMessage) {
        match message {
            ServerMessage::Welcome(welcome) => self.welcome(*welcome),
            ServerMessage::Frame { seq, at, ev } => {
                assert!(self.you.is_some(), "a frame before the welcome");
                assert!(seq >= self.seen, "the number went back: {seq:?} after {:?}", self.seen);
                self.at = at;
                for event in ev {
                    self.event(event);
                }
                self.seen = seq;
            }
            ServerMessage::Refused { n: Some(n), refusal } => {
                self.answers.entry(n).or_default().push(Event::Refused { n, refusal });
            }
            ServerMessage::Refused { n: None, refusal } => self.refused.push(refusal),
            ServerMessage::Beat { at } => {
                self.at = at;
                self.beats += 1;
            }
            ServerMessage::Bye { code, back_in } => self.bye = Some((code, back_in)),
            ServerMessage::Unknown => panic!("our own server says something unknown"),
        }
    }

    fn welcome(&mut self, welcome: Welcome) {
        let Welcome { v, you, token, line, seq, at, next_n, way, role, people, missed, .. } = welcome;
        let admitted = self.lobby.is_some() && welcome.lobby.is_none();
        self.lobby = welcome.lobby;
        self.programme = welcome.programme.map(|programme| *programme);
        self.standing = welcome.standing.map(|standing| *standing);
        self.mine = welcome.mine;
        self.voice = welcome.voice;
        self.speaking = welcome.speaking;
        self.slots.clear();
        self.desk = welcome.desk.map(|desk| *desk);
        self.role = Some(role);
        assert_eq!(v, ibasho_protocol::VERSION);
        assert_ne!(token, self.token, "every welcome brings a new token");
        assert!(
            line != Line::Fresh || self.you.is_none() || admitted || self.lobby.is_some(),
            "fresh only once, or on leaving or entering the lobby"
        );
        self.you = Some(you);
        self.token = token;
        self.line = Some(line);
        self.at = at;
        // Commands on the way keep their nonces, so one's own count may be ahead.
        self.next_n = self.next_n.max(next_n);
        self.way = Some(way);
        self.people = people.into_iter().map(|person| (person.who, person)).collect();
        assert_eq!(
            self.people.contains_key(&you),
            self.lobby.is_none(),
            "oneself is among the people, but for the lobby"
        );
        for event in missed {
            assert!(matches!(event, Event::Said(_) | Event::TakenBack { .. }), "only words are missed: {event:?}");
            self.event(event);
        }
        self.seen = self.seen.max(seq);
    }

    fn event(&mut self, event: Event) {
        match &event {
            Event::Answer { n, .. }
            | Event::Done { n, .. }
            | Event::Phrase { n, .. }
            | Event::Held { n, .. }
            | Event::Refused { n, .. } => {
                self.answers.entry(*n).or_default().push(event);
                return;
            }
            Event::Came(person) => _ = self.people.insert(person.who, person.clone()),
            Event::Left { who } => _ = self.people.remove(who),
            Event::Walks { who, walk } => self.person(*who).walk = walk.clone(),
            Event::Said(said) => {
                assert!(self.said.iter().all(|other| other.id != said.id), "words come twice: {said:?}");
                // Only words that waited for staff come later than others, and take their place.
                let after = self.said.partition_point(|other| other.id < said.id);
                self.said.insert(after, said.clone());
            }
            Event::TakenBack { id } => _ = self.taken_back.insert(*id),
            Event::Away { who, on } => self.person(*who).away = *on,
            Event::Wishes { who, wish } => self.person(*who).wish = *wish,
            Event::Appears { who, nick, look } => {
                let person = self.person(*who);
                person.nick.clone_from(nick);
                person.look = *look;
            }
            Event::Programme { programme } => self.programme = programme.as_deref().cloned(),
            Event::Standing(standing) => self.standing = Some((**standing).clone()),
            Event::Mine(mine) => self.mine = mine.clone(),
            Event::Desk(desk) => self.desk = Some((**desk).clone()),
            Event::Lobby(lobby) => self.lobby = Some(lobby.clone()),
            Event::Role { role } => {
                self.role = Some(*role);
                // Whoever is no longer staff has no desk.
                self.desk.take_if(|_| !role.is_staff());
            }
            Event::Badge { who, role } => self.person(*who).badge = *role,
            Event::Slots { slots } => self.slots.clone_from(slots),
            Event::HungUp {} => self.slots.clear(),
            Event::Notice(notice) => self.notices.push(notice.clone()),
            Event::Speaking { who } => self.speaking.clone_from(who),
            Event::Reacts { who, .. } => _ = self.person(*who),
            Event::Unknown => panic!("our own server tells something unknown"),
        }
        self.events.push(event);
        self.times.push(self.at);
    }

    fn person(&mut self, who: PersonId) -> &mut Person {
        self.people.get_mut(&who).unwrap_or_else(|| panic!("something happens with {who:?}, who is not there"))
    }

    /// One's own id.
    pub fn me(&self) -> PersonId {
        self.you.expect("inside")
    }

    /// The zone somebody is in at a time of the server's clock.
    pub fn zone_of(&self, who: PersonId, at: Millis) -> Option<ZoneIndex> {
        let walk = &self.people.get(&who)?.walk;
        Some(if at >= walk.until || walk.stays { walk.zone } else { 0 })
    }

    /// The texts one heard and that were not taken back.
    pub fn texts(&self) -> Vec<&str> {
        let shown = self.said.iter().filter(|said| !self.taken_back.contains(&said.id));
        shown.map(|said| said.text.as_str()).collect()
    }

    /// The nicknames of those who are there, sorted.
    pub fn nicks(&self) -> Vec<&str> {
        let mut nicks: Vec<&str> = self.people.values().map(|person| person.nick.as_str()).collect();
        nicks.sort_unstable();
        nicks
    }

    /// The only answer to a command, if it has come.
    pub fn answer(&self, n: Nonce) -> Option<&Event> {
        self.answers.get(&n)?.last()
    }
}
