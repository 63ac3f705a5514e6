import { beforeEach, describe, expect, it } from 'vitest';
import { encode as pack, decode as unpack } from '@msgpack/msgpack';
import { createClock } from '../net/clock';
import type { SocketEvents } from '../net/socket';
import { ja } from '../i18n/ja';
import type { ClientMessage, Event, Person, Place, RoomPlan, ServerMessage } from '../protocol/types';
import { createMemory } from './memory';
import type { Box, Memory } from './memory';
import { createSession } from './session';
import type { Session } from './session';

const text = { ja: '', easy: '', en: '' };
const plan = (id: string): RoomPlan => ({
  id, name: text, about: text, capacity: 9, open: true, grid: ['..........', '..........'], entries: [[5, 5]],
  zones: [
    { id: 'hall', kind: 'hall', name: text, area: [], hears: [0] },
    { id: 'table', kind: 'table', name: text, area: [], hears: [1] },
    { id: 'rest', kind: 'rest', name: text, area: [], hears: [] },
  ],
  seats: [], scene: { svg: '/s.svg', size: [9, 9], things: [], lights: [] },
});
const place: Place = { name: text, about: text, run_by: text, rules: [], kept: text, help: [], rooms: [] };
const person = (who: number, zone = 0): Person => ({
  who, nick: `n${who}`, look: { figure: 0, colour: 0 }, away: false, walk: { path: [[5, 5]], at: 0, until: 0, zone },
});

function box(): Box {
  const map = new Map<string, string>();
  return { getItem: (key) => map.get(key) ?? null, setItem: (key, value) => void map.set(key, value), removeItem: (key) => void map.delete(key) };
}

let lines: { events: SocketEvents; sent: ClientMessage[]; open: boolean }[];
let timers: { run: () => void; at: number; id: number }[];
let local: number;
let memory: Memory;
let session: Session;

function build(): Session {
  let ids = 0;
  return createSession({
    open: (events) => {
      const line = { events, sent: [] as ClientMessage[], open: true };
      lines.push(line);
      return { send: (bytes) => line.sent.push(unpack(bytes) as ClientMessage), close: () => void (line.open = false) };
    },
    clock: createClock(() => local),
    timers: {
      set: (run, ms) => {
        timers.push({ run, at: local + ms, id: ++ids });
        return ids;
      },
      clear: (id) => void (timers = timers.filter((timer) => timer.id !== id)),
    },
    random: () => 0,
    http: { place: async () => place, voice: async () => ({ on: true, ice_servers: [] }), plan: async (id) => plan(id), drawing: async () => '<svg/>' },
    memory,
  });
}

beforeEach(() => {
  lines = [];
  timers = [];
  local = 50_000;
  memory = createMemory(box(), box());
  session = build();
});

const line = (): (typeof lines)[number] => lines[lines.length - 1] as (typeof lines)[number];
const hear = (message: ServerMessage): void => {
  const bytes = pack(message);
  line().events.heard(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
};
const frame = (...ev: Event[]): void => hear({ t: 'frame', seq: 20, at: local, ev });
const welcome = (how: 'fresh' | 'resumed' | 'resync' = 'fresh', missed: Event[] = []): void =>
  hear({ t: 'welcome', v: 1, you: 1, token: `t${lines.length}`, line: how, seq: 10, at: local, next_n: 1, way: 'write', role: 'participant', mine: { known: false, badge: false }, people: [person(1), person(2)], missed });
const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};
const said = (id: number, who = 2): Event => ({ t: 'said', id, who, nick: 'n', look: { figure: 0, colour: 0 }, zone: 0, at: local, text: `w${id}` });
const texts = (): string[] => session.store.room.value.entries.map((entry) => (entry.kind === 'gap' ? '…' : entry.text));
/** Lets the time pass until `until`, running what falls due. */
function pass(ms: number): void {
  const until = local + ms;
  for (;;) {
    const next = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    timers = timers.filter((timer) => timer !== next);
    local = Math.max(local, next.at);
    next.run();
  }
  local = until;
}

async function goIn(): Promise<void> {
  session.enter('umibe', { new: { nick: 'なぎ', look: { figure: 3, colour: 1 }, way: 'write' } });
  line().events.opened();
  welcome();
  await settle();
}

