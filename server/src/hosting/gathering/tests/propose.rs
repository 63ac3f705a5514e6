//! The proposal for small groups.

use std::collections::BTreeSet;

use ibasho_protocol::session::{Group, Pair};
use proptest::prelude::*;

use super::*;
use crate::hosting::gathering::propose::propose;

fn people(number: u64) -> Vec<PersonId> {
    (1..=number).map(PersonId).collect()
}

fn pair((a, b, together): (u64, u64, bool)) -> Pair {
    Pair { a: PersonId(a), b: PersonId(b), together }
}

fn with(groups: &[Group], who: PersonId) -> &Group {
    groups.iter().find(|group| group.people.contains(&who)).expect("everybody is in a group")
}

fn broken(groups: &[Group], pairs: &[Pair], together: bool) -> usize {
    let wrong = |pair: &&Pair| (with(groups, pair.a).zone == with(groups, pair.b).zone) != together;
    pairs.iter().filter(|pair| pair.together == together).filter(wrong).count()
}

/// Whether some way to fill so many groups keeps everybody apart who should be: tried out, all of it.
fn can_be_apart(number: u64, groups: usize, apart: &[Pair]) -> bool {
    fn place(at: u64, number: u64, groups: usize, apart: &[Pair], placed: &mut Vec<usize>) -> bool {
        if at > number {
            return true;
        }
        (0..groups).any(|group| {
            let meets = apart.iter().any(|pair| {
                let (a, b) = (pair.a.0.min(pair.b.0), pair.a.0.max(pair.b.0));
                b == at && placed[a as usize - 1] == group
            });
            placed.push(group);
            let fits = !meets && place(at + 1, number, groups, apart, placed);
            placed.pop();
            fits
        })
    }
    place(1, number, groups, apart, &mut Vec::new())
}

proptest! {
    #[test]
    fn everybody_exactly_once_at_tables_of_their_own(
        number in 2..30_u64,
        size in 2..=12_usize,
        seats in prop::collection::vec(0..8_u16, 1..8),
        pairs in prop::collection::vec((1..30_u64, 1..30_u64, any::<bool>()), 0..20),
        chance: u64,
    ) {
        let tables: Vec<_> = seats.iter().enumerate().map(|(n, seats)| (n as ZoneIndex + 1, *seats)).collect();
        let pairs: Vec<_> = pairs.into_iter().filter(|(a, b, _)| a != b).map(pair).collect();
        let groups = propose(&people(number), &tables, size, &pairs, chance);
        let mut all: Vec<_> = groups.iter().flat_map(|group| group.people.clone()).collect();
        all.sort();
        prop_assert_eq!(all, people(number));
        let zones: BTreeSet<_> = groups.iter().map(|group| group.zone).collect();
        prop_assert_eq!(zones.len(), groups.len());
        prop_assert!(zones.iter().all(|zone| tables.iter().any(|(table, _)| table == zone)));
        prop_assert!(groups.iter().all(|group| !group.people.is_empty()));
    }

    #[test]
    fn without_wishes_the_groups_are_even_and_nobody_sits_alone(
        number in 2..30_u64, size in 2..=12_usize, tables in 1..12_u16, chance: u64,
    ) {
        let tables: Vec<_> = (1..=tables).map(|zone| (zone, 30)).collect();
        let groups = propose(&people(number), &tables, size, &[], chance);
        let sizes: BTreeSet<_> = groups.iter().map(|group| group.people.len()).collect();
        let (least, most) = (*sizes.first().expect("a group"), *sizes.last().expect("a group"));
        prop_assert!(most - least <= 1, "{:?}", sizes);
        prop_assert!(least >= 2);
        // As near to the wish as whole groups and tables allow.
        let wished = ((number as usize + size / 2) / size).clamp(1, number as usize / 2).min(tables.len());
        prop_assert_eq!(groups.len(), wished);
    }

    #[test]
    fn seats_are_kept_to_when_they_are_enough(
        number in 2..14_u64, size in 2..=6_usize, seats in prop::collection::vec(2..8_u16, 1..6), chance: u64,
    ) {
        let tables: Vec<_> = seats.iter().enumerate().map(|(n, seats)| (n as ZoneIndex + 1, *seats)).collect();
        let groups = propose(&people(number), &tables, size, &[], chance);
        let mut chosen: Vec<_> = groups.iter().map(|group| tables[usize::from(group.zone) - 1].1).collect();
        chosen.sort_unstable();
        if chosen.iter().sum::<u16>() >= number as u16 {
            for group in &groups {
                let seats = usize::from(tables[usize::from(group.zone) - 1].1);
                prop_assert!(group.people.len() <= seats, "{} at a table for {}", group.people.len(), seats);
            }
        }
    }

    #[test]
    fn who_should_be_apart_is_apart_whenever_it_can_be(
        number in 2..8_u64,
        size in 2..=4_usize,
        tables in 1..5_u16,
        pairs in prop::collection::vec((1..8_u64, 1..8_u64, prop::bool::weighted(0.3)), 0..14),
        chance: u64,
    ) {
        let pairs: Vec<_> = pairs.into_iter().filter(|(a, b, _)| a != b && *a <= number && *b <= number).collect();
        // As the desk keeps them: one wish for two people.
        let mut seen = BTreeSet::new();
        let pairs: Vec<_> = pairs.into_iter().filter(|(a, b, _)| seen.insert((*a.min(b), *a.max(b)))).map(pair).collect();
        let tables: Vec<_> = (1..=tables).map(|zone| (zone, 4)).collect();
        let apart: Vec<_> = pairs.iter().filter(|pair| !pair.together).copied().collect();
        let groups = propose(&people(number), &tables, size, &pairs, chance);
        if can_be_apart(number, tables.len(), &apart) {
            prop_assert_eq!(broken(&groups, &pairs, false), 0, "{:?} in {:?}", pairs, groups);
        }
        if apart.is_empty() && pairs.len() == 1 {
            prop_assert_eq!(broken(&groups, &pairs, true), 0);
        }
    }
}

