/** 日本語: refusals that only staff at their own page meet. */
import type { OfficeCode } from '../ja';

export const ja = {
  signin: 'サインインすると つづけられます。',
  signin_failed: '名前か合いことばか 鍵が ちがうようです。',
  signin_code: '6けたの番号も 入れてください。',
  name_taken: 'その名前は ほかの人が 使っています。',
  weak: 'もう少し長く、思いつかれにくいものを どうぞ。',
  bad_rule: 'くりかえしの書き方を たしかめてください。',
  bad_date: '日づけと時刻を たしかめてください。',
  in_use: 'まだ 使われているので、のこしてあります。',
  already_handled: 'これは、ほかのスタッフが 見ています。',
  stale: 'ほかの人が 先に 変えました。もう一度 見てください。',
  about_you: 'ご自分のことは、ほかのスタッフが 見ます。',
  never_an_offence: '助けを求めることは、悪いことではありません。ここからは 決められません。',
  harsher: '見直しで、重くすることは できません。',
  decided_by_you: 'これは、ほかのスタッフが 見ます。',
} satisfies Record<OfficeCode, string>;

export type OfficeWords = typeof ja;
