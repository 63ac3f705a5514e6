//! Role × action against the matrix of the safety model, written out a second time as people read it.

use ibasho_moderation::roles::{Action, Role, outranks, permits};

/// One row per action: the columns are the roles in the order of the table, `x` grants.
#[rustfmt::skip]
const MATRIX: [(Action, &str); 43] = [
    //                              lob par pee fac mod con own aud ven obs
    (Action::See,                  "-   x   x   x   x   x   x   -   x   x"),
    (Action::React,                "-   x   x   x   x   x   x   -   x   -"),
    (Action::Write,                "-   x   x   x   x   x   x   -   x   -"),
    (Action::Listen,               "-   x   x   x   x   x   x   -   x   x"),
    (Action::Speak,                "-   x   x   x   x   x   x   -   x   -"),
    (Action::Report,               "x   x   x   x   x   x   x   x   x   x"),
    (Action::Block,                "x   x   x   x   x   x   x   x   x   x"),
    (Action::Appeal,               "x   x   x   x   x   x   x   x   x   x"),
    (Action::Leave,                "x   x   x   x   x   x   x   x   x   x"),
    (Action::TakePart,             "-   x   x   x   x   x   x   -   x   -"),
    (Action::Keep,                 "-   x   x   x   x   x   x   -   x   -"),
    (Action::Forget,               "x   x   x   x   x   x   x   x   x   x"),
    (Action::Phases,               "-   -   -   x   -   -   x   -   -   -"),
    (Action::Assist,               "-   -   x   x   -   -   x   -   -   -"),
    (Action::Colleague,            "-   -   x   x   x   x   x   -   -   -"),
    (Action::Admit,                "-   -   x   x   x   -   x   -   -   -"),
    (Action::HoldSee,              "-   -   x   x   x   -   x   x   -   -"),
    (Action::HoldDecide,           "-   -   -   x   x   -   x   -   -   -"),
    (Action::Delete,               "-   -   -   x   x   -   x   -   -   -"),
    (Action::Mute,                 "-   -   -   x   x   -   x   -   -   -"),
    (Action::Timeout,              "-   -   -   x   x   -   x   -   -   -"),
    (Action::SetAside,             "-   -   -   x   x   -   x   -   -   -"),
    (Action::Remove,               "-   -   -   x   x   -   x   -   -   -"),
    (Action::Lock,                 "-   -   -   x   x   -   x   -   -   -"),
    (Action::BanRoom,              "-   -   -   x   x   -   x   -   -   -"),
    (Action::BanSite,              "-   -   -   -   x   -   x   -   -   -"),
    (Action::BanPermanentPropose,  "-   -   -   -   x   -   -   -   -   -"),
    (Action::BanPermanentApprove,  "-   -   -   -   -   -   x   -   -   -"),
    (Action::RulesRoom,            "-   -   -   x   x   -   x   -   -   -"),
    (Action::RulesSite,            "-   -   -   -   x   -   x   -   -   -"),
    (Action::RolesRoom,            "-   -   -   x   -   -   x   -   -   -"),
    (Action::RolesSite,            "-   -   -   -   -   -   x   -   -   -"),
    (Action::EvidenceRoom,         "-   -   -   x   -   -   -   -   -   -"),
    (Action::EvidenceCase,         "-   -   -   -   x   -   x   -   -   -"),
    (Action::EvidenceAudit,        "-   -   -   -   -   -   -   x   -   -"),
    (Action::ConsultInvited,       "-   x   -   -   -   -   -   -   -   -"),
    (Action::Consult,              "-   -   -   -   -   x   -   -   -   -"),
    (Action::Suggestions,          "-   -   -   x   -   -   x   -   -   -"),
    (Action::Statistics,           "-   -   -   x   -   -   x   x   -   -"),
    (Action::Nudge,                "-   -   -   x   x   -   x   -   -   -"),
    (Action::Restrict,             "-   -   -   x   x   -   x   -   -   -"),
    (Action::HelpAnswer,           "-   -   x   x   x   x   x   -   -   -"),
    (Action::Record,               "-   -   -   -   -   -   x   x   -   -"),
];

#[test]
fn every_role_may_do_exactly_what_the_matrix_says() {
    for (action, row) in MATRIX {
        let cells: Vec<&str> = row.split_whitespace().collect();
        assert_eq!(cells.len(), Role::ALL.len(), "{action:?}");
        for (role, cell) in Role::ALL.into_iter().zip(cells) {
            assert_eq!(permits(role, action), cell == "x", "{role:?} {action:?}");
        }
    }
}

#[test]
fn nobody_acts_on_an_equal_or_higher_rank() {
    // From the lowest to the highest; those on one line are equals.
    let ladder: [&[Role]; 6] = [
        &[Role::Lobby, Role::Observer],
        &[Role::Participant, Role::Venue],
        &[Role::PeerStaff, Role::Consultant],
        &[Role::Facilitator],
        &[Role::Moderator, Role::Auditor],
        &[Role::Owner],
    ];
    let height = |role: Role| ladder.iter().position(|rung| rung.contains(&role)).expect("every role is on the ladder");
    for actor in Role::ALL {
        for target in Role::ALL {
            assert_eq!(outranks(actor, target), height(actor) > height(target), "{actor:?} on {target:?}");
        }
    }
}
