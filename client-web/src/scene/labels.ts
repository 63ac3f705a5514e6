// What floats over people: names, marks, reactions. It is not darkened by the evening light and keeps its size
// whatever the camera does.

import type { Person, Reaction } from '../protocol/types';
import { icon } from './art';
import { Carried } from './motion';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const LINE = 20;
const STEP = 22;

/** Moves names that would cover each other down by a line, at most two. Widths are estimates: reading the real
 *  ones would make the browser lay the page out again. Returns the shift for each box. */
export function spread(boxes: readonly Box[]): number[] {
  const shifts = boxes.map(() => 0);
  const order = boxes.map((_, i) => i).sort((a, b) => {
    const p = boxes[a] as Box;
    const q = boxes[b] as Box;
    return p.y - q.y || p.x - q.x;
  });
  const placed: Box[] = [];
  for (const index of order) {
    const box = boxes[index] as Box;
    const free = (y: number): boolean =>
      placed.every((other) => Math.abs(other.x - box.x) >= (other.width + box.width) / 2 || Math.abs(other.y - y) >= LINE);
    const shift = [0, STEP, 2 * STEP].find((s) => free(box.y + s)) ?? 0;
    shifts[index] = shift;
    placed.push({ ...box, y: box.y + shift });
  }
  return shifts;
}

/** About how wide a name is drawn, in pixels of the screen. */
export function nameWidth(nick: string, marks: number): number {
  let width = 18 + marks * 18;
  for (const char of nick) width += (char.codePointAt(0) ?? 0) < 0x2000 ? 8 : 13.3;
  return Math.min(width, 132);
}

/** A name with its mark. Nicknames are only ever text. */
export class NameTag {
  readonly element = document.createElement('div');
  readonly body = new Carried(this.element);
  width = 0;
  private shown = '';

  constructor() {
    this.element.className = 'sc-name';
  }

  write(person: Person, mine: boolean): void {
    const key = `${person.nick}\n${person.wish ?? ''}\n${person.badge ?? ''}\n${mine}`;
    if (key === this.shown) return;
    this.shown = key;
    const tag = document.createElement('span');
    tag.className = 'sc-tag';
    const name = document.createElement('span');
    name.textContent = person.nick;
    const marks = [
      ...(person.badge ? [icon(person.badge === 'observer' ? 'i-eye' : 'i-badge')] : []),
      ...(person.wish ? [icon(person.wish === 'talk' ? 'i-lantern' : 'i-hush')] : []),
    ];
    tag.append(...marks, name);
    this.element.classList.toggle('sc-mine', mine);
    this.element.replaceChildren(tag);
    this.width = nameWidth(person.nick, marks.length);
  }
}

/** A round paper over the head with one sign on it: a reaction for a while, a cup while away. */
export class Bubble {
  readonly element = document.createElement('div');
  readonly body = new Carried(this.element);
  private sign = '';
  private fade: Animation | undefined;

  constructor(private readonly parent: HTMLElement) {
    this.element.className = 'sc-bubble';
  }

  get shown(): string {
    return this.sign;
  }

  show(sign: Reaction | 'away' | null, still: boolean): void {
    if ((sign ?? '') === this.sign) return;
    const leaving = this.sign !== '' && !sign;
    this.sign = sign ?? '';
    if (sign) {
      this.fade?.cancel();
      this.element.classList.toggle('sc-away', sign === 'away');
      const paper = document.createElement('i');
      paper.append(icon(`r-${sign}`));
      this.element.replaceChildren(paper);
      this.parent.append(this.element);
    } else if (leaving) {
      if (still || !this.element.animate) this.element.remove();
      else {
        this.fade = this.element.animate([{ opacity: 1 }, { opacity: 0 }], 400);
        this.fade.onfinish = () => {
          if (!this.sign) this.element.remove();
        };
      }
    }
  }
}
