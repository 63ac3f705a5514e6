/** Which letters of what somebody wrote a rule is about. The server counts bytes, the page does not. */

export interface Bit {
  text: string;
  marked: boolean;
}

/** Bytes, from and to. */
export type Span = readonly [from: number, to: number];

/** How many bytes a character has in UTF-8. */
function width(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** The text in bits, marked or not. A span that ends within a letter marks the whole letter. */
export function marked(text: string, spans: readonly Span[]): Bit[] {
  const bits: Bit[] = [];
  let at = 0;
  for (const letter of text) {
    const end = at + width(letter);
    const on = spans.some(([from, to]) => from < end && at < to);
    const last = bits[bits.length - 1];
    if (last && last.marked === on) last.text += letter;
    else bits.push({ text: letter, marked: on });
    at = end;
  }
  return bits;
}
