/** A list as lines of text. What is typed stays as it is typed; the list follows. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Field } from '../pieces';

export function Listed(props: { label: string; note: string; value: readonly string[]; onList: (list: string[]) => void; read: (text: string) => string[] }) {
  const text = useSignal(props.value.join('\n'));
  const outside = props.value.join('\n');
  useEffect(() => {
    // Changed from elsewhere, not by this field.
    if (props.read(text.value).join('\n') !== outside) text.value = outside;
  }, [outside]);
  return (
    <Field
      label={props.label}
      note={props.note}
      lines={Math.min(8, props.value.length + 2)}
      value={text.value}
      onValue={(to) => {
        text.value = to;
        props.onList(props.read(to));
      }}
    />
  );
}
