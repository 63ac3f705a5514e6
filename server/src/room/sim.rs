//! The room without its surroundings: `(world, inputs, now) → outcome`. Nothing here awaits.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use bevy_ecs::prelude::*;
use bytes::Bytes;
use ibasho_moderation::desk::subject::Subject;
use ibasho_moderation::hook::Hooks;
use ibasho_moderation::nickname::nickname_skeleton;
use ibasho_moderation::roles::Role;
use ibasho_protocol::codec::{encode_event, encode_server};
use ibasho_protocol::ids::{Millis, PersonId, Seq};
use ibasho_protocol::limits::GRACE_MS;
use ibasho_protocol::person::Point;
use ibasho_protocol::plan::RoomPlan;
use ibasho_protocol::server::{Event, Line, ServerMessage, Welcome};

use super::ecs;
use super::ecs::hosting::{self, Hosting};
use super::ecs::names::Names;
use super::ecs::parts::{
    Answers, Arrivals, Book, Chance, LastTold, Pace, Part, Place, Presence, Profile, Rules, Seen, Ties, Tokens,
    Whereabouts, Who, badge, person,
};
use super::ecs::round::Round;
use super::ecs::safety::conduct::Conduct;
use super::ecs::safety::{self, Safety};
use super::ecs::said::Log;
use super::ecs::voice::{Voice, Voices, hearing};
use super::floor::{Floor, Spot};
use super::tick::{Admitted, Input, Outcome, State};
use crate::dice::Dice;
use crate::store::{KeptPlace, KeptSeat};

/// A room's world.
pub struct Sim {
    world: World,
    tick: ecs::Tick,
    waiting: VecDeque<Input>,
    /// How many of those who wait do not wait for a tick.
    hurried: usize,
    due: Option<Millis>,
}

impl Sim {
    /// A room with the people who were in it before the server stopped. Numbers begin after `start`.
    ///
    /// # Errors
    /// The plan's floor cannot be used; [`crate::plan::load`] has checked that it can.
    pub fn new(
        plan: Arc<RoomPlan>,
        rules: Arc<Hooks>,
        dice: Dice,
        kept: Vec<KeptSeat>,
        hosted: Option<&str>,
        start: Seq,
        now: Millis,
    ) -> Result<Self, String> {
        let mut world = World::new();
        let floor = Floor::new(&plan)?;
        world.init_resource::<Book>();
        world.insert_resource(Round::new(now, start));
        world.insert_resource(Place { plan, floor });
        world.insert_resource(Rules(rules));
        world.init_resource::<Safety>();
        world.init_resource::<Names>();
        world.init_resource::<Arrivals>();
        world.init_resource::<Voices>();
        world.insert_resource(Chance(dice));
        world.insert_resource(Log::new(start));
        world.insert_resource(Hosting::again(hosted));
        let tick = ecs::Tick::new(&mut world);
        let mut sim = Self { world, tick, waiting: VecDeque::new(), hurried: 0, due: None };
        for seat in kept {
            sim.seat_again(seat, now);
        }
        Ok(sim)
    }

    /// The same, on a server with voice or without.
    pub fn with_voice(mut self, on: bool) -> Self {
        self.world.resource_mut::<Voices>().on = on;
        self
    }

    /// The same, where hooks that need time are asked about words and about nicknames, or not.
    pub fn with_hooks(mut self, words: bool, names: bool) -> Self {
        self.world.resource_mut::<Safety>().asks = words;
        self.world.resource_mut::<Names>().asks = names;
        self
    }

    /// Everybody who has a seat, as the office knows them.
    pub fn subjects(&mut self) -> Vec<Subject> {
        let mut people = self.world.query::<(&Who, &Ties)>();
        people.iter(&self.world).map(|(who, ties)| safety::known_by(who.0, ties)).collect()
    }

    /// Somebody, as the office knows them.
    pub fn subject(&self, who: PersonId) -> Option<Subject> {
        let entity = self.world.resource::<Book>().0.get(&who)?;
        self.world.get::<Ties>(*entity).map(|ties| safety::known_by(who, ties))
    }

