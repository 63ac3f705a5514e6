/** What the parts share: the words of staff, and a length as they read it. */
import { watchWords } from '../i18n/watch';
import type { WatchWords } from '../i18n/watch';
import { useSafety } from '../safety/kit';
import type { Here as Safe } from '../safety/kit';
import { spanOf } from '../safety/left';

export interface Here extends Safe {
  k: WatchWords;
}

export function useWatch(): Here {
  const here = useSafety();
  return { ...here, k: watchWords.of(here.settings.lang.value) };
}

export function spanWords(minutes: number, k: WatchWords): string {
  if (minutes === 0) return k.now;
  const { unit, n } = spanOf(minutes);
  return k[unit](n);
}
