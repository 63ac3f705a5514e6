// A person in the picture: a button with a shared image, a name, perhaps a bubble. Everything is written to the
// elements by hand and only when it differs, and a walk is written once, because fifty of these may walk at once on an
// old phone.

import type { Gaze, Person, Reaction, RoomPlan, Walk } from '../protocol/types';
import { figureUri, type Bearing } from './figures';
import { depth, positionOn, toPicture, type Heading, type Xy } from './geometry';
import { Bubble, NameTag } from './labels';
import { Blend, Carried, turns, type Course } from './motion';
import { seatDepth, seatPoint } from './pieces';

/** Head height above the feet, for what floats over it. */
const TALL = 74;
const SEATED = 65;
/** Half the width of a topic slip and a little air, in pixels of the screen. */
const SLIP = 16;
/** A nod is down and up twice in 900 ms. */
const NOD_STEP_MS = 225;

export class Avatar {
  readonly button = document.createElement('button');
  readonly name = new NameTag();
  person: Person;
  /** Feet in the picture, as drawn now. */
  drawn: Xy = [0, 0];
  /** Walking at the last look. */
  moving = false;
  /** How far the name was moved down so as not to cover others, in picture points. */
  nameShift = 0;
  /** Of the camera: what floats keeps its size on the screen. */
  scale = 1;

  /** The way they go now; the camera may go along. */
  course: Course | null = null;

  private readonly body = new Carried(this.button);
  private readonly image = document.createElement('img');
  private readonly bubble: Bubble;
  private readonly blend = new Blend();
  private walk: Walk;
  private heading: Heading = 'near';
  private reaction: Reaction | undefined;
  private calm = false;
  private down = false;
  private nodding: ReturnType<typeof setTimeout> | undefined;
  private source = '';
  private stance = '';
  private dressed: Person | null = null;
  private mine = false;
  private speaks = false;
  private order = Number.NaN;
  private seated = false;

  constructor(person: Person, walk: Walk, private readonly plan: RoomPlan, over: HTMLElement, now: number) {
    this.person = person;
    this.walk = walk;
    this.button.type = 'button';
    this.button.className = 'sc-av';
    this.button.dataset['who'] = String(person.who);
    this.image.alt = '';
    this.image.draggable = false;
    this.image.decoding = 'sync';
    this.button.append(this.image);
    this.bubble = new Bubble(over);
    over.append(this.name.element);
    this.place(now);
    this.begin(now);
  }

  /** The zone they are in; on the way that is the hall. */
  get zone(): number {
    return this.moving ? 0 : this.walk.zone;
  }

  get seat(): number | undefined {
    return this.walk.seat;
  }

  /** Where the name stands, with a bench or a cushion under it; in picture points. */
  get nameAt(): Xy {
    const [x, y] = this.drawn;
    if (this.behindTable) {
      // Over the head, and clear of the slip that stands on the middle of the table.
      const clear = (this.name.width / 2 + SLIP) / this.scale;
      const side = x < this.tableX ? Math.min(x, this.tableX - clear) : Math.max(x, this.tableX + clear);
      return [side, y - SEATED - 22 / this.scale];
    }
    return [x, y + (this.seated ? 8 : 5)];
  }

  follow(walk: Walk, now: number): void {
    if (walk === this.walk) return;
    // What was drawn at the last look is not where they are by now.
    const before = this.feet(now);
    this.end();
    this.walk = walk;
    this.blend.drop();
    this.take(now);
    // Steps back and forth between what was foretold and what the server says would look like stumbling.
    const dx = before[0] - this.drawn[0];
    const dy = before[1] - this.drawn[1];
    if (!this.calm && (dx || dy) && Math.hypot(dx, dy) < 200) {
      this.blend.start(dx, dy, now);
    }
    this.begin(now);
    this.place(now);
  }

  dress(person: Person, mine: boolean, speaks: boolean, labelOf: (person: Person) => string): void {
    // Ten times a second in a full room somebody else has changed.
    if (person === this.dressed && mine === this.mine && speaks === this.speaks) return;
    this.dressed = person;
    this.mine = mine;
    this.speaks = speaks;
    this.person = person;
    const label = labelOf(person);
    this.name.write(person, mine);
    if (this.button.getAttribute('aria-label') !== label) this.button.setAttribute('aria-label', label);
    this.button.classList.toggle('sc-me', mine);
    this.button.classList.toggle('sc-speaks', speaks);
    this.name.element.classList.toggle('sc-speaks', speaks);
    this.paint();
  }

  /** Of somebody whom one does not want to meet only a faint shape is left. */
  fade(faint: boolean): void {
    this.button.classList.toggle('sc-faint', faint);
    this.name.element.classList.toggle('sc-faint', faint);
  }

  /** `silent`: low stimulus, where a reaction is a word in the list and no bubble. */
  react(reaction: Reaction | undefined, silent: boolean): void {
    const fresh = reaction !== this.reaction;
    this.reaction = reaction;
    if (fresh) this.nod(reaction === 'nod');
    const sign = silent ? null : (reaction ?? null);
    const shown = this.bubble.shown;
    this.bubble.show(sign ?? (this.person.away ? 'away' : null), this.calm);
    if (!shown && this.bubble.shown && this.course) this.carryBubble(this.course);
  }

  /** Without motion: positions jump, nothing is eased. */
  still(calm: boolean, now: number): void {
    if (calm === this.calm) return;
    this.calm = calm;
    if (calm) this.end();
    else this.begin(now);
  }

