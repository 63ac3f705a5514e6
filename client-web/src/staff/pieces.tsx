/** What the forms of the staff page are made of. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Text } from '../protocol/types';
import { useSpoken } from './app';
import type { Loaded, Task } from './task';

export function Field(props: {
  label: string;
  note?: string | undefined;
  value: string;
  onValue: (value: string) => void;
  type?: 'text' | 'password' | 'date' | 'time' | 'number';
  autocomplete?: AutoFill;
  min?: number;
  max?: number;
  lang?: string;
  numeric?: boolean;
  lines?: number;
  required?: boolean;
}) {
  const id = useId();
  const common = {
    id,
    value: props.value,
    lang: props.lang,
    required: props.required,
    'aria-describedby': props.note ? `${id}-note` : undefined,
  } as const;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <div class="field-row">
        {props.lines ? (
          <textarea {...common} rows={props.lines} onInput={(event) => props.onValue(event.currentTarget.value)} />
        ) : (
          <input
            {...common}
            // Preact tells the kinds apart by literals; a field is any of them.
            type={(props.type ?? 'text') as 'text'}
            min={props.min}
            max={props.max}
            inputMode={props.numeric ? 'numeric' : undefined}
            autocomplete={props.autocomplete ?? 'off'}
            autocapitalize="off"
            spellcheck={false}
            onInput={(event) => props.onValue(event.currentTarget.value)}
          />
        )}
      </div>
      {props.note && <p id={`${id}-note`} class="sub">{props.note}</p>}
    </div>
  );
}

export function Select<T extends string>(props: { label: string; note?: string | undefined; value: T; options: readonly { value: T; label: string }[]; onPick: (value: T) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select
        id={id}
        value={props.value}
        aria-describedby={props.note ? `${id}-note` : undefined}
        onChange={(event) => {
          const picked = props.options.find(({ value }) => value === event.currentTarget.value);
          if (picked) props.onPick(picked.value);
        }}
      >
        {props.options.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
      </select>
      {props.note && <p id={`${id}-note`} class="sub">{props.note}</p>}
    </div>
  );
}

/** A text in three languages: the first is asked for, the others fold out. */
export function Texts(props: { label: string; note?: string | undefined; value: Text; onValue: (value: Text) => void; lines?: number }) {
  const { s } = useSpoken();
  const { value, onValue, lines } = props;
  const many = lines ? { lines } : {};
  return (
    <div class="texts">
      <Field label={props.label} note={props.note} value={value.ja} lang="ja" {...many} onValue={(ja) => onValue({ ...value, ja })} />
      <details class="fold">
        <summary aria-label={`${props.label}：${s.plans.languages}`}>{s.plans.languages}</summary>
        <Field label={s.plans.inEasy(props.label)} value={value.easy} lang="ja" {...many} onValue={(easy) => onValue({ ...value, easy })} />
        <Field label={s.plans.inEn(props.label)} note={s.plans.languagesNote} value={value.en} lang="en" {...many} onValue={(en) => onValue({ ...value, en })} />
      </details>
    </div>
  );
}

/** Why something did not work out, said where it was asked for. */
export function Trouble({ of }: { of: Pick<Task, 'trouble'> }) {
  const { trouble } = useSpoken();
  return <p class="kind" role="status">{of.trouble.value ? trouble(of.trouble.value) : ''}</p>;
}

/** What is read from the server, or a calm word while it is not there. What was read before stays, with a word about
 *  why it is not newer. */
export function Wait<T>({ of, children }: { of: Loaded<T>; children: (value: T) => ComponentChildren }) {
  const { s } = useSpoken();
  const value = of.value.value;
  if (value !== null) {
    return (
      <>
        <Trouble of={of} />
        {children(value)}
      </>
    );
  }
  if (!of.trouble.value) return <p class="sub" role="status">{s.loading}</p>;
  return (
    <>
      <Trouble of={of} />
      <button type="button" class="btn line small" onClick={() => void of.reload()}>{s.tryAgain}</button>
    </>
  );
}

/** Something that cannot be undone asks once more, in its place, without a window that jumps up. */
export function Sure(props: { label: string; name?: string; sure: string; yes: string; onYes: () => void }) {
  const { s } = useSpoken();
  const asking = useSignal(false);
  const row = useRef<HTMLDivElement>(null);
  const again = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  useEffect(() => {
    // The focus goes where the question is, and back when it is taken back.
    if (asking.value) row.current?.querySelector('button')?.focus();
    else if (was.current) again.current?.focus();
    was.current = asking.value;
  }, [asking.value]);
  if (!asking.value) {
    return (
      <button type="button" ref={again} class="btn quiet small" aria-label={props.name} onClick={() => (asking.value = true)}>
        {props.label}
      </button>
    );
  }
  return (
    <div class="sure" ref={row} role="group" aria-label={props.name ?? props.label}>
      <p>{props.sure}</p>
      <button type="button" class="btn line small" onClick={() => (asking.value = false)}>{s.stop}</button>
      <button
        type="button"
        class="btn line small grave"
        onClick={() => {
          asking.value = false;
          props.onYes();
        }}
      >
        {props.yes}
      </button>
    </div>
  );
}

/** A heading that takes the focus when its view opens, so that a reader begins there. */
export function Heading({ children }: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return <h1 ref={heading} tabIndex={-1}>{children}</h1>;
}