#[test]
fn together_stays_together_in_a_full_room() {
    let tables: Vec<_> = (1..=6).map(|zone| (zone, 4)).collect();
    let pairs = [(1, 2, true), (2, 3, true), (4, 5, true), (1, 4, false), (6, 7, false), (20, 24, true)].map(pair);
    for chance in 0..50 {
        let groups = propose(&people(24), &tables, 4, &pairs, chance);
        assert_eq!((broken(&groups, &pairs, true), broken(&groups, &pairs, false)), (0, 0));
        assert!(groups.iter().all(|group| group.people.len() == 4));
    }
}

#[test]
fn apart_weighs_more_than_even_groups_and_seats() {
    // Only five at one table for four, and two at the other, keeps everybody apart.
    let pairs = [(7, 3), (4, 1), (4, 3), (5, 3), (1, 6), (3, 2)].map(|(a, b)| pair((a, b, false)));
    for chance in 0..50 {
        let groups = propose(&people(7), &[(1, 4), (2, 4)], 2, &pairs, chance);
        assert_eq!(broken(&groups, &pairs, false), 0, "{groups:?}");
    }
}

#[test]
fn chance_mixes() {
    let tables = [(1, 4), (2, 4)];
    let first = |chance| propose(&people(8), &tables, 4, &[], chance);
    let seen: BTreeSet<_> = (0..20).map(|chance| format!("{:?}", first(chance))).collect();
    assert!(seen.len() > 15);
    assert_eq!(first(3), first(3));
}

#[test]
fn the_worst_wishes_take_no_time_that_anybody_notices() {
    // Everybody apart from everybody, in a full room with few tables: impossible, and found out quickly.
    let all: Vec<_> = (1..=30).flat_map(|a| (a + 1..=30).map(move |b| pair((a, b, false)))).collect();
    let tables: Vec<_> = (1..=8).map(|zone| (zone, 4)).collect();
    let groups = propose(&people(30), &tables, 4, &all[..100], 1);
    assert_eq!(groups.iter().map(|group| group.people.len()).sum::<usize>(), 30);
}
