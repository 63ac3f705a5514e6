/** やさしい日本語: refusals that only staff at their own page meet. */
import type { OfficeWords } from './ja';

export const easy: OfficeWords = {
  signin: 'サインインしてください。',
  signin_failed: 'なまえか あいことばか かぎが ちがいます。',
  signin_code: '6つの すうじも かいてください。',
  name_taken: 'その なまえは ほかの ひとが つかっています。',
  weak: 'もっと ながい あいことばに してください。',
  bad_rule: 'くりかえしの かきかたを みてください。',
  bad_date: 'ひと じかんを みてください。',
  in_use: 'まだ つかっているので、のこしました。',
  already_handled: 'ほかの スタッフが みています。',
  stale: 'ほかの ひとが さきに かえました。もういちど みてください。',
  about_you: 'じぶんの ことは、ほかの スタッフが みます。',
  never_an_offence: 'たすけを もとめる ことは、わるい ことでは ありません。ここからは きめられません。',
  harsher: 'みなおしで、おもく する ことは できません。',
  decided_by_you: 'これは、ほかの スタッフが みます。',
};
