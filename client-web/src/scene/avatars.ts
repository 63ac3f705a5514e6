// A person in the picture: a button with a shared image, a name, perhaps a bubble. Everything is written to the
// elements by hand and only when it differs, because fifty of these may walk at once on an old phone.

import type { Gaze, Person, Reaction, RoomPlan, Walk } from '../protocol/types';
import { figureUri, type Bearing } from './figures';
import { depth, positionOn, toPicture, type Heading, type Xy } from './geometry';
import { Bubble, carry, NameTag } from './labels';
import { Blend } from './motion';
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
  private carried = '';
  private stance = '';
  private light = false;
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
    const before = this.drawn;
    this.walk = walk;
    this.blend.drop();
    this.place(now);
    // Steps back and forth between what was foretold and what the server says would look like stumbling.
    const dx = before[0] - this.drawn[0];
    const dy = before[1] - this.drawn[1];
    if (!this.calm && (dx || dy) && Math.hypot(dx, dy) < 200) {
      this.blend.start(dx, dy, now);
      this.place(now);
    }
  }

  dress(person: Person, mine: boolean, label: string): void {
    this.person = person;
    this.name.write(person, mine);
    if (this.button.getAttribute('aria-label') !== label) this.button.setAttribute('aria-label', label);
    this.button.classList.toggle('sc-me', mine);
    this.paint();
  }

  /** `silent`: low stimulus, where a reaction is a word in the list and no bubble. */
  react(reaction: Reaction | undefined, silent: boolean): void {
    const fresh = reaction !== this.reaction;
    this.reaction = reaction;
    if (fresh) this.nod(reaction === 'nod');
    const sign = silent ? null : (reaction ?? null);
    this.bubble.show(sign ?? (this.person.away ? 'away' : null), this.calm);
  }

  /** Without motion: positions jump, nothing is eased. */
  still(calm: boolean): void {
    this.calm = calm;
  }

  /** Puts everything where it belongs at `now`; true while there is more to come. */
  place(now: number): boolean {
    const spot = positionOn(this.walk, this.calm ? this.walk.until : now);
    this.moving = spot.moving;
    if (spot.heading) this.heading = spot.heading;
    const seat = this.moving || this.walk.seat === undefined ? undefined : this.plan.seats[this.walk.seat];
    this.seated = seat !== undefined;
    const rest = this.calm ? null : this.blend.at(now);
    const [x, y] = seat ? seatPoint(seat) : toPicture(spot.x, spot.y);
    this.drawn = rest ? [x + rest[0], y + rest[1]] : [x, y];
    const order = seat ? seatDepth(seat) : depth(spot.y) + 1;
    if (order !== this.order) {
      this.order = order;
      this.button.style.zIndex = String(order);
    }
    this.carried = carry(this.button, this.drawn, this.carried);
    const stance = `${this.heading} ${seat && this.walk.seat}`;
    if (stance !== this.stance) {
      this.stance = stance;
      this.paint();
    }
    if (this.moving !== this.light) {
      // A layer of its own while it moves: the other names need not be painted again at every step.
      this.light = this.moving;
      this.name.element.classList.toggle('sc-walks', this.moving);
    }
    this.float();
    return this.moving || rest !== null;
  }

  /** Moves what floats along with the body. */
  float(): void {
    const [x, y] = this.nameAt;
    this.name.put([x, y + this.nameShift]);
    const up = this.seated ? SEATED : TALL;
    if (this.behindTable) this.bubble.put([x, y - 4]);
    else this.bubble.put([this.drawn[0], this.drawn[1] - up - 4]);
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
    clearTimeout(this.nodding);
    this.button.remove();
    this.name.element.remove();
    this.bubble.element.remove();
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
