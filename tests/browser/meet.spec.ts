/** Two people meet: they see each other come, walk and sit, on a desk and on a phone. */
import { expect, test } from './support/place';
import { Person, SEA } from './support/person';

/** The middle of a cell in points of the picture: the one map from the floor to the drawing. */
function cell(x: number, y: number): [number, number] {
  return [160 + 33 * (x + 0.5) - 11 * (y + 0.5), 250 + 29 * (y + 0.5)];
}

function spotOf([x, y]: [number, number]): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

/** Free floor of the room by the sea: in its middle, and beside the door, where a phone looks at first. */
const MIDDLE = cell(12, 8);
const BY_THE_DOOR = cell(5, 9);

/** Both draw `nick` at one and the same place, and no longer anywhere else. */
async function settled(nick: string, a: Person, b: Person): Promise<string> {
  let last = '';
  await expect
    .poll(async () => {
      const [here, there] = await Promise.all([a.spot(nick), b.spot(nick)]);
      const still = here === there && here === last;
      last = here;
      return still;
    })
    .toBe(true);
  return last;
}

test('two people see each other, in the picture and in the list', async ({ person }) => {
  const nagi = await person('なぎ');
  const haru = await person('はる', { phone: true });
  await nagi.enter();
  await haru.enter();
  for (const one of [nagi, haru]) {
    for (const nick of ['なぎ', 'はる']) {
      await expect(one.avatar(nick)).toBeVisible();
      await expect(one.page.locator('.sc-name').filter({ hasText: nick })).toHaveCount(1);
      await one.sees(nick, SEA.hall);
    }
  }
  await expect(nagi.avatar('なぎ')).toHaveAccessibleName(`なぎ、${nagi.w.you}`);
  await expect(nagi.avatar('はる')).toHaveAccessibleName('はる');
});

test('a click on the floor leads there, and the other sees it', async ({ person }) => {
  const nagi = await person('なぎ');
  const haru = await person('はる', { phone: true });
  await nagi.enter();
  await haru.enter();
  const before = await settled('なぎ', nagi, haru);
  await nagi.tap(...MIDDLE);
  await expect.poll(() => haru.spot('なぎ')).not.toBe(before);
  await expect.poll(() => nagi.spot('なぎ')).toBe(spotOf(MIDDLE));
  expect(await settled('なぎ', nagi, haru)).not.toBe(before);
});

test('a tap of a finger on the phone leads there too', async ({ person }) => {
  const nagi = await person('なぎ');
  const haru = await person('はる', { phone: true });
  await nagi.enter();
  await haru.enter();
  const before = await settled('はる', haru, nagi);
  await haru.tap(...BY_THE_DOOR);
  await expect.poll(() => nagi.spot('はる')).toBe(spotOf(BY_THE_DOOR));
  expect(await settled('はる', haru, nagi)).not.toBe(before);
});

test('arrow keys walk as long as they are held', async ({ person }) => {
  const nagi = await person('なぎ');
  const haru = await person('はる', { phone: true });
  await nagi.enter();
  await haru.enter();
  const before = await settled('なぎ', nagi, haru);
  const steps = new Set<string>();
  await nagi.page.keyboard.down('ArrowRight');
  await expect
    .poll(async () => {
      steps.add(await haru.spot('なぎ'));
      return steps.size;
      // A walk through the room takes seconds: whoever looks once in a second sees too little of it.
    }, { intervals: [50] })
    .toBeGreaterThan(4);
  await nagi.page.keyboard.up('ArrowRight');
  const after = await settled('なぎ', nagi, haru);
  const x = (spot: string): number => Number(spot.split(' ')[0]);
  expect(x(after)).toBeGreaterThan(x(before) + 20);
});

test('a place chosen from the list is reached and shown to both', async ({ person }) => {
  const nagi = await person('なぎ');
  const haru = await person('はる', { phone: true });
  await nagi.enter();
  await haru.enter();
  const before = await settled('なぎ', nagi, haru);
  await nagi.goTo(SEA.snack);
  await nagi.sees('なぎ', SEA.snack);
  await haru.sees('なぎ', SEA.snack);
  expect(await settled('なぎ', nagi, haru)).not.toBe(before);
  await haru.goTo(SEA.snack);
  await haru.sees('はる', SEA.snack);
  await nagi.sees('はる', SEA.snack);
  await settled('はる', nagi, haru);
});

test('a seat chosen from the list is taken, and offered to nobody else', async ({ person }) => {
  const nagi = await person('なぎ');
  const haru = await person('はる');
  await nagi.enter();
  await haru.enter();
  await nagi.sit(SEA.cups, 3);
  await haru.sees('なぎ', SEA.cups);
  await haru.list.getByRole('button', { name: haru.w.seatsOf(SEA.cups), exact: true }).click();
  await expect(haru.list.getByRole('button', { name: haru.w.seatWhole(SEA.cups, 2), exact: true })).toBeVisible();
  await expect(haru.list.getByRole('button', { name: haru.w.seatWhole(SEA.cups, 3), exact: true })).toHaveCount(0);
});

for (const how of ['key', 'click'] as const) {
  test(`one's own avatar starts before the server has answered: by ${how}`, async ({ person }) => {
    const nagi = await person('なぎ', { line: true });
    await nagi.enter();
    nagi.line.hold();
    const watch = await nagi.avatar('なぎ').evaluateHandle((button, event) => {
      const state = { frames: 0, moved: false };
      const begin = (): void => {
        const from = getComputedStyle(button).transform;
        const look = (): void => {
          state.frames++;
          state.moved = getComputedStyle(button).transform !== from;
          if (!state.moved) requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      };
      window.addEventListener(event, begin, { capture: true, once: true });
      return state;
    }, how === 'key' ? 'keydown' : 'click');
    if (how === 'key') await nagi.page.keyboard.down('ArrowRight');
    else await nagi.tap(...BY_THE_DOOR);
    // Not one byte has come back. The count begins with the frame after the event.
    await expect.poll(() => watch.evaluate((state) => state.moved)).toBe(true);
    expect(await watch.evaluate((state) => state.frames)).toBeLessThanOrEqual(3);
    if (how === 'key') await nagi.page.keyboard.up('ArrowRight');
    nagi.line.release();
    await expect(nagi.notice).toBeHidden();
  });
}
