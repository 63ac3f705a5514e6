import { expect, it } from 'vitest';
import type { Notice } from '../protocol/types';
import { inOrder } from './order';

it('help comes before everything, then the newest', () => {
  const notices: Notice[] = [{ notice: 'help_card', case: 1 }, { notice: 'deleted', message: 2, reason: 'other' }, { notice: 'report_looked_at', case: 3 }];
  expect(inOrder(notices.map((notice, i) => ({ about: String(i), notice }))).map(({ notice }) => notice.notice)).toEqual(['help_card', 'report_looked_at', 'deleted']);
});