    /// Somebody who was here before a restart: their line counts as lost just now.
    fn seat_again(&mut self, seat: KeptSeat, now: Millis) {
        let spot = if seat.role == Role::Lobby { None } else { Some(self.spot_of(&seat)) };
        if spot == Some(None) {
            return;
        }
        let ties: Ties = seat.ties.as_deref().and_then(|ties| serde_json::from_str(ties).ok()).unwrap_or_default();
        self.world.resource_mut::<Voices>().blocks |= !ties.blocked.is_empty();
        let skeleton = nickname_skeleton(&seat.nick);
        let entity = self.world.spawn((
            Who(seat.person),
            Profile { nick: seat.nick, skeleton, look: seat.look, wish: seat.wish, away: false },
            Part { role: seat.role, way: seat.way },
            ties,
            (Voice::default(), Conduct::default()),
            LastTold::default(),
            Presence::Lost { until: now + GRACE_MS },
            Tokens { current: seat.token, previous: seat.previous },
            Answers::up_to(seat.nonce),
            Pace::new(now),
        ));
        let entity = entity.id();
        if let Some(Some(spot)) = spot {
            let at = Whereabouts::settled(spot.at, spot.zone, spot.seat, now);
            self.world.entity_mut(entity).insert((at, Seen));
        }
        self.world.resource_mut::<Book>().0.insert(seat.person, entity);
    }

    /// Where somebody sat. The plan may have changed meanwhile: then people stand where there is floor.
    fn spot_of(&self, seat: &KeptSeat) -> Option<Spot> {
        let place = self.world.resource::<Place>();
        let spot = seat.seat.and_then(|index| place.floor.seat(index)).filter(|spot| spot.at == seat.at);
        let spot = spot.or_else(|| place.floor.contains(seat.at).then(|| place.floor.spot_near(seat.at, &[]))?);
        spot.or_else(|| place.floor.entry(&[]))
    }

    /// Takes an input for the next step.
    pub fn push(&mut self, input: Input) {
        self.hurried += usize::from(input.hurries());
        self.waiting.push_back(input);
    }

    /// How many inputs wait for the next step.
    pub fn inputs(&self) -> usize {
        self.waiting.len()
    }

    /// Whether something waits that does not wait for a tick.
    pub fn hurries(&self) -> bool {
        self.hurried > 0
    }

    /// When something happens by itself.
    pub fn due(&self) -> Option<Millis> {
        self.due
    }

    /// One tick. What one person asked for is done in the order in which they asked: the systems run once for the
    /// first command of each person, once for the second, and so on; all of it is one tick and one frame.
    pub fn step(&mut self, now: Millis) -> Outcome {
        self.world.resource_mut::<Round>().now = now;
        loop {
            self.stage();
            self.tick.run(&mut self.world);
            self.world.clear_trackers();
            if self.waiting.is_empty() {
                self.hurried = 0;
                self.due = self.world.resource::<Round>().due;
                return std::mem::take(&mut self.world.resource_mut::<Round>().out);
            }
        }
    }

    /// Hands over inputs up to the second command of the same person, or to a door after a command.
    fn stage(&mut self) {
        let inbox = &mut self.world.resource_mut::<Round>().inbox;
        let mut busy = HashSet::new();
        while let Some(input) = self.waiting.pop_front() {
            match input {
                Input::Command { who, message } if busy.insert(who) => inbox.commands.push((who, message)),
                Input::Command { .. } => return self.waiting.push_front(input),
                // Belongs to nobody's order.
                Input::Voice(heard) => inbox.news.push(heard),
                // Doors come first in a tick; one that follows a command must wait for it.
                _ if busy.is_empty() => inbox.doors.push(input),
                _ => return self.waiting.push_front(input),
            }
        }
    }

    /// The number of the last event.
    pub fn seq(&self) -> Seq {
        self.world.resource::<Round>().last
    }

    /// How many people are here, those whose line is lost included and those in the lobby not.
    pub fn count(&mut self) -> usize {
        let all = self.world.resource::<Book>().0.len();
        // Only a session has a lobby; to make a query at each tick costs more than the tick.
        if self.world.resource::<Hosting>().gathering.is_none() {
            return all;
        }
        self.world.query::<&Whereabouts>().iter(&self.world).count()
    }

    /// The id of the room.
    pub fn room(&self) -> &str {
        &self.world.resource::<Place>().plan.id
    }

    /// Whether somebody waits in the lobby: they see nothing of the room.
    pub fn waits(&self, who: PersonId) -> bool {
        let entity = self.world.resource::<Book>().0.get(&who);
        entity.and_then(|&entity| self.world.get::<Part>(entity)).is_some_and(|part| part.role == Role::Lobby)
    }

