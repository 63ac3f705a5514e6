/** The frame of everything outside of a room: the picture, and a sheet of paper beside it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useApp, useWords } from './app';
import { House } from './house';
import { MoodSwitch } from './moods';
import { openSheet } from './sheets';

let first = true;

export function Door(props: { title: string; /** The room that it is about. */ room?: string | undefined; lead?: string | undefined; dark?: boolean; children?: ComponentChildren }) {
  const { w } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // A new view is read from its heading; the very first one the browser reads by itself.
    if (!first) heading.current?.focus();
    first = false;
  }, []);
  return (
    <main class={props.dark ? 'entrance closed' : 'entrance'}>
      <div class="pic">
        <House dark={props.dark ?? false} />
        <div class="pic-tools">
          <MoodSwitch />
          <button type="button" class="hard" onClick={() => openSheet({ name: 'help' })}>{w.hard}</button>
        </div>
      </div>
      <div class="sheet-in">
        <header>
          <h1 ref={heading} tabIndex={-1}>
            {props.room && <span class="which">{props.room} </span>}
            {props.title}
          </h1>
          {props.lead && <p class="lead">{props.lead}</p>}
        </header>
        {props.children}
      </div>
    </main>
  );
}

/** A quiet sentence that waits to be put away. */
export function NoticeLine() {
  const { session } = useApp();
  const { w } = useWords();
  const notice = session.notice.value;
  return (
    <div role="status" class={notice ? 'notice' : 'notice none'}>
      {notice && (
        <>
          <p>{notice(w)}</p>
          <button type="button" class="btn quiet" onClick={() => (session.notice.value = null)}>{w.shut}</button>
        </>
      )}
    </div>
  );
}
