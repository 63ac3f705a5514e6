/** Who goes well together, and who better not: only staff see it, and it ends with the session. */
import { useSignal } from '@preact/signals';
import type { Pair, PersonId } from '../protocol/types';
import { Pick } from './groups';
import { Big, useHost } from './kit';

const NOBODY = 0;

export function Pairs() {
  const { h, g, act, nick } = useHost();
  const a = useSignal<PersonId>(NOBODY);
  const b = useSignal<PersonId>(NOBODY);
  const together = useSignal(true);
  const desk = g.desk;
  if (!desk) return null;
  const options: (readonly [PersonId, string])[] = [[NOBODY, '―'], ...desk.people.map(({ who }) => [who, nick(who)] as const)];
  const ready = a.value !== NOBODY && b.value !== NOBODY && a.value !== b.value;
  const how = (pair: Pair): string => (pair.together ? h.together : h.apart);
  return (
    <details class="inner">
      <summary>{h.pairs}</summary>
      <p class="sub">{h.pairsNote}</p>
      <ul class="host-list">
        {desk.pairs.map((pair) => (
          <li key={`${pair.a}.${pair.b}`} class="line">
            <span>{h.pairOf(nick(pair.a), nick(pair.b), how(pair))}</span>
            <Big quiet of={h.pairOf(nick(pair.a), nick(pair.b), how(pair))} onClick={() => void act({ pair: { pair, on: false } })}>{h.pairForget}</Big>
          </li>
        ))}
      </ul>
      <div class="bigs">
        <Pick label={h.pairA} value={a.value} options={options} onPick={(who) => (a.value = who)} />
        <Pick label={h.pairB} value={b.value} options={options} onPick={(who) => (b.value = who)} />
      </div>
      <div class="bigs">
        <Big on={together.value} onClick={() => (together.value = true)}>{h.together}</Big>
        <Big on={!together.value} onClick={() => (together.value = false)}>{h.apart}</Big>
      </div>
      <div class="bigs">
        <Big
          off={!ready}
          onClick={() => {
            void act({ pair: { pair: { a: a.value, b: b.value, together: together.value }, on: true } });
            a.value = b.value = NOBODY;
          }}
        >
          {h.pairAdd}
        </Big>
      </div>
    </details>
  );
}
