/** やさしい日本語: doors that do not open at the moment. */
import type { ShutWords } from './ja';

export const easy: ShutWords = {
  taken: 'ほかの がめんで ひらいています',
  takenNote: 'せきは そのままです。この がめんは とじても いいです。',
  takeHere: 'ここで つづける',
  doorFull: 'いまは せきが ありません',
  doorFullNote: 'すこし まつと あくことが あります。',
  doorClosed: 'いまは やすみです',
  doorClosedNote: 'また あく ときが あります。',
  doorUnknown: 'その へやは ここに ありません',
  doorUnknownNote: 'ほかの へやは あります。',
  tryAgain: 'もういちど きく',
  otherRooms: 'ほかの へや',
};
