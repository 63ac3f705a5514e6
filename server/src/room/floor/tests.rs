use ibasho_protocol::plan::{Area, Gaze, Pose, RoomPlan, Scene, Seat, Text, Zone, ZoneKind};

use super::*;

/// A room of 8 × 5 cells with a wall across, a table with two seats on furniture, and a cell nobody can reach.
pub(crate) fn plan() -> RoomPlan {
    let text = |text: &str| Text { ja: text.into(), easy: text.into(), en: text.into() };
    let zone = |id: &str, kind, area: Vec<Area>, hears: Vec<u16>| Zone {
        id: id.into(),
        kind,
        name: text(id),
        topic: None,
        area,
        hears,
        label: None,
        slip: None,
        ring: None,
    };
    let seat = |zone, x, y| Seat { zone, at: Point(x, y), pose: Pose::Sit, look: Gaze::Ahead, lift: 0.0 };
    RoomPlan {
        id: "tiny".into(),
        name: text("tiny"),
        about: text("tiny"),
        capacity: 6,
        open: true,
        practice: false,
        grid: ["........", "####.###", "........", "..##...#", "..##..#."].map(Into::into).to_vec(),
        entries: vec![Point(5, 5), Point(25, 5)],
        zones: vec![
            zone("hall", ZoneKind::Hall, vec![], vec![0]),
            zone("table", ZoneKind::Table, vec![Area { x: 1, y: 2, w: 4, h: 3 }], vec![1]),
            zone("rest", ZoneKind::Rest, vec![Area { x: 5, y: 2, w: 2, h: 2 }], vec![]),
            zone("edge", ZoneKind::Edge, vec![Area { x: 0, y: 2, w: 1, h: 3 }], vec![0, 3]),
        ],
        seats: vec![seat(1, 25, 35), seat(1, 33, 43)],
        scene: Scene { svg: "tiny.svg".into(), size: (100.0, 100.0), things: vec![], lights: vec![] },
    }
}

fn floor() -> Floor {
    Floor::new(&plan()).expect("the plan is right")
}

#[test]
fn a_walk_goes_round_the_wall_and_turns_only_where_it_must() {
    let floor = floor();
    let goal = floor.spot_near(Point(5, 25), &[]).expect("free floor");
    let path = floor.route(Point(5, 5), None, goal).expect("there is a way");
    assert_eq!((path[0], path[path.len() - 1]), (Point(5, 5), Point(5, 25)));
    assert!((3..=5).contains(&path.len()), "{path:?}");
    for piece in path.windows(2) {
        assert!(floor.sees(piece[0], piece[1]), "{piece:?} crosses furniture");
    }
    assert!(path.iter().any(|&Point(x, y)| (40..50).contains(&x) && (0..30).contains(&y)), "through the gap: {path:?}");
}

#[test]
fn a_seat_on_furniture_is_stepped_onto_from_beside_it() {
    let floor = floor();
    let seat = floor.seat(0).expect("the seat");
    let path = floor.route(Point(5, 25), None, seat).expect("there is a way");
    assert_eq!(path[path.len() - 1], Point(25, 35));
    let beside = path[path.len() - 2];
    assert!(floor.is_free(cell_of(beside)), "{path:?}");
    let back =
        floor.route(Point(25, 35), Some(0), floor.spot_near(Point(5, 25), &[]).expect("free")).expect("a way back");
    assert_eq!(back[0], Point(25, 35));
    assert!(floor.is_free(cell_of(back[1])), "{back:?}");
}

#[test]
fn who_taps_on_furniture_stays_in_that_zone() {
    let floor = floor();
    // The table itself stands at cells 2..4 × 3..5; the hall is nearer to nothing here, the zone is the table's.
    let spot = floor.spot_near(Point(27, 37), &[]).expect("free floor");
    assert_eq!((spot.zone, spot.seat), (1, None));
    assert!(floor.is_free(cell_of(spot.at)));
}

