//! What must have been heard by whom, worked out from what is public.
//!
//! The witness saw who came, walked and left, and when. From that follows in which zone everybody was at each moment,
//! and so who must and who must not have heard each message. Within one moment the order is not public: whoever
//! set out, came or left in the very moment of a message may or may not have heard it.

use std::collections::{BTreeMap, BTreeSet};

use ibasho_protocol::ids::{Millis, PersonId, Seq, ZoneIndex};
use ibasho_protocol::person::Walk;
use ibasho_protocol::server::{Event, Said};

use super::run::Stay;
use crate::mirror::Mirror;

/// Which zones hear a zone, in the house of the scenarios.
fn hears(listener: ZoneIndex, spoken: ZoneIndex) -> bool {
    match listener {
        0..=2 => listener == spoken,
        // At the quiet edge one hears the hall; resting, nothing.
        4 => spoken == 0,
        _ => false,
    }
}

/// Where somebody was: from when on which walk counts, and when they left.
#[derive(Default)]
struct Trail {
    walks: Vec<(Millis, Walk)>,
    left: Option<Millis>,
}

impl Trail {
    /// The zones somebody may have been in at a moment; `None` stands for not being there.
    fn zones(&self, at: Millis) -> BTreeSet<Option<ZoneIndex>> {
        let zone = |walk: &Walk| if walk.stays || at >= walk.until { walk.zone } else { 0 };
        let before = self.walks.iter().rfind(|(from, _)| *from < at).map(|(_, walk)| zone(walk));
        let mut zones = BTreeSet::from([before]);
        zones.extend(self.walks.iter().filter(|(from, _)| *from == at).map(|(_, walk)| Some(zone(walk))));
        match self.left {
            Some(left) if left < at => BTreeSet::from([None]),
            Some(left) if left == at => {
                zones.insert(None);
                zones
            }
            _ => zones,
        }
    }
}

/// Checks every stay.
pub fn check(witness: &Mirror, stays: &[Stay]) {
    let trails = trails(witness);
    let words = words(witness, stays);
    let taken_back = every_command_was_done_once(stays, &words);
    assert_eq!(trails.len(), stays.len() + 1, "everybody who came was seen by the witness");
    let everyone = stays.iter().map(|stay| (&stay.mirror, stay.to_the_end)).chain([(witness, true)]);
    for (mirror, to_the_end) in everyone {
        let who = mirror.me();
        let heard: BTreeSet<Seq> = mirror.said.iter().map(|said| said.id).collect();
        assert_eq!(heard.len(), mirror.said.len(), "{who:?} heard something twice");
        for (id, said) in &words {
            let possible = trails[&who].zones(said.at);
            let may = possible.iter().flatten().any(|zone| hears(*zone, said.zone));
            let must = possible.iter().all(|zone| zone.is_some_and(|zone| hears(zone, said.zone)));
            let zone = said.zone;
            assert!(may || !heard.contains(id), "{who:?}, in {possible:?}, heard {:?} of {zone}", said.text);
            let gone = taken_back.contains(id);
            let lost = must && to_the_end && !heard.contains(id) && !gone;
            assert!(!lost, "{who:?}, in {possible:?}, did not hear {:?} of {zone}", said.text);
            let kept = gone && to_the_end && heard.contains(id) && !mirror.taken_back.contains(id);
            assert!(!kept, "{who:?} still shows {:?}, which was taken back", said.text);
        }
    }
}

fn trails(witness: &Mirror) -> BTreeMap<PersonId, Trail> {
    let mut trails: BTreeMap<PersonId, Trail> = BTreeMap::new();
    // The witness came before everything that the events tell, and never moves.
    let own = witness.people[&witness.me()].walk.clone();
    trails.insert(witness.me(), Trail { walks: vec![(own.at, own)], left: None });
    for (event, &at) in witness.events.iter().zip(&witness.times) {
        match event {
            Event::Came(person) if person.who != witness.me() => {
                let trail = trails.entry(person.who).or_default();
                assert!(trail.walks.is_empty(), "{:?} came twice", person.who);
                trail.walks.push((at, person.walk.clone()));
            }
            Event::Walks { who, walk } => trails.entry(*who).or_default().walks.push((at, walk.clone())),
            Event::Left { who } => trails.entry(*who).or_default().left = Some(at),
            _ => {}
        }
    }
    trails
}

/// Everything that was said, as its writer and all others saw it alike.
fn words(witness: &Mirror, stays: &[Stay]) -> BTreeMap<Seq, Said> {
    let mut words: BTreeMap<Seq, Said> = BTreeMap::new();
    for said in stays.iter().flat_map(|stay| &stay.mirror.said).chain(&witness.said) {
        let known = words.entry(said.id).or_insert_with(|| said.clone());
        assert_eq!(known, said, "the same message for everybody");
    }
    let texts: BTreeSet<&str> = words.values().map(|said| said.text.as_str()).collect();
    assert_eq!(texts.len(), words.len(), "some words were said twice: {words:?}");
    words
}

/// Every answer is there once, and says what happened. Returns what was taken back.
fn every_command_was_done_once(stays: &[Stay], words: &BTreeMap<Seq, Said>) -> BTreeSet<Seq> {
    let mut taken_back = BTreeSet::new();
    for stay in stays {
        for (n, answers) in &stay.mirror.answers {
            assert!(answers.windows(2).all(|two| two[0] == two[1]), "{n} has different answers: {answers:?}");
        }
        for (n, text) in &stay.wrote {
            let said = words.values().find(|said| said.text == *text);
            match stay.mirror.answer(*n) {
                Some(Event::Done { id, .. }) => assert_eq!(said.map(|said| said.id), *id, "{text} was said"),
                Some(_) => assert!(said.is_none(), "{text} was refused"),
                None => assert!(!stay.to_the_end, "{text} has no answer"),
            }
        }
        let done = |n| matches!(stay.mirror.answer(n), Some(Event::Done { .. }));
        taken_back.extend(stay.takes_back.iter().filter(|(n, _)| done(**n)).map(|(_, id)| *id));
    }
    taken_back
}
