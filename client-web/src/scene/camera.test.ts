import { describe, expect, it } from 'vitest';
import { intoPicture, isPhone, shot } from './camera';

const picture = [1010, 680] as const;

describe('the camera', () => {
  it('shows the whole room on a desk, in the middle', () => {
    const at = shot({ width: 1000, height: 900, picture, focus: [0, 0] });
    expect(at.scale).toBe(1);
    expect(at.x).toBe(0);
    expect(at.y).toBe(105);
  });
  it('centres on oneself on a phone and stops at the walls', () => {
    expect(isPhone(360)).toBe(true);
    const middle = shot({ width: 360, height: 312, picture, focus: [500, 400] });
    expect(middle.scale).toBe(0.76);
    expect(middle.x).toBeCloseTo(180 - 380);
    expect(shot({ width: 360, height: 312, picture, focus: [0, 400] }).x).toBeCloseTo(0);
    expect(shot({ width: 360, height: 312, picture, focus: [2000, 400] }).x).toBeCloseTo(360 - 1010 * 0.76);
  });
  it('centres the picture in a host that is larger', () => {
    const at = shot({ width: 700, height: 1000, picture, focus: [500, 400] });
    expect(-at.y).toBeLessThan(0);
  });
  it('finds the point under a finger', () => {
    const at = shot({ width: 360, height: 312, picture, focus: [500, 400] });
    const [x, y] = intoPicture(at, 180, 312 * 0.68);
    expect(x).toBeCloseTo(500);
    expect(y).toBeCloseTo(400);
  });
});
