// Figures: one drawing put together from parts, as an element (picker) or as an image that all avatars and all heads of
// the same looks share (a room of fifty: one picture decoded, fifty light buttons, fifty light rows of the list).

import type { Gaze, Look } from '../protocol/types';
import { drawing, figurePart, SVG_NS } from './art';
import { BODIES, DRESSES, type Body, type Dress } from './wardrobe';

/** How a figure is drawn. `turned` stands with the back to the viewer, for walking into the depth of the room. */
export type Bearing = 'stand' | 'sit' | 'back' | 'rest' | 'turned';

export interface FigureOptions {
  gaze?: Gaze;
  shut?: boolean;
  /** Head a little down, eyes shut. */
  nod?: boolean;
}

const INK = '#2c221f';
const CONTOUR = 'stroke="#2a1a1e" stroke-opacity=".26" stroke-width="1.1" stroke-linejoin="round"';
const FACE_SHIFT: Record<Gaze, number> = { ahead: 0, east: 2.3, west: -2.3 };
/** Sitting moves everything above the hips down. */
const DROP: Record<Bearing, number> = { stand: 0, turned: 0, sit: 9.5, rest: 9.5, back: 11.5 };

function part(id: string): string {
  return figurePart(id).replace(/<use href="#([^"]+)"\/>/g, (_, inner: string) => part(inner));
}

function move(text: string, x: number, y: number, more = ''): string {
  const shift = x || y ? `translate(${x} ${y})` : '';
  const all = `${shift} ${more}`.trim();
  return text && all ? `<g transform="${all}">${text}</g>` : text;
}

function headText(body: Body, bearing: Bearing, options: FigureOptions): string {
  let text = part(`h-${body.part}`);
  if (bearing === 'back' || bearing === 'turned') {
    // Tails show only when one sits: standing they would hang in the air.
    text += (bearing === 'back' ? part(`q-${body.part}`) : '') + part(`k-${body.part}`);
  } else {
    const shut = bearing === 'rest' || options.shut === true || options.nod === true;
    const eyes = `<g fill="${INK}" color="${INK}">${part(shut ? 'e-shut' : 'e-open')}${body.beak ? '' : part('e-mouth')}</g>`;
    text += move(part(`f-${body.part}`) + eyes, FACE_SHIFT[options.gaze ?? 'ahead'], options.nod ? 2.5 : 0);
  }
  if (options.nod) text = move(text, 0, 4.6, 'scale(1 .96)');
  if (bearing === 'rest') text = move(text, 0, 10.5, 'rotate(-9 32 40)');
  return text;
}

const WHOLE = 'viewBox="0 0 64 80" width="64" height="80"';
/** Head and shoulders, for lists and messages. */
const HEAD = 'viewBox="12 0 40 46" width="34" height="34"';

/** A figure as the text of an SVG that stands on its own. */
export function figureText(look: Look, bearing: Bearing = 'stand', options: FigureOptions = {}, frame = WHOLE): string {
  // Newer servers may know more figures than an old page: show somebody rather than nobody.
  const body = BODIES[look.figure % BODIES.length] ?? (BODIES[0] as Body);
  const dress: Dress = DRESSES[look.colour % DRESSES.length] ?? body;
  const behind = bearing === 'back' || bearing === 'turned';
  const shadow = bearing === 'back' ? '' : part('b-shadow');
  const trunk = part(bearing === 'turned' ? 'b-stand' : `b-${bearing}`);
  const garment = behind || bearing === 'rest' ? '' : part(`g-${body.garment}`);
  const upper = move(garment + headText(body, bearing, options), 0, DROP[bearing]);
  const colours: Record<string, string> = { ...dress, hand: body.hand };
  const inside = (shadow + trunk + upper)
    .replace(/class="ln"/g, CONTOUR)
    .replace(/var\(--(\w+)\)/g, (whole, name: string) => colours[name] ?? whole);
  return `<svg xmlns="${SVG_NS}" ${frame}>${inside}</svg>`;
}

const pictures = new Map<string, SVGSVGElement>();

/** A figure as an element. */
export function figure(
  look: Look,
  state: 'stand' | 'sit' | 'back' | 'rest' = 'stand',
  opts: { gaze?: Gaze; shut?: boolean } = {},
): SVGSVGElement {
  const text = figureText(look, state, opts);
  let picture = pictures.get(text);
  if (!picture) {
    picture = drawing(text);
    picture.removeAttribute('width');
    picture.removeAttribute('height');
    picture.classList.add('fig');
    picture.setAttribute('aria-hidden', 'true');
    pictures.set(text, picture);
  }
  return picture.cloneNode(true) as SVGSVGElement;
}

const uris = new Map<string, string>();

function shared(key: string, text: () => string): string {
  let uri = uris.get(key);
  if (!uri) {
    uri = `data:image/svg+xml,${encodeURIComponent(text())}`;
    uris.set(key, uri);
  }
  return uri;
}

/** A figure as an image that all who look the same share. */
export function figureUri(look: Look, bearing: Bearing, options: FigureOptions = {}): string {
  const key = [look.figure, look.colour, bearing, options.gaze ?? 'ahead', options.shut ? 1 : 0, options.nod ? 1 : 0].join();
  return shared(key, () => figureText(look, bearing, options));
}

/** A head likewise: as elements, fifty of them would be drawn line by line whenever one row of the list changes. */
export function headUri(look: Look): string {
  return shared([look.figure, look.colour].join(), () => figureText(look, 'stand', {}, HEAD));
}
