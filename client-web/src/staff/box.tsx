/** What was put into the suggestion box. */
import { call } from '../net/api';
import type { BoxNote } from '../protocol/types';
import { readDate } from '../i18n/when';
import { API, useSpoken } from './app';
import { Heading, Sure, Trouble, Wait } from './pieces';
import { useLoaded, useTask } from './task';

export function BoxView() {
  const { s, w, room } = useSpoken();
  const notes = useLoaded<BoxNote[]>(`${API}/box`);
  const task = useTask();

  const day = (text: string): string => {
    const date = readDate(text);
    return date ? w.date(date.month, date.day, w.weekdays[date.weekday] ?? '') : text;
  };
  async function remove(id: number): Promise<void> {
    await task.run(() => call('DELETE', `${API}/box/${id}`));
    await notes.reload();
  }

  return (
    <>
      <Heading>{s.box.title}</Heading>
      <p class="sub">{s.box.lead}</p>
      <Trouble of={task} />
      <Wait of={notes}>
        {(list) =>
          list.length === 0 ? (
            <p>{s.box.none}</p>
          ) : (
            <ul class="cards">
              {list.map((note) => (
                <li key={note.id} class="slip note-slip">
                  <div>
                    <p class="sub">{s.box.from(room(note.room), day(note.date))}</p>
                    <p class="as-written">{note.text}</p>
                  </div>
                  <Sure label={s.remove} sure={s.sure} yes={s.remove} onYes={() => void remove(note.id)} />
                </li>
              ))}
            </ul>
          )
        }
      </Wait>
    </>
  );
}
