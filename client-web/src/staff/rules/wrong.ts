/** What the server finds wrong with a rule has words in every language: told by its sentence, which is in English. Pure. */
import type { RuleWords } from '../../i18n/rules/ja';

type Wrong = RuleWords['wrong'];

/** The sentence, and what of it stands in ours. */
const SAID: readonly (readonly [RegExp, (words: Wrong, ...parts: string[]) => string])[] = [
  [/^lower-case letters, digits, \. _ and - only/, (w) => w.id],
  [/^is there twice$/, (w) => w.twice],
  [/^counts from 1$/, (w) => w.version],
  [/^names no event$/, (w) => w.noEvent],
  [/^a voice has no words/, (w) => w.voice],
  [/^names no kind of data$/, (w) => w.noKind],
  [/^must be flag, hold or block$/, (w) => w.verdict],
  [/^a cry for help is never held or blocked/, (w) => w.helpVerdict],
  [/^a cry for help never restricts anybody$/, (w) => w.helpEffects],
  [/^nested deeper than (\d+)$/, (w, n) => w.deep(n ?? '')],
  [/^is no domain in lower case$/, (w) => w.domain],
  [/^there is no hook of this name$/, (w) => w.noHook],
  [/^needs something that is looked for$/, (w) => w.needsOne],
  [/^stands only within all$/, (w) => w.onlyInAll],
  [/^is empty$/, (w) => w.empty],
  [/^(\d+) to (\d+) messages are looked at$/, (w, from, to) => w.messages(from ?? '', to ?? '')],
  [/^must be within (\d+) to (\d+) seconds$/, (w, from, to) => w.seconds(from ?? '', to ?? '')],
  [/^there are no words in the digits view$/, (w) => w.digits],
  [/^too little of it is left in this view/, (w) => w.little],
  [/^fits the empty text, and so every text$/, (w) => w.fitsAll],
  [/^more than (\d+) words in all$/, (w, n) => w.mostWords(n ?? '')],
  [/^more than (\d+) expressions in all$/, (w, n) => w.mostPatterns(n ?? '')],
  [/^more than (\d+)$/, (w, n) => w.most(n ?? '')],
  [/^longer than (\d+) characters$/, (w, n) => w.long(n ?? '')],
  [/^longer than (\d+) bytes$/, (w, n) => w.longPattern(n ?? '')],
  [/^must be (\d+) to ([\d,]+)$/, (w, from, to) => w.between(from ?? '', to ?? '')],
  [/^must be (\d+)$/, (w, n) => w.be(n ?? '')],
  [/^regex parse error/, (w) => w.pattern],
  [/^Compiled regex exceeds size limit/i, (w) => w.bigPattern],
  [/^unknown field `([^`]+)`/, (w, name) => w.unknownField(name ?? '')],
  [/^missing field `([^`]+)`/, (w, name) => w.missingField(name ?? '')],
  [/^unknown variant `([^`]+)`/, (w, name) => w.unknownValue(name ?? '')],
  [/^(?:invalid (?:type|value|length)|expected|did not match)/, (w) => w.shape],
];

/** The sentence, and whether the server's own words say more: then they stand beside it, for those who write rules by hand. */
export function wrongIn(what: string, words: Wrong): { text: string; more: boolean } {
  for (const [expression, say] of SAID) {
    const match = expression.exec(what);
    if (match) return { text: say(words, ...match.slice(1)), more: MORE.test(what) };
  }
  return { text: words.other, more: true };
}

/** Where in an expression it breaks, what a value may be: only the server knows. */
const MORE = /^(?:regex parse error|unknown (?:field|variant)|invalid|expected|did not match)/;
