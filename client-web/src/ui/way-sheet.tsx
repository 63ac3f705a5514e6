/** The sheet about how one takes part. */
import type { Way, Wish } from '../protocol/types';
import { includes } from '../state/way';
import { openEars } from '../voice/ears';
import { useApp, useWords } from './app';
import { Choices } from './choices';
import { Icon, WISH_ICONS } from './drawn';
import { Sheet } from './sheet';
import { closeSheet, openSheet } from './sheets';
import { Ways } from './ways';

const WISHES: readonly Wish[] = ['talk', 'quiet'];

export function WaySheet({ hint }: { hint?: 'write' | 'react' | undefined }) {
  const { session } = useApp();
  const { w } = useWords();
  const { store, intents } = session;
  const way = store.way.value;
  const wish = store.mine.value?.wish;
  function pick(picked: Way): void {
    if (includes(picked, 'listen')) openEars();
    intents.setWay(picked);
  }
  return (
    <Sheet title={w.way} onClose={closeSheet} shut={w.keepThis}>
      <p class="sub">{hint === 'write' ? w.writeOff(w.ways[way]) : hint === 'react' ? w.reactOff : w.wayNote}</p>
      <Ways way={way} hideLegend onPick={pick} />
      <Choices
        legend={w.wish}
        look="chips"
        value={wish ?? 'none'}
        onPick={(picked) => intents.setWish(WISHES.find((one) => one === picked))}
        options={[
          ...WISHES.map((one) => ({ value: one, label: <><Icon id={WISH_ICONS[one]} />{w.wishes[one]}</> })),
          { value: 'none', label: w.noWish },
        ]}
      />
      <p class="sub">{w.wishNote}</p>
      <button type="button" class="btn line wide" onClick={() => openSheet({ name: 'looks' })}>{w.changeLooks}</button>
    </Sheet>
  );
}
