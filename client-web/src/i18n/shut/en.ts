/** English: doors that do not open at the moment. */
import type { ShutWords } from './ja';

export const en: ShutWords = {
  taken: 'Open on another screen',
  takenNote: 'Your seat is kept. You can close this one.',
  takeHere: 'Continue here',
  doorFull: 'All seats are taken for now',
  doorFullNote: 'A seat may be free in a little while.',
  doorClosed: 'Resting for now',
  doorClosedNote: 'The lights are out, but the place is still here.',
  doorUnknown: 'That room does not seem to be here',
  doorUnknownNote: 'The light is on in the other rooms.',
  tryAgain: 'Ask again',
  otherRooms: 'Other rooms',
};
