/** A fault of a rule, as a sentence; beside it the server's own words where only they say where or what. */
import { ruleWordsOf } from '../../i18n/rules';
import type { RuleFault } from '../../protocol/types';
import { useStaff } from '../app';
import { wrongIn } from './wrong';

/** `place`: for those who see the rule as JSON. */
export function Said({ fault, place }: { fault: RuleFault; place?: boolean }) {
  const lang = useStaff().settings.lang.value;
  const { text, more } = wrongIn(fault.what, ruleWordsOf(lang).wrong);
  return (
    <>
      {place && fault.place && <><code>{fault.place}</code> </>}
      {text}
      {more && <small class="as-written" lang="en">{fault.what}</small>}
    </>
  );
}
