/** The words of what few see. */
import { paperWords } from '../../i18n/papers';
import type { PaperWords } from '../../i18n/papers';
import { useApp } from '../app';

export function usePaper(): PaperWords {
  return paperWords.of(useApp().settings.lang.value);
}
