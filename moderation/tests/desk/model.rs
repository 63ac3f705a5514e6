//! Random commands of several people at any time, against the reference.

use ibasho_moderation::desk::DeskRefusal;
use ibasho_moderation::desk::appeals::Answer;
use ibasho_moderation::desk::cases::{CLAIM, Matter};
use ibasho_moderation::desk::codes::{Category, DeclineReason, HelpOutcome, Reason, ReportOutcome};
use ibasho_moderation::desk::help::HELP_CLAIM;
use ibasho_moderation::desk::holds::NewHold;
use ibasho_moderation::desk::impose::Order;
use ibasho_moderation::desk::sanctions::Kind;
use ibasho_moderation::desk::settings::{DAY, HOUR, MINUTE};
use ibasho_moderation::desk::subject::Actor;
use proptest::prelude::*;

use crate::reference::{Model, ROOMS, alike, people, scopes, staff, term};
use crate::support::{Done, Place, held, made, order, report};

const MINUTES: [u32; 5] = [0, 1, 5, 60, 1440];
const WAITS: [u64; 6] = [1, 1000, MINUTE, 5 * MINUTE, HOUR, DAY];

/// Something that happens. `nth` is one of those that there are, `who` and `by` one of the people and of the staff.
#[derive(Debug, Clone, Copy)]
enum Step {
    Impose {
        who: usize,
        by: usize,
        kind: usize,
        scope: usize,
        minutes: usize,
    },
    Undo {
        nth: usize,
        by: usize,
    },
    Appeal {
        nth: usize,
        who: usize,
    },
    Propose {
        who: usize,
        by: usize,
        scope: usize,
    },
    Hold {
        who: usize,
        room: usize,
    },
    Retract {
        nth: usize,
        who: usize,
    },
    Report {
        who: usize,
        about: usize,
    },
    Help {
        who: usize,
        room: usize,
    },
    Claim {
        nth: usize,
        by: usize,
    },
    Hand {
        nth: usize,
        by: usize,
        to: usize,
    },
    PutBack {
        nth: usize,
        by: usize,
    },
    /// Settles the case in the way that it can be settled.
    Settle {
        nth: usize,
        by: usize,
        how: usize,
        stale: bool,
    },
    Wait {
        long: usize,
        tick: bool,
    },
}

fn steps() -> impl Strategy<Value = Step> {
    let (who, by, nth) = (0..3usize, 0..4usize, 0..64usize);
    let wait = (0..WAITS.len(), any::<bool>()).prop_map(|(long, tick)| Step::Wait { long, tick });
    prop_oneof![
        6 => (who.clone(), by.clone(), 0..8usize, 0..3usize, 0..5usize)
            .prop_map(|(who, by, kind, scope, minutes)| Step::Impose { who, by, kind, scope, minutes }),
        2 => (nth.clone(), by.clone()).prop_map(|(nth, by)| Step::Undo { nth, by }),
        3 => (nth.clone(), who.clone()).prop_map(|(nth, who)| Step::Appeal { nth, who }),
        1 => (who.clone(), by.clone(), 0..3usize).prop_map(|(who, by, scope)| Step::Propose { who, by, scope }),
        3 => (who.clone(), 0..2usize).prop_map(|(who, room)| Step::Hold { who, room }),
        1 => (nth.clone(), who.clone()).prop_map(|(nth, who)| Step::Retract { nth, who }),
        2 => (who.clone(), who.clone()).prop_map(|(who, about)| Step::Report { who, about }),
        1 => (who.clone(), 0..2usize).prop_map(|(who, room)| Step::Help { who, room }),
        3 => (nth.clone(), by.clone()).prop_map(|(nth, by)| Step::Claim { nth, by }),
        1 => (nth.clone(), by.clone(), by.clone()).prop_map(|(nth, by, to)| Step::Hand { nth, by, to }),
        1 => (nth.clone(), by.clone()).prop_map(|(nth, by)| Step::PutBack { nth, by }),
        8 => (nth, by, 0..4usize, prop::bool::weighted(0.1))
            .prop_map(|(nth, by, how, stale)| Step::Settle { nth, by, how, stale }),
        4 => wait,
    ]
}

