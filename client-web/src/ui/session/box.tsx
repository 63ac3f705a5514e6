/** The suggestion box: a note without a name. */
import { TEXT_GRAPHEMES } from '../../protocol/types';
import { Sheet } from '../sheet';
import { closeSheet } from '../sheets';
import { Writing } from './asking';
import { useSession } from './kit';

export function Box() {
  const { s, intents } = useSession();
  return (
    <Sheet title={s.box} onClose={closeSheet}>
      <p class="lead">{s.boxLead}</p>
      <Writing label={s.boxField} send={s.boxSend} rows={5} most={TEXT_GRAPHEMES} thanks={s.boxed} onSend={(text) => intents.ask({ take: { suggestion: { text } } })} />
    </Sheet>
  );
}
