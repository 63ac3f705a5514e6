/** What the parts of the panel share: the desk, and a way to act that says what came of it. */
import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { createContext } from 'preact';
import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { hostWords } from '../i18n/host';
import type { HostWords } from '../i18n/host';
import type { Outcome } from '../net/machine';
import type { Act, PersonId } from '../protocol/types';
import { sentence, useApp } from '../ui/app';
import { Head } from '../ui/drawn';
import { useSession } from '../ui/session/kit';
import type { Here } from '../ui/session/kit';

export interface AtDesk extends Here {
  h: HostWords;
  said: Signal<string>;
  /** Does it, and tells only what did not go as meant: what was done is seen. */
  act: (act: Act) => Promise<Outcome>;
}

export const DeskContext = createContext<AtDesk | null>(null);

export function useDesk(): AtDesk {
  const here = useSession();
  const { settings } = useApp();
  const said = useSignal('');
  return {
    ...here,
    h: hostWords.of(settings.lang.value),
    said,
    act: async (act) => {
      said.value = '';
      const outcome = await here.intents.ask({ act });
      said.value = sentence(outcome, here.w);
      return outcome;
    },
  };
}

export function useHost(): AtDesk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('outside of the panel');
  return desk;
}

/** A part that folds. `hint` says beside the name what waits in it. */
export function Part({ name, hint, open, children }: { name: string; hint?: ComponentChildren; open?: boolean; children: ComponentChildren }) {
  return (
    <details class="part" open={open}>
      <summary>
        <span>{name}</span>
        {hint !== undefined && hint !== '' && <em>{hint}</em>}
      </summary>
      <div class="part-body">{children}</div>
    </details>
  );
}

/** A person's head and name; what is said of them stands below. */
export function Somebody({ who, children }: { who: PersonId; children?: ComponentChildren }) {
  const { store, nick } = useHost();
  const person = store.people.value.get(who);
  return (
    <div class="somebody">
      {person && <Head look={person.look} />}
      <span>
        {nick(who)}
        {children && <small>{children}</small>}
      </span>
    </div>
  );
}

/** `of`: whom or what it is about, for those who hear the button without its row. */
export function Big(props: { of?: string; on?: boolean; main?: boolean; quiet?: boolean; off?: boolean; onClick: () => void; children: string }) {
  const look = props.main ? 'main' : props.quiet ? 'quiet' : 'line';
  return (
    <button type="button" class={`btn ${look} big`} aria-label={props.of && `${props.children}：${props.of}`} aria-pressed={props.on} aria-disabled={props.off} onClick={() => !props.off && props.onClick()}>
      {props.children}
    </button>
  );
}
