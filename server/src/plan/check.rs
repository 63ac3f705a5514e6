//! From a draft to a plan: names are resolved, and everything that a person could run into is checked.

use ibasho_protocol::ids::ZoneIndex;
use ibasho_protocol::limits::UNITS_PER_CELL;
use ibasho_protocol::person::Point;
use ibasho_protocol::plan::{Area, Light, RoomPlan, Scene, Seat, Thing, Zone, ZoneKind};

use super::Fault;
use super::file::{self, Cells, Draft};
use super::hours::Hours;
use crate::room::floor::Floor;

/// Most people in one room: what one page can draw (`perf.md`) and one actor serve with ease.
const MAX_CAPACITY: u16 = 250;
/// Largest floor in cells each way: positions stay far inside 16 bits, and a path search stays short.
const MAX_CELLS: usize = 64;
/// Most zones, seats and things of a room.
const MAX_ITEMS: usize = 400;
/// Longest topic on a slip, in characters (LOOK: vertical slips).
const TOPIC_CHARACTERS: usize = 6;

/// Resolves and checks a draft.
pub(super) fn finish(draft: Draft, _text: &str) -> Result<(RoomPlan, Option<Hours>), Fault> {
    let capacity = *draft.capacity.get_ref();
    if !(1..=MAX_CAPACITY).contains(&capacity) {
        return Err(Fault::at(draft.capacity.span().start, format!("capacity must be 1 to {MAX_CAPACITY}")));
    }
    let hours = draft.hours.as_deref().map(Hours::read).transpose()?;
    let grid = grid(&draft)?;
    let (width, height) = (grid[0].len() as i16, grid.len() as i16);
    let zones = zones(&draft, width, height)?;
    let zone_named =
        |name: &str| draft.zones.iter().position(|zone| zone.get_ref().id == name).map(|at| at as ZoneIndex);
    let seats = seats(&draft, zone_named, width, height)?;
    let entries_at = draft.entries.span().start;
    let entries = draft.entries.get_ref().iter().map(|&at| tenths(at, width, height)).collect::<Option<Vec<_>>>();
    let entries = entries
        .filter(|entries| !entries.is_empty())
        .ok_or_else(|| Fault::at(entries_at, "entries must name at least one point of the floor"))?;
    let things = draft.scene.thing.iter().map(|thing| {
        let at = thing.span().start;
        let thing = thing.get_ref();
        let lit = match &thing.lit {
            None => None,
            Some(name) => Some(zone_named(name).ok_or_else(|| Fault::at(at, format!("lit: no zone `{name}`")))?),
        };
        Ok(Thing { id: thing.id.clone(), at: thing.at, dy: thing.dy, z: thing.z, cloth: thing.cloth.clone(), lit })
    });
    let lights = draft.scene.light.iter().map(|light: &file::Light| Light {
        at: light.at,
        lift: light.lift,
        hole: light.hole,
        pool: light.pool,
        strength: light.strength,
    });
    let scene = Scene {
        svg: draft.scene.svg.clone(),
        size: draft.scene.size,
        things: things.collect::<Result<_, Fault>>()?,
        lights: lights.collect(),
    };
    let plan = RoomPlan {
        id: draft.id,
        name: draft.name,
        about: draft.about,
        capacity,
        open: draft.open,
        practice: draft.practice,
        grid,
        entries,
        zones,
        seats,
        scene,
    };
    reachable(&plan, entries_at, &draft.seats, &draft.zones)?;
    Ok((plan, hours))
}

fn grid(draft: &Draft) -> Result<Vec<String>, Fault> {
    let start = draft.grid.span().start;
    let rows: Vec<String> =
        draft.grid.get_ref().lines().map(str::trim).filter(|row| !row.is_empty()).map(Into::into).collect();
    let width = rows.first().map_or(0, String::len);
    if rows.len() > MAX_CELLS || !(1..=MAX_CELLS).contains(&width) {
        return Err(Fault::at(start, format!("grid must be 1 to {MAX_CELLS} cells each way")));
    }
    for (at, row) in rows.iter().enumerate() {
        if row.len() != width || !row.bytes().all(|cell| matches!(cell, b'.' | b'#')) {
            return Err(Fault::at(start, format!("grid row {} must be {width} of `.` and `#`", at + 1)));
        }
    }
    Ok(rows)
}

