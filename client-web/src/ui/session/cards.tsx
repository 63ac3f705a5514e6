/** Cards below the line: what the hosts say, and what waits for an answer. None of them covers the room. */
import { signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { groupOf, turnOf } from '../../state/gathering';
import { Icon } from '../drawn';
import { openSheet } from '../sheets';
import { useSession } from './kit';

/** The announcement that one has put away, by the moment it was made. */
const away = signal(0);
/** About three lines on a phone. */
const LONG = 66;

export function Cards({ now }: { now: number }) {
  const { g } = useSession();
  const standing = g.standing;
  if (!standing) return null;
  const { card, alone, coming, groups, round, hands, themes, theme } = standing;
  return (
    <div class="cards" aria-live="polite" aria-relevant="additions text">
      {alone && <AloneCard now={now} />}
      {round && <Round />}
      {g.mine.invited !== undefined && <Invited />}
      {groups && g.mine.invited === undefined && <InGroups now={now} />}
      {card && (card.pinned || card.at !== away.value) && <Announcement />}
      {coming.length > 0 && <Coming />}
      {(themes.vote === 'open' || themes.vote === 'tie' || themes.open) && <Themes />}
      {hands.length > 0 && <Hands />}
      {theme && <Theme theme={theme} />}
    </div>
  );
}

function Card(props: { icon?: string; name: string; strong?: boolean; children: ComponentChildren }) {
  return (
    <div class={`nc ${props.name}${props.strong ? ' strong' : ''}`}>
      <Icon id={props.icon ?? 'i-lantern'} />
      <div>{props.children}</div>
    </div>
  );
}

function AloneCard({ now }: { now: number }) {
  const { s, g } = useSession();
  const alone = g.standing?.alone;
  if (!alone) return null;
  const mode = s.aloneModes[alone.mode];
  return <Card name="alone">{<p>{alone.from > now ? s.aloneSoon(mode) : s.alone(mode)}</p>}</Card>;
}

/** Speaking, writing and passing are one and the same to everybody else; and so they look here. */
function Round() {
  const { s, g, store, intents, nick } = useSession();
  const round = g.standing?.round;
  const turn = turnOf(g, store.me.value);
  if (!round || !turn) return null;
  if (turn === 'now') {
    return (
      <Card name="turn" icon="i-lantern" strong>
        <p><b>{s.turnMine}</b> {s.turnMineNote}</p>
        <div class="equal">
          <button type="button" class="btn line" onClick={() => void intents.take({ pass: {} })}>{s.turnDone[0]}<wbr />{s.turnDone[1]}</button>
          <button type="button" class="btn line" onClick={() => void intents.take({ pass: {} })}>{s.turnPass}</button>
          <button type="button" class="btn line" onClick={() => void intents.take({ later: {} })}>{s.turnLater}</button>
        </div>
      </Card>
    );
  }
  return (
    <Card name="turn" icon="i-people">
      <p>
        {round.turn === undefined ? s.turnOver : <b>{s.turnOf(nick(round.turn))}</b>}{' '}
        {turn === 'next' ? s.turnNextMine : round.next !== undefined && s.turnNext(nick(round.next))}
      </p>
      {turn === 'next' && (
        <div class="equal">
          <button type="button" class="btn line small" onClick={() => void intents.take({ pass: {} })}>{s.turnPass}</button>
          <button type="button" class="btn line small" onClick={() => void intents.take({ later: {} })}>{s.turnLater}</button>
        </div>
      )}
    </Card>
  );
}

function Invited() {
  const { s, g, store, intents, nick, zone } = useSession();
  const table = g.mine.invited;
  if (table === undefined) return null;
  const me = store.me.value;
  const others = g.standing?.groups?.list.find((group) => group.zone === table)?.people.filter((who) => who !== me) ?? [];
  return (
    <Card name="invited" icon="i-people" strong>
      <p><b>{s.invited(zone(table))}</b> {others.length > 0 && s.invitedWith(others.map(nick).join('、'))}</p>
      <div class="equal">
        <button type="button" class="btn line" onClick={() => void intents.take({ join: { yes: true } })}>{s.join}</button>
        <button type="button" class="btn line" onClick={() => void intents.take({ join: { yes: false } })}>{s.stay}</button>
      </div>
    </Card>
  );
}

function InGroups({ now }: { now: number }) {
  const { s, g, store, zone } = useSession();
  const groups = g.standing?.groups;
  if (!groups) return null;
  const mine = groupOf(g, store.me.value);
  const minutes = Math.ceil((groups.until - now) / 60_000);
  return (
    <Card name="groups" icon="i-people" strong={groups.calling}>
      <p>
        {groups.calling ? <b>{s.calling}</b> : mine && store.zone.value === mine.zone ? s.group(zone(mine.zone)) : s.groupsOn}{' '}
        {!groups.calling && minutes > 0 && <small>{s.left(minutes)}</small>}
      </p>
    </Card>
  );
}

function Announcement() {
  const { s, g } = useSession();
  const whole = useSignal(0);
  const card = g.standing?.card;
  if (!card) return null;
  const long = card.text.length > LONG || card.text.split('\n').length > 3;
  const open = !long || whole.value === card.at;
  return (
    <Card name="announced" icon="i-letter">
      <p class="vh">{s.pinned}</p>
      <p class={open ? 'words' : 'words clamped'}>{card.text}</p>
      {long && <button type="button" class="btn quiet" aria-expanded={open} onClick={() => (whole.value = open ? 0 : card.at)}>{open ? s.less : s.readMore}</button>}
      {!card.pinned && <button type="button" class="btn quiet" onClick={() => (away.value = card.at)}>{s.putAway}</button>}
    </Card>
  );
}

function Coming() {
  const { s, g } = useSession();
  const names = g.standing?.coming ?? [];
  return (
    <Card name="coming" icon="i-eye">
      {names.map(({ nick }) => <p key={nick}>{s.coming(nick)}</p>)}
      <p class="sub">{s.comingNote}</p>
    </Card>
  );
}

function Themes() {
  const { s, g } = useSession();
  const themes = g.standing?.themes;
  if (!themes) return null;
  return (
    <Card name="themes" icon="i-write">
      <p>{themes.vote === 'tie' ? s.tie : themes.vote === 'open' ? s.voting : s.gathering}</p>
      <button type="button" class="btn line small" onClick={() => openSheet({ name: 'themes' })}>{s.toThemes}</button>
    </Card>
  );
}

/** The queue is there for all to see, so that nobody wonders whether they were overlooked. */
function Hands() {
  const { s, g, nick } = useSession();
  const hands = g.standing?.hands ?? [];
  return (
    <Card name="hands" icon="i-hand">
      <p>{s.hands}</p>
      <ol>{hands.map((who) => <li key={who}>{nick(who)}</li>)}</ol>
    </Card>
  );
}

function Theme({ theme }: { theme: string }) {
  const { s } = useSession();
  return (
    <Card name="theme" icon="i-write">
      <p><small>{s.theme}</small> <b>{theme}</b></p>
    </Card>
  );
}
