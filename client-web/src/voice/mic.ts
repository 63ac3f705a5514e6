/** What one's microphone can do at this moment, and why. Pure. */
import { isStaff, possible, rests } from '../state/gathering';
import type { Gathering } from '../state/gathering';
import { speaks } from '../state/places';
import { includes } from '../state/way';
import type { PersonId, Way, ZoneKind } from '../protocol/types';
import type { CallState } from './call';

/** The first that holds. `listening`: the way has no voice in it; `connecting`: the line of the voice is not there. */
export type MicState = 'listening' | 'muted' | 'connecting' | 'quiet' | 'turn' | 'phase' | 'off' | 'on';

export interface MicSituation {
  readonly way: Way;
  readonly kind: ZoneKind;
  readonly call: CallState['phase'];
  readonly gathering: Gathering;
  readonly me: PersonId | null;
}

export function micState({ way, kind, call, gathering, me }: MicSituation): MicState {
  const { mine, standing, role } = gathering;
  if (!includes(way, 'voice')) return 'listening';
  if (mine.muted || rests(gathering, 'speak')) return 'muted';
  if (call !== 'up' && call !== 'shaky') return 'connecting';
  if (!speaks(kind)) return 'quiet';
  if (!possible(gathering, 'speak')) return 'phase';
  if (standing?.round?.only_turn && standing.round.turn !== me && !isStaff(role)) return 'turn';
  return mine.mic ? 'on' : 'off';
}

/** Whether pressing the button turns the microphone on or off; else it tells why not. */
export function turns(state: MicState): boolean {
  return state === 'on' || state === 'off';
}
