/** A room that is kept quiet: its end in sight, and one touch back to normal. */
import { useSignal } from '@preact/signals';
import type { Locked as Lockdown } from '../protocol/types';
import { leftWords, useClock } from '../safety/kit';
import { sentence } from '../ui/app';
import { Icon } from '../ui/drawn';
import { useWatch } from './kit';

export function LockedLine({ one }: { one: Lockdown }) {
  const { session, k, t, w } = useWatch();
  const now = useClock([one.until]);
  const said = useSignal('');
  return (
    <div class="in-force locked">
      <Icon id="i-hush" />
      <span>{one.site ? k.lockedSite : k.locked}<small role="status">{said.value}</small></span>
      <em>{leftWords(one.until, now, t)}</em>
      <button type="button" class="btn quiet" onClick={() => void session.intents.order({ t: 'moderate', measure: { lift: { lockdown: one.lockdown } } }).then((outcome) => (said.value = sentence(outcome, w)))}>{k.lift}</button>
    </div>
  );
}

export function Locked() {
  const { session } = useWatch();
  return <>{session.store.gathering.value.mine.locked?.map((one) => <LockedLine key={one.lockdown} one={one} />)}</>;
}