struct World {
    place: Place,
    model: Model,
}

impl World {
    fn nth_case(&self, nth: usize) -> Option<u64> {
        let open: Vec<u64> = self.place.desk.open_cases().map(|case| case.id).collect();
        (!open.is_empty()).then(|| open[nth % open.len()])
    }

    fn nth_sanction(&self, nth: usize) -> Option<u64> {
        let all: Vec<u64> = self.model.sanctions.keys().copied().collect();
        (!all.is_empty()).then(|| all[nth % all.len()])
    }

    fn claim_of(&self, case: u64) -> u64 {
        let help = matches!(self.place.desk.case(case).expect("open").matter, Matter::Help(_));
        self.place.now + if help { HELP_CLAIM } else { CLAIM }
    }

    /// Does a step, and tells the model of it.
    fn go(&mut self, step: Step) -> Option<()> {
        let now = self.place.now;
        match step {
            Step::Impose { who, by, kind, scope, minutes } => {
                let (kind, scope, by) = (Kind::ALL[kind], scopes(scope), staff(by));
                let order = Order { scope: scope.clone(), ..order(people(who), kind, MINUTES[minutes]) };
                let done = self.place.tries(|desk, now| desk.impose(order, &by, now)).ok()?;
                let until = now + u64::from(MINUTES[minutes]) * MINUTE;
                self.model.decided(made(&done), who, kind, scope, Some(until), vec![by.id]);
                self.model.hears(&done);
            }
            Step::Undo { nth, by } => {
                let id = self.nth_sanction(nth)?;
                let done = self.place.tries(|desk, now| desk.undo(id, &staff(by), now)).ok()?;
                let one = self.model.sanction(id);
                assert!(!one.taken_back && !one.changed, "it can be taken back once");
                one.taken_back = true;
                self.model.hears(&done);
            }
            Step::Appeal { nth, who } => {
                let id = self.nth_sanction(nth)?;
                let everybody: Vec<Actor> = (0..4).map(staff).collect();
                let who_else = people(who).subject;
                let done = self.place.tries(|desk, now| desk.appeal(id, &who_else, Some(1), &everybody, now)).ok()?;
                assert!(alike(self.model.sanction(id).who, who), "only the person themselves");
                assert!(self.model.appeals.values().all(|appeal| appeal.0 != id), "once");
                self.model.appeals.insert(made(&done), (id, 0, 0));
                self.model.hears(&done);
            }
            Step::Propose { who, by, scope } => {
                let (reason, note) = (Reason::Threat, String::new());
                let _ = self.place.tries(|desk, now| {
                    desk.propose_permanent(people(who), scopes(scope), reason, note, &staff(by), now)
                });
            }
            Step::Hold { who, room } => {
                let new = NewHold { room: ROOMS[room].to_owned(), ..held(people(who)) };
                let done = self.place.tries(|desk, now| desk.hold(new, now)).ok()?;
                self.model.holds.insert(made(&done), 0);
            }
            Step::Retract { nth, who } => {
                let case = self.nth_case(nth)?;
                let done = self.place.tries(|desk, now| desk.retract(case, &people(who).subject, now)).ok()?;
                self.model.hears(&done);
            }
            Step::Report { who, about } => {
                let new = report(people(who), people(about), Category::ALL[(who + about) % Category::ALL.len()]);
                let done = self.place.lets(|desk, now| desk.report(new, now));
                self.model.hears(&done);
            }
            Step::Help { who, room } => {
                let done = self.place.lets(|desk, now| desk.help(people(who), ROOMS[room], Some(1), now));
                self.model.hears(&done);
            }
            Step::Claim { nth, by } => {
                let (case, by) = (self.nth_case(nth)?, staff(by));
                let done = self.place.tries(|desk, now| desk.claim(case, &by, now)).ok()?;
                assert!(self.model.is_free_for(case, by.id, now), "one at a time");
                self.model.claims.insert(case, (by.id, self.claim_of(case)));
                self.model.hears(&done);
            }
            Step::Hand { nth, by, to } => {
                let (case, by, to) = (self.nth_case(nth)?, staff(by), staff(to));
                let version = self.place.version(case);
                self.place.tries(|desk, now| desk.hand(case, version, &to, &by, now)).ok()?;
                assert!(self.model.is_free_for(case, by.id, now), "one at a time");
                self.model.claims.insert(case, (to.id, self.claim_of(case)));
            }
            Step::PutBack { nth, by } => {
                let (case, by) = (self.nth_case(nth)?, staff(by));
                let version = self.place.version(case);
                let done = self.place.tries(|desk, now| desk.put_back(case, version, &by, now)).ok()?;
                assert!(self.model.is_free_for(case, by.id, now), "one at a time");
                self.model.claims.remove(&case);
                self.model.hears(&done);
            }
            Step::Settle { nth, by, how, stale } => {
                let (case, by) = (self.nth_case(nth)?, staff(by));
                let version = self.place.version(case) - u32::from(stale);
                let done = self.settle(case, version, &by, how).ok()?;
                assert!(!stale, "nobody decides by an old view");
                assert!(self.model.is_free_for(case, by.id, now), "one at a time");
                self.model.hears(&done);
            }
            Step::Wait { long, tick } => self.wait(WAITS[long], tick),
        }
        Some(())
    }

