import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COLOURS, FIGURES } from '../protocol/types';
import { learnFigures } from './art';
import { figureText, figureUri, headUri, type Bearing } from './figures';
import { BODIES, DRESSES } from './wardrobe';

learnFigures(readFileSync(new URL('../art/figures.svg', import.meta.url), 'utf8'));

const BEARINGS: readonly Bearing[] = ['stand', 'sit', 'back', 'rest', 'turned'];

describe('figures', () => {
  it('are as many as the wire knows', () => {
    expect(BODIES).toHaveLength(FIGURES);
    expect(DRESSES).toHaveLength(COLOURS);
  });
  it('stand on their own: no part of the page is needed to draw one', () => {
    for (let figure = 0; figure < FIGURES; figure++) {
      for (const bearing of BEARINGS) {
        for (const shut of [false, true]) {
          const text = figureText({ figure, colour: figure % COLOURS }, bearing, { gaze: 'east', shut, nod: shut });
          expect(text).not.toMatch(/var\(|<use|class=|undefined|NaN/);
          expect(text.length).toBeGreaterThan(500);
        }
      }
    }
  });
  it('differ by looks and share an image when they look the same', () => {
    expect(figureUri({ figure: 1, colour: 2 }, 'sit')).toBe(figureUri({ figure: 1, colour: 2 }, 'sit', {}));
    expect(figureUri({ figure: 1, colour: 2 }, 'sit')).not.toBe(figureUri({ figure: 1, colour: 3 }, 'sit'));
    expect(figureUri({ figure: 1, colour: 2 }, 'sit')).not.toBe(figureUri({ figure: 1, colour: 2 }, 'sit', { gaze: 'west' }));
  });
  it('have heads that stand on their own and are shared too', () => {
    const head = headUri({ figure: 1, colour: 2 });
    expect(head).toBe(headUri({ figure: 1, colour: 2 }));
    expect(new Set([head, headUri({ figure: 1, colour: 3 }), headUri({ figure: 2, colour: 2 }), figureUri({ figure: 1, colour: 2 }, 'stand')]).size).toBe(4);
    expect(decodeURIComponent(head)).not.toMatch(/var\(|<use|class=/);
  });
  it('show somebody when a newer server knows more figures than this page', () => {
    expect(figureText({ figure: 99, colour: 77 })).toContain('<svg');
  });
});
