// What stands in the room: the drawing at the back, the things that can hide people, places to sit, and the signs
// that say what is where. Built once; only lamps, free seats and words change.

import type { RoomPlan, Seat, Text, Thing, Zone } from '../protocol/types';
import { SVG_NS, used } from './art';
import { depth, toCells, toPicture, type Xy } from './geometry';

function div(className: string): HTMLDivElement {
  const made = document.createElement('div');
  made.className = className;
  return made;
}

function put(element: HTMLElement | SVGElement, [x, y]: Xy): void {
  element.style.transform = `translate(${x}px,${y}px)`;
}

export interface Things {
  readonly elements: readonly SVGSVGElement[];
  /** A lamp is lit where somebody sits. */
  show(occupied: ReadonlySet<number>): void;
}

export function things(list: readonly Thing[]): Things {
  const lamps: { zone: number; element: SVGSVGElement }[] = [];
  const elements = list.map((thing) => {
    const svg = used(thing.id);
    svg.classList.add('sc-piece');
    const [x, y] = toPicture(thing.at[0], thing.at[1]);
    put(svg, [x, y + thing.dy]);
    svg.style.zIndex = String(thing.z ?? depth(thing.at[1]));
    if (thing.cloth) svg.style.setProperty('--cush', thing.cloth);
    if (thing.lit !== undefined) lamps.push({ zone: thing.lit, element: svg });
    return svg;
  });
  return {
    elements,
    show: (occupied) => {
      for (const { zone, element } of lamps) element.style.display = occupied.has(zone) ? '' : 'none';
    },
  };
}

/** Where somebody on this seat has their feet in the picture. */
export function seatPoint(seat: Seat): Xy {
  const [x, y] = toPicture(...toCells(seat.at));
  return [x, y - seat.lift];
}

/** Those on a bench come before it, as they sit on the near edge of the next row. */
export function seatDepth(seat: Seat): number {
  return depth(toCells(seat.at)[1] + (seat.lift > 0 ? 1 : 0)) + 1;
}

export interface Seats {
  readonly elements: readonly HTMLElement[];
  taken(seats: ReadonlySet<number>): void;
  isFree(seat: number): boolean;
}

/** A free seat gives a hint under a mouse. Fingers are found by their distance (see taps), keys use the list. */
export function seats(plan: RoomPlan): Seats {
  let gone: ReadonlySet<number> = new Set();
  const elements = plan.seats.map((seat, index) => {
    const mark = div('sc-seat');
    mark.setAttribute('aria-hidden', 'true');
    mark.dataset['seat'] = String(index);
    put(mark, seatPoint(seat));
    return mark;
  });
  return {
    elements,
    taken: (now) => {
      gone = now;
      elements.forEach((mark, index) => (mark.hidden = now.has(index)));
    },
    isFree: (seat) => seat in plan.seats && !gone.has(seat),
  };
}

const WAY_OUT: Text = { ja: '出口', easy: 'でぐち', en: 'Way out' };
/** From where newcomers appear to the door beside them. */
const TO_THE_DOOR: Xy = [-34, -92];

export interface Signs {
  readonly element: HTMLElement;
  write(label: (text: Text) => string): void;
}

export function signs(plan: RoomPlan): Signs {
  const element = div('sc-signs');
  const words: { text: Text; target: HTMLElement }[] = [];
  const add = (className: string, text: Text, [x, y]: Xy): void => {
    const target = div(className);
    target.style.left = `${x}px`;
    target.style.top = `${y}px`;
    words.push({ text, target });
    element.append(target);
  };
  let tables = 0;
  for (const zone of plan.zones) {
    if (zone.label) add('sc-place', zone.name, zone.label);
    if (zone.topic && zone.slip) {
      const [x, y] = toPicture(zone.slip[0], zone.slip[1]);
      add(`sc-slip sc-slip-${tables++ % 3}`, zone.topic, [x, y - 33]);
    }
  }
  const entry = plan.entries[0];
  if (entry) {
    const [x, y] = toPicture(...toCells(entry));
    add('sc-place', WAY_OUT, [x + TO_THE_DOOR[0], y + TO_THE_DOOR[1]]);
  }
  return {
    element,
    write: (label) => {
      for (const { text, target } of words) target.textContent = label(text);
    },
  };
}

/** The ellipse round those who hear me. Zones that do not say get one round their cells. */
export function ringOf(zone: Zone | undefined): readonly [number, number, number, number] | null {
  if (!zone) return null;
  if (zone.ring) return zone.ring;
  const area = zone.area[0];
  if (!area) return null;
  const [x, y] = toPicture(area.x + area.w / 2, area.y + area.h / 2);
  return [x, y, area.w * 17, area.h * 15];
}

export interface Ring {
  readonly element: SVGSVGElement;
  show(zone: Zone | undefined): void;
}

export function ring([width, height]: readonly [number, number]): Ring {
  const element = document.createElementNS(SVG_NS, 'svg');
  element.setAttribute('class', 'sc-ring');
  element.setAttribute('width', String(width));
  element.setAttribute('height', String(height));
  element.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG_NS, 'ellipse');
  element.append(line);
  return {
    element,
    show: (zone) => {
      const round = ringOf(zone);
      element.style.display = round ? '' : 'none';
      if (!round) return;
      (['cx', 'cy', 'rx', 'ry'] as const).forEach((name, i) => line.setAttribute(name, String(round[i])));
    },
  };
}