    fn settle(&mut self, id: u64, version: u32, by: &Actor, how: usize) -> Result<Done, DeskRefusal> {
        let now = self.place.now;
        let case = self.place.desk.case(id).expect("open").clone();
        match case.matter {
            Matter::Hold(_) if how < 2 => self.place.tries(|desk, now| desk.approve(id, version, by, now)),
            Matter::Hold(_) => {
                let reason = DeclineReason::ALL[how];
                self.place.tries(|desk, now| desk.decline(id, version, reason, by, now))
            }
            Matter::Report(_) => {
                let outcome = ReportOutcome::ALL[how];
                self.place.tries(|desk, now| desk.resolve(id, version, outcome, by, now))
            }
            Matter::Help(_) => {
                let outcome = HelpOutcome::ALL[how];
                self.place.tries(|desk, now| desk.settle(id, version, outcome, by, now))
            }
            Matter::Appeal(appeal) => {
                let (kind, minutes) = (Kind::MuteText, 1);
                let answer = [Answer::Uphold, Answer::Undo, Answer::Change { kind, minutes }, Answer::Uphold][how];
                let done = self.place.tries(|desk, now| desk.decide_appeal(id, version, answer, by, now))?;
                let old = self.model.sanction(appeal.sanction);
                assert!(!old.by.contains(&by.id), "not by who decided it");
                let (who, scope) = (old.who, old.scope.clone());
                match answer {
                    Answer::Uphold => {}
                    Answer::Undo => old.taken_back = true,
                    Answer::Change { .. } => {
                        old.changed = true;
                        assert!(old.until.is_none_or(|until| now + MINUTE <= until), "never longer");
                        self.model.decided(made(&done), who, kind, scope, Some(now + MINUTE), vec![by.id]);
                    }
                }
                Ok(done)
            }
            Matter::Proposal(proposal) => {
                let agree = how < 2;
                let done = self.place.tries(|desk, now| desk.answer_proposal(id, version, agree, by, now))?;
                assert_ne!(proposal.by, by.id, "two people");
                if agree {
                    let who = case.about.subject.person as usize - 1;
                    self.model.decided(made(&done), who, Kind::Ban, case.scope, None, vec![proposal.by, by.id]);
                }
                Ok(done)
            }
        }
    }

