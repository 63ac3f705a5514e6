//! What goes out: the sound of one packet, past the gate and into the slots of those who hear it.

use super::book::Key;
use super::count::Dropped;
use super::engine::Engine;
use super::media::News;
use super::peer::{Sound, Talks};
use super::slots::{Place, Voice};

/// Whoever found no slot with anybody tries again with every fourth packet, every 80 ms: in a hall full of talk most people
/// are not among the six who are heard, and looking in vain would cost more than what is heard.
const KNOCK: u32 = 4;

impl Engine {
    /// The sound of a packet: to everybody who hears it.
    pub(super) fn forward(&mut self, key: Key, sound: &Sound, payload: &[u8]) {
        let now = self.net.now;
        let talker = &mut self.peers[key];
        if talker.talks == Talks::No {
            return self.net.counts.dropped(Dropped::Muted);
        }
        let who = talker.who();
        if let Some(on) = talker.level.hear(sound.level, now) {
            talker.tell(|who, _| News::Speaks { who, on });
        }
        let voice = Voice {
            who,
            first: talker.talks == Talks::First,
            loudness: talker.level.loudness(),
            voiced: talker.level.voiced(),
        };
        // Lent out for the loop: listeners are in the same place.
        let listeners = std::mem::take(&mut talker.listeners);
        if talker.unheard.is_multiple_of(KNOCK) {
            let mut heard = listeners.is_empty();
            for listener in &listeners {
                heard |= self.write(*listener, voice, sound, payload);
            }
            let talker = &mut self.peers[key];
            talker.unheard = if heard { 0 } else { talker.unheard.wrapping_add(1) };
        } else {
            talker.unheard += 1;
            self.net.counts.dropped_by(Dropped::NoSlot, listeners.len());
        }
        self.peers[key].listeners = listeners;
        self.schedule(key);
    }

    /// A packet for one listener. Tells whether its talker has a slot there.
    fn write(&mut self, key: Key, voice: Voice, sound: &Sound, payload: &[u8]) -> bool {
        let now = self.net.now;
        let listener = &mut self.peers[key];
        if !listener.connected {
            return false;
        }
        let (slot, changed) = match listener.slots.place(voice, now) {
            Place::Kept(slot) => (slot, false),
            Place::Taken(slot) => (slot, true),
            Place::None => {
                self.net.counts.dropped(Dropped::NoSlot);
                return false;
            }
        };
        if changed {
            listener.tell_slots();
        }
        match listener.place(slot, sound, now) {
            Some(placed) if listener.write(slot, placed, sound.marked, payload, &mut self.net) => {
                self.net.counts.forwarded.inc();
            }
            Some(_) => {}
            None => self.net.counts.dropped(Dropped::TooLate),
        }
        true
    }
}
