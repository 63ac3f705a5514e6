import { describe, expect, it } from 'vitest';
import { clock, dayNumber, isoDate, local, moment, readDate } from './when';

const TOKYO = 'Asia/Tokyo';

describe('the time of the place', () => {
  it('is not that of the device', () => {
    const late = local(Date.UTC(2026, 10, 27, 15, 5), TOKYO);
    expect(late).toEqual({ year: 2026, month: 11, day: 28, weekday: 6, hour: 0, minute: 5 });
    expect(clock(late)).toBe('00:05');
    expect(isoDate(late)).toBe('2026-11-28');
  });

  it('counts days by the calendar, not by 24 hours', () => {
    const now = local(Date.UTC(2026, 10, 27, 14, 59), TOKYO);
    const soon = local(Date.UTC(2026, 10, 27, 15, 1), TOKYO);
    expect(dayNumber(soon) - dayNumber(now)).toBe(1);
  });

  it('finds the moment again, also when clocks are changed', () => {
    const at = Date.UTC(2026, 10, 28, 6, 0);
    expect(moment(local(at, TOKYO), TOKYO)).toBe(at);
    for (const summer of [Date.UTC(2026, 2, 29, 3, 30), Date.UTC(2026, 9, 25, 9, 0)]) {
      expect(moment(local(summer, 'Europe/Berlin'), 'Europe/Berlin')).toBe(summer);
    }
  });

  it('still tells some time where the zone is unknown', () => {
    expect(local(0, 'Nowhere/Atall').year).toBeGreaterThan(1968);
  });

  it('knows a date from something that only looks like one', () => {
    expect(readDate('2026-11-28')).toMatchObject({ month: 11, day: 28, weekday: 6 });
    for (const none of ['2026-02-30', '2026-13-01', '', '28.11.2026']) expect(readDate(none)).toBeNull();
  });
});
