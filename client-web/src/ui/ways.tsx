/** The way of taking part: three, each including the one before. */
import type { Way } from '../protocol/types';
import { useWords } from './app';
import { Choices } from './choices';
import { Icon } from './drawn';

export const WAYS: readonly Way[] = ['watch', 'react', 'write'];
const ICONS: Record<Way, string> = { watch: 'i-eye', react: 'i-react', write: 'i-write' };

export function Ways(props: { way: Way; onPick: (way: Way) => void; hideLegend?: boolean; look?: 'rows' | 'chips' }) {
  const { w } = useWords();
  const rows = props.look !== 'chips';
  return (
    <Choices
      legend={w.way}
      hideLegend={props.hideLegend ?? false}
      look={props.look ?? 'rows'}
      value={props.way}
      onPick={props.onPick}
      options={WAYS.map((way) => ({
        value: way,
        label: (
          <>
            <Icon id={ICONS[way]} />
            <span>
              {w.ways[way]}
              {rows && <small>{w.wayNotes[way]}</small>}
            </span>
            {rows && props.way === way && <em>{w.nowThis}</em>}
          </>
        ),
      }))}
    />
  );
}