    /// The welcome for somebody who was let in by the last step, encoded.
    pub fn welcome(&mut self, admitted: Admitted, now: Millis) -> Option<Bytes> {
        let Admitted { who, token, line, seen } = admitted;
        let &entity = self.world.resource::<Book>().0.get(&who)?;
        let view = hosting::view_of(&mut self.world, who, entity);
        let waits = view.lobby.is_some() || self.waits(who);
        let mut here = self.world.query_filtered::<(&Who, &Profile, &Whereabouts, &Part, &Ties), With<Seen>>();
        let everybody = here.iter(&self.world).filter(|_| !waits);
        let everybody = everybody.map(|(&who, profile, at, part, ties)| person(who, profile, at, badge(part, ties)));
        let people = everybody.collect();
        let gathering = self.world.resource::<Hosting>().gathering.as_ref().filter(|_| !waits);
        let programme = gathering.map(|gathering| Box::new(gathering.programme().clone()));
        let standing = gathering.map(|gathering| Box::new(gathering.standing()));
        let speaking = if waits { Vec::new() } else { hearing::told(&self.world, entity) };
        let missed = match line {
            _ if waits => Vec::new(),
            Line::Fresh => Vec::new(),
            Line::Resumed | Line::Resync => self.world.resource::<Log>().after(seen, who),
        };
        let entity = self.world.entity(entity);
        let welcome = Welcome {
            v: ibasho_protocol::VERSION,
            you: who,
            token: token.reveal(),
            line,
            seq: self.seq(),
            at: now,
            next_n: entity.get::<Answers>()?.highest.saturating_add(1),
            way: entity.get::<Part>()?.way,
            role: entity.get::<Part>()?.role,
            lobby: waits.then(|| view.lobby.unwrap_or_default()),
            programme,
            standing,
            mine: view.mine,
            desk: view.desk.map(Box::new),
            voice: self.world.resource::<Voices>().on,
            speaking,
            people,
            missed,
        };
        Some(encode_server(&ServerMessage::Welcome(Box::new(welcome))))
    }

    /// The newest of a state as an event, for a reader who was too slow for it.
    pub fn newest(&self, reader: PersonId, state: State) -> Option<Bytes> {
        let book = &self.world.resource::<Book>().0;
        let event = match state {
            State::Walk(who) => {
                let walk = self.world.get::<Whereabouts>(*book.get(&who)?)?.walk.clone();
                Event::Walks { who, walk }
            }
            State::Speaking => Event::Speaking { who: hearing::told(&self.world, *book.get(&reader)?) },
        };
        Some(encode_event(&event))
    }

    /// Whether a person set out after `since` and is still on the way.
    pub fn set_out_since(&self, who: PersonId, since: Millis, now: Millis) -> bool {
        let entity = self.world.resource::<Book>().0.get(&who);
        entity
            .and_then(|&entity| self.world.get::<Whereabouts>(entity))
            .is_some_and(|at| at.walk.until > now && at.walk.at > since)
    }

    /// Whether somebody only walks, or has walked, to another piece of floor of the zone they were in.
    pub fn strolls(&self, who: PersonId) -> bool {
        let entity = self.world.resource::<Book>().0.get(&who);
        entity
            .and_then(|&entity| self.world.get::<Whereabouts>(entity))
            .is_some_and(|at| at.walk.stays && at.walk.seat.is_none())
    }

    /// Where a person is, for keeping.
    pub fn kept_place(&self, who: PersonId) -> Option<KeptPlace> {
        let &entity = self.world.resource::<Book>().0.get(&who)?;
        let entity = self.world.entity(entity);
        let at = entity.get::<Whereabouts>()?;
        Some(KeptPlace { person: who, at: at.goal(), seat: at.walk.seat, nonce: entity.get::<Answers>()?.highest })
    }

    /// What is to be kept of a person.
    pub fn kept(&self, who: PersonId) -> Option<KeptSeat> {
        let &entity = self.world.resource::<Book>().0.get(&who)?;
        let entity = self.world.entity(entity);
        let (profile, part) = (entity.get::<Profile>()?, entity.get::<Part>()?);
        let (tokens, ties) = (entity.get::<Tokens>()?, entity.get::<Ties>()?);
        // Who waits in the lobby is nowhere yet.
        let at = entity.get::<Whereabouts>();
        let is_plain = *ties == Ties { arrival: ties.arrival, ..Ties::default() };
        Some(KeptSeat {
            person: who,
            room: self.world.resource::<Place>().plan.id.clone(),
            token: tokens.current,
            previous: tokens.previous,
            nick: profile.nick.clone(),
            look: profile.look,
            way: part.way,
            wish: profile.wish,
            at: at.map_or(Point(0, 0), Whereabouts::goal),
            seat: at.and_then(|at| at.walk.seat),
            role: part.role,
            ties: if is_plain { None } else { serde_json::to_string(ties).ok() },
            nonce: entity.get::<Answers>()?.highest,
        })
    }

    /// Everybody who is here, for keeping.
    pub fn everybody(&self) -> Vec<PersonId> {
        self.world.resource::<Book>().0.keys().copied().collect()
    }
}
