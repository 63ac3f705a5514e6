//! Whose voices a listener's slots carry. There are few slots and many who may speak; whoever is in a slot stays in it, so
//! that nothing flutters, and who has fallen silent makes room.

use std::time::{Duration, Instant};

use ibasho_protocol::ids::PersonId;

/// Who has been silent for so long gives their slot to somebody who speaks.
const SILENT: Duration = Duration::from_secs(1);
/// How much louder somebody must be than the quietest speaker to take their slot, in decibels: twice the pressure,
/// clearly heard.
const LOUDER: f32 = 6.0;
/// And for how long, without a pause: an interjection displaces nobody.
const LOUDER_FOR: Duration = Duration::from_secs(1);
/// A challenger who was not heard for so long begins anew. Ten packets.
const PAUSE: Duration = Duration::from_millis(200);

/// What is known of a speaker when their packet comes.
#[derive(Debug, Clone, Copy)]
pub struct Voice {
    /// Who.
    pub who: PersonId,
    /// Comes before others.
    pub first: bool,
    /// How loud, in dBov, smoothed.
    pub loudness: f32,
    /// Whether there is a voice in it at this moment.
    pub voiced: bool,
}

/// Where a packet goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Into the slot they have.
    Kept(usize),
    /// Into a slot they have from now on.
    Taken(usize),
    /// Nowhere: all slots carry others.
    None,
}

/// The slots of one listener.
#[derive(Debug)]
pub struct Slots {
    held: Vec<Option<Held>>,
    challenger: Option<Challenger>,
}

#[derive(Debug, Clone, Copy)]
struct Held {
    voice: Voice,
    /// When there was a voice last.
    spoke: Instant,
}

#[derive(Debug, Clone, Copy)]
struct Challenger {
    who: PersonId,
    since: Instant,
    heard: Instant,
}

impl Slots {
    /// So many free ones.
    pub fn new(count: usize) -> Self {
        Self { held: vec![None; count], challenger: None }
    }

    /// A packet of somebody has come.
    pub fn place(&mut self, voice: Voice, now: Instant) -> Place {
        let own = |held: &Option<Held>| held.is_some_and(|held| held.voice.who == voice.who);
        if let Some(at) = self.held.iter().position(own) {
            let spoke = self.held[at].filter(|_| !voice.voiced).map_or(now, |held| held.spoke);
            self.held[at] = Some(Held { voice, spoke });
            return Place::Kept(at);
        }
        match self.make_room(voice, now) {
            Some(at) => {
                self.held[at] = Some(Held { voice, spoke: now });
                self.challenger = None;
                Place::Taken(at)
            }
            None => Place::None,
        }
    }

    /// A slot for somebody who has none.
    fn make_room(&mut self, voice: Voice, now: Instant) -> Option<usize> {
        if let Some(free) = self.held.iter().position(Option::is_none) {
            return Some(free);
        }
        // Who only breathes into an open microphone displaces nobody.
        if !voice.voiced {
            return None;
        }
        let held = || self.held.iter().flatten().enumerate();
        let (longest, silent) = held().min_by_key(|(_, held)| held.spoke)?;
        if now.saturating_duration_since(silent.spoke) >= SILENT {
            return Some(longest);
        }
        // Those who come first are only measured against each other.
        let quietest = |first: bool| {
            let rank = held().filter(move |(_, held)| held.voice.first == first);
            rank.min_by(|(_, a), (_, b)| a.voice.loudness.total_cmp(&b.voice.loudness))
        };
        let other = quietest(false);
        if voice.first
            && let Some((at, _)) = other
        {
            return Some(at);
        }
        let (at, than) = if voice.first { quietest(true)? } else { other? };
        self.challenges(voice, than.voice.loudness, now).then_some(at)
    }

    /// Whether somebody has been clearly louder for long enough. There is one challenger at a time.
    fn challenges(&mut self, voice: Voice, than: f32, now: Instant) -> bool {
        let going_on = self.challenger.filter(|one| now.saturating_duration_since(one.heard) < PAUSE);
        let louder = voice.loudness >= than + LOUDER;
        match going_on {
            Some(one) if one.who != voice.who => false,
            _ if !louder => {
                self.challenger = None;
                false
            }
            going_on => {
                let since = going_on.map_or(now, |one| one.since);
                self.challenger = Some(Challenger { who: voice.who, since, heard: now });
                now.saturating_duration_since(since) >= LOUDER_FOR
            }
        }
    }

