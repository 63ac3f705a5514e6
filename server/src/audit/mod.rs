//! The record of what staff did, as this place keeps it: [`key`] signs, `store::audit` keeps, [`cli`] verifies and
//! exports. What a chain is, and what a fault in it, is decided in `ibasho_moderation::audit`.

pub mod cli;
pub(crate) mod export;
pub mod key;

/// The actor of entries that nobody made in person.
pub(crate) const SERVER: &str = "server";
/// The actor of entries made at the machine itself.
pub(crate) const OPERATOR: &str = "operator";

/// What entries say was done here. Those of the desk have names of their own.
pub(crate) mod action {
    /// The record was exported.
    pub(crate) const EXPORT: &str = "audit.export";
    /// Evidence was looked at.
    pub(crate) const OPEN: &str = "evidence.open";
    /// Evidence was sealed.
    pub(crate) const SEAL: &str = "evidence.seal";
    /// Evidence is kept for longer than its time.
    pub(crate) const HOLD: &str = "evidence.hold";
    /// It no longer is.
    pub(crate) const RELEASE: &str = "evidence.release";
    /// Evidence was destroyed.
    pub(crate) const DESTROY: &str = "evidence.destroy";
    /// A person was forgotten at their request.
    pub(crate) const FORGET: &str = "person.forget";
}

/// Why evidence was destroyed, or was not.
pub(crate) mod reason {
    /// Its time was over.
    pub(crate) const OVER: &str = "over";
    /// A person asked to be forgotten.
    pub(crate) const ASKED: &str = "asked";
}