fn zones(draft: &Draft, width: i16, height: i16) -> Result<Vec<Zone>, Fault> {
    let mut taken = vec![false; width as usize * height as usize];
    let mut zones = Vec::new();
    for (index, spanned) in draft.zones.iter().enumerate() {
        let at = spanned.span().start;
        let zone = spanned.get_ref();
        let fault = |reason: String| Err(Fault::at(at, format!("zone `{}`: {reason}", zone.id)));
        if (index == 0) != (zone.kind == ZoneKind::Hall) || (index == 0) != zone.area.is_empty() {
            return fault("the first zone, and only it, is the hall and has no area".into());
        }
        if draft.zones[..index].iter().any(|other| other.get_ref().id == zone.id) {
            return fault("the id is used twice".into());
        }
        if zone.topic.as_ref().is_some_and(|topic| topic.ja.chars().count() > TOPIC_CHARACTERS) {
            return fault(format!("topic.ja must have at most {TOPIC_CHARACTERS} characters"));
        }
        for &Area { x, y, w, h } in &zone.area {
            if x < 0 || y < 0 || w < 1 || h < 1 || w > width - x || h > height - y {
                return fault("an area lies outside the grid".into());
            }
            for cell in (y..y + h).flat_map(|row| (x..x + w).map(move |column| (row * width + column) as usize)) {
                if std::mem::replace(&mut taken[cell], true) {
                    return fault("an area overlaps another".into());
                }
            }
        }
        let named = zone.hears.clone().unwrap_or_else(|| match zone.kind {
            ZoneKind::Hall | ZoneKind::Table => vec![zone.id.clone()],
            ZoneKind::Rest | ZoneKind::Edge => Vec::new(),
        });
        let mut hears = Vec::new();
        for name in &named {
            match draft.zones.iter().position(|other| other.get_ref().id == *name) {
                Some(heard) => hears.push(heard as ZoneIndex),
                None => return fault(format!("hears: no zone `{name}`")),
            }
        }
        if zone.kind == ZoneKind::Rest && !hears.is_empty() {
            return fault("in a rest corner nothing is heard".into());
        }
        if zone.kind.speaks() && !hears.contains(&(index as ZoneIndex)) {
            return fault("who can write here must also hear this place".into());
        }
        zones.push(Zone {
            id: zone.id.clone(),
            kind: zone.kind,
            name: zone.name.clone(),
            topic: zone.topic.clone(),
            area: zone.area.clone(),
            hears,
            label: zone.label,
            slip: zone.slip,
            ring: zone.ring,
        });
    }
    if zones.is_empty() || zones.len() > MAX_ITEMS {
        return Err(Fault::new(format!("1 to {MAX_ITEMS} zones, the hall first")));
    }
    Ok(zones)
}

fn seats(
    draft: &Draft,
    zone_named: impl Fn(&str) -> Option<ZoneIndex>,
    width: i16,
    height: i16,
) -> Result<Vec<Seat>, Fault> {
    if draft.seats.len() > MAX_ITEMS {
        return Err(Fault::new(format!("at most {MAX_ITEMS} seats")));
    }
    let seat = |spanned: &toml::Spanned<file::Seat>| {
        let at = spanned.span().start;
        let seat = spanned.get_ref();
        let zone = zone_named(&seat.zone).ok_or_else(|| Fault::at(at, format!("seat: no zone `{}`", seat.zone)))?;
        let point = tenths(seat.at, width, height).ok_or_else(|| Fault::at(at, "seat: outside the grid"))?;
        Ok(Seat { zone, at: point, pose: seat.pose, look: seat.look, lift: seat.lift })
    };
    draft.seats.iter().map(seat).collect()
}

/// A position in cells as a point of the wire; `None` outside the grid.
fn tenths((x, y): Cells, width: i16, height: i16) -> Option<Point> {
    let units = f32::from(UNITS_PER_CELL);
    let inside = x >= 0.0 && y >= 0.0 && x < f32::from(width) && y < f32::from(height);
    inside.then(|| Point((x * units).round() as i16, (y * units).round() as i16))
}

fn reachable(
    plan: &RoomPlan,
    entries_at: usize,
    seats: &[toml::Spanned<file::Seat>],
    zones: &[toml::Spanned<file::Zone>],
) -> Result<(), Fault> {
    let floor = Floor::new(plan).map_err(|reason| Fault::at(entries_at, reason))?;
    for (index, spanned) in seats.iter().enumerate() {
        if floor.approach(index).is_none() {
            return Err(Fault::at(spanned.span().start, "seat: nobody can walk to it from the entries"));
        }
    }
    for (index, spanned) in zones.iter().enumerate() {
        if !floor.can_stand_in(index as ZoneIndex) {
            let id = &spanned.get_ref().id;
            return Err(Fault::at(spanned.span().start, format!("zone `{id}`: no free cell that can be reached")));
        }
    }
    Ok(())
}
