//! The floor of a room: where one can stand, which zone that is, and how one walks there. Pure geometry.

use ibasho_protocol::ids::{SeatIndex, ZoneIndex};
use ibasho_protocol::limits::{MS_PER_CELL, UNITS_PER_CELL};
use ibasho_protocol::person::Point;
use ibasho_protocol::plan::RoomPlan;

const UNIT: i16 = UNITS_PER_CELL;
/// How far a seat may be from the cell one steps onto it from, in tenths of a cell: across a cushion or a bench.
const SEAT_REACH: i32 = 16;
/// How far apart people stand if there is room, in tenths of a cell: a figure is drawn about two cells wide.
const ELBOW_ROOM: i32 = 15;

type Cell = (i16, i16);

/// Walkable cells, zones and seats.
pub struct Floor {
    width: i16,
    height: i16,
    /// Free and connected with the door.
    free: Vec<bool>,
    zones: Vec<ZoneIndex>,
    seats: Vec<(Point, ZoneIndex, Option<Cell>)>,
    entries: Vec<Point>,
}

/// Where a walk goes, decided before the path is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Where the person will stand or sit.
    pub at: Point,
    /// The zone they will be in.
    pub zone: ZoneIndex,
    /// The seat they will have.
    pub seat: Option<SeatIndex>,
}

impl Floor {
    /// The floor of a plan.
    ///
    /// # Errors
    /// A reason if an entry is not free floor or cannot be reached from the first.
    pub fn new(plan: &RoomPlan) -> Result<Self, String> {
        let height = plan.grid.len() as i16;
        let width = plan.grid.first().map_or(0, |row| row.len() as i16);
        let open: Vec<bool> = plan.grid.iter().flat_map(|row| row.bytes().map(|cell| cell == b'.')).collect();
        let mut floor = Self {
            width,
            height,
            free: open,
            zones: vec![0; width as usize * height as usize],
            seats: Vec::new(),
            entries: plan.entries.clone(),
        };
        for (index, zone) in plan.zones.iter().enumerate() {
            for area in &zone.area {
                for cell in (area.y..area.y + area.h).flat_map(|y| (area.x..area.x + area.w).map(move |x| (x, y))) {
                    let at = floor.index(cell);
                    floor.zones[at] = index as ZoneIndex;
                }
            }
        }
        floor.keep_connected()?;
        let approach = |at: Point| floor.nearest(at, |cell| distance(centre(cell), at) <= SEAT_REACH * SEAT_REACH);
        let seats = plan.seats.iter().map(|seat| (seat.at, seat.zone, approach(seat.at))).collect();
        floor.seats = seats;
        Ok(floor)
    }

    /// Drops free cells that nobody can reach from the door.
    fn keep_connected(&mut self) -> Result<(), String> {
        let Some(&first) = self.entries.first() else { return Err("no entry".into()) };
        let mut reached = vec![false; self.free.len()];
        let mut open = vec![cell_of(first)];
        while let Some(cell) = open.pop() {
            if self.is_free(cell) && !std::mem::replace(&mut reached[self.index(cell)], true) {
                open.extend([(-1, 0), (1, 0), (0, -1), (0, 1)].map(|(x, y)| (cell.0 + x, cell.1 + y)));
            }
        }
        self.free = reached;
        match self.entries.iter().find(|&&entry| !self.is_free(cell_of(entry))) {
            Some(Point(x, y)) => {
                Err(format!("the entry at tenths ({x}, {y}) is not on free floor, or cut off from the first"))
            }
            None => Ok(()),
        }
    }

    /// Whether the point is on the grid.
    pub fn contains(&self, point: Point) -> bool {
        self.on_grid(cell_of(point))
    }

    /// The cell from which one steps onto a seat.
    pub fn approach(&self, seat: usize) -> Option<(i16, i16)> {
        self.seats.get(seat).and_then(|&(_, _, cell)| cell)
    }

    /// Whether anybody can stand in a zone.
    pub fn can_stand_in(&self, zone: ZoneIndex) -> bool {
        self.free.iter().zip(&self.zones).any(|(&free, &of)| free && of == zone)
    }

    /// A place to stand for a newcomer.
    pub fn entry(&self, taken: &[Point]) -> Option<Spot> {
        let clear = |at: Point| taken.iter().all(|&other| distance(at, other) >= ELBOW_ROOM * ELBOW_ROOM);
        match self.entries.iter().find(|&&entry| clear(entry)) {
            Some(&at) => Some(self.standing(at)),
            None => self.spot_near(self.entries[0], taken),
        }
    }

    /// The seat, as a place to go to. `None` if there is no such seat.
    pub fn seat(&self, seat: SeatIndex) -> Option<Spot> {
        let &(at, zone, _) = self.seats.get(usize::from(seat))?;
        Some(Spot { at, zone, seat: Some(seat) })
    }

