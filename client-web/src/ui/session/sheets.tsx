/** Sheets of a session: how it goes, the themes, the suggestion box, coming back as the same person. */
import { Box } from './box';
import { Phrase } from './phrase';
import { Programme } from './programme';
import { Themes } from './themes';

export type SessionSheetName = 'session' | 'themes' | 'box' | 'phrase';

export function SessionSheet({ which }: { which: SessionSheetName }) {
  switch (which) {
    case 'session':
      return <Programme />;
    case 'themes':
      return <Themes />;
    case 'box':
      return <Box />;
    case 'phrase':
      return <Phrase />;
  }
}
