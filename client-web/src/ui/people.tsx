/** The same room as a list: who is where, and a way to every place and seat. */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { possible } from '../state/gathering';
import { freeSeats } from '../state/places';
import type { Card } from '../state/store';
import { useApp, useWords } from './app';
import { Head, Icon, WISH_ICONS } from './drawn';
import { Sheet } from './sheet';
import { closeSheet, openSheet } from './sheets';
import { badgeIcon, describe } from './stage';

export function People({ onGo }: { onGo?: () => void }) {
  const { session } = useApp();
  const { w } = useWords();
  const { store } = session;
  const plan = store.plan.value;
  const tables = possible(store.gathering.value, 'tables');
  // A place that changes its rank is taken out and put back, and with it whatever had the focus.
  const list = useRef<HTMLDivElement>(null);
  const focused = list.current?.contains(document.activeElement) ? document.activeElement : null;
  useLayoutEffect(() => {
    if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused) focused.focus();
  });
  if (!plan) return null;
  const cards = store.cards.value;
  const here = store.zone.value;
  const groups = plan.zones.map((zone, index) => ({
    zone,
    index,
    people: cards.filter((card) => card.zone === index),
  }));
  // One's own place first, then where people are, then the free ones.
  groups.sort((a, b) => rank(a) - rank(b) || a.index - b.index);
  function rank({ index, people }: { index: number; people: unknown[] }): number {
    return index === here ? 0 : people.length > 0 ? 1 : 2;
  }
  return (
    <div ref={list} class="places">
      {!tables && <p class="sub">{w.phaseOff.tables}</p>}
      {groups.map(({ index, people }) => <Place key={index} index={index} people={people} onGo={onGo} />)}
    </div>
  );
}

function Place({ index, people, onGo }: { index: number; people: readonly Card[]; onGo: (() => void) | undefined }) {
  const { session } = useApp();
  const { w, read } = useWords();
  const open = useSignal(false);
  const { store, intents } = session;
  const plan = store.plan.value;
  const zone = plan?.zones[index];
  if (!plan || !zone) return null;
  const name = read(zone.name);
  const isHere = store.zone.value === index;
  const off = !intents.reachable(index);
  const all = plan.seats.flatMap((seat, i) => (seat.zone === index ? [i] : []));
  const heading = useRef<HTMLHeadingElement>(null);
  const go = (run: () => void): void => {
    run();
    // The button that was pressed goes away when one is there; the name of the place stays.
    open.value = false;
    heading.current?.focus();
    onGo?.();
  };
  return (
    <section class={`grp${isHere ? ' here' : ''}${people.length === 0 ? ' bare' : ''}`}>
      <h3 ref={heading} tabIndex={-1}>
        {name}
        {isHere && <span>（{w.here}）</span>}
      </h3>
      <ul class="folk">
        {people.map((person) => <Who key={person.who} person={person} />)}
      </ul>
      <div class="ways-there">
        {!isHere && (
          <button type="button" class="btn quiet" aria-disabled={off} aria-label={w.goTo(name)} onClick={() => go(() => intents.go({ zone: index }))}>{w.go}</button>
        )}
        {all.length > 0 && (
          <button type="button" class="btn quiet" aria-disabled={off} aria-expanded={open.value} aria-label={w.seatsOf(name)} onClick={() => (open.value = !open.value)}>
            {w.seats}
          </button>
        )}
      </div>
      {open.value && (
        <div class="seats" role="group" aria-label={w.seatsOf(name)}>
          <Seats zone={index} all={all} name={name} onPick={(seat) => go(() => intents.go({ seat }))} />
        </div>
      )}
    </section>
  );
}

/** By itself, because it follows every step that somebody takes. */
function Seats({ zone, all, name, onPick }: { zone: number; all: readonly number[]; name: string; onPick: (seat: number) => void }) {
  const { session } = useApp();
  const { w } = useWords();
  const { plan, people } = session.store;
  const free = plan.value ? freeSeats(plan.value, people.value, zone) : [];
  if (free.length === 0) return <p class="sub">{w.noSeats}</p>;
  return (
    <>
      {free.map((seat) => (
        <button key={seat} type="button" class="btn line small" aria-label={w.seatWhole(name, all.indexOf(seat) + 1)} onClick={() => onPick(seat)}>
          {w.seat(all.indexOf(seat) + 1)}
        </button>
      ))}
    </>
  );
}

function Who({ person }: { person: Card }) {
  const { session } = useApp();
  const { w } = useWords();
  const { store } = session;
  const isMe = person.who === store.me.value;
  const reaction = store.reactions.value.get(person.who);
  const speaks = store.speaking.value.has(person.who);
  return (
    <li>
      <button type="button" class={isMe ? 'who-one me' : 'who-one'} aria-label={describe(person, isMe, speaks, w)} onClick={() => openSheet({ name: 'person', who: person.who })}>
        <Head look={person.look} />
        <span>{person.nick}</span>
        {speaks && <Icon id="i-mic" />}
        {person.badge && <Icon id={badgeIcon(person.badge)} />}
        {person.wish && <Icon id={WISH_ICONS[person.wish]} />}
        {person.away && <Icon id="r-away" />}
      </button>
      {reaction && <em>{w.reactions[reaction]}</em>}
    </li>
  );
}

export function ListSheet() {
  const { w } = useWords();
  return (
    <Sheet title={w.list} onClose={closeSheet}>
      <People onGo={closeSheet} />
    </Sheet>
  );
}
