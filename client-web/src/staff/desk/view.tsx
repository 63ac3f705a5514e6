/** The desk: one queue, and beside it what is open. On a phone one or the other. */
import { useEffect, useRef } from 'preact/hooks';
import type { Me } from '../../protocol/types';
import { useSpoken } from '../app';
import { Heading } from '../pieces';
import { BellBox } from './bell-box';
import { CasePane } from './case';
import { useDeed } from './deed';
import { KeysBox } from './keys-box';
import { listenToKeys } from './keys';
import type { Order } from './keys';
import { LockdownBox } from './lockdown';
import { neighbour } from './order';
import { QueueList, focusLine } from './queue';
import { useDesk } from './words';
import './desk.css';

export function DeskView({ me }: { me: Me }) {
  const { t, desk } = useDesk();
  const { s, trouble } = useSpoken();
  const board = useRef<HTMLDivElement>(null);
  const keys = useRef<HTMLDetailsElement>(null);
  const isOpen = desk.open.value !== null;

  useEffect(() => {
    const press = (name: string): boolean => {
      const button = board.current?.querySelector<HTMLButtonElement>(`button[data-key=${name}]`);
      button?.click();
      return Boolean(button);
    };
    function obey(order: Order): boolean {
      if ('answer' in order) {
        // What stands there with this number, whatever it is: what is shown and what is done cannot differ.
        const found = board.current?.querySelectorAll<HTMLButtonElement>('button[data-answer]')[order.answer - 1];
        found?.click();
        return Boolean(found);
      }
      switch (order.go) {
        case 'next':
        case 'previous': {
          const ids = desk.cases.value.map(({ id }) => id);
          desk.cursor.value = neighbour(ids, desk.cursor.value, order.go === 'next' ? 1 : -1);
          focusLine(board.current, desk.cursor.value);
          return ids.length > 0;
        }
        case 'away':
          if (desk.open.value === null) return false;
          desk.away();
          return true;
        case 'help':
          if (keys.current) keys.current.open = !keys.current.open;
          return true;
        default:
          return press(order.go);
      }
    }
    return listenToKeys(obey);
  }, [desk]);

  // Back from a case the focus is where one goes on.
  const was = useRef(isOpen);
  useEffect(() => {
    if (was.current && !isOpen) focusLine(board.current, desk.cursor.value);
    was.current = isOpen;
  }, [isOpen]);

  const queue = desk.queue.value;
  return (
    <div class={isOpen ? 'desk open' : 'desk'} ref={board}>
      <div class="desk-head">
        <Heading>{t.title}</Heading>
        <p class="sub desk-line" data-line={desk.line.value} role="status">{t.lines[desk.line.value]}</p>
      </div>
      <SaidLine />
      {queue && queue.counts.consoles < queue.counts.needed && <p class="kind">{t.fewer(queue.counts.needed)}</p>}
      <LockdownBox me={me} />
      <div class="desk-panes">
        <section class="desk-queue" aria-label={t.queue}>
          {desk.trouble.value && <p class="kind" role="status">{trouble(desk.trouble.value)}</p>}
          {queue ? <QueueList /> : !desk.trouble.value && <p class="sub" role="status">{s.loading}</p>}
        </section>
        <CasePane me={me} />
      </div>
      <div class="desk-foot">
        <BellBox />
        <KeysBox fold={keys} />
      </div>
    </div>
  );
}

/** What was done last. A decision about somebody is taken back from here with one tap. */
function SaidLine() {
  const { t, desk } = useDesk();
  const deed = useDeed();
  const said = desk.said.value;
  const undo = said?.undo;
  return (
    <div class="desk-said" role="status">
      {said && (
        <>
          <p>{said.text}</p>
          {undo !== undefined && (
            <button
              type="button"
              class="btn line small"
              aria-disabled={deed.busy}
              onClick={() => void deed.run(async () => {
                await desk.send(`sanctions/${undo}/undo`);
                return t.undone;
              })}
            >
              {t.undo}
            </button>
          )}
        </>
      )}
    </div>
  );
}
