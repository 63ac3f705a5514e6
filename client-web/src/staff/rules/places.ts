/** Where in a text of JSON a place is that the server names: `when.all[1].words.any[3]`. */

export type Step = string | number;

/** `when.all[1]` → `['when', 'all', 1]`. */
export function steps(place: string): Step[] {
  return [...place.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([whole, index]) => (index === undefined ? whole : Number(index)));
}

/** Here it is no JSON. */
class Broken extends Error {
  constructor(readonly at: number) {
    super(String(at));
  }
}

/** Reads JSON and tells each value, with the way that led to it. Throws `Broken`. */
function scan(text: string, tell: (path: readonly Step[], from: number, to: number) => void): void {
  let at = 0;
  const token = (expression: RegExp): string => {
    expression.lastIndex = at;
    const match = expression.exec(text);
    if (!match) throw new Broken(at);
    at = expression.lastIndex;
    return match[0];
  };
  const space = (): void => void token(/\s*/y);

  function value(path: readonly Step[]): void {
    space();
    const from = at;
    if (text[at] === '{') {
      members(/\}/y, () => {
        const name = JSON.parse(token(STRING)) as string;
        space();
        token(/:/y);
        value([...path, name]);
      });
    } else if (text[at] === '[') {
      let index = 0;
      members(/\]/y, () => value([...path, index++]));
    } else if (text[at] === '"') token(STRING);
    else token(/-?\d[\d.eE+-]*|true|false|null/y);
    tell(path, from, at);
  }

  function members(end: RegExp, one: () => void): void {
    at++;
    space();
    end.lastIndex = at;
    let more = !end.test(text);
    while (more) {
      space();
      one();
      space();
      more = text[at] === ',';
      if (more) at++;
    }
    token(end);
  }

  value([]);
  space();
  if (at < text.length) throw new Broken(at);
}

// Anything but control characters, with the escapes that there are.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;

/** From and to of the value at this place, in UTF-16 units as fields count; of the nearest around it when it is not
 *  there; `null` when the text is no JSON. */
export function locate(text: string, place: string): readonly [number, number] | null {
  const wanted = steps(place);
  let found: readonly [number, number] | null = null;
  let deepest = -1;
  try {
    scan(text, (path, from, to) => {
      const onTheWay = path.length <= wanted.length && path.every((step, i) => step === wanted[i]);
      if (onTheWay && path.length > deepest) [found, deepest] = [[from, to], path.length];
    });
    return found;
  } catch (error) {
    if (error instanceof Broken) return null;
    throw error;
  }
}

/** Where a text stops being JSON; `null` when it does not. */
export function breakAt(text: string): number | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    // Browsers say it in words of their own.
  }
  try {
    scan(text, () => {});
    return 0;
  } catch (error) {
    if (error instanceof Broken) return error.at;
    throw error;
  }
}

/** The line of a position, counted from 1, as people count. */
export function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