function lose(): void {
  line().events.closed(1006);
  pass(1);
  line().events.opened();
}

describe('a visit', () => {
  it('leads into the room when both the welcome and the plan are here', async () => {
    await goIn();
    expect(session.view.value).toBe('room');
    expect(session.line.value).toBe('fine');
    expect(memory.seat()).toEqual({ room: 'umibe', token: 't1' });
    expect(memory.habits()).toMatchObject({ nick: 'なぎ', room: 'umibe' });
  });

  it('stays at the entrance with a refused nickname, and says so in kind words', async () => {
    session.enter('umibe', { new: { nick: 'n2', look: { figure: 3, colour: 1 }, way: 'write' } });
    line().events.opened();
    hear({ t: 'refused', code: 'nickname_taken', retry: true, try_nick: 'n2さん' });
    expect(session.view.value).toBe('entrance');
    expect(session.refusal.value?.try_nick).toBe('n2さん');
  });

  it('finds a closed door', () => {
    session.enter('umibe', { new: { nick: 'a', look: { figure: 3, colour: 1 }, way: 'write' } });
    line().events.opened();
    hear({ t: 'refused', code: 'room_full', retry: true });
    expect(session.view.value).toBe('closed');
  });

  it('ends at once, with or without a line, and leaves nothing behind', async () => {
    await goIn();
    frame(said(15));
    line().events.closed(1006);
    session.leave();
    expect(session.view.value).toBe('goodbye');
    expect(memory.seat()).toBeNull();
    expect(texts()).toEqual([]);
    pass(60_000);
    expect(session.view.value).toBe('goodbye');
    expect(lines.every(({ open }) => !open)).toBe(true);
  });

  it('tells the server that it ended as soon as there is a line again', async () => {
    await goIn();
    line().events.closed(1006);
    session.leave();
    pass(1);
    line().events.closed(1006);
    pass(2000);
    line().events.opened();
    welcome('resumed');
    expect(line().sent).toMatchObject([{ t: 'hello', enter: { again: { token: 't1' } } }, { t: 'leave' }]);
    const tries = lines.length;
    pass(60_000);
    expect(lines.length).toBe(tries);
    expect(session.view.value).toBe('goodbye');
    expect(memory.seat()).toBeNull();
  });
});

describe('the lobby', () => {
  const waiting = (more: object = {}): void =>
    hear({ t: 'welcome', v: 1, you: 1, token: 'lobby', line: 'fresh', seq: 3, at: local, next_n: 1, way: 'write', role: 'lobby', mine: { known: false, badge: false }, lobby: { observes: false, ...more }, people: [], missed: [] });
  async function wait(more: object = {}): Promise<void> {
    session.enter('umibe', { new: { nick: 'なぎ', look: { figure: 3, colour: 1 }, way: 'write', pass: { code: 'abc' } } });
    line().events.opened();
    waiting(more);
    await settle();
  }

  it('is a view of its own, with the word of the staff, until a second welcome leads in', async () => {
    await wait();
    expect(line().sent[0]).toMatchObject({ enter: { new: { pass: { code: 'abc' } } } });
    expect(session.view.value).toBe('lobby');
    frame({ t: 'lobby', observes: false, word: 'もうすぐです' });
    expect(session.store.gathering.value.lobby?.word).toBe('もうすぐです');
    welcome();
    await settle();
    expect(session.view.value).toBe('room');
    expect(session.store.gathering.value.lobby).toBeNull();
    expect(memory.seat()).toEqual({ room: 'umibe', token: 't1' });
  });

  it('survives a lost line, and leaving it is always possible', async () => {
    await wait();
    line().events.closed(1006);
    pass(1);
    line().events.opened();
    expect(line().sent[0]).toMatchObject({ enter: { again: { token: 'lobby' } } });
    waiting();
    expect(session.view.value).toBe('lobby');
    session.leave();
    expect(session.view.value).toBe('goodbye');
    expect(session.farewell.value).toBeNull();
  });

  it('ends with the last word when one is not let in this time', async () => {
    await wait({ word: 'ほかの日に' });
    line().events.closed(4012);
    expect(session.view.value).toBe('goodbye');
    expect(session.farewell.value).toEqual({ code: 4012, word: 'ほかの日に' });
    expect(memory.seat()).toBeNull();
    pass(60_000);
    expect(lines.length).toBe(1);
  });
});

