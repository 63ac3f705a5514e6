/** What a person can do in a room. Each asks the server; the answer is a kind sentence at worst. */
import { whyNot } from '../i18n';
import type { Signal } from '@preact/signals';
import type { Connection } from '../net/connection';
import type { Order, Outcome } from '../net/machine';
import type { Act, Look, Point, Reaction, RoomPlan, Take, Target, Way, Wish } from '../protocol/types';
import { groupOf, possible } from './gathering';
import { isFree, kindOf, pointAt } from './places';
import type { Memory } from './memory';
import { said } from './room';
import { holds } from './safety';
import type { Notice } from './session';
import { ahead, predicted } from './steer';
import type { Heading } from './steer';
import type { Store } from './store';

export interface Intents {
  go(target: Target): void;
  /** Whether the session lets one sit in that place now. */
  reachable(zone: number): boolean;
  /** Keep walking in a direction for some cells. */
  steer(heading: Heading, cells: number): void;
  say(text: string): Promise<Outcome>;
  takeBack(id: number): void;
  react(kind: Reaction): void;
  away(on: boolean): void;
  setWay(way: Way): void;
  setWish(wish: Wish | undefined): void;
  appear(nick: string, look: Look): Promise<Outcome>;
  /** Take part in the session. True when it was done; else a kind sentence stands where sentences stand. */
  take(take: Take): Promise<boolean>;
  /** The same, with the refusal told to whoever asked and to nobody else. */
  ask(what: { take: Take } | { act: Act }): Promise<Outcome>;
  /** Anything else that a part of the page has to ask; its answer goes to whoever asked. */
  order(order: Order): Promise<Outcome>;
}

export function createIntents(connection: Connection, store: Store, notice: Signal<Notice | null>, memory: Memory): Intents {
  let walks = 0;

  function tell(outcome: Outcome): void {
    if (outcome.is === 'refused' && outcome.refusal.code !== 'too_fast') {
      const { code } = outcome.refusal;
      notice.value = (words) => whyNot(code, words);
    } else if (outcome.is === 'lost') {
      notice.value = (words) => words.notNow;
    }
  }

  function here(): Point | null {
    const walk = store.steer.value ?? store.mine.value?.walk;
    return walk ? pointAt(walk, store.now()) : null;
  }

  /** One's own avatar starts at once, and the server's walk takes over when it arrives. */
  async function walk(to: Target, end: Point | null, quietly: boolean): Promise<void> {
    const mine = ++walks;
    const from = here();
    notice.value = null;
    if (from && end) store.steer.value = predicted(from, end, store.now());
    const outcome = await connection.order({ t: 'walk', to });
    if (mine === walks) store.steer.value = null;
    if (!quietly) tell(outcome);
  }

  /** A table may have to wait for its time; the one a small group was given never does. */
  function reachable(zone: number): boolean {
    const plan = store.plan.value;
    const gathering = store.gathering.value;
    if (!plan || kindOf(plan, zone) !== 'table' || possible(gathering, 'tables')) return true;
    return groupOf(gathering, store.me.value)?.zone === zone;
  }

  return {
    reachable,
    go: (target) => {
      const from = here();
      const plan = store.plan.value;
      const zone = 'zone' in target ? target.zone : 'seat' in target ? plan?.seats[target.seat]?.zone : undefined;
      if (zone !== undefined && !reachable(zone)) return void (notice.value = (words) => words.phaseOff.tables);
      const straight = from && plan && 'point' in target && clear(plan, from, target.point);
      void walk(target, straight ? target.point : null, false);
    },
    steer: (heading, cells) => {
      const from = here();
      const plan = store.plan.value;
      if (!from || !plan) return;
      const [x, y] = ahead(plan, from, heading, cells);
      const end: Point = [Math.round(x), Math.round(y)];
      if (Math.hypot(end[0] - from[0], end[1] - from[1]) >= 1) void walk({ point: end }, end, true);
    },
    say: async (text) => {
      const to = store.zone.value;
      const mine = store.mine.value;
      notice.value = null;
      const outcome = await connection.order({ t: 'say', to, text });
      // The words come back with the frame; should they not, they are shown all the same, and never twice.
      if (outcome.is === 'done' && outcome.id !== undefined && mine) {
        const { who, nick, look } = mine;
        store.room.value = said(store.room.value, { id: outcome.id, who, nick, look, zone: to, at: store.now(), text });
      }
      if (outcome.is === 'held') {
        const room = store.room.value;
        store.room.value = { ...room, safety: holds(room.safety, { hold: outcome.hold, text, at: store.now(), edit: outcome.edit }) };
      }
      return outcome;
    },
    takeBack: (id) => void connection.order({ t: 'take_back', id }).then(tell),
    react: (kind) => {
      notice.value = null;
      void connection.order({ t: 'react', kind }).then(tell);
    },
    away: (on) => void connection.order({ t: 'away', on }).then(tell),
    setWay: (way) => {
      // One's own choice holds at once; the server learns it as soon as there is a line.
      store.room.value = { ...store.room.value, way };
      memory.keepHabits({ way });
      void connection.order({ t: 'set_way', way }).then(tell);
    },
    setWish: (wish) => void connection.order(wish ? { t: 'set_wish', wish } : { t: 'set_wish' }).then(tell),
    appear: async (nick, look) => {
      const outcome = await connection.order({ t: 'appear', nick, look });
      if (outcome.is === 'done') memory.keepHabits({ nick, look });
      return outcome;
    },
    take: async (take) => {
      notice.value = null;
      const outcome = await connection.order({ t: 'take', take });
      tell(outcome);
      return outcome.is === 'done';
    },
    order: connection.order,
    ask: (what) => {
      notice.value = null;
      return connection.order('take' in what ? { t: 'take', take: what.take } : { t: 'host', act: what.act });
    },
  };
}

/** Whether one can walk straight there: only then is the first step known without the server. */
function clear(plan: RoomPlan, from: Point, to: Point): boolean {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  for (let way = 0; way <= length; way += 3) {
    const part = length === 0 ? 0 : way / length;
    if (!isFree(plan, [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part])) return false;
  }
  return isFree(plan, to);
}
