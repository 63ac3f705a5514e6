/** What the keys do, for those who have some. */
import type { RefObject } from 'preact';
import { useDesk } from './words';

const KEYS = [['jk', ['j', 'k']], ['enter', ['Enter']], ['esc', ['Esc']], ['t', ['t']], ['h', ['h']], ['u', ['u']], ['numbers', ['1', '…', '9']], ['help', ['?']]] as const;

export function KeysBox({ fold }: { fold: RefObject<HTMLDetailsElement | null> }) {
  const { t } = useDesk();
  return (
    <details class="fold keys" ref={fold}>
      <summary>{t.keys}</summary>
      <p class="sub">{t.keysNote}</p>
      <dl>
        {KEYS.map(([what, keys]) => (
          <div key={what}>
            <dt>{keys.map((key) => (key === '…' ? '…' : <kbd key={key}>{key}</kbd>))}</dt>
            <dd>{t.keyList[what]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
