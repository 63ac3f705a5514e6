/** 日本語: hearing and speaking. */
import type { MicState } from '../../voice/mic';
import type { MicTrouble } from '../../voice/microphone';

export const ja = {
  mic: 'マイク',
  micOn: '入',
  micOff: '切',
  speak: '話す',
  /** What stands on the button while it turns nothing on or off. */
  rests: { muted: '声はお休み', connecting: 'つなぎ中', quiet: '声はお休み', phase: '聞く時間', turn: '聞く時間' } satisfies Partial<Record<MicState, string>>,
  says: {
    listening: '声を聞いています。マイクは 使いません。',
    muted: 'いまは スタッフが 声を お休みにしています。文字は 使えます。',
    connecting: '声を つないでいます。文字は そのまま 使えます。',
    quiet: 'ここは 声も お休みの場所です。',
    phase: 'いまは 聞く時間です。マイクは あとで 使えます。',
    turn: 'いまは ほかの人の番です。番が来たら 使えます。',
    off: 'マイクは 切れています。声は だれにも 届きません。',
    on: 'マイクが 入っています。声が 届きます。',
  } satisfies Record<MicState, string>,
  noCall: '声を つなげませんでした。文字は そのまま 使えます。',
  again: 'もう一度',
  hear: 'タップして聞く',
  trouble: {
    denied: 'マイクは まだ 使えません。ブラウザーの設定で 許すと 使えます。聞くことと文字は できます。',
    missing: 'マイクが 見つかりませんでした。聞くことと文字は できます。',
  } satisfies Record<MicTrouble, string>,
  onlyListen: '聞くだけにする',
  sound: '音',
  // the sheet
  title: '声と 音',
  promise: '声は サーバーを通って とどけられるだけで、どこにも のこりません。',
  letsGo: (seconds: number) => `マイクを切ると 声は すぐに とまり、${seconds}秒あとに マイクそのものも はなします。`,
  loud: 'みんなの 音の大きさ',
  softer: 'みんな 少し静かに',
  asBefore: 'もとの大きさに',
  silent: 'みんなの声を 消す',
  microphone: 'マイク',
  speaker: '聞こえるところ',
  usual: 'いつもの',
  nth: (n: number) => `${n}ばんめ`,
  keys: 'キーでも マイクを使う',
  keysNote: 'Mで 入れたり切ったり。スペースを おしているあいだだけ 話す。',
  // practice
  practice: '声の れんしゅう',
  practiceLead: '聞いているのは あなただけです。ほかの人には 届きません。',
  begin: 'マイクを ためす',
  level: '声の大きさ',
  levelNote: '話すと 明かりが のびます。のびれば だいじょうぶです。',
  echo: '自分の声を 聞いてみる',
  echoOn: '聞こえています。とめる',
  echoNote: 'イヤホンだと 聞きやすいです。しばらくすると ひとりでに とまります。',
  echoOff: 'いまは ためせませんでした。声の大きさは 見られます。',
  finish: 'マイクを とめる',
  // a person
  volume: (nick: string) => `${nick}さんの 声の大きさ`,
  hush: (nick: string) => `${nick}さんの声を 消す`,
  volumeNote: 'あなたにだけ 聞こえかたが かわります。',
  block: 'この人の 声と文字を とめる',
  blockNote: 'おたがいに 届かなくなります。相手には 知らされません。',
  blocked: 'この人の 声と文字を とめています。相手には 知らされません。',
  unblock: 'また 届くようにする',
  mute: '声を お休みにする',
  muteNote: 'この人の声が だれにも 届かなくなります。文字は そのままです。',
  muted: 'この人の声を お休みにしています。',
  allow: '声を また使えるようにする',
  done: 'そうしました。',
};

export type VoiceWords = typeof ja;
