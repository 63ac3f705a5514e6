/** The way of taking part: five, each including the one before; three where there is no voice. */
import type { Way } from '../protocol/types';
import { WAYS, includes } from '../state/way';
import { useApp, useWords } from './app';
import { Choices } from './choices';
import { Icon } from './drawn';

const ICONS: Record<Way, string> = { watch: 'i-eye', react: 'i-react', write: 'i-write', listen: 'i-ear', voice: 'i-mic' };

export function Ways(props: { way: Way; onPick: (way: Way) => void; hideLegend?: boolean; look?: 'rows' | 'chips' }) {
  const { session } = useApp();
  const { w } = useWords();
  const rows = props.look !== 'chips';
  return (
    <Choices
      legend={w.way}
      hideLegend={props.hideLegend ?? false}
      look={props.look ?? 'rows'}
      value={props.way}
      onPick={props.onPick}
      options={WAYS.filter((way) => session.voice.value || !includes(way, 'listen')).map((way) => ({
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
