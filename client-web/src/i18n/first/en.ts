/** English: the first steps. */
import type { FirstWords } from './ja';

export const en: FirstWords = {
  lead: 'There is nothing here you could do wrong.',
  move: ['Move', 'Tap the floor to walk there, a cushion to sit down. You can also choose a place in the list.'],
  write: ['Write', 'Only those named under “Heard only by” get it. You can take words back for two minutes.'],
  react: ['Gestures', 'Nod or wave, without any words.'],
  rest: ['Rest', 'In the resting places nothing reaches you and nobody speaks to you.'],
  home: ['Leave', '“Leave” takes you home at once. You need not say anything to anyone.'],
  keys: 'With a keyboard',
  list: [
    ['← ↑ ↓ → (W A S D)', 'Walk'],
    ['/ or Enter', 'Write'],
    ['Enter', 'Send'],
    ['Shift + Enter', 'New line'],
    ['Esc', 'Close'],
    ['Ctrl (⌘) + Shift + L', 'Leave at once'],
  ],
};
