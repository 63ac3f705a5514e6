//! What is remembered between the two steps of a ceremony: a passkey being made or used, an app being set up, a
//! sign-in elsewhere. In memory only; a restart voids them, and the page begins again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;

use crate::dice::Dice;
use crate::secret::{Token, TokenHash};

/// How long a ceremony may take, in milliseconds: find the phone, unlock it, read what it asks.
pub(crate) const GOOD_MS: Millis = 2 * 60_000;
/// Most ceremonies of a kind at a time. An address can begin 660 within their time.
const MOST: usize = 2_048;

/// Ceremonies of one kind.
pub(crate) struct Ceremonies<T>(Mutex<HashMap<TokenHash, (Millis, T)>>);

impl<T> Default for Ceremonies<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Ceremonies<T> {
    /// Begins one; what comes back names it in the second step.
    ///
    /// # Errors
    /// `busy` if too many are under way.
    pub(crate) fn begin(&self, what: T, dice: &Dice, now: Millis) -> Result<String, RefusalCode> {
        let flow = Token::draw(dice);
        self.put(flow.hash(), what, now, GOOD_MS)?;
        Ok(flow.reveal())
    }

    /// Begins one under a name of its own, for so many milliseconds. An older one of the same name ends.
    ///
    /// # Errors
    /// `busy` if too many are under way.
    pub(crate) fn put(&self, key: TokenHash, what: T, now: Millis, good: Millis) -> Result<(), RefusalCode> {
        let mut under_way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.retain(|_, (until, _)| *until > now);
        if under_way.len() >= MOST {
            return Err(RefusalCode::Busy);
        }
        under_way.insert(key, (now + good, what));
        Ok(())
    }

    /// Takes one for its second step: there is no third.
    ///
    /// # Errors
    /// `over` if there is none (any more).
    pub(crate) fn take(&self, key: TokenHash, now: Millis) -> Result<T, RefusalCode> {
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
        taken.filter(|(until, _)| *until > now).map(|(_, what)| what).ok_or(RefusalCode::Over)
    }
}

impl<T: Clone> Ceremonies<T> {
    /// Looks at one that may be tried more than once.
    ///
    /// # Errors
    /// `over` if there is none (any more).
    pub(crate) fn look(&self, key: TokenHash, now: Millis) -> Result<T, RefusalCode> {
        let under_way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.get(&key).filter(|(until, _)| *until > now).map(|(_, what)| what.clone()).ok_or(RefusalCode::Over)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_a_time_and_one_second_step() {
        let (ceremonies, dice) = (Ceremonies::default(), Dice::seeded(3));
        let flow = ceremonies.begin(7, &dice, 1_000).expect("room for one");
        let hash = || Token::received(flow.clone()).hash();
        assert_eq!(ceremonies.look(hash(), 1_000 + GOOD_MS), Err(RefusalCode::Over));
        assert_eq!(ceremonies.take(hash(), 1_001), Ok(7));
        assert_eq!(ceremonies.take(hash(), 1_001), Err(RefusalCode::Over));
        for number in 0..MOST {
            ceremonies.begin(number, &dice, 2_000).expect("room");
        }
        assert_eq!(ceremonies.begin(0, &dice, 2_000), Err(RefusalCode::Busy));
        ceremonies.begin(0, &dice, 2_000 + GOOD_MS).expect("the others are over");
    }
}
