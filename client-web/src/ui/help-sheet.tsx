/** Where to turn to. It is here before anybody asks for it. */
import { useApp, useWords } from './app';
import { Sheet } from './sheet';
import { closeSheet } from './sheets';

export function HelpSheet() {
  const { session } = useApp();
  const { w, read } = useWords();
  const help = session.place.value?.help ?? [];
  return (
    <Sheet title={w.hard} onClose={closeSheet}>
      <p>{help.length ? w.helpLead : w.helpNone}</p>
      <ul class="help">
        {help.map((one) => (
          <li key={one.reach}>
            <b>{read(one.name)}</b>
            <Reach reach={one.reach} />
            <p class="sub">{w.helpHours}：{read(one.hours)}</p>
            <p class="sub">{w.helpChecked(one.verified)}</p>
            <a href={one.source} target="_blank" rel="noreferrer noopener">{w.helpSource}</a>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

/** A telephone number can be dialled by touching it; anything else is shown as it is read. */
export function Reach({ reach }: { reach: string }) {
  if (/^https:\/\//.test(reach)) return <a class="reach-to" href={reach} target="_blank" rel="noreferrer noopener">{reach}</a>;
  if (/^[+#\d][\d\s()#-]+$/.test(reach)) return <a class="reach-to" href={`tel:${reach.replace(/[^\d+#]/g, '')}`}>{reach}</a>;
  return <p class="reach-to">{reach}</p>;
}
