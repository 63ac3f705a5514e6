//! Who speaks, from the audio level that clients send with each packet (RFC 6464): smoothed, so that a cough is no speech
//! and a breath is no end of it.

use std::time::{Duration, Instant};

/// From here on it is a voice, in dBov. Speech into a phone lies between -35 and -15, a quiet room below -60.
const VOICE: f32 = -45.0;
/// Below this a voice has ended: a little under [`VOICE`], so that nothing flickers at the edge.
const SILENCE: f32 = -52.0;
/// How much of a louder packet is taken over at once. Four packets (80 ms) come within a decibel or two.
const ATTACK: f32 = 0.4;
/// How much of a quieter one: the ends of words fade out over some 200 ms.
const RELEASE: f32 = 0.12;
/// How long a voice must be gone until somebody has stopped speaking: longer than a breath between two sentences.
const BREATH: Duration = Duration::from_millis(700);
/// The quietest level there is, in dBov.
const NOTHING: f32 = -127.0;
/// What is assumed of a client that tells no level: it is heard like somebody who speaks, and never shown as speaking.
const UNTOLD: f32 = -35.0;

/// How loud somebody is.
#[derive(Debug)]
pub struct Level {
    smooth: f32,
    speaks: bool,
    /// When there was a voice last.
    voiced: Option<Instant>,
    told: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self { smooth: NOTHING, speaks: false, voiced: None, told: true }
    }
}

impl Level {
    /// A packet with its level in dBov (0 to -127), if it had one. Tells whether somebody began or stopped speaking.
    pub fn hear(&mut self, level: Option<i8>, now: Instant) -> Option<bool> {
        self.told = level.is_some();
        let level = level.map_or(UNTOLD, f32::from).clamp(NOTHING, 0.0);
        let share = if level > self.smooth { ATTACK } else { RELEASE };
        // From silence a voice comes up within two packets, however deep the silence was.
        self.smooth = self.smooth.max(2.0 * VOICE) + share * (level - self.smooth.max(2.0 * VOICE));
        let edge = if self.speaks { SILENCE } else { VOICE };
        if self.smooth > edge {
            self.voiced = Some(now);
            return (self.told && !std::mem::replace(&mut self.speaks, self.told)).then_some(true);
        }
        self.rest(now)
    }

    /// Time has passed, with or without packets. Tells whether somebody stopped speaking.
    pub fn rest(&mut self, now: Instant) -> Option<bool> {
        (self.speaks && self.stops().is_none_or(|stops| stops <= now)).then(|| {
            self.speaks = false;
            false
        })
    }

    /// When [`Level::rest`] is to be asked, if somebody speaks.
    pub fn stops(&self) -> Option<Instant> {
        self.voiced.filter(|_| self.speaks).map(|voiced| voiced + BREATH)
    }

    /// They are heard no more. Tells whether they spoke until now.
    pub fn end(&mut self) -> bool {
        std::mem::take(self).speaks
    }

    /// How loud they are, in dBov, smoothed.
    pub fn loudness(&self) -> f32 {
        self.smooth
    }

    /// Whether there is a voice at this moment, or may be one: a client that tells no level may always speak.
    pub fn voiced(&self) -> bool {
        !self.told || self.smooth > if self.speaks { SILENCE } else { VOICE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Packets of 20 ms of one level; what was told and when.
    fn play(level: &mut Level, start: Instant, from: u64, ms: u64, loud: i8) -> Vec<(u64, bool)> {
        let packets = (from..from + ms).step_by(20);
        packets.filter_map(|at| level.hear(Some(loud), start + Duration::from_millis(at)).map(|on| (at, on))).collect()
    }

    #[test]
    fn speech_is_shown_soon_and_a_breath_is_no_end() {
        let (start, mut level) = (Instant::now(), Level::default());
        assert_eq!(play(&mut level, start, 0, 400, -70), []);
        let began = play(&mut level, start, 400, 400, -25);
        assert!(matches!(began[..], [(400..=480, true)]), "{began:?}");
        assert_eq!(play(&mut level, start, 800, 400, -70), [], "a breath");
        assert_eq!(play(&mut level, start, 1200, 400, -30), []);
        let ended = play(&mut level, start, 1600, 2000, -70);
        assert!(matches!(ended[..], [(2300..=2800, false)]), "{ended:?}");
    }

    #[test]
    fn a_click_or_the_noise_of_a_room_is_no_speech() {
        let (start, mut level) = (Instant::now(), Level::default());
        assert_eq!(play(&mut level, start, 0, 20, -28), []);
        assert_eq!(play(&mut level, start, 20, 2000, -55), []);
        assert!(!level.voiced());
    }

    #[test]
    fn who_sends_nothing_more_has_stopped() {
        let (start, mut level) = (Instant::now(), Level::default());
        play(&mut level, start, 0, 200, -20);
        let stops = level.stops().expect("speaks");
        assert_eq!(stops, start + Duration::from_millis(180) + BREATH);
        assert_eq!(level.rest(start + Duration::from_millis(180)), None);
        assert_eq!(level.rest(stops), Some(false));
        assert_eq!((level.rest(stops), level.stops()), (None, None));
        play(&mut level, start, 2000, 200, -20);
        assert!(level.end());
        assert!(!level.end());
    }

    #[test]
    fn without_levels_one_may_speak_but_is_not_shown() {
        let (start, mut level) = (Instant::now(), Level::default());
        assert!((0..50).all(|at| level.hear(None, start + Duration::from_millis(at * 20)).is_none()));
        assert!(level.voiced() && level.loudness() > -40.0);
    }
}
