/** Where the picture of the room hangs. The picture itself is the scene's; it gets signals and gives intents. */
import { useEffect, useRef } from 'preact/hooks';
import { pick, wordsOf } from '../i18n';
import type { Words } from '../i18n';
import type { Person, Role } from '../protocol/types';
import { mountScene } from '../scene';
import { useApp, useWords } from './app';
import { openSheet } from './sheets';

export function Stage() {
  const { session, settings } = useApp();
  const { w } = useWords();
  const host = useRef<HTMLDivElement>(null);
  const { store, intents } = session;
  const plan = store.plan.value;
  const drawing = store.drawing.value;
  const lang = settings.lang.value;

  useEffect(() => {
    if (!host.current || !plan || drawing === null) return;
    const scene = mountScene(host.current, {
      plan,
      svg: drawing,
      me: store.me,
      people: store.people,
      reactions: store.reactions,
      speaking: store.speaking,
      faint: store.blocked,
      steer: store.steer,
      hearing: store.hearing,
      calm: settings.calm,
      label: (text) => pick(text, lang),
      personLabel: (person) => describe(person, person.who === store.me.peek(), store.speaking.peek().has(person.who), wordsOf(lang)),
      now: store.now,
      onFloor: (point) => intents.go({ point }),
      onSeat: (seat) => intents.go({ seat }),
      onPerson: (who) => openSheet({ name: 'person', who }),
    });
    // The place of the picture changes with the keyboard of a phone and with the field for writing.
    const watcher = typeof ResizeObserver === 'function' ? new ResizeObserver(() => scene.refit()) : null;
    watcher?.observe(host.current);
    return () => {
      watcher?.disconnect();
      scene.destroy();
    };
  }, [plan, drawing, lang]);

  return (
    <section class="stage" aria-label={w.scene}>
      {drawing === null && <p class="sub waiting">{w.sceneLoading}</p>}
      <div ref={host} class="scene-host" />
    </section>
  );
}

export function badgeIcon(role: Role): string {
  return role === 'observer' ? 'i-eye' : 'i-badge';
}

/** A person in words: everything that the picture shows by a mark. */
export function describe(person: Pick<Person, 'nick' | 'wish' | 'away' | 'badge'>, isMe: boolean, speaks: boolean, w: Words): string {
  return [person.nick, isMe && w.you, speaks && w.speaks, person.badge && w.roles[person.badge], person.wish && w.wishes[person.wish], person.away && w.awayMark].filter(Boolean).join('、');
}
