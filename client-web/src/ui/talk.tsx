/** What was written where one could hear it. No times, no marks of having read. */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Words } from '../state/room';
import { useApp, useWords } from './app';
import { Head } from './drawn';
import { HeldWords } from './later';
import { openSheet } from './sheets';

/** So near to the end one counts as reading along. */
const NEAR_PX = 60;

export function Talk({ onWrite }: { onWrite: () => void }) {
  const { session } = useApp();
  const { w } = useWords();
  const entries = session.store.entries.value;
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const more = useSignal(false);
  const last = entries[entries.length - 1];
  const waits = session.store.safety.value.held.filter((one) => one.waits).length;

  function toEnd(): void {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
  }

  useLayoutEffect(() => {
    if (atEnd.current || (last?.kind === 'words' && last.mine)) toEnd();
    else more.value = true;
  }, [entries.length, waits]);

  useLayoutEffect(() => {
    const element = list.current;
    if (!element || typeof ResizeObserver !== 'function') return;
    const watcher = new ResizeObserver(() => atEnd.current && toEnd());
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);

  return (
    <section class="talk" aria-label={w.talk}>
      <div
        ref={list}
        class="talk-list"
        role="log"
        aria-live="polite"
        aria-label={w.from}
        tabIndex={0}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
          if (atEnd.current) more.value = false;
        }}
      >
        <p class="note">{w.from}</p>
        {entries.length + waits === 0 && <p class="sub empty">{w.noTalk}</p>}
        {entries.map((entry) =>
          entry.kind === 'gap' ? <p key={`gap${entry.id}`} class="note gap">{w.gap}</p> : <Message key={entry.id} words={entry} />,
        )}
        {waits > 0 && <HeldWords onWrite={onWrite} />}
      </div>
      {more.value && <button type="button" class="btn main small more" onClick={toEnd}>{w.newWords}</button>}
    </section>
  );
}

function Message({ words }: { words: Words }) {
  const { session } = useApp();
  const { w } = useWords();
  const { store, intents } = session;

  /** A touch anywhere on the words; whoever marks them wants to read or copy. */
  function ask(): void {
    if (getSelection()?.isCollapsed !== false) openSheet({ name: 'person', who: words.who, words: words.id });
  }

  const canTakeBack = words.mine && store.fresh.value.has(words.id);
  return (
    <article class={words.mine ? 'msg mine' : 'msg'} onClick={words.mine ? undefined : ask}>
      {words.mine ? <Head look={words.look} /> : <button type="button" class="msg-who" aria-label={w.aboutWords(words.nick)}><Head look={words.look} /></button>}
      <div>
        <b>
          {words.nick}
          {words.mine && <span>{w.you}</span>}
        </b>
        {words.withdrawn ? <p class="withdrawn">{w.withdrawn}</p> : <p>{words.text}</p>}
        {canTakeBack && <button type="button" class="btn quiet" onClick={() => intents.takeBack(words.id)}>{w.takeBack}</button>}
      </div>
    </article>
  );
}
