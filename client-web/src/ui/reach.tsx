/** Who hears what I write, at every moment: heads and a sentence, and the names on asking. */
import { useSignal } from '@preact/signals';
import { speaks } from '../state/places';
import { useApp, useWords } from './app';
import { Head, Icon } from './drawn';

const MOST_HEADS = 5;

export function Reach() {
  const { session } = useApp();
  const { w } = useWords();
  const open = useSignal(false);
  const { store } = session;
  const people = store.hearers.value;
  const kind = store.kind.value;
  const lost = session.line.value === 'lost';
  if (lost || people.length === 0) {
    return (
      <p class="reach">
        <Icon id="i-ear" />
        <span>{!speaks(kind) ? w.reachNobodyHere : lost ? w.reachLost : w.reachNobodyYet}</span>
      </p>
    );
  }
  const mic = store.gathering.value.mine.mic;
  const [before, who, after] = (kind === 'table' ? w.reachTable : w.reachHall)(people.length);
  return (
    <>
      <button type="button" class="reach" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
        <Icon id={mic ? 'i-mic' : 'i-ear'} />
        {people.slice(0, MOST_HEADS).map((person) => <Head key={person.who} look={person.look} />)}
        <span>{mic && w.reachVoice}{before}<b>{who}</b>{after}</span>
      </button>
      {open.value && (
        <ul class="reach-who" aria-label={w.reachWho}>
          {people.map((person) => <li key={person.who}>{person.nick}</li>)}
        </ul>
      )}
    </>
  );
}
