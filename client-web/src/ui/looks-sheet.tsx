/** The sheet about how one looks. It comes when it is asked for. */
import { whyNot } from '../i18n';
import { useSignal } from '@preact/signals';
import type { Refusal } from '../protocol/types';
import { useApp, useWords } from './app';
import { Looks } from './looks';
import { Nickname, nicknameRefusal } from './nickname';
import { Sheet } from './sheet';
import { closeSheet } from './sheets';

export function LooksSheet() {
  const { session } = useApp();
  const { w } = useWords();
  const mine = session.store.mine.value;
  const nick = useSignal(mine?.nick ?? '');
  const look = useSignal(mine?.look ?? { figure: 0, colour: 0 });
  const busy = useSignal(false);
  const refusal = useSignal<(Pick<Refusal, 'code' | 'try_nick'> & { nick: string }) | null>(null);
  const sentence = useSignal('');

  async function change(): Promise<void> {
    const name = nick.value.trim();
    const own = nicknameRefusal(name);
    sentence.value = '';
    if (own) return void (refusal.value = { code: own, nick: nick.value });
    busy.value = true;
    const outcome = await session.intents.appear(name, look.value);
    busy.value = false;
    if (outcome.is === 'done' || outcome.is === 'held') return closeSheet();
    if (outcome.is === 'lost') sentence.value = w.notNow;
    else if (outcome.refusal.code.startsWith('nickname')) refusal.value = { ...outcome.refusal, nick: nick.value };
    else sentence.value = whyNot(outcome.refusal.code, w);
  }

  return (
    <Sheet title={w.changeLooks} onClose={closeSheet} shut={w.keepThis}>
      <form
        class="enter"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy.value) void change();
        }}
      >
        <Nickname nick={nick.value} onNick={(name) => (nick.value = name)} refusal={refusal.value?.nick === nick.value ? refusal.value : null} />
        <Looks look={look.value} onPick={(picked) => (look.value = picked)} />
        <p class="kind" role="status">{sentence.value}</p>
        <button type="submit" class="btn main wide" aria-disabled={busy.value}>{busy.value ? w.sending : w.change}</button>
      </form>
    </Sheet>
  );
}
