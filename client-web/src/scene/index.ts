// Draws a room and the people in it. Input comes as signals, taps go out as calls; nothing in here speaks to the
// server or knows a language.

import { effect, type ReadonlySignal } from '@preact/signals';
import type { Person, PersonId, Point, Reaction, RoomPlan, Text, Walk } from '../protocol/types';
import { bringIcons, bringThings, drawing } from './art';
import { Avatar } from './avatars';
import { intoPicture, isPhone, shot, type Shot } from './camera';
import type { Xy } from './geometry';
import { spread } from './labels';
import { lightLayer } from './light';
import { Carried, loop, reducedMotion, type Course } from './motion';
import { ring, seats, signs, things } from './pieces';
import { hit } from './taps';
import './scene.css';

export { icon } from './art';
export { figure, headUri } from './figures';

export interface SceneInput {
  plan: RoomPlan;
  /** The room's drawing: the text of `plan.scene.svg`. */
  svg: string;
  me: ReadonlySignal<PersonId | null>;
  people: ReadonlySignal<ReadonlyMap<PersonId, Person>>;
  /** Those to be shown now. */
  reactions: ReadonlySignal<ReadonlyMap<PersonId, Reaction>>;
  /** Whom one does not want to meet: a faint shape without a name, so that nobody walks into them. */
  faint: ReadonlySignal<ReadonlySet<PersonId>>;
  /** Who speaks with their voice now. */
  speaking: ReadonlySignal<ReadonlySet<PersonId>>;
  /** My own walk as foretold before the server answers. */
  steer: ReadonlySignal<Walk | null>;
  /** The zone whose ring is shown: where my words go. */
  hearing: ReadonlySignal<number | null>;
  /** Low stimulus. */
  calm: ReadonlySignal<boolean>;
  /** Picks the language. */
  label: (text: Text) => string;
  /** What a screen reader says for an avatar. */
  personLabel: (person: Person) => string;
  /** The server's time in milliseconds. */
  now: () => number;
  /** A tap on the floor, in tenths of a cell. */
  onFloor: (point: Point) => void;
  /** A tap on a free seat. */
  onSeat: (seat: number) => void;
  onPerson: (who: PersonId) => void;
}

export interface SceneHandle {
  destroy(): void;
  refit(): void;
}

function layer(className: string): HTMLDivElement {
  const made = document.createElement('div');
  made.className = className;
  return made;
}

