/** The picture at the door: the house, and two on the bench who look at the same sea. */
import { useEffect, useRef } from 'preact/hooks';
import houseUrl from '../art/house.svg?url';
import { figure } from '../scene';
import { drawing } from '../scene/art';
import type { Look } from '../protocol/types';

const TWO: readonly [Look, number][] = [
  [{ figure: 10, colour: 0 }, 590],
  [{ figure: 0, colour: 0 }, 652],
];

let asked: Promise<string> | null = null;

/** Fetched beside the script, not inside it; without it the door is plain, and works. */
function picture(): Promise<string> {
  asked ??= fetch(houseUrl)
    .then((answer) => (answer.ok ? answer.text() : ''))
    .catch(() => '');
  return asked;
}

export function House({ dark = false }: { dark?: boolean }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let here = true;
    void picture().then((text) => {
      if (!here || !text) return;
      host.current?.replaceChildren(draw(text, dark));
    });
    return () => void (here = false);
  }, [dark]);
  return <div ref={host} class="house-host" aria-hidden="true" />;
}

function draw(text: string, dark: boolean): SVGSVGElement {
  const house = drawing(text);
  const bench = house.querySelector('#house-two');
  if (bench && !dark) {
    for (const [look, x] of TWO) {
      const one = figure(look, 'back');
      for (const [name, value] of Object.entries({ x, y: 512, width: 70, height: 88 })) one.setAttribute(name, String(value));
      bench.append(one);
    }
  }
  return house;
}