#[test]
fn people_leave_each_other_room_for_the_elbows_if_there_is_any() {
    let floor = floor();
    let first = floor.spot_near(Point(65, 5), &[]).expect("free");
    let second = floor.spot_near(Point(65, 5), &[first.at]).expect("free");
    assert!(distance(first.at, second.at) >= ELBOW_ROOM * ELBOW_ROOM);
    assert_eq!((first.zone, second.zone), (0, 0));
    let everywhere: Vec<Point> = floor.cells().map(centre).collect();
    assert!(floor.spot_near(Point(65, 25), &everywhere).is_some(), "a full zone still takes people");
}

#[test]
fn a_zone_offers_its_seats_first() {
    let floor = floor();
    assert_eq!(floor.spot_in(1, Point(5, 25), &[], &[]).and_then(|spot| spot.seat), Some(0));
    assert_eq!(floor.spot_in(1, Point(5, 25), &[], &[0]).and_then(|spot| spot.seat), Some(1));
    let standing = floor.spot_in(1, Point(5, 25), &[], &[0, 1]).expect("standing room");
    assert_eq!((standing.zone, standing.seat), (1, None));
}

#[test]
fn where_nobody_can_walk_nobody_can_stand() {
    let floor = floor();
    assert!(!floor.is_free((7, 4)), "cut off");
    assert_ne!(floor.spot_near(Point(75, 45), &[]).map(|spot| cell_of(spot.at)), Some((7, 4)));
    assert!(!floor.contains(Point(80, 5)) && !floor.contains(Point(-1, 5)) && floor.contains(Point(79, 49)));
}

#[test]
fn half_the_time_is_half_the_way() {
    let path = [Point(0, 0), Point(30, 0), Point(30, 10)];
    assert_eq!(walking_time(&path), 4 * MS_PER_CELL);
    assert_eq!(along(&path, 0, 1000), Point(0, 0));
    assert_eq!(along(&path, 500, 1000), Point(20, 0));
    assert_eq!(along(&path, 875, 1000), Point(30, 5));
    assert_eq!(along(&path, 5000, 1000), Point(30, 10));
    assert_eq!(along(&path[..1], 0, 0), Point(0, 0));
}

#[test]
fn an_entry_in_the_wall_is_a_fault() {
    let mut wrong = plan();
    wrong.entries = vec![Point(5, 15)];
    assert!(Floor::new(&wrong).is_err());
    wrong.entries = vec![Point(5, 5), Point(75, 45)];
    assert!(Floor::new(&wrong).is_err(), "cut off from the first");
}

#[test]
fn the_nearest_cell_is_the_nearest_of_all() {
    let floor = floor();
    for point in (0..80).flat_map(|x| (0..50).map(move |y| Point(x, y))) {
        for zone in 0..4 {
            let in_zone = |cell: Cell| floor.zones[floor.index(cell)] == zone;
            let all = floor.cells().filter(|&cell| floor.is_free(cell) && in_zone(cell));
            let least = all.map(|cell| distance(centre(cell), point)).min();
            let found = floor.nearest(point, in_zone).map(|cell| distance(centre(cell), point));
            assert_eq!(found, least, "{point:?} in zone {zone}");
        }
    }
}

#[test]
fn a_line_of_sight_is_free_all_along_and_the_same_from_both_ends() {
    let floor = floor();
    let points = || (0..80).step_by(5).flat_map(|x| (0..50).step_by(5).map(move |y| Point(x, y)));
    for (from, to) in points().flat_map(|from| points().map(move |to| (from, to))) {
        let sees = floor.sees(from, to);
        assert_eq!(sees, floor.sees(to, from), "{from:?} to {to:?}");
        let cell = |a: i16, b: i16, step: i32| {
            (i32::from(a) * 300 + i32::from(b - a) * step).div_euclid(300 * i32::from(UNIT)) as i16
        };
        let free = |step: i32| floor.is_free((cell(from.0, to.0, step), cell(from.1, to.1, step)));
        assert!(!sees || (0..=300).all(free), "{from:?} to {to:?}");
    }
}
