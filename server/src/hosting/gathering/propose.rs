//! Proposes small groups: mixed by chance, with regard to who should be together and who apart, to the wished size and
//! to the seats of the tables. Apart weighs most, for it is about feeling safe; then together; then size and seats.

use std::collections::{BTreeMap, BTreeSet};

use ibasho_protocol::ids::{PersonId, ZoneIndex};
use ibasho_protocol::session::{Group, Pair};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

/// How many placings one search tries: enough to find every solution for a small gathering and nearly every one for a
/// full room, and so few that all searches together take milliseconds.
const PATIENCE: usize = 4_000;

/// Every one of `people` in exactly one group, each at a table of its own.
pub(super) fn propose(
    people: &[PersonId],
    tables: &[(ZoneIndex, u16)],
    size: usize,
    pairs: &[Pair],
    chance: u64,
) -> Vec<Group> {
    let mut dice = StdRng::seed_from_u64(chance);
    let mut people = people.to_vec();
    people.shuffle(&mut dice);
    let mut tables = tables.to_vec();
    tables.shuffle(&mut dice);
    // Tables that hold a group of the wished size first, in any order.
    tables.sort_by_key(|(_, seats)| usize::from(*seats) < size);
    let most = tables.len();
    if most == 0 || people.is_empty() || size == 0 {
        return Vec::new();
    }
    let wished = ((people.len() + size / 2) / size).min(people.len() / 2).clamp(1, most);

    let apart = Apart::of(pairs);
    let bound = clusters(&people, pairs, &apart);
    let single: Vec<Vec<PersonId>> = people.iter().map(|who| vec![*who]).collect();
    // From the best to the least: every wish, then without seats, then with more groups than wished, then of any size,
    // then with those who belong together in different ones.
    let numbers = wished..=most.min(people.len()).max(wished);
    for clusters in [&bound, &single] {
        let sized = numbers.clone().flat_map(|number| limits(&tables[..number], people.len()));
        let of_any_size = numbers.clone().map(|number| vec![people.len(); number]);
        for limits in sized.chain(of_any_size) {
            let chosen = &tables[..limits.len()];
            if let Some(groups) = Search::new(clusters, &apart, limits).run() {
                return named(groups, chosen);
            }
        }
    }
    named(least_harm(&people, &apart, most), &tables)
}

/// How many may sit at each table: evenly and within the seats, within the seats, evenly.
fn limits(tables: &[(ZoneIndex, u16)], people: usize) -> [Vec<usize>; 3] {
    let even = people.div_ceil(tables.len());
    let seats = || tables.iter().map(|(_, seats)| usize::from(*seats));
    [seats().map(|seats| seats.min(even)).collect(), seats().collect(), vec![even; tables.len()]]
}

/// Who should not be together.
struct Apart(BTreeMap<PersonId, BTreeSet<PersonId>>);

impl Apart {
    fn of(pairs: &[Pair]) -> Self {
        let mut apart: BTreeMap<PersonId, BTreeSet<PersonId>> = BTreeMap::new();
        for pair in pairs.iter().filter(|pair| !pair.together) {
            apart.entry(pair.a).or_default().insert(pair.b);
            apart.entry(pair.b).or_default().insert(pair.a);
        }
        Self(apart)
    }

    fn count(&self, one: PersonId, others: &[PersonId]) -> usize {
        self.0.get(&one).map_or(0, |apart| others.iter().filter(|other| apart.contains(other)).count())
    }

    fn between(&self, some: &[PersonId], others: &[PersonId]) -> bool {
        some.iter().any(|one| self.count(*one, others) > 0)
    }

    fn degree(&self, some: &[PersonId]) -> usize {
        some.iter().map(|one| self.0.get(one).map_or(0, BTreeSet::len)).sum()
    }
}

/// People who belong together, unless that brings together who should be apart.
fn clusters(people: &[PersonId], pairs: &[Pair], apart: &Apart) -> Vec<Vec<PersonId>> {
    let mut clusters: Vec<Vec<PersonId>> = people.iter().map(|who| vec![*who]).collect();
    for pair in pairs.iter().filter(|pair| pair.together) {
        let of = |who| clusters.iter().position(|cluster| cluster.contains(&who));
        let (Some(a), Some(b)) = (of(pair.a), of(pair.b)) else { continue };
        if a != b && !apart.between(&clusters[a], &clusters[b]) {
            let moved = clusters.remove(a.max(b));
            clusters[a.min(b)].extend(moved);
        }
    }
    clusters
}

/// Places clusters one by one, the most constrained first, into the group with the fewest people, and takes steps back
/// where it does not work out.
struct Search<'a> {
    clusters: Vec<&'a [PersonId]>,
    apart: &'a Apart,
    limits: Vec<usize>,
    groups: Vec<Vec<PersonId>>,
    patience: usize,
}

impl<'a> Search<'a> {
    fn new(clusters: &'a [Vec<PersonId>], apart: &'a Apart, limits: Vec<usize>) -> Self {
        let mut clusters: Vec<&[PersonId]> = clusters.iter().map(Vec::as_slice).collect();
        clusters.sort_by_key(|cluster| std::cmp::Reverse((apart.degree(cluster), cluster.len())));
        let groups = vec![Vec::new(); limits.len()];
        Self { clusters, apart, limits, groups, patience: PATIENCE }
    }

    fn run(mut self) -> Option<Vec<Vec<PersonId>>> {
        let people: usize = self.clusters.iter().map(|cluster| cluster.len()).sum();
        (self.limits.iter().sum::<usize>() >= people && self.place(0)).then_some(self.groups)
    }

    /// Recursion is as deep as there are people in a room.
    fn place(&mut self, at: usize) -> bool {
        let Some(cluster) = self.clusters.get(at).copied() else { return true };
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        order.sort_by_key(|group| self.groups[*group].len());
        for group in order {
            let full = self.groups[group].len() + cluster.len() > self.limits[group];
            if full || self.apart.between(cluster, &self.groups[group]) {
                continue;
            }
            let Some(patience) = self.patience.checked_sub(1) else { return false };
            self.patience = patience;
            self.groups[group].extend(cluster);
            if self.place(at + 1) {
                return true;
            }
            let before = self.groups[group].len() - cluster.len();
            self.groups[group].truncate(before);
        }
        false
    }
}

/// When not everybody can be apart who should be: each goes where the fewest are whom they should not meet.
fn least_harm(people: &[PersonId], apart: &Apart, number: usize) -> Vec<Vec<PersonId>> {
    let mut groups: Vec<Vec<PersonId>> = vec![Vec::new(); number];
    for who in people {
        if let Some(group) = groups.iter_mut().min_by_key(|group| (apart.count(*who, group), group.len())) {
            group.push(*who);
        }
    }
    groups
}

fn named(groups: Vec<Vec<PersonId>>, tables: &[(ZoneIndex, u16)]) -> Vec<Group> {
    let named = tables.iter().zip(groups).filter(|(_, people)| !people.is_empty());
    named.map(|((zone, _), people)| Group { zone: *zone, people }).collect()
}
