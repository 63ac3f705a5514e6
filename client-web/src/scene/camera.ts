// What of the picture is seen: the whole room on a desk, the surroundings of oneself on a phone.

import type { Xy } from './geometry';

export interface View {
  /** Width and height of the host in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Width and height of the picture. */
  readonly picture: Xy;
  /** The point to look at, in picture points. */
  readonly focus: Xy;
}

export interface Shot {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const PHONE_WIDTH = 720;
const PHONE_SCALE = 0.76;
/** Oneself stands a little low, so that the window or the garden at the back stays in view. */
const FOCUS_HEIGHT = 0.68;
/** The drawings keep this much empty paper round the house. */
const MARGIN: Xy = [10, 40];

function clamp(value: number, low: number, high: number): number {
  // A host larger than the picture gets it in the middle.
  return low > high ? (low + high) / 2 : Math.max(low, Math.min(high, value));
}

export function isPhone(width: number): boolean {
  return width <= PHONE_WIDTH;
}

/** How the picture lies under the host: `transform: translate(x, y) scale(scale)` with the origin at 0 0. */
export function shot({ width, height, picture, focus }: View): Shot {
  if (!isPhone(width)) {
    const scale = Math.min(width / (picture[0] - MARGIN[0]), height / (picture[1] - MARGIN[1]));
    return {
      scale,
      x: (width - (picture[0] - MARGIN[0]) * scale) / 2,
      y: (height - (picture[1] + 10) * scale) / 2,
    };
  }
  const scale = PHONE_SCALE;
  const x = clamp(focus[0] * scale - width / 2, 0, picture[0] * scale - width);
  const y = clamp(focus[1] * scale - height * FOCUS_HEIGHT, 16, (picture[1] + 24) * scale - height);
  return { scale, x: -x, y: -y };
}

/** A point of the host (CSS pixels from its corner) to picture points. */
export function intoPicture(at: Shot, x: number, y: number): Xy {
  return [(x - at.x) / at.scale, (y - at.y) / at.scale];
}
