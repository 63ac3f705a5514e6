/** An announcement to everybody. A link in it is shown only if it is meant to be there. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { TEXT_GRAPHEMES } from '../protocol/types';
import { graphemes } from '../ui/app';
import { Tick } from '../ui/tick';
import { Big, Part, useHost } from './kit';

export function Announce() {
  const { h, w, g, act, said } = useHost();
  const id = useId();
  const text = useSignal('');
  const pinned = useSignal(false);
  const linked = useSignal(false);
  const card = g.standing?.card;
  const over = graphemes(text.value.trim()) - TEXT_GRAPHEMES;

  async function send(links: boolean): Promise<void> {
    const words = text.value.trim();
    if (over > 0) return;
    if (words === '') return void (said.value = w.refusal.text_empty);
    const outcome = await act({ announce: { text: words, links, pinned: pinned.value } });
    linked.value = outcome.is === 'refused' && outcome.refusal.code === 'link_unapproved';
    // The question stands below the field; no need to say it twice.
    if (linked.value) said.value = '';
    if (outcome.is === 'done') text.value = '';
  }

  return (
    <Part name={h.announce} hint={card?.text ?? ''}>
      <form
        class="field writing"
        onSubmit={(event) => {
          event.preventDefault();
          void send(false);
        }}
      >
        <label for={id}>{h.announceField}</label>
        <textarea
          id={id}
          rows={3}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            linked.value = false;
          }}
        />
        <Tick on={pinned.value} label={h.pinned} onTick={(on) => (pinned.value = on)} />
        <p class="kind" role="status">{over > 0 ? w.tooLong(over) : linked.value ? h.link : ''}</p>
        <div class="bigs">
          {linked.value ? <Big onClick={() => void send(true)}>{h.linkYes}</Big> : <button type="submit" class="btn line big">{h.announceSend}</button>}
        </div>
      </form>
      {card && <Big quiet onClick={() => void act({ clear: {} })}>{h.clear}</Big>}
    </Part>
  );
}