describe('a session', () => {
  it.each([4011, 4013])('that ends with %i says so kindly and does not knock again', async (code) => {
    await goIn();
    line().events.closed(code);
    expect(session.view.value).toBe('goodbye');
    expect(session.farewell.value).toEqual({ code, word: undefined });
    expect(texts()).toEqual([]);
    pass(60_000);
    expect(lines.length).toBe(1);
    session.enter('umibe', { new: { nick: 'a', look: { figure: 3, colour: 1 }, way: 'write' } });
    expect(session.farewell.value).toBeNull();
  });

  it('takes what one does, with a kind sentence at worst', async () => {
    await goIn();
    const raised = session.intents.take({ hand: { up: true } });
    expect(line().sent.at(-1)).toEqual({ t: 'take', n: 1, take: { hand: { up: true } } });
    frame({ t: 'refused', n: 1, code: 'not_now', retry: true });
    expect(await raised).toBe(false);
    expect(session.notice.value?.(ja)).toBe(ja.refusal.not_now);
    const hosted = session.intents.ask({ act: { go: { from: 0, to: 1 } } });
    expect(line().sent.at(-1)).toEqual({ t: 'host', n: 2, act: { go: { from: 0, to: 1 } } });
    frame({ t: 'refused', n: 2, code: 'overtaken', retry: false });
    expect(await hosted).toMatchObject({ is: 'refused', refusal: { code: 'overtaken' } });
    // Told to whoever asked: the host's panel, which says it in its own place.
    expect(session.notice.value).toBeNull();
  });

  it('lets nobody walk to a table whose time has not come, and says why', async () => {
    await goIn();
    const text = { ja: '', easy: '', en: '' };
    const phase = { kind: 'welcome' as const, name: text, about: text, minutes: 5, can: [] };
    const standing = { phase: 0, since: 0, can: [], themes: { open: false, list: [], vote: 'before' as const, voters: 0 }, hands: [], coming: [] };
    frame({ t: 'programme', programme: { id: 's', name: text, starts: 0, ends: 1, phases: [phase], with_theme: false } }, { t: 'standing', ...standing });
    session.intents.go({ zone: 1 });
    expect(line().sent.some(({ t }) => t === 'walk')).toBe(false);
    expect(session.notice.value?.(ja)).toBe(ja.phaseOff.tables);
    // The table of one's own small group is another matter.
    frame({ t: 'standing', ...standing, groups: { until: 9, calling: false, list: [{ zone: 1, people: [1] }] } });
    session.intents.go({ zone: 1 });
    expect(line().sent.at(-1)).toMatchObject({ t: 'walk', to: { zone: 1 } });
  });
});

describe('a lost line', () => {
  it('is mended by itself, and nothing is lost, doubled or out of order', async () => {
    await goIn();
    frame(said(11), said(12));
    const words = session.intents.say('途中');
    line().events.closed(1006);
    expect(session.line.value).toBe('lost');
    expect(session.view.value).toBe('room');
    pass(1);
    line().events.opened();
    welcome('resumed', [said(12), said(13)]);
    expect(session.line.value).toBe('back');
    expect(line().sent.map((message) => message.t)).toEqual(['hello', 'ready', 'say']);
    frame(said(14, 1), { t: 'done', n: 1, id: 14 });
    expect(await words).toEqual({ is: 'done', id: 14 });
    await settle();
    expect(texts()).toEqual(['w11', 'w12', 'w13', 'w14']);
    pass(2000);
    expect(session.line.value).toBe('fine');
  });

  it('tells when words in between may be missing', async () => {
    await goIn();
    frame(said(11));
    lose();
    welcome('resync', [said(15)]);
    expect(texts()).toEqual(['w11', '…', 'w15']);
  });

  it('that took too long leads back to the entrance with a kind word', async () => {
    await goIn();
    lose();
    hear({ t: 'refused', code: 'seat_gone', retry: false });
    expect(session.view.value).toBe('entrance');
    expect(session.notice.value?.(ja)).toBe(ja.refusal.seat_gone);
    expect(memory.habits().nick).toBe('なぎ');
  });
});

