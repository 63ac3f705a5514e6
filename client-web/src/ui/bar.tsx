/** What is at hand. Going home comes first, always at the same spot, in every state. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Reaction } from '../protocol/types';
import { onlooks, possible, rests } from '../state/gathering';
import type { Session } from '../state/session';
import { includes } from '../state/way';
import { useApp, useWords } from './app';
import { Icon } from './drawn';
import { Mic } from './later';
import { openSheet } from './sheets';

const REACTIONS: readonly Reaction[] = ['nod', 'clap', 'wave', 'smile', 'think'];

export function Bar({ writing, onWrite }: { writing: boolean; onWrite: () => void }) {
  const { session } = useApp();
  const { w } = useWords();
  const fan = useSignal(false);
  const way = session.store.way.value;
  const voiced = session.voice.value && includes(way, 'listen');

  function openFan(): void {
    if (resting(session)) tellWhy(session);
    else if (way === 'watch') openSheet({ name: 'way', hint: 'react' });
    else fan.value = !fan.value;
  }

  return (
    <nav class={voiced ? 'bar voiced' : 'bar'} aria-label={w.hands}>
      <button type="button" class="leave" aria-keyshortcuts="Control+Shift+L Meta+Shift+L" onClick={() => session.leave()}>
        <Icon id="i-leave" />
        {w.leave}
      </button>
      <div class="rx" role="group" aria-label={w.reactionsName}>
        <Reactions onDone={() => undefined} />
      </div>
      <button type="button" class="thumb needs" aria-expanded={fan.value} onClick={openFan}>
        <Icon id="i-react" />
        {w.reactionsName}
      </button>
      <button type="button" class="thumb ask needs" aria-expanded={writing} onClick={onWrite}>
        <Icon id="i-write" />
        {w.write}
      </button>
      {voiced && <Mic />}
      <button type="button" class="way" onClick={() => openSheet({ name: 'way' })}>
        <Icon id="i-way" />
        {w.wayShort(w.ways[way])}
      </button>
      {fan.value && <Fan onDone={() => (fan.value = false)} />}
    </nav>
  );
}

/** The session has no signs at the moment, or one only looks on. */
function resting({ store }: Session): boolean {
  return !possible(store.gathering.value, 'react');
}

function tellWhy({ notice, store }: Session): void {
  const gathering = store.gathering.value;
  notice.value = (words) => (rests(gathering, 'react') ? words.refusal.silenced : onlooks(gathering.role) ? words.onlooking : words.phaseOff.react);
}

function Fan({ onDone }: { onDone: () => void }) {
  const { w } = useWords();
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => host.current?.querySelector('button')?.focus(), []);
  return (
    <div
      ref={host}
      class="fan"
      role="group"
      aria-label={w.reactionsName}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
    >
      <Reactions onDone={onDone} />
    </div>
  );
}

function Reactions({ onDone }: { onDone: () => void }) {
  const { session } = useApp();
  const { w } = useWords();
  const { store, intents } = session;
  const away = store.mine.value?.away ?? false;
  const watching = store.way.value === 'watch';
  const off = resting(session);

  function react(kind: Reaction): void {
    onDone();
    if (resting(session)) tellWhy(session);
    else if (watching) openSheet({ name: 'way', hint: 'react' });
    else intents.react(kind);
  }

  return (
    <>
      {REACTIONS.map((kind) => (
        <button key={kind} type="button" class="needs" aria-disabled={off} onClick={() => react(kind)}>
          <Icon id={`r-${kind}`} />
          {w.reactions[kind]}
        </button>
      ))}
      <button
        type="button"
        class="needs"
        aria-pressed={away}
        aria-disabled={off && onlooks(store.gathering.value.role)}
        onClick={() => {
          onDone();
          intents.away(!away);
        }}
      >
        <Icon id="r-away" />
        {away ? w.back : w.away}
      </button>
    </>
  );
}
