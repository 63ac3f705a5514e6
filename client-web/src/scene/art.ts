// The sheets of drawings: symbols that the page, the rooms and the figures share.

import figuresUrl from '../art/figures.svg?url';
import iconsUrl from '../art/icons.svg?url';
import thingsUrl from '../art/things.svg?url';

export const SVG_NS = 'http://www.w3.org/2000/svg';

/** Text of a drawing that we or the operator made (never what people wrote) to an element of this page. */
export function drawing(text: string): SVGSVGElement {
  const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  if (root.localName !== 'svg') throw new Error('a drawing is not well formed');
  return document.importNode(root, true) as unknown as SVGSVGElement;
}

const asked = new Set<string>();

/** Puts a sheet of symbols into the page, once; `<use>` finds them whenever they arrive. Sheets travel beside the script.
 *  If the line was lost they are asked for again by whatever needs them next. */
async function bring(url: string): Promise<void> {
  if (asked.has(url)) return;
  asked.add(url);
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(String(answer.status));
    const symbols = drawing(await answer.text());
    // By script: an attribute would need a policy that older browsers know only for whole pages.
    symbols.style.position = 'absolute';
    document.body.prepend(symbols);
  } catch {
    asked.delete(url);
  }
}

export const bringIcons = (): Promise<void> => bring(iconsUrl);
/** The things of the rooms: nobody needs them at the door. */
export const bringThings = (): Promise<void> => bring(thingsUrl);

/** `<svg><use href="#id"/></svg>`. */
export function used(id: string): SVGSVGElement {
  const svg = document.createElementNS(SVG_NS, 'svg');
  const use = document.createElementNS(SVG_NS, 'use');
  use.setAttribute('href', `#${id}`);
  svg.append(use);
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}

/** A line icon in the colour of the text, `i-leave` or `r-nod`. The word beside it is the caller's. */
export function icon(id: string): SVGSVGElement {
  void bringIcons();
  const svg = used(id);
  svg.classList.add('i');
  svg.setAttribute('viewBox', '0 0 24 24');
  return svg;
}

const parts = new Map<string, string>();

/** The sheet with the figures travels beside the script, at the same time; the page is drawn when both are here. */
export async function fetchFigures(): Promise<void> {
  const answer = await fetch(figuresUrl);
  if (!answer.ok) throw new Error(String(answer.status));
  learnFigures(await answer.text());
}

/** Takes the parts of figures by name: inner text of the symbols. Figures are put together as text because the same
 *  text also makes the shared images of a full room, which cannot refer to symbols of the page. */
export function learnFigures(sheet: string): void {
  for (const [, id, , body] of sheet.matchAll(/<symbol id="([^"]+)"[^>]*?(\/>|>([\s\S]*?)<\/symbol>)/g)) {
    if (id) parts.set(id, body ?? '');
  }
}

export function figurePart(id: string): string {
  return parts.get(id) ?? '';
}