  /** Where their feet are at `now`. */
  feet(now: number): Xy {
    return this.look(now).at;
  }

  /** Puts everything where it belongs at `now`; true while there is more to come. */
  place(now: number): boolean {
    const { spot, seat, rest } = this.take(now);
    const more = this.moving || rest !== null;
    if (!more) this.end();
    const order = seat ? seatDepth(seat) : depth(spot.y) + 1;
    if (order !== this.order) {
      this.order = order;
      this.button.style.zIndex = String(order);
    }
    const stance = `${this.heading} ${seat && this.walk.seat}`;
    if (stance !== this.stance) {
      this.stance = stance;
      this.paint();
    }
    this.settle();
    return more;
  }

  /** Puts the body and what floats over it; on a course they go by themselves. */
  settle(): void {
    if (this.course) return;
    const [x, y] = this.nameAt;
    this.body.put(this.drawn);
    this.name.body.put([x, y + this.nameShift]);
    this.bubble.body.put(this.bubbleAt);
  }

  paint(): void {
    const seat = this.seated && this.walk.seat !== undefined ? this.plan.seats[this.walk.seat] : undefined;
    let bearing: Bearing = this.heading === 'far' ? 'turned' : 'stand';
    let gaze: Gaze = this.heading === 'east' || this.heading === 'west' ? this.heading : 'ahead';
    if (seat) {
      bearing = seat.pose;
      gaze = seat.look;
    }
    const source = figureUri(this.person.look, bearing, { gaze, shut: this.person.away, nod: this.down });
    if (source === this.source) return;
    this.source = source;
    this.image.src = source;
  }

  remove(): void {
    this.end();
    clearTimeout(this.nodding);
    this.button.remove();
    this.name.element.remove();
    this.bubble.element.remove();
  }

  private look(now: number) {
    const spot = positionOn(this.walk, this.calm ? this.walk.until : now);
    const seat = spot.moving || this.walk.seat === undefined ? undefined : this.plan.seats[this.walk.seat];
    const rest = this.calm ? null : this.blend.at(now);
    const [x, y] = seat ? seatPoint(seat) : toPicture(spot.x, spot.y);
    const at: Xy = rest ? [x + rest[0], y + rest[1]] : [x, y];
    return { spot, seat, rest, at };
  }

  private take(now: number): ReturnType<Avatar['look']> {
    const seen = this.look(now);
    this.moving = seen.spot.moving;
    if (seen.spot.heading) this.heading = seen.spot.heading;
    this.seated = seen.seat !== undefined;
    this.drawn = seen.at;
    return seen;
  }

  /** Hands the way from here to the compositor: it is known to the end. */
  private begin(now: number): void {
    const { walk } = this;
    const until = Math.max(walk.until, this.blend.end);
    if (this.calm || until <= now || !this.button.animate) return;
    const times = [...new Set([now, walk.at, ...turns(walk), this.blend.end, until])];
    const stops = times
      .filter((time) => time >= now && time <= until)
      .sort((a, b) => a - b)
      .flatMap((time) => {
        const after = time - now;
        const at = this.feet(time);
        // A chair is beside the last step: two stops at one time.
        if (time !== walk.until || walk.seat === undefined || time === now) return [{ after, at }];
        return [{ after, at: this.feet(time - 0.01) }, { after, at }];
      });
    this.take(now);
    if (this.moving) this.nameShift = 0;
    this.course = { begun: performance.now(), stops };
    const [x, y] = this.nameAt;
    this.body.go(this.course, [0, 0]);
    this.name.body.go(this.course, [x - this.drawn[0], y + this.nameShift - this.drawn[1]]);
    if (this.bubble.shown) this.carryBubble(this.course);
  }

  private carryBubble(course: Course): void {
    const [x, y] = this.bubbleAt;
    this.bubble.body.go(course, [x - this.drawn[0], y - this.drawn[1]]);
  }

  private get bubbleAt(): Xy {
    if (!this.behindTable) return [this.drawn[0], this.drawn[1] - (this.seated ? SEATED : TALL) - 4];
    const [x, y] = this.nameAt;
    return [x, y - 4];
  }

  private end(): void {
    if (!this.course) return;
    this.course = null;
    this.body.halt();
    this.name.body.halt();
    this.bubble.body.halt();
  }

  private nod(on: boolean): void {
    clearTimeout(this.nodding);
    this.down = on && !this.calm;
    let left = 3;
    const next = (): void => {
      this.down = left % 2 === 0;
      this.paint();
      if (--left > 0) this.nodding = setTimeout(next, NOD_STEP_MS);
    };
    if (this.down) this.nodding = setTimeout(next, NOD_STEP_MS);
    this.paint();
  }

  private get tableX(): number {
    const slip = this.plan.zones[this.walk.zone]?.slip;
    return slip ? toPicture(slip[0], slip[1])[0] : 0;
  }

  /** Whose lap is hidden by a table cannot have the name there. */
  private get behindTable(): boolean {
    if (!this.seated || this.walk.seat === undefined) return false;
    const seat = this.plan.seats[this.walk.seat];
    const slip = this.plan.zones[this.walk.zone]?.slip;
    return seat !== undefined && seat.pose === 'sit' && slip !== undefined && seat.at[1] / 10 < slip[1] - 0.6;
  }
}
