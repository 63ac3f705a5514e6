/** What the parts share: the words, the server's clock, and times as people read them. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { safetyWords } from '../i18n/safety';
import type { SafetyWords } from '../i18n/safety';
import { clock, dayNumber, local } from '../i18n/when';
import type { Words } from '../i18n';
import type { InForce, Scope } from '../protocol/types';
import { useApp, useWords } from '../ui/app';
import type { App } from '../ui/app';
import { leftUntil, nextChange } from './left';

/** No timer is set for longer: what changes in a month is looked at again. */
const LONGEST_TIMER_MS = 3_600_000;

export interface Here extends App, ReturnType<typeof useWords> {
  t: SafetyWords;
}

export function useSafety(): Here {
  const app = useApp();
  return { ...app, ...useWords(), t: safetyWords.of(app.settings.lang.value) };
}

/** The server's time, drawn anew whenever the words for one of these ends change, and not more often. */
export function useClock(ends: readonly (number | null | undefined)[]): number {
  const { store } = useApp().session;
  const turn = useSignal(0);
  const now = store.now();
  const next = Math.min(LONGEST_TIMER_MS, ...ends.map((end) => nextChange(end, now) ?? LONGEST_TIMER_MS));
  const on = ends.some((end) => nextChange(end, now) !== null);
  useEffect(() => {
    if (!on) return;
    const timer = setTimeout(() => turn.value++, next + 50);
    return () => clearTimeout(timer);
  }, [turn.value, on, ends.join()]);
  return now;
}

/** `あと 5分`: what is left. */
export function leftWords(until: number | null | undefined, now: number, t: SafetyWords): string {
  const left = leftUntil(until, now);
  if (typeof left === 'object') return t[left.unit](left.n);
  return left === 'no_end' ? t.noEnd : left === 'over' ? t.over : t.soon;
}

/** `11月28日 15:00まで`, by the clock of the device: it is the one people look at. */
export function untilWords(until: number | null | undefined, now: number, t: SafetyWords, w: Words): string {
  if (until === null || until === undefined) return '';
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [end, today] = [local(until, zone), local(now, zone)];
  const day = w.days[dayNumber(end) - dayNumber(today)] ?? w.date(end.month, end.day, w.weekdays[end.weekday] ?? '');
  return t.until(day, clock(end));
}

/** Whether it holds in the room one is in, or wanted to go to. */
export function covers(scope: Scope, room: string): boolean {
  return scope === 'site' || scope.room === room;
}

/** What holds now; the server says the same a moment later. */
export function still(all: readonly InForce[], now: number): InForce[] {
  return all.filter(({ until }) => until === null || until === undefined || until > now);
}
