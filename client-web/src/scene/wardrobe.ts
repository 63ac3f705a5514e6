// Who one can be here, and in which colours. The numbers are what travels on the wire: append only. Their names stand in the
// catalogues, in the same order.

export interface Dress {
  readonly cloth: string;
  readonly cloth2: string;
  readonly blanket: string;
}

export interface Body extends Dress {
  /** Name of the drawing: `h-`, `f-`, `k-`. */
  readonly part: string;
  /** What they wear: `g-`. */
  readonly garment: 'cardi' | 'haori' | 'poncho' | 'collar' | 'scarf';
  readonly hand: string;
  /** A beak or muzzle stands where others have a mouth. */
  readonly beak: boolean;
}

function body(part: string, garment: Body['garment'], cloth: string, cloth2: string, hand: string, beak: boolean): Body {
  return { part, garment, cloth, cloth2, blanket: cloth, hand, beak };
}

/** Five people, six animals, two plants, three things, all in the same quiet clothes. */
export const BODIES: readonly Body[] = [
  body('bob', 'cardi', '#7c8a93', '#e9dfcd', '#eccdb0', false),
  body('specs', 'haori', '#566b63', '#d8c9a8', '#e6c3a2', false),
  body('long', 'poncho', '#7d5f63', '#c9a98c', '#e9c9ae', false),
  body('hood', 'collar', '#5e6478', '#4c5164', '#dbb794', false),
  body('elder', 'haori', '#7a6a84', '#e4d8c6', '#e7c8ac', false),
  body('cat', 'scarf', '#6f7f78', '#b0694a', '#8c8b8d', true),
  body('fox', 'haori', '#4d6379', '#ead9bb', '#c07a4a', true),
  body('tanuki', 'cardi', '#8c6a4a', '#e2d2b0', '#8b755f', true),
  body('rabbit', 'poncho', '#8f8a70', '#b98f86', '#dcd3c6', true),
  body('owl', 'scarf', '#5d5a4c', '#a98a4e', '#8a6f58', true),
  body('tern', 'collar', '#62798a', '#e2e2da', '#eef0ec', true),
  body('fern', 'cardi', '#8a7460', '#e8dcc0', '#b9bd9f', false),
  body('kinoko', 'scarf', '#7f7a66', '#c9b48b', '#eadbc4', false),
  body('moon', 'haori', '#545f86', '#cfd0d8', '#ead9a8', false),
  body('andon', 'collar', '#6d4f45', '#c98f55', '#f0d59a', false),
  body('ishi', 'poncho', '#66707a', '#a9a08c', '#9d9c94', false),
];

/** Natural dyes. The first is the figure's own dress. */
export const DRESSES: readonly (Dress | null)[] = [
  null,
  { cloth: '#48607d', cloth2: '#d9d3c1', blanket: '#48607d' },
  { cloth: '#9a5f55', cloth2: '#e6d2bb', blanket: '#9a5f55' },
  { cloth: '#6f7d58', cloth2: '#dcd8b4', blanket: '#6f7d58' },
  { cloth: '#b08a4a', cloth2: '#efe2c0', blanket: '#a5824a' },
  { cloth: '#77698a', cloth2: '#dfd5e0', blanket: '#77698a' },
  { cloth: '#7d5a45', cloth2: '#d8b98f', blanket: '#7d5a45' },
  { cloth: '#55565c', cloth2: '#b9b6ae', blanket: '#5d5e66' },
];