    /// The free floor nearest to a point, in the zone of that point, with room for the elbows if there is any.
    /// The zone is kept so that one is heard where one meant to go, and nowhere else.
    pub fn spot_near(&self, point: Point, taken: &[Point]) -> Option<Spot> {
        let zone = self.zones[self.index(self.clamp(cell_of(point)))];
        let clear = |at: Point| taken.iter().all(|&other| distance(at, other) >= ELBOW_ROOM * ELBOW_ROOM);
        if self.is_free(cell_of(point)) && clear(point) {
            return Some(self.standing(point));
        }
        let in_zone = |cell: Cell| self.zones[self.index(cell)] == zone;
        let roomy = self.nearest(point, |cell| in_zone(cell) && clear(centre(cell)));
        let cell = roomy.or_else(|| self.nearest(point, in_zone))?;
        Some(self.standing(centre(cell)))
    }

    /// A free seat of a zone, the nearest to `from`; else a place to stand in it.
    pub fn spot_in(&self, zone: ZoneIndex, from: Point, taken: &[Point], seats_taken: &[SeatIndex]) -> Option<Spot> {
        let seats = self.seats.iter().enumerate().filter(|&(index, &(_, of, cell))| {
            of == zone && cell.is_some() && !seats_taken.contains(&(index as SeatIndex))
        });
        if let Some((index, _)) = seats.min_by_key(|(_, (at, _, _))| distance(*at, from)) {
            return self.seat(index as SeatIndex);
        }
        let clear = |at: Point| taken.iter().all(|&other| distance(at, other) >= ELBOW_ROOM * ELBOW_ROOM);
        let in_zone = |cell: Cell| self.zones[self.index(cell)] == zone;
        // From the door one would stop at its first cell; the middle of the zone is where one is with others.
        let middle = self.middle_of(zone)?;
        let roomy = self.nearest(middle, |cell| in_zone(cell) && clear(centre(cell)));
        let cell = roomy.or_else(|| self.nearest(middle, in_zone))?;
        Some(self.standing(centre(cell)))
    }

    fn middle_of(&self, zone: ZoneIndex) -> Option<Point> {
        let cells = self.cells().filter(|&cell| self.is_free(cell) && self.zones[self.index(cell)] == zone);
        let (sum, count) =
            cells.map(centre).fold(((0, 0), 0), |((x, y), n), at| ((x + i32::from(at.0), y + i32::from(at.1)), n + 1));
        (count > 0).then(|| Point((sum.0 / count) as i16, (sum.1 / count) as i16))
    }

    fn standing(&self, at: Point) -> Spot {
        Spot { at, zone: self.zones[self.index(cell_of(at))], seat: None }
    }

    /// The corners of a walk from `from` to `spot`, both included. `None` if there is no way.
    pub fn route(&self, from: Point, from_seat: Option<SeatIndex>, spot: Spot) -> Option<Vec<Point>> {
        if from == spot.at {
            return Some(vec![from]);
        }
        // Seats may stand on furniture: the walk proper is between the cells beside them.
        let step_off = from_seat.and_then(|seat| self.approach(usize::from(seat)));
        let start = step_off.map_or(from, centre);
        let step_on = spot.seat.and_then(|seat| self.approach(usize::from(seat)));
        let end = step_on.map_or(spot.at, centre);
        let mut points = vec![from];
        if self.sees(start, end) {
            points.extend([start, end]);
        } else {
            let first = self.nearest(start, |_| true)?;
            let last = cell_of(end);
            let cells = way::shortest(self, first, last)?;
            points.push(start);
            points.extend(cells.into_iter().map(centre));
            points.push(end);
        }
        points.push(spot.at);
        points.dedup();
        let last = points.len() - 1;
        let fixed = (usize::from(step_off.is_some()), last - usize::from(step_on.is_some()));
        Some(self.straighten(&points, fixed))
    }

    /// Leaves out corners that need not be turned at. The pieces beside seats stay as they are.
    fn straighten(&self, points: &[Point], (first, last): (usize, usize)) -> Vec<Point> {
        if points.len() < 3 || first >= last {
            return points.to_vec();
        }
        let mut kept: Vec<Point> = points[..=first].to_vec();
        let mut at = first;
        while at < last {
            let next = (at + 1..=last).rev().find(|&next| self.sees(points[at], points[next])).unwrap_or(at + 1);
            kept.push(points[next]);
            at = next;
        }
        kept.extend_from_slice(&points[last + 1..]);
        kept
    }

