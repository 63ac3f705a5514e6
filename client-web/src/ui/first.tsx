/** The first steps: how things work here. It comes when it is asked for. */
import { firstWords } from '../i18n/first';
import { useApp, useWords } from './app';
import { Icon } from './drawn';
import { Sheet } from './sheet';
import { closeSheet } from './sheets';

export const words = [firstWords];

export function FirstSheet() {
  const { settings } = useApp();
  const { w } = useWords();
  const f = firstWords.of(settings.lang.value);
  const steps = [
    ['i-move', f.move],
    ['r-nod', f.react],
    ['i-write', f.write],
    ['i-hush', f.rest],
    ['i-leave', f.home],
  ] as const;
  return (
    <Sheet title={w.firstTime} onClose={closeSheet}>
      <p class="lead">{f.lead}</p>
      <ul class="steps">
        {steps.map(([icon, [name, text]]) => (
          <li key={icon}>
            <Icon id={icon} />
            <div>
              <b>{name}</b>
              <p>{text}</p>
            </div>
          </li>
        ))}
      </ul>
      <h3>{f.keys}</h3>
      <dl class="keys">
        {f.list.map(([keys, what]) => (
          <div key={keys}>
            <dt>{keys}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
