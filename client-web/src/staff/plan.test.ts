import { describe, expect, it } from 'vitest';
import type { RoomSummary, Template } from '../protocol/types';
import { begin, faults, freshPhase, parted, shifted, toPlan, whole } from './plan';
import type { Draft, Fault } from './plan';

const TOKYO = 'Asia/Tokyo';
const NOW = Date.UTC(2026, 10, 21, 3, 0);
const text = (ja: string, easy = ja, en = ja) => ({ ja, easy, en });
const ROOM: RoomSummary = { id: 'umibe', name: text('海辺'), about: text(''), inside: 0, capacity: 28, open: true };
const TEMPLATE: Template = {
  id: 'hyogo', name: text('午後の会'), about: text('みんなで', '', ''), takes_themes: true,
  phases: [{ kind: 'doors', name: text('ひらく'), about: text('どうぞ'), minutes: 30, can: ['react'] }, { kind: 'talk', name: text('話す', 'はなす', 'Talk'), about: text('話したいだけ'), minutes: 60, can: ['react', 'write'] }],
};
const draft = (change: Partial<Draft> = {}): Draft => ({ ...begin(TEMPLATE, ROOM, NOW, TOKYO), ...change });

describe('a plan', () => {
  it('begins from a template with nothing missing', () => {
    const one = draft();
    expect(one).toMatchObject({ room: 'umibe', date: '2026-11-28', time: '15:00', capacity: 20, takes_themes: true });
    expect(faults(one, ROOM)).toEqual([]);
    one.phases.pop();
    expect(TEMPLATE.phases).toHaveLength(2);
  });

  it('is sent with every text in three languages, and without what was left out', () => {
    const plan = toPlan(draft({ name: text(' 土曜の会 ', '', 'Saturday'), theme: '  ' }), TOKYO);
    expect(plan.name).toEqual({ ja: '土曜の会', easy: '土曜の会', en: 'Saturday' });
    expect(plan.about).toEqual({ ja: 'みんなで', easy: 'みんなで', en: 'みんなで' });
    expect(plan.phases[1]?.name.en).toBe('Talk');
    expect(Object.keys(plan)).not.toContain('theme');
    expect(Object.keys(plan)).not.toContain('repeats');
    expect(Object.keys(plan)).not.toContain('repeat');
    expect(toPlan(draft({ repeat: { kind: 'weekly', every: 1, days: ['SA'], end: { kind: 'never' } } }), TOKYO).repeats).toBe('FREQ=WEEKLY;BYDAY=SA');
  });

  it.each<[Fault, Partial<Draft>]>([
    ['name', { name: text(' ') }],
    ['about', { about: text('') }],
    ['long', { name: text('あ'.repeat(41)) }],
    ['long', { name: text('会', '', 'x'.repeat(41)) }],
    ['date', { date: '2026-02-30' }],
    ['time', { time: '25:00' }],
    ['capacity', { capacity: 29 }],
    ['capacity', { capacity: Number.NaN }],
    ['theme', { theme: 'あ'.repeat(61) }],
    ['eligibility', { eligibility: { text: text(''), confirmed: false } }],
    ['phases', { phases: [] }],
    ['phase_name', { phases: [{ ...freshPhase(), about: text('どうぞ') }] }],
    ['phase_about', { phases: [{ ...freshPhase(), name: text('話す') }] }],
    ['minutes', { phases: [{ ...freshPhase(), name: text('話す'), about: text('どうぞ'), minutes: -1 }] }],
    ['minutes', { phases: [{ ...freshPhase(), kind: 'doors', name: text('ひらく'), about: text('どうぞ') }] }],
    ['minutes', { phases: [{ ...freshPhase(), name: text('話す'), about: text('どうぞ'), minutes: 1381 }] }],
    ['rule', { repeat: { kind: 'weekly', every: 1, days: [], end: { kind: 'never' } } }],
    ['rule', { repeat: { kind: 'own', rule: ' ' } }],
    ['rule', { repeat: { kind: 'monthly', nths: [1], day: 'SA', end: { kind: 'until', date: '2026-11-01' } } }],
  ])('says what is missing: %s', (fault, change) => expect(faults(draft(change), ROOM)).toEqual([fault]));

  it('shows a language only where it says something of its own', () => {
    expect(parted(whole(text('海', '', 'sea')))).toEqual({ ja: '海', easy: '', en: 'sea' });
  });

  it('parts change places, and stay at the ends', () => {
    expect(shifted([1, 2, 3], 0, 1)).toEqual([2, 1, 3]);
    expect(shifted([1, 2, 3], 2, 1)).toEqual([1, 2, 3]);
    expect(shifted([1, 2, 3], 0, -1)).toEqual([1, 2, 3]);
  });
});
