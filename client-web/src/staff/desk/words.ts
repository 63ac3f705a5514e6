/** The words of the desk with the names of rooms and colleagues in them. */
import { deskWordsOf } from '../../i18n/desk';
import type { DeskWords } from '../../i18n/desk';
import { clock, local } from '../../i18n/when';
import { Refused } from '../../net/api';
import type { CaseLine, Scope } from '../../protocol/types';
import { useSpoken, useStaff } from '../app';
import { deskOf } from './store';
import type { DeskStore } from './store';

const MINUTE_MS = 60_000;

export interface DeskSpoken {
  t: DeskWords;
  desk: DeskStore;
  where(scope: Scope): string;
  /** How long it is since, or until. */
  span(ms: number): string;
  time(at: number): string;
  dateTime(at: number): string;
  who(person: number): string;
  handled(line: CaseLine): string;
  title(line: CaseLine): string;
  /** Why it did not work out, with the name of who was quicker. */
  trouble(error: unknown): string;
}

/** Following the language makes the component follow it. */
export function useDesk(): DeskSpoken {
  const staff = useStaff();
  const { room, dateTime, trouble } = useSpoken();
  const t = deskWordsOf(staff.settings.lang.value);
  const desk = deskOf(staff);
  return {
    t,
    desk,
    dateTime,
    where: (scope) => (scope === 'site' ? t.everywhere : room(scope.room)),
    span: (ms) => t.minutes(Math.max(0, Math.floor(ms / MINUTE_MS))),
    time: (at) => clock(local(at, staff.zone.value)),
    who: (person) => t.person(String(person)),
    handled: ({ handled }) => (!handled ? t.handledByNobody : handled.by === desk.me.value?.id ? t.handledByMe : t.handledBy(desk.name(handled.by))),
    title: ({ urgency, matter }) => (matter.matter !== 'report' ? t.urgency[urgency] : `${matter.rule === undefined ? t.urgency[urgency] : t.byRule[urgency === 'danger' ? 'danger' : 'report']}：${t.category[matter.category]}`),
    trouble: (error) => {
      const [code, by] = error instanceof Refused ? [error.code, error.refusal?.by] : (['offline', undefined] as const);
      if (code === 'already_handled') return by === undefined ? t.alreadyDone : t.already(desk.name(by));
      if (code === 'stale') return t.stale;
      if (code === 'over') return t.gone;
      if (code === 'in_force_already') return t.inForceAlready;
      return trouble(code);
    },
  };
}
