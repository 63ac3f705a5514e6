//! Themes and the vote.

use ibasho_protocol::host::{MOST_THEMES, THEME_GRAPHEMES};
use ibasho_protocol::session::{Themes, VoteState};
use proptest::prelude::*;

use super::*;

fn shown(hall: &Hall) -> Themes {
    hall.gathering.standing().themes
}

fn suggest(hall: &mut Hall, by: PersonId, text: &str) -> Result<Vec<Effect>, RefusalCode> {
    hall.take(by, &Take::Suggest { text: text.into() })
}

#[test]
fn themes_come_from_before_and_from_those_inside() {
    let themes = vec!["雨の日".to_owned(), "すきな本".to_owned()];
    let mut hall = Hall::new(Planned { themes: themes.clone(), ..planned() });
    hall.act(&Act::Go { from: 0, to: 2 }).expect("on");
    let who = hall.add(Role::Participant);
    suggest(&mut hall, who, " 朝の\nすごしかた ").expect("fits");
    suggest(&mut hall, who, "雨の日").expect("is there already, and nobody is told");
    let texts = |hall: &Hall| shown(hall).list.into_iter().map(|theme| theme.text).collect::<Vec<_>>();
    assert_eq!(texts(&hall), ["雨の日", "すきな本", "朝の すごしかた"]);
    // What was dropped does not come back with the next edit; what is new does.
    hall.act(&Act::Drop { theme: 1 }).expect("is there");
    assert_eq!(hall.act(&Act::Drop { theme: 1 }), Err(RefusalCode::NoSuchTheme));
    hall.gathering.replan(Planned { themes: [themes, vec!["ねこ".to_owned()]].concat(), ..planned() });
    assert_eq!(texts(&hall), ["すきな本", "朝の すごしかた", "ねこ"]);
}

#[test]
fn the_list_is_bounded_for_each_and_for_all() {
    let mut hall = Hall::talking();
    let one = hall.add(Role::Participant);
    assert_eq!(suggest(&mut hall, one, ""), Err(RefusalCode::TextEmpty));
    assert_eq!(suggest(&mut hall, one, &"あ".repeat(THEME_GRAPHEMES + 1)), Err(RefusalCode::TextTooLong));
    assert_eq!((0..9).filter(|n| suggest(&mut hall, one, &format!("{n}")).is_ok()).count(), 5);
    for n in 10..100 {
        let who = hall.add(Role::Participant);
        let expected = if shown(&hall).list.len() < MOST_THEMES { Ok(Vec::new()) } else { Err(RefusalCode::ListFull) };
        assert_eq!(suggest(&mut hall, who, &format!("{n}")), expected);
    }
    assert_eq!(shown(&hall).list.len(), MOST_THEMES);
}

#[test]
fn a_vote_is_open_then_counted_and_over() {
    let mut hall = Hall::talking();
    let [a, b, c] = [(); 3].map(|()| hall.add(Role::Participant));
    let other = hall.add(Role::Facilitator);
    assert_eq!(hall.act(&Act::Vote {}), Err(RefusalCode::NotNow), "nothing to vote about");
    suggest(&mut hall, a, "雨の日").expect("fits");
    suggest(&mut hall, b, "すきな本").expect("fits");
    let vote = |theme| Take::Vote { theme };
    assert_eq!(hall.take(a, &vote(Some(1))), Err(RefusalCode::NotNow));
    hall.act(&Act::Vote {}).expect("begins");
    assert_eq!(hall.act_by(other, &Act::Vote {}), Err(RefusalCode::Overtaken), "would throw votes away");
    assert_eq!(hall.take(a, &vote(Some(9))), Err(RefusalCode::NoSuchTheme));
    for (who, theme) in [(a, Some(1)), (b, Some(2)), (c, Some(1)), (a, Some(2)), (c, None), (c, Some(2))] {
        hall.take(who, &vote(theme)).expect("open");
    }
    // While it is open only the number of voters is seen, and one's own vote.
    assert_eq!(shown(&hall).voters, 3);
    assert!(shown(&hall).list.iter().all(|theme| theme.votes == 0));
    assert_eq!(hall.gathering.mine(a).vote, Some(2));
    assert_eq!(hall.act(&Act::Choose { theme: 1 }), Err(RefusalCode::NotNow));
    hall.act(&Act::Count {}).expect("counts");
    assert_eq!(hall.act_by(other, &Act::Count {}), Err(RefusalCode::Overtaken));
    assert_eq!(hall.take(a, &vote(Some(1))), Err(RefusalCode::NotNow), "after the close");
    let done = shown(&hall);
    assert_eq!((done.vote, done.voters), (VoteState::Done, 3));
    assert_eq!(done.list.iter().map(|theme| theme.votes).collect::<Vec<_>>(), [0, 3]);
    assert_eq!(hall.gathering.standing().theme.as_deref(), Some("すきな本"));
    assert_eq!(hall.gathering.mine(a).vote, None, "ballots are forgotten");
}

