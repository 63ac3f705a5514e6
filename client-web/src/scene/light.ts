// Evening light: one dark sheet with soft holes at the lamps, and warm pools, over people too, so that everybody
// is lit by the same room. By day it is not there at all (see the style sheet).

import type { Light, Scene } from '../protocol/types';
import { SVG_NS } from './art';
import { toPicture } from './geometry';

let count = 0;

function element<K extends keyof SVGElementTagNameMap>(name: K, attributes: Record<string, string | number>): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG_NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** The drawing says in its `defs` what it is that gets dark (`class="part-dark"`) and which panes stay brighter
 *  because the sky is behind them (`class="part-glass"`). */
function outline(drawing: SVGSVGElement, name: string): string | null {
  return drawing.querySelector(`.${name}`)?.getAttribute('d') ?? null;
}

export interface LightLayer {
  readonly root: SVGSVGElement;
  /** Lights that belong to a lamp burn only while it does. */
  show(occupied: ReadonlySet<number>): void;
}

export function lightLayer(scene: Scene, drawing: SVGSVGElement): LightLayer {
  const [width, height] = scene.size;
  const id = `sc-mask-${++count}`;
  const root = element('svg', { class: 'sc-light', width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
  const defs = element('defs', {});
  const hole = element('radialGradient', { id: `${id}-hole` });
  for (const [offset, opacity] of [[0, 1], [0.3, 0.75], [1, 0]] as const) {
    hole.append(element('stop', { offset, 'stop-color': '#000', 'stop-opacity': opacity }));
  }
  const mask = element('mask', { id });
  mask.append(element('path', { fill: '#fff', d: `M0 0H${width}V${height}H0Z` }));
  defs.append(hole, mask);
  const shade = element('path', {
    class: 'sc-shade',
    mask: `url(#${id})`,
    d: outline(drawing, 'part-dark') ?? `M0 0H${width}V${height}H0Z`,
  });
  const pools = element('g', { class: 'sc-pools' });
  root.append(defs, shade, pools);

  const lamps: { zone: number; parts: SVGElement[]; lit?: boolean }[] = [];
  for (const light of scene.lights) {
    const parts = draw(light, `${id}-hole`, mask, pools);
    const lamp = scene.things.find((thing) => thing.lit !== undefined && thing.at[0] === light.at[0] && thing.at[1] === light.at[1]);
    if (lamp?.lit !== undefined) lamps.push({ zone: lamp.lit, parts });
  }
  const glass = outline(drawing, 'part-glass');
  if (glass) mask.append(element('path', { fill: '#000', opacity: 0.8, d: glass }));

  return {
    root,
    show: (occupied) => {
      for (const lamp of lamps) {
        const lit = occupied.has(lamp.zone);
        // Even the same word again would cost the whole sheet: it would be drawn anew.
        if (lit === lamp.lit) continue;
        lamp.lit = lit;
        for (const each of lamp.parts) each.setAttribute('visibility', lit ? 'visible' : 'hidden');
      }
    },
  };
}

function draw(light: Light, hole: string, mask: SVGMaskElement, pools: SVGGElement): SVGElement[] {
  const [cx, foot] = toPicture(light.at[0], light.at[1]);
  const cy = foot - light.lift;
  const parts: SVGElement[] = [];
  if (light.hole > 0) {
    const round = element('circle', { cx, cy, r: light.hole, fill: `url(#${hole})` });
    mask.append(round);
    parts.push(round);
  }
  const [rx, ry] = light.pool;
  if (rx > 0 && ry > 0) {
    const pool = element('ellipse', { cx, cy, rx, ry, fill: 'url(#gGlow)', opacity: light.strength });
    pools.append(pool);
    parts.push(pool);
  }
  return parts;
}
