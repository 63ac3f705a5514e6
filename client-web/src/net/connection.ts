/** The shell round the machine: it ferries events in and effects out, and holds promises and timers. */
import { decode, encode } from '../protocol/codec';
import type { Enter, ServerMessage } from '../protocol/types';
import type { ServerClock } from './clock';
import { farewell } from './farewell';
import { INITIAL, step } from './machine';
import type { Effect, NetEvent, NetState, Order, Outcome, TimerName } from './machine';
import type { OpenSocket, Socket } from './socket';

export interface Timers {
  set(run: () => void, ms: number): number;
  clear(id: number): void;
}

export interface ConnectionDeps {
  open: OpenSocket;
  clock: ServerClock;
  timers: Timers;
  random(): number;
}

export interface ConnectionHooks {
  changed(state: NetState): void;
  deliver(message: Extract<ServerMessage, { t: 'welcome' | 'frame' }>): void;
  keep(token: string, room: string): void;
  forget(): void;
}

export interface Connection {
  enter(room: string, as: Enter, device: string): void;
  order(order: Order): Promise<Outcome>;
  leave(): void;
  online(): void;
  visible(on: boolean): void;
}

export function createConnection(deps: ConnectionDeps, hooks: ConnectionHooks): Connection {
  let state = INITIAL;
  let socket: Socket | null = null;
  let keys = 0;
  const running = new Map<TimerName, number>();
  const promises = new Map<number, (outcome: Outcome) => void>();

  function dispatch(event: NetEvent): void {
    const [next, effects] = step(state, event, deps);
    const changed = next !== state;
    state = next;
    effects.forEach(perform);
    if (changed) hooks.changed(state);
  }

  function clear(name: TimerName): void {
    const id = running.get(name);
    if (id !== undefined) deps.timers.clear(id);
    running.delete(name);
  }

  function perform(effect: Effect): void {
    switch (effect.do) {
      case 'open':
        socket = deps.open({
          opened: () => dispatch({ e: 'opened' }),
          closed: (code) => dispatch({ e: 'closed', code }),
          heard: (bytes) => dispatch({ e: 'heard', message: decode(bytes) }),
        });
        break;
      case 'close':
        socket?.close();
        socket = null;
        break;
      case 'send':
        socket?.send(encode(effect.message));
        break;
      case 'timer':
        clear(effect.name);
        running.set(effect.name, deps.timers.set(() => {
          running.delete(effect.name);
          dispatch({ e: 'timer', name: effect.name });
        }, effect.ms));
        break;
      case 'untimer':
        clear(effect.name);
        break;
      case 'keep':
        hooks.keep(effect.token, effect.room);
        break;
      case 'forget':
        hooks.forget();
        break;
      case 'deliver':
        hooks.deliver(effect.message);
        break;
      case 'clock':
        if (effect.anew) deps.clock.reset(effect.at);
        else deps.clock.heard(effect.at);
        break;
      case 'settle':
        promises.get(effect.key)?.(effect.outcome);
        promises.delete(effect.key);
        break;
    }
  }

  return {
    enter: (room, as, device) => dispatch({ e: 'enter', room, as, device }),
    order: (order) =>
      new Promise((resolve) => {
        const key = ++keys;
        promises.set(key, resolve);
        dispatch({ e: 'order', key, order });
      }),
    leave: () => {
      const { phase, token, room, seen } = state;
      dispatch({ e: 'leave' });
      if (token && (phase === 'waiting' || phase === 'connecting')) farewell(deps.open, deps.timers, { room, token, seen });
    },
    online: () => dispatch({ e: 'online' }),
    visible: (on) => dispatch({ e: 'visible', on }),
  };
}