    /// Lets time go by. Whether one looks at the clock once or at every moment that matters, comes to the same.
    fn wait(&mut self, long: u64, tick: bool) {
        if !tick {
            self.place.now += long;
            return;
        }
        let mut often = self.place.desk.clone();
        let mut happened = Vec::new();
        let end = self.place.now + long;
        while let Some(due) = often.due().filter(|due| *due <= end) {
            happened.extend(often.tick(due).effects);
        }
        let done = self.place.after(long);
        assert_eq!(often, self.place.desk);
        assert_eq!(happened, done.effects);
        assert!(self.place.desk.due().is_none_or(|due| due > end), "everything due is done");
        self.model.hears(&done);
    }

    fn check(&self) {
        let (desk, now) = (&self.place.desk, self.place.now);
        for who in 0..3 {
            let subject = people(who).subject;
            for room in ROOMS {
                let standing = desk.standing(&subject, room, now);
                for kind in Kind::ALL.iter().copied() {
                    let expected = kind != Kind::Nudge && self.model.in_force(who, kind, room, now);
                    assert_eq!(term(&standing, kind), expected, "{kind:?} for {who} in {room}");
                }
            }
            // What was taken back is not in anybody's history; nothing but what was decided is.
            let history = desk.history(&subject, &staff(3), now).expect("a history");
            let counted: u32 = history.sanctions.values().sum();
            let decided = self.model.sanctions.values().filter(|one| alike(one.who, who) && !one.taken_back).count();
            assert_eq!(counted as usize, decided);
        }
        for case in desk.open_cases().filter(|case| matches!(case.matter, Matter::Hold(_))) {
            let room = case.scope.room().expect("of a room");
            assert!(desk.standing(&case.about.subject, room, now).may_write() || desk.due() <= Some(now));
        }
        self.everybody_was_told();
    }

    /// No path leaves a person without notice.
    fn everybody_was_told(&self) {
        let is_open = |case: &u64| self.place.desk.case(*case).is_some_and(|case| case.closed.is_none());
        for (id, one) in &self.model.sanctions {
            assert_eq!(one.told_begin, 1, "sanction {id} was announced");
            if one.taken_back || one.changed {
                assert!(one.told_end >= 1, "the end of sanction {id} was announced");
            }
        }
        for (case, told) in &self.model.holds {
            assert_eq!(*told, u32::from(!is_open(case)), "the writer of {case} knows what became of it");
        }
        for (case, (sanction, received, answered)) in &self.model.appeals {
            assert_eq!((*received, *answered), (1, u32::from(!is_open(case))), "appeal {case} was answered");
            assert!(!is_open(case) || !self.model.sanctions[sanction].taken_back, "appeal {case} was won");
        }
        for (case, (received, answered)) in &self.model.reports {
            assert!(*received >= 1);
            assert_eq!(*answered, u32::from(!is_open(case)), "report {case} was answered");
        }
    }

    /// At the very end all that has an end is over, and everybody knows.
    fn finish(&mut self) {
        self.wait(2 * DAY, true);
        self.check();
        for (id, one) in &self.model.sanctions {
            let lasts = one.until.is_none() && !one.taken_back && !one.changed;
            let over = u32::from(one.kind != Kind::Nudge || one.taken_back);
            assert!(if lasts { one.told_end == 0 } else { one.told_end >= over }, "the end of {id} was announced");
        }
        let held = |matter: &Matter| matches!(matter, Matter::Hold(_));
        assert!(!self.place.desk.open_cases().any(|case| held(&case.matter)), "nothing waits for ever");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_is_left_without_a_word_or_an_end(steps in prop::collection::vec(steps(), 1..60)) {
        let mut world = World { place: Place::new(), model: Model::default() };
        for step in steps {
            world.go(step);
            world.check();
        }
        world.finish();
    }
}