describe('words that nobody saw', () => {
  const unshown = (): [string[], string[]] => {
    const { told, held } = session.store.safety.value;
    return [told.map(({ about }) => about), held.map(({ text }) => text)];
  };

  it('are there after a reload with the reason, and go with the visit', async () => {
    await goIn();
    const answer = session.intents.say('090-1234-5678');
    frame({ t: 'held', n: 1, hold: 12, edit: true });
    await answer;
    frame({ t: 'notice', notice: 'not_shown', hold: 12, reason: 'personal_data', by_time: false });
    session = build();
    expect(session.comeBack()).toBe(true);
    line().events.opened();
    welcome('resync');
    await settle();
    expect(unshown()).toEqual([['hold12'], ['090-1234-5678']]);
    session.leave();
    expect(memory.unshown('umibe')).toBeNull();
    await goIn();
    expect(unshown()).toEqual([[], []]);
  });

  it('are no words of another room', () => {
    memory.keepUnshown('niwa', { told: [], held: [{ hold: 1, text: 'a', at: 1, edit: false, waits: true }] });
    expect(memory.unshown('umibe')).toBeNull();
    expect(memory.unshown('niwa')?.held).toHaveLength(1);
    memory.keepUnshown('niwa', { told: [], held: [] });
    expect(memory.unshown('niwa')).toBeNull();
  });
});

describe('two tabs', () => {
  it('the older one says so, and can take the seat back', async () => {
    await goIn();
    frame(said(11));
    memory.keepSeat({ room: 'umibe', token: 'of the other tab' });
    line().events.closed(4001);
    expect(session.view.value).toBe('taken');
    expect(session.comeBack()).toBe(true);
    line().events.opened();
    expect(line().sent[0]).toMatchObject({ enter: { again: { token: 'of the other tab', seen: 20 } } });
    welcome('resumed', [said(12)]);
    await settle();
    expect(session.view.value).toBe('room');
    expect(texts()).toEqual(['w11', 'w12']);
  });

  it('without a seat there is nothing to come back to', () => expect(session.comeBack()).toBe(false));
});

describe('in the room', () => {
  it('who hears me follows the arrivals, at their moment', async () => {
    await goIn();
    const hearers = (): number[] => session.store.hearers.value.map(({ who }) => who);
    expect(hearers()).toEqual([2]);
    frame({ t: 'walks', who: 1, path: [[5, 5], [15, 5]], at: local, until: local + 320, zone: 1 });
    expect(hearers()).toEqual([2]);
    pass(330);
    expect(session.store.zone.value).toBe(1);
    expect(hearers()).toEqual([]);
    expect(session.store.hearing.value).toBe(1);
    frame({ t: 'walks', who: 1, path: [[15, 5], [25, 5]], at: local, until: local + 320, zone: 2 });
    pass(330);
    expect(session.store.hearing.value).toBeNull();
  });

  it('my avatar starts at once and follows the server when it answers', async () => {
    await goIn();
    session.intents.go({ point: [45, 5] });
    expect(session.store.steer.value?.path).toEqual([[5, 5], [45, 5]]);
    frame({ t: 'walks', who: 1, path: [[5, 5], [45, 5]], at: local, until: local + 1280, zone: 0 }, { t: 'done', n: 1 });
    await settle();
    expect(session.store.steer.value).toBeNull();
    expect(session.store.mine.value?.walk.until).toBe(local + 1280);
  });

  it('a refusal is a kind sentence that stays', async () => {
    await goIn();
    session.intents.react('nod');
    frame({ t: 'refused', n: 1, code: 'quiet_place', retry: true });
    await settle();
    expect(session.notice.value?.(ja)).toBe(ja.refusal.quiet_place);
  });

  it('the list stays as it is while people only walk', async () => {
    await goIn();
    const before = session.store.cards.value;
    frame({ t: 'walks', who: 2, path: [[5, 5], [15, 5]], at: local, until: local + 320, zone: 0 });
    expect(session.store.cards.value).toBe(before);
    frame({ t: 'walks', who: 2, path: [[15, 5], [25, 5]], at: local, until: local + 320, zone: 1 });
    pass(330);
    expect(session.store.cards.value.map(({ zone }) => zone)).toEqual([0, 1]);
    expect(session.store.cards.value[0]).toBe(before[0]);
  });

  it('my words can be taken back for two minutes', async () => {
    await goIn();
    /** The line lives: something is heard now and then. */
    const later = (ms: number): void => {
      for (let passed = 0; passed < ms; passed += 5000) {
        pass(5000);
        frame();
      }
    };
    frame(said(14, 1), said(15, 2));
    later(60_000);
    frame(said(16, 1));
    expect([...session.store.fresh.value]).toEqual([14, 16]);
    later(60_000);
    pass(100);
    expect([...session.store.fresh.value]).toEqual([16]);
    frame({ t: 'taken_back', id: 16 });
    expect([...session.store.fresh.value]).toEqual([]);
  });

  it('reactions are shown for four seconds', async () => {
    await goIn();
    frame({ t: 'reacts', who: 2, kind: 'wave' });
    expect(session.store.reactions.value.get(2)).toBe('wave');
    pass(3900);
    expect(session.store.reactions.value.size).toBe(1);
    pass(200);
    expect(session.store.reactions.value.size).toBe(0);
  });
});