#[test]
fn a_tie_waits_for_the_host() {
    let mut hall = Hall::talking();
    let [a, b] = [(); 2].map(|()| hall.add(Role::Participant));
    for text in ["雨の日", "すきな本", "ねこ"] {
        suggest(&mut hall, a, text).expect("fits");
    }
    hall.act(&Act::Vote {}).expect("begins");
    hall.take(a, &Take::Vote { theme: Some(1) }).expect("open");
    hall.take(b, &Take::Vote { theme: Some(3) }).expect("open");
    hall.act(&Act::Count {}).expect("counts");
    assert_eq!((shown(&hall).vote, hall.gathering.standing().theme), (VoteState::Tie, None));
    assert_eq!(hall.act(&Act::Choose { theme: 2 }), Err(RefusalCode::ValueOutOfRange), "not among the best");
    hall.act(&Act::Choose { theme: 3 }).expect("settles it");
    assert_eq!(shown(&hall).vote, VoteState::Done);
    assert_eq!(hall.gathering.standing().theme.as_deref(), Some("ねこ"));
    // A theme in one's own words, and none.
    hall.act(&Act::Theme { text: "やすみの日".into() }).expect("fits");
    assert_eq!(hall.gathering.standing().theme.as_deref(), Some("やすみの日"));
    hall.act(&Act::Theme { text: " ".into() }).expect("none");
    assert_eq!(hall.gathering.standing().theme, None);
}

#[test]
fn who_leaves_and_comes_again_does_not_vote_twice() {
    let mut hall = Hall::talking();
    let a = hall.add(Role::Participant);
    suggest(&mut hall, a, "雨の日").expect("fits");
    hall.act(&Act::Vote {}).expect("begins");
    hall.take(a, &Take::Vote { theme: Some(1) }).expect("open");
    hall.line(a, false);
    assert_eq!(shown(&hall).voters, 1, "a lost line loses no vote");
    hall.leave(a);
    let again = hall.add(Role::Participant);
    hall.take(again, &Take::Vote { theme: Some(1) }).expect("open");
    assert_eq!(shown(&hall).voters, 1);
}

proptest! {
    /// However people vote, change their minds and leave: the totals are exactly the ballots of those who are here.
    #[test]
    fn totals_are_the_ballots(steps in prop::collection::vec((0..8_usize, prop::option::of(1..5_u16), 0..10_u8), 0..80)) {
        let mut hall = Hall::talking();
        let mut people: Vec<PersonId> = (0..8).map(|_| hall.add(Role::Participant)).collect();
        for n in 0..4 {
            suggest(&mut hall, people[0], &format!("{n}")).expect("fits");
        }
        hall.act(&Act::Vote {}).expect("begins");
        let mut ballots: [Option<u16>; 8] = [None; 8];
        for (index, theme, dice) in steps {
            if dice == 0 {
                hall.leave(people[index]);
                people[index] = hall.add(Role::Participant);
                ballots[index] = None;
            } else {
                hall.take(people[index], &Take::Vote { theme }).expect("open");
                ballots[index] = theme;
            }
            prop_assert_eq!(usize::from(shown(&hall).voters), ballots.iter().flatten().count());
        }
        hall.act(&Act::Count {}).expect("counts");
        let done = shown(&hall);
        for theme in &done.list {
            prop_assert_eq!(usize::from(theme.votes), ballots.iter().flatten().filter(|id| **id == theme.id).count());
        }
        let most = done.list.iter().map(|theme| theme.votes).max().unwrap_or(0);
        let best: Vec<_> = done.list.iter().filter(|theme| theme.votes == most).collect();
        prop_assert_eq!(done.vote == VoteState::Tie, best.len() > 1);
        if let [winner] = best[..] {
            prop_assert_eq!(hall.gathering.standing().theme, Some(winner.text.clone()));
        }
    }
}
