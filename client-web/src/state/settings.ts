/** How a person likes the page: language, time of day, calm. Theirs alone; the room does not know. */
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { Lang } from '../i18n';
import { isLang, loadWords } from '../i18n';
import type { Memory } from './memory';

export const MOODS = ['day', 'dusk', 'night'] as const;
export type Mood = (typeof MOODS)[number];

export interface Settings {
  lang: Signal<Lang>;
  mood: Signal<Mood>;
  calm: Signal<boolean>;
  setLang(lang: Lang): Promise<void>;
  setMood(mood: Mood): void;
  setCalm(on: boolean): void;
}

/** Only where to begin; afterwards it never changes by itself. */
export function moodOf(hour: number): Mood {
  if (hour >= 6 && hour < 16) return 'day';
  return hour >= 16 && hour < 19 ? 'dusk' : 'night';
}

export function createSettings(memory: Memory, hour: number, browserLang: string): Settings {
  const habits = memory.habits();
  const lang = signal<Lang>(isLang(habits.lang) ? habits.lang : browserLang.startsWith('ja') ? 'ja' : browserLang ? 'en' : 'ja');
  const mood = signal<Mood>(MOODS.find((one) => one === habits.mood) ?? moodOf(hour));
  const calm = signal(habits.calm ?? false);
  return {
    lang,
    mood,
    calm,
    setLang: async (to) => {
      if (!(await loadWords(to))) return;
      lang.value = to;
      memory.keepHabits({ lang: to });
    },
    setMood: (to) => {
      mood.value = to;
      memory.keepHabits({ mood: to });
    },
    setCalm: (on) => {
      calm.value = on;
      memory.keepHabits({ calm: on });
    },
  };
}
