// The picture at the door: a lit house, and a bench for two.

import houseSheet from '../art/house.svg?raw';
import { figureText } from './figures';
import { BODIES } from './wardrobe';

/** Two of our figures, seen from behind, looking at the same sea. */
function onTheBench(): string {
  return [['tern', 590], ['bob', 652]].map(([part, x]) => {
    const figure = BODIES.findIndex((body) => body.part === part);
    return figureText({ figure, colour: 0 }, 'back').replace('width="64" height="80"', `x="${x}" y="512" width="70" height="88"`);
  }).join('');
}

let picture: string | undefined;

/** Whole pictures as text, our own. */
export const art: { readonly house: string } = {
  get house() {
    picture ??= houseSheet.replace('<g id="house-two"/>', `<g class="two">${onTheBench()}</g>`);
    return picture;
  },
};
