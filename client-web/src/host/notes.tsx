/** Notes among the staff of this session; and what one is oneself. */
import { isStaff } from '../state/gathering';
import { TEXT_GRAPHEMES } from '../protocol/types';
import { Writing } from '../ui/session/asking';
import { Tick } from '../ui/tick';
import { Part, useHost } from './kit';

export function Notes() {
  const { h, g, act } = useHost();
  const notes = g.desk?.notes ?? [];
  return (
    <Part name={h.notes} hint={notes[notes.length - 1]?.text ?? ''}>
      <p class="sub">{h.notesNote}</p>
      <ul class="host-list notes" aria-live="polite">
        {notes.map((note) => <li key={note.at}><small>{note.by}</small> <span class="words">{note.text}</span></li>)}
      </ul>
      <Writing label={h.noteField} send={h.noteSend} rows={2} most={TEXT_GRAPHEMES} thanks="" onSend={(text) => act({ note: { text } })} />
    </Part>
  );
}

export function Myself() {
  const { h, g, act } = useHost();
  const desk = g.desk;
  if (!desk) return null;
  const here = desk.people.filter(({ role, lent, lost }) => isStaff(role) && !lent && !lost).length;
  return (
    <Part name={h.me} hint={here < desk.needed ? h.needed(here, desk.needed) : ''}>
      <Tick on={g.mine.badge} label={h.badge} note={h.badgeNote} onTick={(on) => void act({ badge: { on } })} />
      {desk.needed > 0 && <p class="sub">{h.needed(here, desk.needed)}</p>}
      {desk.boxed > 0 && <p class="sub">{h.boxed(desk.boxed)}</p>}
    </Part>
  );
}
