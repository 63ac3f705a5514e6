//! Role × what is done × on whom × where, written out as people read it.

use ibasho_moderation::desk::appeals::Answer;
use ibasho_moderation::desk::codes::{Category, DeclineReason, HelpOutcome, Reason, ReportOutcome};
use ibasho_moderation::desk::sanctions::Kind;
use ibasho_moderation::desk::subject::{Actor, Scope, Subject, Target};
use ibasho_moderation::desk::{Desk, DeskRefusal};
use ibasho_moderation::roles::{Role, outranks};

use crate::support::{Place, ROOM, held, made, moderator, order, owner, person, report, room};

/// One row per sanction and scope: the columns are the roles in the order of the table, `x` grants.
#[rustfmt::skip]
const SANCTIONS: [(Kind, bool, &str); 14] = [
    //          of the site   lob par pee fac mod con own aud ven obs
    (Kind::Nudge,      false, "-   -   -   x   x   -   x   -   -   -"),
    (Kind::Nudge,      true,  "-   -   -   o   x   -   x   -   -   -"),
    (Kind::Restricted, false, "-   -   -   x   x   -   x   -   -   -"),
    (Kind::Restricted, true,  "-   -   -   o   x   -   x   -   -   -"),
    (Kind::Timeout,    false, "-   -   -   x   x   -   x   -   -   -"),
    (Kind::Timeout,    true,  "-   -   -   o   x   -   x   -   -   -"),
    (Kind::MuteText,   false, "-   -   -   x   x   -   x   -   -   -"),
    (Kind::MuteText,   true,  "-   -   -   o   x   -   x   -   -   -"),
    (Kind::MuteVoice,  false, "-   -   -   x   x   -   x   -   -   -"),
    (Kind::MuteVoice,  true,  "-   -   -   o   x   -   x   -   -   -"),
    (Kind::SetAside,   false, "-   -   -   x   x   -   x   -   -   -"),
    (Kind::Remove,     false, "-   -   -   x   x   -   x   -   -   -"),
    (Kind::Ban,        false, "-   -   -   x   x   -   x   -   -   -"),
    (Kind::Ban,        true,  "-   -   -   -   x   -   x   -   -   -"),
];

/// What is done with each kind of case. `o` is out of reach, although the role includes it.
#[rustfmt::skip]
const CASES: [(What, &str); 7] = [
    //                lob par pee fac mod con own aud ven obs
    (What::Approve,  "-   -   -   x   x   -   x   -   -   -"),
    (What::Decline,  "-   -   -   x   x   -   x   -   -   -"),
    (What::Resolve,  "-   -   -   x   x   -   x   -   -   -"),
    (What::Settle,   "-   -   x   x   x   x   x   -   -   -"),
    (What::Judge,    "-   -   -   x   x   -   x   -   -   -"),
    (What::Agree,    "-   -   -   -   -   -   x   -   -   -"),
    (What::Lock,     "-   -   -   x   x   -   x   -   -   -"),
];

#[derive(Debug, Clone, Copy)]
enum What {
    Approve,
    Decline,
    Resolve,
    Settle,
    Judge,
    Agree,
    Lock,
}

fn cells(row: &'static str) -> impl Iterator<Item = (Role, &'static str)> {
    assert_eq!(row.split_whitespace().count(), Role::ALL.len());
    Role::ALL.into_iter().zip(row.split_whitespace())
}

fn somebody(role: Role, room: Option<&str>) -> Actor {
    Actor { id: 77, role, rooms: room.into_iter().map(str::to_owned).collect(), own: None }
}

fn shortest(kind: Kind) -> u32 {
    u32::from(kind != Kind::Nudge)
}

/// Whether a role is one of the whole site.
fn everywhere(role: Role) -> bool {
    matches!(role, Role::Moderator | Role::Owner | Role::Auditor)
}