    /// Whether one can walk straight from one point to the other: each cell on the line is free, and where it passes
    /// a corner both cells beside that.
    fn sees(&self, from: Point, to: Point) -> bool {
        let (mut cell, last) = (cell_of(from), cell_of(to));
        let (x, y) = (i32::from(to.0 - from.0), i32::from(to.1 - from.1));
        let (right, down) = (x.signum() as i16, y.signum() as i16);
        let border =
            |at: i16, way: i32| i32::from(if way > 0 { UNIT - at.rem_euclid(UNIT) } else { at.rem_euclid(UNIT) });
        // How far along the line the next border lies, upright and level; both times the lengths, to stay whole.
        let (mut upright, mut level) = (border(from.0, x) * y.abs(), border(from.1, y) * x.abs());
        while self.is_free(cell) {
            if cell == last {
                return true;
            }
            let across = cell.1 == last.1 || (cell.0 != last.0 && upright <= level);
            let along = cell.0 == last.0 || (cell.1 != last.1 && level <= upright);
            if across && along && !(self.is_free((cell.0 + right, cell.1)) && self.is_free((cell.0, cell.1 + down))) {
                return false;
            }
            if across {
                cell.0 += right;
                upright += i32::from(UNIT) * y.abs();
            }
            if along {
                cell.1 += down;
                level += i32::from(UNIT) * x.abs();
            }
        }
        false
    }

    /// The suiting free cell nearest to a point. Looks in growing rings, because it is nearly always close by.
    fn nearest(&self, to: Point, suits: impl Fn(Cell) -> bool) -> Option<Cell> {
        let (x, y) = self.clamp(cell_of(to));
        let mut best: Option<(i32, Cell)> = None;
        for ring in 0..self.width.max(self.height) {
            // The centres of this ring are at least so far away; half a cell less, for a point beside its cell's centre.
            let least = i32::from(ring * UNIT - UNIT / 2).max(0);
            if best.is_some_and(|(found, _)| found < least * least) {
                break;
            }
            let edges = (-ring..=ring).flat_map(|along| {
                let sides = [(along, -ring), (along, ring), (-ring, along), (ring, along)];
                sides.into_iter().take(if ring == 0 { 1 } else { 4 })
            });
            let cells = edges.map(|(dx, dy)| (x + dx, y + dy)).filter(|&cell| self.is_free(cell) && suits(cell));
            // The cell breaks ties, so that the answer does not depend on the order of looking.
            best = cells.map(|cell| (distance(centre(cell), to), cell)).chain(best).min();
        }
        best.map(|(_, cell)| cell)
    }

    fn cells(&self) -> impl Iterator<Item = Cell> {
        let (width, height) = (self.width, self.height);
        (0..height).flat_map(move |y| (0..width).map(move |x| (x, y)))
    }

    fn on_grid(&self, (x, y): Cell) -> bool {
        (0..self.width).contains(&x) && (0..self.height).contains(&y)
    }

    fn is_free(&self, cell: Cell) -> bool {
        self.on_grid(cell) && self.free[self.index(cell)]
    }

    fn clamp(&self, (x, y): Cell) -> Cell {
        (x.clamp(0, self.width - 1), y.clamp(0, self.height - 1))
    }

    fn index(&self, (x, y): Cell) -> usize {
        y as usize * self.width as usize + x as usize
    }
}

/// How long a walk along `path` takes, in milliseconds.
pub fn walking_time(path: &[Point]) -> u64 {
    (length(path) / f64::from(UNIT) * MS_PER_CELL as f64).round() as u64
}

/// Where somebody is who has walked for `elapsed` of `total` milliseconds along `path`.
pub fn along(path: &[Point], elapsed: u64, total: u64) -> Point {
    let last = path[path.len() - 1];
    if elapsed >= total {
        return last;
    }
    let mut left = length(path) * elapsed as f64 / total as f64;
    for piece in path.windows(2) {
        let long = length(piece);
        if left <= long {
            let part = if long > 0.0 { left / long } else { 0.0 };
            let between = |a: i16, b: i16| (f64::from(a) + f64::from(b - a) * part).round() as i16;
            return Point(between(piece[0].0, piece[1].0), between(piece[0].1, piece[1].1));
        }
        left -= long;
    }
    last
}

fn length(path: &[Point]) -> f64 {
    path.windows(2).map(|piece| f64::from(distance(piece[0], piece[1])).sqrt()).sum()
}

/// The square of the distance, in tenths of a cell.
fn distance(a: Point, b: Point) -> i32 {
    let (x, y) = (i32::from(a.0) - i32::from(b.0), i32::from(a.1) - i32::from(b.1));
    x * x + y * y
}

fn cell_of(Point(x, y): Point) -> Cell {
    (x.div_euclid(UNIT), y.div_euclid(UNIT))
}

fn centre((x, y): Cell) -> Point {
    Point(x * UNIT + UNIT / 2, y * UNIT + UNIT / 2)
}

mod way;

#[cfg(test)]
mod tests;
