/**
 * What may be contact details in one's own words, so that one sees which part is meant. Only a hint beside the server's
 * decision, which knows many more disguises; nothing is decided here. Pure.
 */

const PATTERNS: readonly RegExp[] = [
  // A mail address; a web address.
  /[\w.+-]+\s?[@＠]\s?[\w-]+(?:\s?[.．]\s?[\w-]+)+/g,
  /(?:https?[:：]\/\/|www[.．])\S+/gi,
  // Ten digits and more with anything between them that people put there; a post code.
  /[+＋]?[0-9０-９〇零一二三四五六七八九](?:[\s\-‐－ー―・.．()（）]{0,3}[0-9０-９〇零一二三四五六七八九]){8,}/g,
  /(?:〒\s?)?[0-9０-９]{3}[-‐－ー][0-9０-９]{4}(?![0-9０-９])/g,
  // A name on another service, when it says so.
  /(?:LINE|ライン|らいん|Discord|ディスコード|インスタ|Instagram|ツイッター|Twitter)\s?(?:の)?\s?(?:ID|id|アイディー)?\s?(?:は|[:：=])?\s?[\w.@#-]{3,}/gi,
];

export interface Piece {
  readonly text: string;
  readonly out: boolean;
}

/** The whole text in pieces, in order; those that stand out are marked. */
export function pieces(text: string): Piece[] {
  const spans = PATTERNS.flatMap((pattern) => [...text.matchAll(pattern)].map((found) => [found.index, found.index + found[0].length] as const)).sort((a, b) => a[0] - b[0]);
  const whole: [number, number][] = [];
  for (const [from, to] of spans) {
    const last = whole[whole.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else whole.push([from, to]);
  }
  const found: Piece[] = [];
  let end = 0;
  for (const [from, to] of whole) {
    if (from > end) found.push({ text: text.slice(end, from), out: false });
    found.push({ text: text.slice(from, to), out: true });
    end = to;
  }
  if (end < text.length) found.push({ text: text.slice(end), out: false });
  return found;
}
