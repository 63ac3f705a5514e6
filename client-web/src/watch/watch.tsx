/** For staff in the room: a calm mark when somebody waits for them, and the way to keep the room safe. */
import { signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Outcome } from '../net/machine';
import { sentence } from '../ui/app';
import { Icon } from '../ui/drawn';
import { Sheet } from '../ui/sheet';
import { closeSheet, openSheet } from '../ui/sheets';
import { Tick } from '../ui/tick';
import { browserBell, createBell } from '../staff/desk/bell';
import { browser } from './browser';
import { NOTHING_WAITS, watchDesk } from './desk';
import type { Waiting } from './desk';
import { spanWords, useWatch } from './kit';
import { LockedLine } from './locked';
import { LOCK_MINUTES, keepsSafe, mayEverywhere } from './may';

/** What waits; `null` for those who may not see the desk. */
const waiting = signal<Waiting | null>(null);
/** The same wish as at the desk: it is the same person at the same device. */
const calls = signal<{ blink: boolean; sound: boolean } | null>(null);
const bell = createBell(browserBell);

export function Watch() {
  const { session, memory, k } = useWatch();
  const { urgent, other, calls: called } = waiting.value ?? NOTHING_WAITS;
  const before = useRef({ urgent: 0, called: 0 });
  const habits = memory.habits();
  const want = calls.value ?? { blink: habits.deskBlink ?? false, sound: habits.deskSound ?? false };
  // To whom a role was only lent, the desk stays shut; nobody else is asked whether they are staff.
  const signedIn = memory.staff() || session.bring.value.staff;

  const room = session.roomId.value;
  useEffect(() => (signedIn ? watchDesk(browser(room), (news) => (waiting.value = news)) : undefined), [signedIn, room]);
  useEffect(() => {
    // Also when nobody came yet: then it is said once more to those who have heard it.
    if (urgent > before.current.urgent || called > before.current.called) bell.call('urgent', want, `${k.urgent(urgent)} — ${document.title}`);
    else if (urgent === 0) bell.seen();
    before.current = { urgent, called };
  }, [urgent, called]);
  useEffect(() => {
    addEventListener('focus', bell.seen);
    return () => {
      removeEventListener('focus', bell.seen);
      bell.seen();
    };
  }, []);

  const says = urgent > 0 ? k.urgent(urgent) : other > 0 ? k.waiting(other) : '';
  return (
    <>
      <button type="button" class={urgent > 0 ? 'watch urgent' : 'watch'} aria-haspopup="dialog" aria-label={[k.watch, says].filter(Boolean).join('、')} onClick={() => openSheet({ name: 'watch' })}>
        <Icon id="i-lantern" />
        {urgent + other > 0 && <em>{urgent + other}</em>}
      </button>
      <span class="vh" role="status">{urgent > 0 ? says : ''}</span>
    </>
  );
}

export function WatchSheet() {
  const { session, memory, k, w } = useWatch();
  const { store, intents } = session;
  const { role, mine } = store.gathering.value;
  const said = useSignal('');
  const site = useSignal(false);
  const { urgent, other } = waiting.value ?? NOTHING_WAITS;
  const habits = memory.habits();
  const { blink, sound } = calls.value ?? { blink: habits.deskBlink ?? false, sound: habits.deskSound ?? false };
  const locked = mine.locked ?? [];

  function tell(outcome: Outcome): void {
    said.value = sentence(outcome, w);
  }

  return (
    <Sheet title={k.watch} onClose={closeSheet}>
      {waiting.value && (
        <>
          {urgent > 0 && <p><b>{k.urgent(urgent)}</b></p>}
          {other > 0 && <p>{k.waiting(other)}</p>}
          {urgent + other === 0 && <p>{k.calm}</p>}
          <a class={urgent > 0 ? 'btn main wide' : 'btn line wide'} href="/staff#desk" target="_blank" rel="noopener">{k.console}</a>
        </>
      )}
      {keepsSafe(role) && (
        <>
          <h3>{k.lock}</h3>
          <p class="sub">{k.lockNote}</p>
          {locked.map((one) => <LockedLine key={one.lockdown} one={one} />)}
          <div class="lengths">
            {LOCK_MINUTES.map((minutes, i) => (
              <button
                key={minutes}
                type="button"
                class={i === 0 && locked.length === 0 ? 'btn main' : 'btn line'}
                onClick={() => void intents.order({ t: 'moderate', measure: { lock_down: { minutes, ...(site.value ? { site: true } : {}) } } }).then(tell)}
              >
                {(locked.length > 0 ? k.longer : k.lockGo)(spanWords(minutes, k))}
              </button>
            ))}
          </div>
          {mayEverywhere(role) && <Tick label={k.everywhere} on={site.value} onTick={(on) => (site.value = on)} />}
          <p class="kind" role="status">{said.value}</p>
        </>
      )}
      {waiting.value && (
        <>
          <h3>{k.call}</h3>
          <Tick label={k.callTitle} on={blink} onTick={(on) => choose(on, sound)} />
          <Tick
            label={k.callSound}
            on={sound}
            onTick={(on) => {
              // Heard at once, one knows what one has chosen; and the browser allows it from then on.
              if (on) browserBell.play([440]);
              choose(blink, on);
            }}
          />
          <p class="sub">{k.callNote}</p>
        </>
      )}
    </Sheet>
  );

  function choose(deskBlink: boolean, deskSound: boolean): void {
    calls.value = { blink: deskBlink, sound: deskSound };
    memory.keepHabits({ deskBlink, deskSound });
  }
}
