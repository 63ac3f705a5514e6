/** Sheets of a session that few open: how it goes, the suggestion box, coming back as the same person. */
import { paperWords } from '../../i18n/papers';
import { Box } from './box';
import { Phrase } from './phrase';
import { Programme } from './programme';
import './session.css';

export const words = [paperWords];

export type Paper = 'session' | 'box' | 'phrase';

export function Papers({ which }: { which: Paper }) {
  switch (which) {
    case 'session':
      return <Programme />;
    case 'box':
      return <Box />;
    case 'phrase':
      return <Phrase />;
  }
}
