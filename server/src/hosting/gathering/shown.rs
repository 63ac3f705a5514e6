//! A gathering as it is shown: to everybody inside, to one person, to the staff, to those who wait.

use ibasho_moderation::roles::Role;
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::session::{Can, Desk, DeskPerson, Lobby, Mine, Programme, Standing};

use super::staff::staff_here;
use super::{Gathering, Present, RoomNow};

/// Everything that can be possible, in the order in which it is listed.
const ALL: [Can; 6] = [Can::React, Can::Write, Can::Speak, Can::Tables, Can::Suggest, Can::Hand];

impl Gathering {
    /// The session's id.
    pub fn id(&self) -> &str {
        &self.planned.programme.id
    }

    /// What everybody inside sees of the plan.
    pub fn programme(&self) -> &Programme {
        &self.planned.programme
    }

    /// Where it stands.
    pub fn standing(&self) -> Standing {
        Standing {
            phase: self.course.phase,
            since: self.course.since,
            until: self.course.until,
            can: ALL.into_iter().filter(|can| self.can(*can, Role::Participant)).collect(),
            theme: self.topics.theme.clone(),
            themes: self.topics.shown(),
            round: self.round.as_ref().map(super::Turns::shown),
            hands: self.hands.clone(),
            card: self.card.clone(),
            groups: self.groups.shown(),
            coming: self.foyer.coming(),
            alone: self.watch.shown(self.planned.alone),
        }
    }

    /// What concerns one person alone, but for what the room fills in.
    pub fn mine(&self, who: PersonId) -> Mine {
        Mine { vote: self.topics.ballot(who), invited: self.groups.invited(who), ..Mine::default() }
    }

    /// Whether fewer staff are here than the session needs.
    pub fn is_short(&self, room: &RoomNow<'_>) -> bool {
        staff_here(room.people) < usize::from(self.planned.staff_needed)
    }

    /// What the staff see.
    pub fn desk(&self, room: &RoomNow<'_>) -> Desk {
        let at_desk = |person: &Present| DeskPerson {
            who: person.who,
            way: person.way,
            role: person.role,
            lent: person.lent,
            lost: !person.connected,
            muted: person.muted,
        };
        Desk {
            waiting: self.foyer.waiting(room.people),
            people: room.people.iter().filter(|person| !person.waits()).map(at_desk).collect(),
            proposed: self.groups.proposed.clone(),
            pairs: self.groups.pairs.clone(),
            notes: self.notes.clone(),
            needed: self.planned.staff_needed,
            boxed: self.boxed,
        }
    }

    /// What somebody who waits sees.
    pub fn lobby(&self, who: PersonId) -> Lobby {
        self.foyer.lobby(&self.planned, who)
    }
}
