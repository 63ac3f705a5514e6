/** Catalogues in parts: each part of the page brings its own words, and only in the language that is read. */

export const LANGS = ['ja', 'easy', 'en'] as const;
export type Lang = (typeof LANGS)[number];

export interface Shelf<W> {
  /** Fetches the words; without a line the promise fails. From then on this shelf follows the language of the page. */
  load(lang: Lang): Promise<void>;
  /** The words that are here: in this language, else in the one that was read before. */
  of(lang: Lang): W;
}

const inUse = new Set<Shelf<unknown>>();

/** `here`: what came with the page, so that there is never a moment without words. */
export function shelf<W>(loaders: Readonly<Record<Lang, () => Promise<W>>>, here?: W): Shelf<W> {
  const loaded: Partial<Record<Lang, W>> = {};
  let last = here;
  const made: Shelf<W> = {
    load: async (lang) => {
      inUse.add(made);
      last = loaded[lang] ??= await loaders[lang]();
    },
    of: (lang) => {
      const words = loaded[lang] ?? last;
      if (words === undefined) throw new Error('words were asked for before they were loaded');
      return words;
    },
  };
  if (here !== undefined) inUse.add(made);
  return made;
}

/** Whether all words that are in use are here now; without a line the page keeps the language it has. */
export async function loadWords(lang: Lang): Promise<boolean> {
  try {
    await Promise.all([...inUse].map((one) => one.load(lang)));
    return true;
  } catch {
    return false;
  }
}
