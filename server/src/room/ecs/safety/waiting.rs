//! Words that wait: for staff, or for a hook that needs time. In memory only; after a restart their writers are told
//! that they may write them once more.

use std::collections::BTreeMap;

use ibasho_protocol::desk::Waits;
use ibasho_protocol::ids::{Millis, Nonce, PersonId, Seq, ZoneIndex};
use ibasho_protocol::person::Look;

use crate::desk::HeldText;

/// Words that wait.
#[derive(Debug, Clone)]
pub struct Words {
    /// Who wrote them.
    pub who: PersonId,
    /// The command to answer.
    pub n: Nonce,
    /// Their nickname then.
    pub nick: String,
    /// Their looks then.
    pub look: Look,
    /// Where.
    pub zone: ZoneIndex,
    /// When.
    pub at: Millis,
    /// What.
    pub text: String,
    /// Their writer should rather change them.
    pub edit: bool,
    /// Somebody cries for help in them.
    pub cry: bool,
    /// Where in the words a rule found something, in bytes.
    pub spans: Vec<(usize, usize)>,
    /// What it found, in English.
    pub why: String,
    /// The hold, as soon as the office has kept it.
    pub hold: Option<u64>,
}

/// All words that wait in a room, by the number they will have. The office bounds how many wait for staff; what waits
/// for a hook is bounded by its rate and deadline.
#[derive(Default)]
pub struct Waiting(BTreeMap<Seq, Words>);

impl Waiting {
    /// Let these wait.
    pub fn put(&mut self, seq: Seq, words: Words) {
        self.0.insert(seq, words);
    }

    /// These wait for staff from now on.
    pub fn held(&mut self, seq: Seq, hold: u64) -> Option<&Words> {
        let words = self.0.get_mut(&seq)?;
        words.hold = Some(hold);
        Some(words)
    }

    /// Takes words out.
    pub fn take(&mut self, seq: Seq) -> Option<Words> {
        self.0.remove(&seq)
    }

    /// Takes the words of a hold out.
    pub fn take_hold(&mut self, hold: u64) -> Option<Words> {
        let seq = self.0.iter().find(|(_, words)| words.hold == Some(hold)).map(|(seq, _)| *seq)?;
        self.0.remove(&seq)
    }

    /// Throws away what of somebody waits for a hook.
    pub fn drop_unheld(&mut self, who: PersonId) {
        self.0.retain(|_, words| words.who != who || words.hold.is_some());
    }

    /// What staff see of a hold.
    pub fn read(&self, hold: u64) -> Option<HeldText> {
        let words = self.0.values().find(|words| words.hold == Some(hold))?;
        let Words { nick, zone, at, text, spans, why, .. } = words.clone();
        Some(HeldText { text, nick, zone, at, spans, why })
    }

    /// What of somebody waits for staff.
    pub fn of(&self, who: PersonId) -> Vec<Waits> {
        let own = self.0.values().filter(|words| words.who == who);
        own.filter_map(|words| Some(Waits { hold: words.hold?, text: words.text.clone(), at: words.at })).collect()
    }
}
