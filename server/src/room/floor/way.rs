//! The shortest way from cell to cell (A*). Our own, because everybody who sets out waits for it: with a slot for each
//! cell of a small room it takes about half the work of a library's, which must look cells up in a map.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Cell, Floor};

/// The length of a step to the side or ahead.
const STRAIGHT: u32 = 10;
/// The length of a diagonal step.
const DIAGONAL: u32 = 14;
/// To the four sides, then to the four corners.
const AROUND: [(i16, i16); 8] = [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)];

/// The cells of a shortest way, both ends included. `None` if there is no way.
pub(super) fn shortest(floor: &Floor, first: Cell, last: Cell) -> Option<Vec<Cell>> {
    // The shortest way to each cell that is known so far, and the cell before it.
    let mut reached = vec![(u32::MAX, first); floor.free.len()];
    // The most promising first; of equals the one that has come farther.
    let mut open = BinaryHeap::with_capacity(64);
    reached[floor.index(first)].0 = 0;
    open.push((Reverse(ahead(first, last)), 0, first));
    while let Some((_, come, cell)) = open.pop() {
        if cell == last {
            return Some(back(floor, &reached, first, last));
        }
        if come > reached[floor.index(cell)].0 {
            continue;
        }
        for (next, length) in steps(floor, cell) {
            let (known, before) = &mut reached[floor.index(next)];
            let come = come + length;
            if come < *known {
                (*known, *before) = (come, cell);
                open.push((Reverse(come + ahead(next, last)), come, next));
            }
        }
    }
    None
}

/// Follows the way back from its end.
fn back(floor: &Floor, reached: &[(u32, Cell)], first: Cell, last: Cell) -> Vec<Cell> {
    let mut cells = vec![last];
    let mut at = last;
    while at != first {
        at = reached[floor.index(at)].1;
        cells.push(at);
    }
    cells.reverse();
    cells
}

/// The free neighbours; diagonally only where both cells beside are free, so that nobody cuts a corner.
fn steps(floor: &Floor, (x, y): Cell) -> impl Iterator<Item = (Cell, u32)> {
    AROUND.into_iter().filter_map(move |(dx, dy)| {
        let next = (x + dx, y + dy);
        let diagonal = dx != 0 && dy != 0;
        let open = floor.is_free(next) && (!diagonal || floor.is_free((x + dx, y)) && floor.is_free((x, y + dy)));
        open.then_some((next, if diagonal { DIAGONAL } else { STRAIGHT }))
    })
}

/// The least that is still to go.
fn ahead(cell: Cell, last: Cell) -> u32 {
    let (x, y) = (u32::from(cell.0.abs_diff(last.0)), u32::from(cell.1.abs_diff(last.1)));
    STRAIGHT * x.max(y) + (DIAGONAL - STRAIGHT) * x.min(y)
}

#[cfg(test)]
mod tests {
    use super::super::tests::plan;
    use super::*;

    /// Without a heap and without a guess: lengths spread until nothing changes.
    fn lengths(floor: &Floor, first: Cell) -> Vec<u32> {
        let mut known = vec![u32::MAX; floor.free.len()];
        known[floor.index(first)] = 0;
        let mut changed = true;
        while std::mem::take(&mut changed) {
            for cell in floor.cells().filter(|&cell| floor.is_free(cell)) {
                let Some(come) = Some(known[floor.index(cell)]).filter(|&come| come < u32::MAX) else { continue };
                for (next, length) in steps(floor, cell) {
                    let there = &mut known[floor.index(next)];
                    changed |= come + length < *there;
                    *there = (*there).min(come + length);
                }
            }
        }
        known
    }

    #[test]
    fn no_way_is_shorter_and_each_step_is_one() {
        let floor = Floor::new(&plan()).expect("the plan is right");
        let free = || floor.cells().filter(|&cell| floor.is_free(cell));
        for first in free() {
            let least = lengths(&floor, first);
            for last in free() {
                let way = shortest(&floor, first, last).expect("all free floor is connected");
                assert_eq!((way[0], way[way.len() - 1]), (first, last));
                let step = |pair: &[Cell]| steps(&floor, pair[0]).find(|&(next, _)| next == pair[1]).expect("a step").1;
                assert_eq!(way.windows(2).map(step).sum::<u32>(), least[floor.index(last)], "{first:?} to {last:?}");
            }
        }
    }
}