export function mountScene(host: HTMLElement, input: SceneInput): SceneHandle {
  void bringIcons();
  void bringThings();
  const { plan } = input;
  const root = layer('sc-root');
  const world = layer('sc-world');
  const over = layer('sc-over');
  over.setAttribute('aria-hidden', 'true');
  const back = drawing(input.svg);
  back.classList.add('sc-scene');
  back.setAttribute('aria-hidden', 'true');
  const mine = ring(plan.scene.size);
  const pieces = things(plan.scene.things);
  const places = seats(plan);
  const light = lightLayer(plan.scene, back);
  const words = signs(plan);
  over.append(words.element);
  world.style.width = `${plan.scene.size[0]}px`;
  world.style.height = `${plan.scene.size[1]}px`;
  world.append(back, mine.element, ...places.elements, ...pieces.elements, light.root, over);
  root.append(world);
  if (getComputedStyle(host).position === 'static') host.style.position = 'relative';
  host.append(root);

  const avatars = new Map<PersonId, Avatar>();
  let me: PersonId | null = null;
  /** Of the host; asking it would make the browser lay the page out at every look. */
  let width = 0;
  let height = 0;
  let phone = false;
  let view: Shot = { scale: 1, x: 0, y: 0 };
  /** Whom the camera follows when it is not me: the avatar that has the keyboard's focus. */
  let watched: PersonId | null = null;

  const camera = new Carried(world);
  /** The way on which the camera goes along. */
  let along: Course | null = null;

  const frame = (focus: Xy): Shot => shot({ width, height, picture: plan.scene.size, focus });
  const write = ([x, y]: Xy): string => `translate(${x.toFixed(1)}px,${y.toFixed(1)}px) scale(${view.scale})`;

  const aim = (): void => {
    if (!width || !height) return;
    const avatar = avatars.get(watched ?? me ?? -1);
    const [w, h] = plan.scene.size;
    const next = frame(avatar ? avatar.drawn : [w / 2, h / 2]);
    if (next.scale !== view.scale) world.style.setProperty('--inv', String(1 / next.scale));
    view = next;
    const course = phone ? (avatar?.course ?? null) : null;
    if (!course) {
      camera.halt();
      camera.put([next.x, next.y], write);
    } else if (course !== along) {
      camera.go({ begun: course.begun, stops: ridden(course) }, [0, 0], write);
    }
    along = course;
  };

  /** The course as the camera rides it: it stops at the walls, so there are more turns than in the walk. */
  const ridden = ({ stops }: Course): Course['stops'] => {
    const made: { after: number; at: Xy }[] = [];
    stops.forEach(({ after, at }, i) => {
      const before = stops[i - 1] ?? { after, at };
      const parts = Math.max(1, Math.ceil((after - before.after) / 50));
      for (let part = i ? 1 : parts; part <= parts; part++) {
        const t = part / parts;
        const { x, y } = frame([before.at[0] + (at[0] - before.at[0]) * t, before.at[1] + (at[1] - before.at[1]) * t]);
        made.push({ after: before.after + (after - before.after) * t, at: [x, y] });
      }
    });
    return made;
  };

  /** What depends on who has arrived where; not part of walking. */
  const settle = (): void => {
    const occupied = new Set<number>();
    const taken = new Set<number>();
    const home = me === null ? undefined : avatars.get(me)?.zone;
    const named: Avatar[] = [];
    for (const avatar of avatars.values()) {
      avatar.scale = view.scale;
      if (!avatar.moving) occupied.add(avatar.zone);
      if (avatar.seat !== undefined) taken.add(avatar.seat);
      const near = avatar.zone === home || avatar.person.who === me;
      avatar.name.element.classList.toggle('sc-far', !near);
      if (!avatar.moving && (near || !phone)) named.push(avatar);
    }
    const boxes = named.map((avatar) => {
      const [x, y] = avatar.nameAt;
      return { x: x * view.scale, y: y * view.scale, width: avatar.name.width };
    });
    spread(boxes).forEach((shift, i) => {
      const avatar = named[i];
      if (avatar) avatar.nameShift = shift / view.scale;
    });
    for (const avatar of avatars.values()) {
      if (avatar.moving) avatar.nameShift = 0;
      avatar.settle();
    }
    pieces.show(occupied);
    light.show(occupied);
    places.taken(taken);
  };

  /** Takes over who is here and what they do. */
  const catchUp = (now: number): void => {
    const people = input.people.peek();
    const reactions = input.reactions.peek();
    const speaking = input.speaking.peek();
    const faint = input.faint.peek();
    const steer = input.steer.peek();
    const calm = input.calm.peek();
    me = input.me.peek();
    root.toggleAttribute('data-calm', calm);
    for (const [who, avatar] of avatars) {
      if (people.has(who)) continue;
      avatar.remove();
      avatars.delete(who);
    }
    for (const [who, person] of people) {
      const walk = (who === me && steer) || person.walk;
      let avatar = avatars.get(who);
      if (!avatar) {
        avatar = new Avatar(person, walk, plan, over, now);
        avatars.set(who, avatar);
        world.append(avatar.button);
      }
      avatar.still(calm || motion.on, now);
      avatar.dress(person, who === me, speaking.has(who), input.personLabel);
      avatar.fade(faint.has(who));
      avatar.follow(walk, now);
      avatar.react(reactions.get(who), calm);
    }
    if (watched !== null && !avatars.has(watched)) watched = null;
  };

  /** Something was said about people since the last look. */
  let news = true;

  const walking = loop(() => {
    const now = input.now();
    const known = me !== null && avatars.has(me);
    let walkers = 0;
    let settled = !news;
    if (news) catchUp(now);
    news = false;
    for (const avatar of avatars.values()) {
      // A blend goes on for a moment after the last step, hence not only those who walk.
      const before = avatar.moving;
      if (avatar.place(now)) walkers++;
      if (before && !avatar.moving) settled = false;
    }
    if (!settled) settle();
    if (phone || !known) aim();
    return walkers;
  }, input.now);

  /** What one does oneself is seen at once. */
  const hurry = (): void => {
    news = true;
    walking.now();
  };

  const motion = reducedMotion(hurry);

  const refit = (): void => {
    along = null;
    width = host.clientWidth;
    height = host.clientHeight;
    phone = isPhone(width);
    root.toggleAttribute('data-phone', phone);
    aim();
    settle();
  };

  const point = (event: MouseEvent): Xy => {
    const box = root.getBoundingClientRect();
    return intoPicture(view, event.clientX - box.left, event.clientY - box.top);
  };
  const click = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('.sc-av') : null;
    // Keys and screen readers press the button without a place: they mean exactly this person.
    if (target && event.detail === 0) {
      input.onPerson(Number(target.dataset['who']));
      return;
    }
    // What is tapped is what is seen now, not what was there at the last look.
    const now = input.now();
    for (const avatar of avatars.values()) avatar.drawn = avatar.feet(now);
    if (phone) aim();
    const bodies = [...avatars].map(([who, avatar]) => ({ who, feet: avatar.drawn }));
    const found = hit(plan, bodies, places.isFree, point(event), view.scale);
    if (!found) return;
    watched = null;
    if ('person' in found) input.onPerson(found.person);
    else if ('seat' in found) input.onSeat(found.seat);
    else input.onFloor(found.floor);
  };
  const focus = (event: FocusEvent): void => {
    const button = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('.sc-av') : null;
    // Browsers scroll what has the focus into view even where nothing scrolls; the camera does that here.
    root.scrollTo(0, 0);
    const next = event.type === 'focusin' && button?.matches(':focus-visible') ? Number(button.dataset['who']) : null;
    if (next === watched) return;
    watched = next;
    if (phone) aim();
  };
  world.addEventListener('click', click);
  world.addEventListener('focusin', focus);
  world.addEventListener('focusout', focus);

  const size = new ResizeObserver(refit);
  const stops = [
    effect(() => {
      void [input.people.value, input.reactions.value, input.speaking.value, input.faint.value];
      news = true;
      walking.wake();
    }),
    effect(() => {
      void [input.me.value, input.steer.value, input.calm.value];
      hurry();
    }),
    effect(() => {
      const zone = input.hearing.value;
      mine.show(zone === null ? undefined : plan.zones[zone]);
    }),
    effect(() => words.write(input.label)),
  ];
  refit();
  size.observe(host);

  return {
    refit,
    destroy: () => {
      stops.forEach((stop) => stop());
      walking.stop();
      camera.halt();
      motion.stop();
      size.disconnect();
      for (const avatar of avatars.values()) avatar.remove();
      avatars.clear();
      root.remove();
    },
  };
}