describe('being sent away', () => {
  const door = { in_force: [{ sanction: 34, kind: 'remove' as const, scope: { room: 'umibe' }, reason: 'flood' as const, until: 90_000, appealable: true }], appeal: 'pass' };

  it('is told at the door, with why, until when and the way to appeal', () => {
    session.enter('umibe', { new: { nick: 'a', look: { figure: 3, colour: 1 }, way: 'write' } });
    line().events.opened();
    hear({ t: 'refused', code: 'removed', retry: true, door });
    expect(session.view.value).toBe('closed');
    expect(session.refusal.value?.door).toEqual(door);
  });

  it('out of the room it says the same, and the seat is forgotten', async () => {
    await goIn();
    hear({ t: 'refused', code: 'banned', retry: false, door });
    expect(session.view.value).toBe('room');
    line().events.closed(4014);
    expect(session.view.value).toBe('closed');
    expect(session.refusal.value).toMatchObject({ code: 'banned', door });
    expect(memory.seat()).toBeNull();
    pass(60_000);
    expect(lines.length).toBe(1);
  });

  it('is known again by what this browser keeps, at every knock', async () => {
    await goIn();
    const hello = line().sent[0];
    const device = hello?.t === 'hello' && 'new' in hello.enter ? hello.enter.new.device : '';
    expect(device).toMatch(/^[\w-]{22}$/);
    lose();
    expect(line().sent[0]).toMatchObject({ enter: { again: { device } } });
    session = build();
    expect(memory.device()).toBe(device);
  });
});

describe('words that staff look at first', () => {
  it('leave the field, wait in sight, and are not lost when they are not shown', async () => {
    await goIn();
    const outcome = session.intents.say('電話は 090');
    frame({ t: 'mine', known: false, badge: false, held: [{ hold: 7, text: '電話は 090', at: local }] }, { t: 'held', n: 1, hold: 7, edit: true });
    expect(await outcome).toEqual({ is: 'held', hold: 7, edit: true });
    expect(session.store.safety.value.held).toMatchObject([{ hold: 7, waits: true, edit: true }]);
    expect(texts()).toEqual([]);
    frame({ t: 'notice', notice: 'not_shown', hold: 7, reason: 'personal_data', by_time: false }, { t: 'mine', known: false, badge: false });
    expect(session.store.safety.value.held).toMatchObject([{ hold: 7, text: '電話は 090', waits: false }]);
    expect(session.store.cared.value).toBe(true);
  });
});

describe('few staff', () => {
  it('are told of until one puts it away, and again when it was otherwise in between', async () => {
    await goIn();
    const { few, fewRead, cared } = session.store;
    const mine = (few_staff: boolean): void => frame({ t: 'mine', known: false, badge: false, few_staff });
    mine(true);
    expect([few.value, cared.value]).toEqual([true, true]);
    fewRead.value = true;
    mine(true);
    expect([few.value, cared.value]).toEqual([false, false]);
    mine(false);
    mine(true);
    expect(few.value).toBe(true);
  });
});
