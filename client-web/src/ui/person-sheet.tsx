/** A person, as they wish to be met, the way to where they are, and what can be done when something is not well. */
import { useRef } from 'preact/hooks';
import type { PersonId } from '../protocol/types';
import { safetyWords } from '../i18n/safety';
import { Report } from '../safety/report';
import '../safety/safety.css';
import { isStaff } from '../state/gathering';
import type { Words } from '../state/room';
import type { Card } from '../state/store';
import { PersonVoice } from '../voice/person';
import { useApp, useWords } from './app';
import { Figure, Icon, WISH_ICONS } from './drawn';
import { Measures } from './later';
import { Sheet } from './sheet';
import { closeSheet, openSheet } from './sheets';
import { badgeIcon } from './stage';

export const words = [safetyWords];

export function PersonSheet({ who, words: id }: { who: PersonId; words?: number | undefined }) {
  const { session, settings } = useApp();
  const { w, read } = useWords();
  const { store, intents } = session;
  const person = store.cards.value.find((card) => card.who === who);
  const words = store.entries.value.find((entry): entry is Words => entry.kind === 'words' && entry.id === id);
  // Who leaves meanwhile can be told about all the same: what one was writing does not vanish with them.
  const last = useRef<Card | Words | undefined>(undefined);
  const known = person ?? words ?? last.current;
  last.current = known;
  if (!known) return null;
  const t = safetyWords.of(settings.lang.value);
  const isMe = who === store.me.value;
  const index = person?.zone ?? 0;
  const zone = store.plan.value?.zones[index];
  const name = zone ? read(zone.name) : '';
  return (
    <Sheet title={known.nick} onClose={closeSheet}>
      <div class="card">
        <Figure look={known.look} />
        <div>
          {isMe && <p>{w.you}</p>}
          <p>{person ? w.personAt(name) : t.gone}</p>
          {person?.badge && <p class="marked"><Icon id={badgeIcon(person.badge)} />{w.roles[person.badge]}</p>}
          {person?.wish && <p class="marked"><Icon id={WISH_ICONS[person.wish]} />{w.wishes[person.wish]}</p>}
          {store.speaking.value.has(who) && <p class="marked"><Icon id="i-mic" />{w.speaks}</p>}
          {person?.away && <p class="marked"><Icon id="r-away" />{w.personAway}</p>}
        </div>
      </div>
      {words && (
        <div class="about-words">
          <blockquote>{words.withdrawn ? w.withdrawn : words.text}</blockquote>
        </div>
      )}
      {isMe ? (
        <>
          <button type="button" class="btn line wide" onClick={() => openSheet({ name: 'looks' })}>{w.changeLooks}</button>
          <button type="button" class="btn quiet wide" onClick={() => openSheet({ name: 'phrase' })}>{w.comeBack}</button>
          <button type="button" class="btn quiet wide" onClick={() => openSheet({ name: 'box' })}>{w.box}</button>
        </>
      ) : (
        person && index !== store.zone.value && (
          <button
            type="button"
            class="btn line wide"
            onClick={() => {
              closeSheet();
              intents.go({ zone: index });
            }}
          >
            {w.goTo(name)}
          </button>
        )
      )}
      {!isMe && (
        <>
          <PersonVoice who={who} nick={known.nick} />
          <Report who={who} words={words?.id} />
          {isStaff(store.gathering.value.role) && <Measures who={who} nick={known.nick} words={words?.id} />}
        </>
      )}
    </Sheet>
  );
}