    /// Those who are not heard here any more leave their slots. Tells whether there was one.
    pub fn keep(&mut self, mut heard: impl FnMut(PersonId) -> bool) -> bool {
        let mut changed = false;
        for slot in &mut self.held {
            if slot.is_some_and(|held| !heard(held.voice.who)) {
                *slot = None;
                changed = true;
            }
        }
        changed
    }

    /// Who is in which slot.
    pub fn holders(&self) -> impl Iterator<Item = (usize, PersonId)> {
        self.held.iter().enumerate().filter_map(|(at, held)| held.map(|held| (at, held.voice.who)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice(who: u64, loudness: f32) -> Voice {
        Voice { who: PersonId(who), first: false, loudness, voiced: loudness > -45.0 }
    }

    fn at(ms: u64) -> Instant {
        use std::sync::OnceLock;
        static START: OnceLock<Instant> = OnceLock::new();
        *START.get_or_init(Instant::now) + Duration::from_millis(ms)
    }

    /// These speak until `until`, a packet each every 20 ms; who took a slot, and when.
    fn talk(slots: &mut Slots, voices: &[Voice], from: u64, until: u64) -> Vec<(u64, u64)> {
        let packets = (from..until).step_by(20).flat_map(|ms| voices.iter().map(move |voice| (ms, *voice)));
        packets
            .filter(|(ms, voice)| matches!(slots.place(*voice, at(*ms)), Place::Taken(_)))
            .map(|(ms, voice)| (ms, voice.who.0))
            .collect()
    }

    #[test]
    fn six_keep_their_slots_and_the_seventh_waits_until_one_is_silent() {
        let mut slots = Slots::new(2);
        let both = [voice(1, -20.0), voice(2, -25.0)];
        assert_eq!(talk(&mut slots, &both, 0, 1000), [(0, 1), (0, 2)]);
        // As loud as they are, for long: nothing flutters.
        assert_eq!(talk(&mut slots, &[both[0], both[1], voice(3, -22.0)], 1000, 60_000), []);
        // The second falls silent, with or without packets.
        assert_eq!(talk(&mut slots, &[both[0], voice(2, -70.0), voice(3, -22.0)], 60_000, 62_000), [(60_980, 3)]);
        // An open microphone without a voice takes no slot from a silent one.
        assert_eq!(talk(&mut slots, &[voice(2, -60.0)], 64_000, 70_000), []);
        assert_eq!(talk(&mut slots, &[voice(2, -30.0)], 70_000, 70_020), [(70_000, 2)]);
    }

    #[test]
    fn who_comes_first_need_not_wait() {
        let mut slots = Slots::new(2);
        let (loud, quiet) = (voice(1, -15.0), voice(2, -30.0));
        talk(&mut slots, &[loud, quiet], 0, 1000);
        let host = Voice { first: true, ..voice(9, -40.0) };
        assert_eq!(talk(&mut slots, &[loud, quiet, host], 1000, 3000), [(1000, 9)]);
        assert_eq!(slots.holders().collect::<Vec<_>>(), [(0, PersonId(1)), (1, PersonId(9))]);
        // However loud: who comes first is not displaced by who does not.
        let shout = voice(3, -5.0);
        let won = talk(&mut slots, &[loud, host, shout], 3000, 6000);
        assert_eq!(won, [(4000, 3)]);
        assert_eq!(slots.holders().collect::<Vec<_>>(), [(0, PersonId(3)), (1, PersonId(9))]);
    }

    #[test]
    fn an_interjection_displaces_nobody_but_a_clearly_louder_speaker_does() {
        let mut slots = Slots::new(1);
        talk(&mut slots, &[voice(1, -30.0)], 0, 1000);
        assert_eq!(talk(&mut slots, &[voice(1, -30.0), voice(2, -20.0)], 1000, 1900), []);
        assert_eq!(talk(&mut slots, &[voice(1, -30.0)], 1900, 2500), []);
        assert_eq!(talk(&mut slots, &[voice(1, -30.0), voice(2, -20.0)], 2500, 4000), [(3500, 2)]);
        // The displaced one is quieter: it does not come back while the other speaks.
        assert_eq!(talk(&mut slots, &[voice(2, -20.0), voice(1, -30.0)], 4000, 9000), []);
    }

    #[test]
    fn who_is_not_heard_any_more_leaves() {
        let mut slots = Slots::new(2);
        talk(&mut slots, &[voice(1, -20.0), voice(2, -20.0)], 0, 20);
        assert!(slots.keep(|who| who != PersonId(1)));
        assert!(!slots.keep(|who| who != PersonId(1)));
        assert_eq!(talk(&mut slots, &[voice(3, -80.0)], 20, 40), [(20, 3)], "a free slot is for anybody");
    }
}
