import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { easy } from '../../i18n/rules/easy';
import { en } from '../../i18n/rules/en';
import { ja } from '../../i18n/rules/ja';
import { wrongIn } from './wrong';

/** What the engine says, as its source has it; the numbers stand for themselves. */
const ENGINE = readFileSync(fileURLToPath(new URL('../../../../moderation/src/rules/compile.rs', import.meta.url)), 'utf8');
const said = [...ENGINE.matchAll(/faults\.add\([^;]*?,\s*(?:format!\()?"([^"]+)"/gs), ...ENGINE.matchAll(/format!\("((?:more than|longer than)[^"]*)"\)/g)]
  .map(([, text]) => (text ?? '').replace(/\{[^}]*\}/g, '5'))
  .filter((text) => !text.includes('5.'));

describe.each([['ja', ja], ['easy', easy], ['en', en]])('%s', (_, { wrong }) => {
  it.each(said)('has words for: %s', (what) => {
    expect(wrongIn(what, wrong).text).not.toBe(wrong.other);
  });

  it('says what it can of an expression and of a shape, and leaves the rest to the server', () => {
    expect(wrongIn('regex parse error:\n    (\n    ^\nerror: unclosed group', wrong)).toEqual({ text: wrong.pattern, more: true });
    expect(wrongIn('unknown field `exmept`, expected one of `id`', wrong)).toEqual({ text: wrong.unknownField('exmept'), more: true });
    expect(wrongIn('missing field `then`', wrong)).toEqual({ text: wrong.missingField('then'), more: false });
    expect(wrongIn('invalid type: string "1", expected u32', wrong)).toEqual({ text: wrong.shape, more: true });
    expect(wrongIn('must be 1 to 43,200', wrong)).toEqual({ text: wrong.between('1', '43,200'), more: false });
    expect(wrongIn('something new', wrong)).toEqual({ text: wrong.other, more: true });
  });
});

it('knows the sentences of the engine', () => expect(said.length).toBeGreaterThan(20));
