/** A room: bar, picture, people, words. Every part also works without the picture. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { listenToKeys } from '../input/keys';
import { isStaff } from '../state/gathering';
import { includes } from '../state/way';
import { useApp, useWords } from './app';
import { Bar } from './bar';
import { Compose } from './compose';
import { Icon } from './drawn';
import { Host, Now, Watch } from './later';
import { People } from './people';
import { openSheet } from './sheets';
import { Stage } from './stage';
import { Strip } from './strip';
import { Talk } from './talk';

export function Room() {
  const { session } = useApp();
  const { w, read } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const writing = useSignal(false);
  const { store, intents } = session;
  const plan = store.plan.value;

  function write(): void {
    if (!includes(store.way.value, 'write')) return openSheet({ name: 'way', hint: 'write' });
    writing.value = true;
    // On a phone the field has only just been asked for; it must be there before it can be focused.
    requestAnimationFrame(() => field.current?.focus());
  }

  useEffect(() => {
    heading.current?.focus();
    return listenToKeys({ steer: intents.steer, write, leave: session.leave });
  }, []);

  if (!plan) return null;
  const lost = session.line.value === 'lost';
  const gathering = store.gathering.value;
  const hosting = session.hosting.value && gathering.programme !== null && gathering.desk !== null;
  return (
    <main class={`room${writing.value ? ' writing' : ''}${lost ? ' is-lost' : ''}${gathering.programme ? ' on' : ''}${hosting ? ' hosts' : ''}${store.cared.value ? ' cared' : ''}${store.safety.value.told.length > 0 ? ' told' : ''}`}>
      <header class="top">
        <h1 ref={heading} tabIndex={-1}>{read(plan.name)}</h1>
        <div class="tools">
          {isStaff(gathering.role) && <Watch />}
          <button type="button" class="hard" onClick={() => openSheet({ name: 'help' })}>{w.hardShort}</button>
          <Tool />
          <button type="button" aria-label={w.list} onClick={() => openSheet({ name: 'list' })}><Icon id="i-people" /></button>
        </div>
      </header>
      {gathering.programme && <Now />}
      {hosting && <Host />}
      <Bar writing={writing.value} onWrite={() => (writing.value ? (writing.value = false) : write())} />
      <Stage />
      <aside class="side">
        <section class="people" aria-labelledby="people-title">
          <h2 id="people-title">{w.list}</h2>
          <People />
        </section>
        <Talk onWrite={write} />
        <Compose field={field} onWrite={write} onDone={() => (writing.value = false)} />
      </aside>
      <Strip />
    </main>
  );
}

function Tool() {
  const { settings } = useApp();
  const { w } = useWords();
  return (
    <>
      <button type="button" aria-label={w.settings} onClick={() => openSheet({ name: 'settings' })}><Icon id={`i-${settings.mood.value}`} /></button>
      <button type="button" class="calm" aria-label={w.calm} aria-pressed={settings.calm.value} onClick={() => settings.setCalm(!settings.calm.value)}>
        <Icon id="i-calm" />
      </button>
    </>
  );
}
