/** Choosing a figure and its clothes; each pick is shown at once. */
import type { Look } from '../protocol/types';
import { useWords } from './app';
import { Choices } from './choices';
import { Figure } from './drawn';

export function Looks({ look, onPick }: { look: Look; onPick: (look: Look) => void }) {
  const { w } = useWords();
  return (
    <div class="looks">
      <Choices
        legend={w.figure}
        look="picks"
        value={String(look.figure)}
        onPick={(value) => onPick({ ...look, figure: Number(value) })}
        options={w.figures.map((name, figure) => ({
          value: String(figure),
          name,
          label: <Figure look={{ figure, colour: look.colour }} />,
        }))}
      />
      <Choices
        legend={w.colour}
        look="picks small"
        value={String(look.colour)}
        onPick={(value) => onPick({ ...look, colour: Number(value) })}
        options={w.colours.map((name, colour) => ({
          value: String(colour),
          name,
          label: <Figure look={{ figure: look.figure, colour }} />,
        }))}
      />
    </div>
  );
}