#[test]
fn who_may_decide_what_about_whom() {
    for (kind, site, row) in SANCTIONS {
        let scope = if site { Scope::Site } else { room() };
        for (role, cell) in cells(row) {
            for own_room in [Some(ROOM), Some("yama"), None] {
                for target in Role::ALL {
                    let expected = match cell {
                        "-" => Err(DeskRefusal::NotAllowed),
                        "o" => Err(DeskRefusal::OutOfReach),
                        _ if !everywhere(role) && own_room != Some(ROOM) => Err(DeskRefusal::OutOfReach),
                        _ if !outranks(role, target) => Err(DeskRefusal::NotInReach),
                        _ => Ok(()),
                    };
                    let target = Target { subject: Subject::of(1), role: target };
                    let actor = somebody(role, own_room);
                    let mut order = order(target, kind, shortest(kind));
                    order.scope = scope.clone();
                    let mut desk = Desk::new(ibasho_moderation::desk::settings::Settings::default());
                    let done = desk.impose(order.clone(), &actor, 0).map(drop);
                    assert_eq!(done, expected, "{role:?} of {own_room:?}: {kind:?} on {target:?} in {scope:?}");
                    // Who may decide may take back, and nobody else.
                    let mut desk = Desk::new(ibasho_moderation::desk::settings::Settings::default());
                    let root = Actor { id: 1, role: Role::Owner, rooms: Vec::new(), own: None };
                    if let Ok(changes) = desk.impose(order, &root, 0) {
                        let undone = desk.undo(made(&changes), &actor, 0).map(drop);
                        assert_eq!(undone, expected, "{role:?} of {own_room:?}: undo {kind:?} on {target:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn who_may_settle_which_case() {
    for (what, row) in CASES {
        for (role, cell) in cells(row) {
            for own_room in [Some(ROOM), Some("yama"), None] {
                let expected = match cell {
                    "-" => Err(DeskRefusal::NotAllowed),
                    _ if !everywhere(role) && own_room != Some(ROOM) => Err(DeskRefusal::OutOfReach),
                    _ => Ok(()),
                };
                let done = settle(what, &somebody(role, own_room));
                assert_eq!(done, expected, "{role:?} of {own_room:?}: {what:?}");
            }
        }
    }
}

fn settle(what: What, actor: &Actor) -> Result<(), DeskRefusal> {
    let mut place = Place::new();
    let (ann, ben) = (person(1), person(2));
    let (done, case) = match what {
        What::Approve | What::Decline => {
            let case = made(&place.does(|desk, now| desk.hold(held(ann), now)));
            let version = place.version(case);
            let done = place.tries(|desk, now| match what {
                What::Approve => desk.approve(case, version, actor, now),
                _ => desk.decline(case, version, DeclineReason::Hurtful, actor, now),
            });
            (done, Some(case))
        }
        What::Resolve => {
            let case = made(&place.lets(|desk, now| desk.report(report(ben, ann, Category::Other), now)));
            let version = place.version(case);
            (place.tries(|desk, now| desk.resolve(case, version, ReportOutcome::Talked, actor, now)), Some(case))
        }
        What::Settle => {
            let case = made(&place.lets(|desk, now| desk.help(ann, ROOM, None, now)));
            let version = place.version(case);
            (place.tries(|desk, now| desk.settle(case, version, HelpOutcome::Talked, actor, now)), Some(case))
        }
        What::Judge => {
            let sanction = place.does(|desk, now| desk.impose(order(ann, Kind::Remove, 60), &moderator(), now));
            let sanction = made(&sanction);
            let case = made(&place.does(|desk, now| desk.appeal(sanction, &ann.subject, None, &[], now)));
            let version = place.version(case);
            (place.tries(|desk, now| desk.decide_appeal(case, version, Answer::Uphold, actor, now)), Some(case))
        }
        What::Agree => {
            let propose = |desk: &mut Desk, now| {
                desk.propose_permanent(ann, room(), Reason::Threat, String::new(), &moderator(), now)
            };
            let case = made(&place.does(propose));
            let version = place.version(case);
            (place.tries(|desk, now| desk.answer_proposal(case, version, true, actor, now)), Some(case))
        }
        What::Lock => (place.tries(|desk, now| desk.lock_down(room(), 15, actor, now)), None),
    };
    if let Some(case) = case.filter(|_| done.is_err()) {
        // Who may not settle a case may not take it on either, nor be given it.
        let refused = done.as_ref().expect_err("it was refused");
        assert_eq!(place.refuses(|desk, now| desk.claim(case, actor, now)), *refused);
        let version = place.version(case);
        assert_eq!(place.refuses(|desk, now| desk.hand(case, version, actor, &owner(), now)), *refused);
    }
    done.map(drop)
}

#[test]
fn only_moderators_propose_and_only_on_those_below_them() {
    for role in Role::ALL {
        for target in Role::ALL {
            let mut place = Place::new();
            let target = Target { subject: Subject::of(1), role: target };
            let expected = match role {
                Role::Moderator if outranks(role, target.role) => Ok(()),
                Role::Moderator => Err(DeskRefusal::NotInReach),
                _ => Err(DeskRefusal::NotAllowed),
            };
            let actor = somebody(role, Some(ROOM));
            let done = place.tries(|desk, now| {
                desk.propose_permanent(target, Scope::Site, Reason::Threat, String::new(), &actor, now)
            });
            assert_eq!(done.map(drop), expected, "{role:?} on {target:?}");
        }
    }
}

#[test]
fn reports_about_staff_are_for_those_above_them() {
    let roles = [Role::PeerStaff, Role::Facilitator, Role::Moderator, Role::Owner, Role::Auditor];
    for about in roles {
        let mut place = Place::new();
        let reported = Target { subject: Subject::of(9), role: about };
        let case = made(&place.lets(|desk, now| desk.report(report(person(1), reported, Category::Harassment), now)));
        for role in [Role::Facilitator, Role::Moderator, Role::Owner] {
            let may = role == Role::Owner || outranks(role, about);
            let actor = somebody(role, Some(ROOM));
            let queue = place.desk.queue(&actor, place.now);
            assert_eq!(queue.len(), usize::from(may), "{role:?} sees the report about {about:?}");
            let done = place.tries(|desk, now| desk.claim(case, &actor, now)).map(drop);
            assert_eq!(done, if may { Ok(()) } else { Err(DeskRefusal::NotInReach) }, "{role:?} on {about:?}");
        }
    }
}

#[test]
fn nobody_handles_or_sees_what_is_about_themselves() {
    let mut place = Place::new();
    let about = Target { subject: Subject::of(9), role: Role::Owner };
    let case = made(&place.lets(|desk, now| desk.report(report(person(1), about, Category::Harassment), now)));
    let oneself = Actor { own: Some(Subject::of(9)), ..owner() };
    assert_eq!(place.refuses(|desk, now| desk.claim(case, &oneself, now)), DeskRefusal::Involved);
    assert!(place.desk.queue(&oneself, place.now).is_empty());
    assert_eq!(place.desk.history(&Subject::of(9), &oneself, place.now), Err(DeskRefusal::Involved));
    place.does(|desk, now| desk.claim(case, &Actor { id: 104, ..owner() }, now));
}
