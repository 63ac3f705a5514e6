//! Single-use tickets: got over HTTP, spent in `hello` a moment later. In memory only; a restart voids them, and
//! the page gets another.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use ibasho_protocol::ids::Millis;

use super::pass::{MemberId, StaffPass};
use crate::dice::Dice;
use crate::secret::{Token, TokenHash};

/// How long a ticket is good, in milliseconds: `safety.md`'s promise about tokens.
const GOOD_MS: Millis = 30_000;
/// Most tickets at a time: a thousand people may come back within those 30 s.
const MOST: usize = 1024;

/// What a ticket stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A member of staff, for one room.
    Staff {
        /// The room.
        room: String,
        /// As what.
        pass: StaffPass,
    },
    /// A person who comes back.
    Member(MemberId),
}

/// The tickets that are out.
#[derive(Default)]
pub struct Tickets(Mutex<HashMap<TokenHash, (Millis, Holder)>>);

impl Tickets {
    /// A ticket, or `None` if too many are out.
    pub fn issue(&self, holder: Holder, dice: &Dice, now: Millis) -> Option<String> {
        let mut out = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        out.retain(|_, (until, _)| *until > now);
        if out.len() >= MOST {
            return None;
        }
        let token = Token::draw(dice);
        out.insert(token.hash(), (now + GOOD_MS, holder));
        Some(token.reveal())
    }

    /// Takes back the tickets of an account, or of one of its logins.
    pub fn void(&self, account: &str, login: Option<&str>) {
        let mut out = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        out.retain(|_, (_, holder)| match holder {
            Holder::Staff { pass, .. } => pass.account != account || login.is_some_and(|login| pass.login != login),
            Holder::Member(_) => true,
        });
    }

    /// Spends a ticket.
    pub fn spend(&self, ticket: String, now: Millis) -> Option<Holder> {
        let mut out = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (until, holder) = out.remove(&Token::received(ticket).hash())?;
        (until > now).then_some(holder)
    }
}
