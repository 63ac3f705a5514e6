/** 日本語: doors that do not open at the moment. */
export const ja = {
  taken: 'ほかの画面で ひらいています',
  takenNote: '席は そのままです。この画面は 閉じても大丈夫です。',
  takeHere: 'こちらで続ける',
  doorFull: 'いまは 席がいっぱいです',
  doorFullNote: '少しすると、あくことがあります。',
  doorClosed: 'いまは、おやすみです',
  doorClosedNote: '明かりは消えていますが、場所はここにあります。',
  doorUnknown: 'その部屋は ここには ないようです',
  doorUnknownNote: 'ほかの部屋の あかりは ついています。',
  tryAgain: 'もう一度 たずねる',
  otherRooms: 'ほかの部屋',
};

export type ShutWords = typeof ja;
