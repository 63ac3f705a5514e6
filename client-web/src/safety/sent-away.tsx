/** At the door of somebody who stays away for a while: why, until when, and that somebody else will look at it if they wish. */
import { useSignal } from '@preact/signals';
import { Refused, call } from '../net/api';
import type { Outcome } from '../net/machine';
import type { AppealAtTheDoor, Door as Shut } from '../protocol/types';
import { Door } from '../ui/door';
import { HelpFoot, useWayIn } from '../ui/farewells';
import { covers, still, useClock, useSafety } from './kit';
import { Decision } from './decided';
import { HelpAtTheDoor } from './help';

export function SentAway({ door }: { door: Shut }) {
  const { session, w, t, read } = useSafety();
  const wayIn = useWayIn();
  const said = useSignal<readonly number[]>([]);
  const now = useClock(door.in_force.map(({ until }) => until));
  const id = session.roomId.value;
  const room = session.place.value?.rooms.find((one) => one.id === id);
  const open = still(door.in_force, now).filter((one) => covers(one.scope, id));
  const site = open.some((one) => one.scope === 'site');

  async function appeal(sanction: number, text: string): Promise<Outcome> {
    try {
      const body: AppealAtTheDoor = { pass: door.appeal, sanction, text };
      await call('POST', '/api/v1/appeal', body);
      said.value = [...said.value, sanction];
      return { is: 'done' };
    } catch (error) {
      if (!(error instanceof Refused) || error.code === 'offline') return { is: 'lost' };
      return { is: 'refused', refusal: error.refusal ?? { code: error.code, retry: false } };
    }
  }

  return (
    <Door room={room && !site ? read(room.name) : undefined} title={open.length === 0 ? w.bye : site ? t.doorSite : t.doorRoom} lead={open.length === 0 ? t.doorOver : t.doorLead}>
      {open.map((one) => <Decision key={one.sanction} one={one} now={now} appealed={said.value.includes(one.sanction)} onAppeal={appeal} />)}
      <div class="acts one">
        {open.length === 0 && <button type="button" class="btn main" onClick={() => wayIn(id)}>{w.enterAgain}</button>}
        <button type="button" class="btn line" onClick={() => session.toEntrance()}>{w.toEntrance}</button>
      </div>
      {open.length > 0 ? <HelpAtTheDoor /> : <HelpFoot />}
    </Door>
  );
}
