/** 日本語：連携（Webhook）のことば。 */
import type { WebhookKind, WebhookState, WebhookTrouble } from '../../protocol/types';

export const ja = {
  title: '連携',
  lead: 'ここで起きたことを、設定されたほかのシステムに伝えます。伝えるのは番号と種類だけです。',
  none: '連携先は まだありません。設定ファイルに書くと、ここに出ます。',
  kinds: { telling: '伝える先', deciding: '判断をたずねる先' } satisfies Record<WebhookKind, string>,
  states: { well: '順調です', failing: 'とどかないことがありました。自動で もう一度送ります。', resting: '少し休んでから、また送ります。', disabled: '相手が「もう使わない」と答えたので、止めています。' } satisfies Record<WebhookState, string>,
  troubles: {
    gone: '相手が「もう使わない」と答えました',
    busy: '相手が混みあっています',
    redirect: '相手が別の場所を案内しました（たどりません）',
    refused: '相手が受けとりませんでした。合い鍵を たしかめてください',
    broken: '相手の中で うまくいきませんでした',
    slow: '時間内に返事がありませんでした',
    unreachable: '相手に つながりませんでした',
    private_address: '宛先が内部のネットワークを指しています',
    bad_answer: '返事を読みとれませんでした',
    full: '待っているものが多くなりすぎました',
  } satisfies Record<WebhookTrouble, string>,
  last: (why: string) => `さいごの ようす：${why}`,
  told: (when: string) => `さいごに とどいた：${when}`,
  never: 'まだ 一度も とどいていません',
  waiting: (n: number) => `送るのを待っているもの：${n}件`,
  dead: (n: number) => `とどかなかったもの：${n}件`,
  text: '書かれたことばも、この相手に送られます。',
  events: 'たいしょう',
  letters: 'とどかなかったものを見る',
  tries: (n: number) => `${n}回 送りました`,
  again: 'もう一度送る',
  all: 'ぜんぶ もう一度送る',
  againDone: (n: number) => (n === 0 ? 'もう一度送るものは ありません。' : `${n}件を もう一度送っています。`),
  test: 'ためしに送る',
  testDone: '返事が ありました。',
};

export type WebhookWords = typeof ja;
