//! The matrix of who may do what. Deny by default: what the table does not grant is refused.

pub use ibasho_protocol::role::Role;

const fn bit(role: Role) -> u16 {
    1 << role as u16
}

const fn rank(role: Role) -> u8 {
    match role {
        Role::Lobby | Role::Observer => 0,
        Role::Participant | Role::Venue => 1,
        Role::PeerStaff | Role::Consultant => 2,
        Role::Facilitator => 3,
        // Auditors act on nobody; their rank keeps those they check from acting on them.
        Role::Moderator | Role::Auditor => 4,
        Role::Owner => 5,
    }
}

/// What can be done. Where the reach of an action differs between roles, each reach is an action of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Be in the room and see it.
    See,
    /// React without words.
    React,
    /// Write to those who hear.
    Write,
    /// Hear voices.
    Listen,
    /// Speak with one's voice.
    Speak,
    /// Report something to the staff.
    Report,
    /// Block another person for oneself.
    Block,
    /// Appeal against a sanction.
    Appeal,
    /// Go home.
    Leave,
    /// Have a part in the session: themes and votes, hands, turns, small groups, the suggestion box.
    TakePart,
    /// Ask to be known again as the same person.
    Keep,
    /// Give up being known again.
    Forget,
    /// Lead: phases, theme, turns, groups, announcements.
    Phases,
    /// Help the one who leads.
    Assist,
    /// Write to the other staff of the session, and choose whether one's own badge shows.
    Colleague,
    /// Let somebody in from the lobby.
    Admit,
    /// Read the hold queue.
    HoldSee,
    /// Claim, approve or decline what is held.
    HoldDecide,
    /// Delete somebody's message.
    Delete,
    /// Take text or voice from somebody.
    Mute,
    /// Let somebody pause for a while.
    Timeout,
    /// Bring somebody to a place of their own to talk.
    SetAside,
    /// Remove somebody from the room.
    Remove,
    /// Let nobody else in.
    Lock,
    /// Ban from one's own room, with an end.
    BanRoom,
    /// Ban from the site, with an end.
    BanSite,
    /// Propose a ban without an end.
    BanPermanentPropose,
    /// Approve, as the second person, a ban without an end.
    BanPermanentApprove,
    /// Change the rules of one's own room.
    RulesRoom,
    /// Change the rules of the site.
    RulesSite,
    /// Give and take roles in one's own room.
    RolesRoom,
    /// Give and take roles anywhere.
    RolesSite,
    /// See reports and evidence of one's own room.
    EvidenceRoom,
    /// See reports and evidence of a case one handles.
    EvidenceCase,
    /// See reports and evidence for an audit; every look is logged.
    EvidenceAudit,
    /// Enter a consultation room one is invited to.
    ConsultInvited,
    /// Hold a consultation room.
    Consult,
    /// Read and empty the suggestion box.
    Suggestions,
    /// See what is counted of sessions.
    Statistics,
    /// Say a kind word of warning, with its reason.
    Nudge,
    /// Let everything that somebody writes be looked at first, visibly to them.
    Restrict,
    /// Be there when somebody cries for help.
    HelpAnswer,
    /// Read the record of what staff did, and take it along.
    Record,
}

const LOBBY: u16 = bit(Role::Lobby);
const PARTICIPANT: u16 = bit(Role::Participant);
const PEER: u16 = bit(Role::PeerStaff);
const FACILITATOR: u16 = bit(Role::Facilitator);
const MODERATOR: u16 = bit(Role::Moderator);
const CONSULTANT: u16 = bit(Role::Consultant);
const OWNER: u16 = bit(Role::Owner);
const AUDITOR: u16 = bit(Role::Auditor);
const VENUE: u16 = bit(Role::Venue);
const OBSERVER: u16 = bit(Role::Observer);

const INSIDE: u16 = PARTICIPANT | PEER | FACILITATOR | MODERATOR | CONSULTANT | OWNER | VENUE;
const EVERYBODY: u16 = INSIDE | LOBBY | AUDITOR | OBSERVER;
const CORE_STAFF: u16 = FACILITATOR | MODERATOR | OWNER;
const STAFF: u16 = PEER | CONSULTANT | CORE_STAFF;

/// Who is granted what. The index is the action.
const GRANTS: [(Action, u16); 43] = [
    (Action::See, INSIDE | OBSERVER),
    (Action::React, INSIDE),
    (Action::Write, INSIDE),
    (Action::Listen, INSIDE | OBSERVER),
    (Action::Speak, INSIDE),
    (Action::Report, EVERYBODY),
    (Action::Block, EVERYBODY),
    (Action::Appeal, EVERYBODY),
    (Action::Leave, EVERYBODY),
    (Action::TakePart, INSIDE),
    (Action::Keep, INSIDE),
    (Action::Forget, EVERYBODY),
    (Action::Phases, FACILITATOR | OWNER),
    (Action::Assist, PEER | FACILITATOR | OWNER),
    (Action::Colleague, STAFF),
    (Action::Admit, PEER | CORE_STAFF),
    (Action::HoldSee, PEER | CORE_STAFF | AUDITOR),
    (Action::HoldDecide, CORE_STAFF),
    (Action::Delete, CORE_STAFF),
    (Action::Mute, CORE_STAFF),
    (Action::Timeout, CORE_STAFF),
    (Action::SetAside, CORE_STAFF),
    (Action::Remove, CORE_STAFF),
    (Action::Lock, CORE_STAFF),
    (Action::BanRoom, CORE_STAFF),
    (Action::BanSite, MODERATOR | OWNER),
    (Action::BanPermanentPropose, MODERATOR),
    (Action::BanPermanentApprove, OWNER),
    (Action::RulesRoom, CORE_STAFF),
    (Action::RulesSite, MODERATOR | OWNER),
    (Action::RolesRoom, FACILITATOR | OWNER),
    (Action::RolesSite, OWNER),
    (Action::EvidenceRoom, FACILITATOR),
    (Action::EvidenceCase, MODERATOR | OWNER),
    (Action::EvidenceAudit, AUDITOR),
    (Action::ConsultInvited, PARTICIPANT),
    (Action::Consult, CONSULTANT),
    (Action::Suggestions, FACILITATOR | OWNER),
    (Action::Statistics, FACILITATOR | OWNER | AUDITOR),
    (Action::Nudge, CORE_STAFF),
    (Action::Restrict, CORE_STAFF),
    (Action::HelpAnswer, STAFF),
    (Action::Record, OWNER | AUDITOR),
];

// A table out of order would grant the wrong thing: let it not even compile.
const _: () = {
    let mut index = 0;
    while index < GRANTS.len() {
        assert!(GRANTS[index].0 as usize == index, "the table is in the order of the actions");
        index += 1;
    }
    assert!(Action::Record as usize == GRANTS.len() - 1, "the table names every action");
};

/// Whether the table grants `action` to `role`.
pub fn permits(role: Role, action: Action) -> bool {
    GRANTS[action as usize].1 & bit(role) != 0
}

/// Whether `actor` may act *on* `target`: nobody acts on an equal or higher rank. Reporting and blocking are not
/// acts on a person in this sense; everybody may report and block everybody.
pub fn outranks(actor: Role, target: Role) -> bool {
    rank(actor) > rank(target)
}
