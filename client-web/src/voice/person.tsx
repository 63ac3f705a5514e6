/** What can be done about somebody's voice: softer for oneself, out of each other's reach, and for staff, at rest for all. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { voiceWords } from '../i18n/voice';
import type { Order } from '../net/machine';
import type { PersonId } from '../protocol/types';
import { includes } from '../state/way';
import { sentence, useApp, useWords } from '../ui/app';
import { Loudness } from './loudness';
import { mayMute } from './may';
import { setVolume, volumes } from './volumes';
import './person.css';

export function PersonVoice({ who, nick }: { who: PersonId; nick: string }) {
  const { session, settings } = useApp();
  const { w } = useWords();
  const v = voiceWords.of(settings.lang.value);
  const { store, intents } = session;
  const { mine, role, desk } = store.gathering.value;
  const known = desk?.people.find((one) => one.who === who);
  /** Without a desk one knows only what one did oneself. */
  const rested = useSignal(false);
  const said = useSignal('');
  const muted = known ? (known.muted ?? false) : rested.value;
  const blocked = mine.blocked?.includes(who) ?? false;
  const target = known?.role ?? store.people.value.get(who)?.badge ?? 'participant';

  async function ask(order: Order): Promise<boolean> {
    said.value = '';
    const outcome = await intents.order(order);
    said.value = outcome.is === 'done' ? v.done : sentence(outcome, w);
    return outcome.is === 'done';
  }

  async function mute(on: boolean): Promise<void> {
    if (await ask({ t: 'moderate', measure: { mute: { who, on } } })) rested.value = on;
  }

  return (
    <div class="about-voice">
      {session.voice.value && includes(store.way.value, 'listen') && !blocked && (
        <Loudness label={v.volume(nick)} silent={v.hush(nick)} note={v.volumeNote} value={volumes.value.get(who) ?? 1} onPick={(volume) => setVolume(who, volume)} />
      )}
      {session.voice.value && mayMute(role, target) && (
        <Deed note={muted ? v.muted : v.muteNote} onClick={() => void mute(!muted)}>{muted ? v.allow : v.mute}</Deed>
      )}
      <Deed note={blocked ? v.blocked : v.blockNote} onClick={() => void ask({ t: 'block', who, on: !blocked })}>{blocked ? v.unblock : v.block}</Deed>
      <p class="kind" role="status">{said.value}</p>
    </div>
  );
}

function Deed({ note, onClick, children }: { note: string; onClick: () => void; children: ComponentChildren }) {
  return (
    <div class="deed">
      <button type="button" class="btn line wide" onClick={onClick}>{children}</button>
      <p class="sub">{note}</p>
    </div>
  );
}
