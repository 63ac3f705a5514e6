/** The suggestion box: a note without a name. */
import { TEXT_GRAPHEMES } from '../../protocol/types';
import { Sheet } from '../sheet';
import { closeSheet } from '../sheets';
import { Writing } from './asking';
import { useSession } from './kit';
import { usePaper } from './paper';

export function Box() {
  const { intents } = useSession();
  const p = usePaper();
  return (
    <Sheet title={p.box} onClose={closeSheet}>
      <p class="lead">{p.boxLead}</p>
      <Writing label={p.boxField} note={p.boxNote} send={p.boxSend} rows={5} most={TEXT_GRAPHEMES} thanks={p.boxed} onSend={(text) => intents.ask({ take: { suggestion: { text } } })} />
    </Sheet>
  );
}
