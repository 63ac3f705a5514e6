/** What happened around a case: the words that wait, what was said, who spoke when. Never a sound. */
import type { CaseView, KeptMessage, KeptSpeech, Snapshot } from '../../protocol/types';
import { Marked } from '../marked-text';
import { useDesk } from './words';

export function Around({ view }: { view: CaseView }) {
  const { t, dateTime } = useDesk();
  const { line, held, around, more } = view;
  const bare = !held && around.length === 0;
  return (
    <section class="part">
      <h3>{t.around}</h3>
      {held && (
        <blockquote class="words meant">
          <p class="sub">{held.nick}・{dateTime(held.at)}</p>
          <Marked text={held.text} spans={held.spans} />
          {held.why && <Why why={held.why} />}
          <p class="sub">{t.heldNote}</p>
        </blockquote>
      )}
      {bare && <p class="sub">{line.matter.matter === 'hold' || line.matter.matter === 'proposal' ? t.aroundNone : t.aroundGone}</p>}
      {around.map((shot) => <Moment key={shot.at} shot={shot} about={line.about.person} own={line.matter.matter !== 'report'} />)}
      {more > 0 && <p class="sub">{t.moreSnapshots(more)}</p>}
      {!bare && <p class="sub">{t.aroundLead}</p>}
    </section>
  );
}

/** What a rule found. The engine says it in English; what it can find has words here. */
function Why({ why }: { why: string }) {
  const { t } = useDesk();
  const words = (t.found as Readonly<Record<string, string>>)[why];
  return <p class="sub" lang={words ? undefined : 'en'}>{words ?? why}</p>;
}

function Moment({ shot, about, own }: { shot: Snapshot; about: number; /** The words are those of whom it is about. */ own: boolean }) {
  const { t, dateTime } = useDesk();
  return (
    <div class="moment">
      <p class="sub">{dateTime(shot.at)}</p>
      {shot.text && (
        <blockquote class="words">
          <p class="sub">{own ? t.appealSaid : t.reporterSaid}</p>
          <p class="as-written">{shot.text}</p>
        </blockquote>
      )}
      {shot.messages.length > 0 && (
        <ol class="moment-words">
          {shot.messages.map((message) => <Words key={message.seq} message={message} about={about} />)}
        </ol>
      )}
      {shot.spoke.length > 0 && (
        <details class="fold">
          <summary>{t.spoke}</summary>
          <ol class="moment-words">
            {shot.spoke.map((speech) => <Spoke key={`${speech.who} ${speech.from}`} speech={speech} nick={shot.messages.find((message) => message.who === speech.who)?.nick} />)}
          </ol>
        </details>
      )}
    </div>
  );
}

function Words({ message, about }: { message: KeptMessage; about: number }) {
  const { t, time } = useDesk();
  const marks = [message.who === about && t.theirs, message.meant && t.this, message.gone && t.goneHow[message.gone]].filter(Boolean);
  return (
    <li class={message.meant ? 'meant' : undefined}>
      <p class="sub">{time(message.at)} {message.nick}{marks.length > 0 && <em>（{marks.join('・')}）</em>}</p>
      <p class="as-written">{message.text}</p>
    </li>
  );
}

function Spoke({ speech, nick }: { speech: KeptSpeech; nick: string | undefined }) {
  const { t, time, who } = useDesk();
  return <li>{t.spokeLine(nick ?? who(speech.who), time(speech.from), speech.until === undefined ? '' : time(speech.until))}</li>;
}
