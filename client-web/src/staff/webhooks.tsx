/** Other systems that are told or asked: how they are doing, a try, and sending again what did not arrive. */
import { useSignal } from '@preact/signals';
import { webhookWordsOf } from '../i18n/webhooks';
import { call } from '../net/api';
import type { Me, Replay, Replayed, Tested, Webhook } from '../protocol/types';
import { API, useSpoken, useStaff } from './app';
import { Heading, Trouble, Wait } from './pieces';
import { useLoaded, useTask } from './task';

export { loadWebhookWords } from '../i18n/webhooks';

export function WebhooksView({ me }: { me: Me }) {
  const t = webhookWordsOf(useStaff().settings.lang.value);
  const all = useLoaded<Webhook[]>(`${API}/webhooks`);
  return (
    <>
      <Heading>{t.title}</Heading>
      <p class="sub">{t.lead}</p>
      <Wait of={all}>
        {(list) =>
          list.length === 0 ? (
            <p>{t.none}</p>
          ) : (
            <ul class="cards">
              {list.map((one) => <One key={one.id} one={one} sends={me.role === 'owner'} reload={all.reload} />)}
            </ul>
          )
        }
      </Wait>
    </>
  );
}

function One({ one, sends, reload }: { one: Webhook; sends: boolean; reload: () => Promise<void> }) {
  const t = webhookWordsOf(useStaff().settings.lang.value);
  const { dateTime } = useSpoken();
  const task = useTask();
  const said = useSignal('');
  const path = `${API}/webhooks/${encodeURIComponent(one.id)}`;

  async function ask(work: () => Promise<string>): Promise<void> {
    said.value = '';
    if (await task.run(async () => void (said.value = await work()))) await reload();
  }
  const test = async (): Promise<string> => {
    const { trouble } = await call<Tested>('POST', `${path}/test`, {});
    return trouble ? t.last(t.troubles[trouble]) : t.testDone;
  };
  const again = (letter?: string) => async (): Promise<string> => {
    const body: Replay = letter ? { letter } : {};
    return t.againDone((await call<Replayed>('POST', `${path}/replay`, body)).letters);
  };

  return (
    <li class="slip tall">
      <div>
        <h2>{one.id} <small>{t.kinds[one.kind]}</small></h2>
        <p>{t.states[one.state]}</p>
        <p class="sub">{one.host}・{t.events}：{one.events.join('、')}</p>
        {one.text && <p class="sub">{t.text}</p>}
        {one.trouble && <p class="sub">{t.last(t.troubles[one.trouble])}</p>}
        {one.kind === 'telling' && (
          <>
            <p class="sub">{one.told ? t.told(dateTime(one.told)) : t.never}</p>
            {one.waiting > 0 && <p class="sub">{t.waiting(one.waiting)}</p>}
            {one.dead > 0 && <p>{t.dead(one.dead)}</p>}
          </>
        )}
      </div>
      {one.letters.length > 0 && (
        <details class="fold">
          <summary>{t.letters}</summary>
          <ul class="cards">
            {one.letters.map((letter) => (
              <li key={letter.id} class="slip">
                <p>
                  {dateTime(letter.at)} {letter.event}
                  <br />
                  <small>{t.tries(letter.tries)}{letter.trouble && `・${t.troubles[letter.trouble]}`}</small>
                </p>
                {sends && <button type="button" class="btn line small" aria-disabled={task.busy.value} aria-label={`${t.again}：${letter.event}`} onClick={() => void ask(again(letter.id))}>{t.again}</button>}
              </li>
            ))}
          </ul>
        </details>
      )}
      <p class="kind" role="status">{said.value}</p>
      <Trouble of={task} />
      {sends && (
        <div class="row">
          <button type="button" class="btn line small" aria-disabled={task.busy.value} aria-label={`${t.test}：${one.id}`} onClick={() => void ask(test)}>{t.test}</button>
          {(one.dead > 0 || one.state === 'disabled') && (
            <button type="button" class="btn line small" aria-disabled={task.busy.value} aria-label={`${t.all}：${one.id}`} onClick={() => void ask(again())}>{t.all}</button>
          )}
        </div>
      )}
    </li>
  );
}
