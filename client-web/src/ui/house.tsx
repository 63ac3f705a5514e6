/** The picture at the door: the house, and two on the bench who look at the same sea. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { art, figure } from '../scene';
import { drawing } from '../scene/art';
import type { Look } from '../protocol/types';

const TWO: readonly [Look, number][] = [
  [{ figure: 10, colour: 0 }, 590],
  [{ figure: 0, colour: 0 }, 652],
];

export function House({ dark = false }: { dark?: boolean }) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const house = drawing(art.house);
    const bench = house.querySelector('#house-two');
    if (bench && !dark) {
      for (const [look, x] of TWO) {
        const one = figure(look, 'back');
        for (const [name, value] of Object.entries({ x, y: 512, width: 70, height: 88 })) one.setAttribute(name, String(value));
        bench.append(one);
      }
    }
    host.current?.replaceChildren(house);
  }, [dark]);
  return <div ref={host} class="house-host" aria-hidden="true" />;
}
