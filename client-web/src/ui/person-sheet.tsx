/** A person, as they wish to be met, and the way to where they are. */
import type { PersonId } from '../protocol/types';
import { PersonVoice } from '../voice/person';
import { useApp, useWords } from './app';
import { Figure, Icon } from './drawn';
import { Sheet } from './sheet';
import { closeSheet, openSheet } from './sheets';
import { badgeIcon } from './stage';
import { WISH_ICONS } from './way-sheet';

export function PersonSheet({ who }: { who: PersonId }) {
  const { session } = useApp();
  const { w, read } = useWords();
  const { store, intents } = session;
  const person = store.cards.value.find((card) => card.who === who);
  const index = person?.zone ?? 0;
  const zone = store.plan.value?.zones[index];
  if (!person || !zone) return null;
  const isMe = who === store.me.value;
  const name = read(zone.name);
  return (
    <Sheet title={person.nick} onClose={closeSheet}>
      <div class="card">
        <Figure look={person.look} />
        <div>
          {isMe && <p>{w.you}</p>}
          <p>{w.personAt(name)}</p>
          {person.badge && <p class="marked"><Icon id={badgeIcon(person.badge)} />{w.roles[person.badge]}</p>}
          {person.wish && <p class="marked"><Icon id={WISH_ICONS[person.wish]} />{w.wishes[person.wish]}</p>}
          {store.speaking.value.has(who) && <p class="marked"><Icon id="i-mic" />{w.speaks}</p>}
          {person.away && <p class="marked"><Icon id="r-away" />{w.personAway}</p>}
        </div>
      </div>
      {isMe ? (
        <>
          <button type="button" class="btn line wide" onClick={() => openSheet({ name: 'looks' })}>{w.changeLooks}</button>
          <button type="button" class="btn quiet wide" onClick={() => openSheet({ name: 'phrase' })}>{w.comeBack}</button>
          <button type="button" class="btn quiet wide" onClick={() => openSheet({ name: 'box' })}>{w.box}</button>
        </>
      ) : (
        index !== store.zone.value && (
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
      {!isMe && <PersonVoice who={who} nick={person.nick} />}
    </Sheet>
  );
}
