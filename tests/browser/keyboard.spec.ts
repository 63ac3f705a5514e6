/** Everything without a mouse, with large letters on a narrow page, and without motion. */
import type { Locator } from '@playwright/test';
import { ROOMS, SEA } from './support/person';
import type { Person } from './support/person';
import { expect, test } from './support/place';

/** Tab until it has the focus, as somebody does who cannot point. */
async function tabTo(one: Person, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let i = 0; i < 120; i++) {
    await one.page.keyboard.press(key);
    if (await target.evaluate((element) => element === document.activeElement)) return focusIsSeen(one);
  }
  throw new Error(`${key} never reaches ${String(target)}`);
}

/** Somebody who looks at the page can tell where they are. */
async function focusIsSeen(one: Person): Promise<void> {
  const seen = await one.page.locator(':focus').evaluate((element) => {
    const ring = (of: Element | null): boolean => {
      if (!of) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(of);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    };
    // A radio button lies unseen over its face; the face shows the ring.
    const shown = ring(element) || (element instanceof HTMLInputElement && ring(element.nextElementSibling));
    const box = element.getBoundingClientRect();
    return shown && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  });
  expect(seen).toBe(true);
}

test('a whole stay by keyboard: in, to a seat, writing, a sign, and home', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ'), await person('はる')];
  await haru.enter();
  const { page, w } = nagi;

  // In: room, name and way are reached in this order, and arrow keys choose.
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const room = page.getByRole('radio', { name: ROOMS.umibe });
  await tabTo(nagi, page.getByRole('group', { name: w.room }).getByRole('radio', { checked: true }));
  for (let i = 0; i < 3 && !(await room.isChecked()); i++) await page.keyboard.press('ArrowDown');
  await expect(room).toBeChecked();
  await tabTo(nagi, page.getByLabel(w.nick));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('なぎ');
  await tabTo(nagi, page.getByRole('group', { name: w.way }).getByRole('radio', { checked: true }));
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: w.ways.write })).toBeChecked();
  await tabTo(nagi, button(w.enter));
  await page.keyboard.press('Enter');
  await nagi.isIn();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();

  // To a seat through the list.
  await tabTo(nagi, button(w.seatsOf(SEA.cups)));
  await page.keyboard.press('Enter');
  await tabTo(nagi, button(w.seatWhole(SEA.cups, 1)));
  await page.keyboard.press('Enter');
  // The button is gone with the free seat; the focus waits at the place, also when the list is put in a new order.
  const place = nagi.list.getByRole('heading', { name: SEA.cups });
  await expect(place).toBeFocused();
  await haru.sees('なぎ', SEA.cups);
  await expect(place).toContainText(w.here);
  await expect(place).toBeFocused();

  // Writing.
  await haru.settlesAt(SEA.cups);
  await tabTo(nagi, nagi.field);
  await page.keyboard.type('キーだけで');
  await page.keyboard.press('Enter');
  await haru.hears('キーだけで');
  await page.keyboard.press('Escape');

  // A sign.
  await tabTo(nagi, nagi.bar.getByRole('button', { name: w.reactions.smile }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(haru.reactionOf('なぎ')).toHaveText(w.reactions.smile);

  // A person, in the picture: Enter opens, Escape closes, and the focus is where it was.
  await tabTo(nagi, nagi.avatar('はる'));
  await page.keyboard.press('Enter');
  await expect(nagi.sheet.getByRole('heading', { name: 'はる' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(nagi.sheet).toHaveCount(0);
  await expect(nagi.avatar('はる')).toBeFocused();

  // Home.
  await tabTo(nagi, nagi.home, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: w.bye })).toBeFocused();
  await expect(haru.avatar('なぎ')).toHaveCount(0);
});

for (const phone of [false, true]) {
  test(`the focus comes back from every sheet: ${phone ? 'phone' : 'desk'}`, async ({ person }) => {
    const nagi = await person('なぎ', { phone });
    const { page, w } = nagi;
    const round = async (opener: ReturnType<typeof page.locator>): Promise<void> => {
      await opener.focus();
      await page.keyboard.press('Enter');
      await expect(nagi.sheet.locator(':focus')).toHaveCount(1);
      // The focus does not leave the sheet, in either direction.
      for (const key of ['Shift+Tab', 'Tab', 'Tab']) {
        await page.keyboard.press(key);
        await expect(page.locator('body:has(dialog[open]) > #page > main :focus')).toHaveCount(0);
      }
      await page.keyboard.press('Escape');
      await expect(nagi.sheet).toHaveCount(0);
      await expect(opener).toBeFocused();
    };
    await round(page.getByRole('button', { name: w.firstTime, exact: true }));
    await nagi.enter();
    await round(page.getByRole('button', { name: w.hardShort, exact: true }));
    await round(page.getByRole('button', { name: w.settings, exact: true }));
    await round(nagi.bar.locator('.way'));
    await round(nagi.avatar('なぎ'));
    if (phone) await round(page.getByRole('button', { name: w.list, exact: true }));
  });
}

test('keys in the field write, and do not walk', async ({ person }) => {
  const nagi = await person('なぎ');
  await nagi.enter();
  const before = await nagi.spot('なぎ');
  // The slash leads to the field, also from the picture.
  await nagi.page.keyboard.press('/');
  await expect(nagi.field).toBeFocused();
  await nagi.page.keyboard.type('wasd/');
  await nagi.page.keyboard.press('ArrowLeft');
  await expect(nagi.field).toHaveValue('wasd/');
  expect(await nagi.spot('なぎ')).toBe(before);
});

for (const [width, font] of [[320, '100%'], [360, '200%'], [1280, '200%']] as const) {
  test(`nothing is cut off at ${width} px with letters at ${font}`, async ({ person }) => {
    const phone = width < 720;
    const nagi = await person('なぎ', { phone, context: { viewport: { width, height: phone ? 640 : 800 } } });
    const { page, w } = nagi;
    await page.addInitScript((size) => document.addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = size)), font);
    await page.reload();
    const fits = async (state: string): Promise<void> => {
      const over = await page.evaluate(() => {
        const found: string[] = [];
        const open = document.querySelector('dialog[open]');
        const wide = (element: Element): boolean => element.scrollWidth > element.clientWidth;
        if (wide(document.documentElement) || (open && wide(open))) found.push('scrolls sideways');
        for (const element of (open ?? document).querySelectorAll('button, input, textarea, a, h1, h2, label, p')) {
          // The picture has a camera, and the row of figures is meant to be pushed along.
          if (element.closest('.stage, .picks')) continue;
          const { left, right, width } = element.getBoundingClientRect();
          if (width > 1 && (left < -0.5 || right > innerWidth + 0.5)) found.push(element.outerHTML.slice(0, 80));
        }
        return found;
      });
      expect(over, state).toEqual([]);
    };
    const homeInSight = async (): Promise<void> => {
      await expect(nagi.home).toBeInViewport({ ratio: 1 });
      await nagi.home.click({ trial: true });
    };
    await expect(page.getByRole('button', { name: w.enter, exact: true })).toBeVisible();
    await fits('entrance');
    await nagi.fillIn();
    await nagi.knock();
    await expect(nagi.home).toBeVisible();
    await fits('room');
    await homeInSight();
    if (phone) {
      await nagi.bar.getByRole('button', { name: w.write, exact: true }).click();
      await expect(nagi.field).toBeInViewport();
      await fits('writing');
      await homeInSight();
      await nagi.bar.getByRole('button', { name: w.reactionsName, exact: true }).click();
      await fits('signs');
      await homeInSight();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: w.list, exact: true }).click();
    } else {
      await nagi.bar.locator('.way').click();
    }
    await expect(nagi.sheet).toBeVisible();
    await fits('sheet');
    await nagi.sheet.getByRole('button', { name: phone ? w.shut : w.keepThis }).last().scrollIntoViewIfNeeded();
    await page.keyboard.press('Escape');
    // The words can still be read, and the field be reached.
    await expect(nagi.field).toBeInViewport();
    await nagi.leave();
    await fits('goodbye');
  });
}

test('a phone lying down has the picture beside the words, and everything in sight', async ({ person }) => {
  const nagi = await person('なぎ', { phone: true, context: { viewport: { width: 740, height: 360 } } });
  await nagi.enter();
  for (const part of [nagi.home, nagi.reach, nagi.field, nagi.bar.locator('.way')]) await expect(part).toBeInViewport({ ratio: 1 });
  const [stage, log] = [await nagi.stage.boundingBox(), await nagi.log.boundingBox()];
  expect(stage?.height).toBeGreaterThan(200);
  expect(log?.height).toBeGreaterThan(150);
  await nagi.say('よこむきでも');
  await nagi.react('nod');
  await nagi.sees('なぎ', SEA.hall);
});

test('who wants no motion gets none: people are there at once and nothing is animated', async ({ person }) => {
  const nagi = await person('なぎ', { context: { reducedMotion: 'reduce' } });
  const haru = await person('はる');
  await nagi.enter();
  await haru.enter();
  const before = await nagi.spot('はる');
  await haru.goTo(SEA.books);
  // Half the room away, and one step on this page.
  const spots = new Set([before]);
  await expect
    .poll(async () => {
      spots.add(await nagi.spot('はる'));
      return spots.size;
    })
    .toBe(2);
  await haru.sees('はる', SEA.books);
  spots.add(await nagi.spot('はる'));
  expect(spots.size).toBe(2);
  await haru.react('wave');
  await expect(nagi.page.locator('.sc-bubble i')).toBeVisible();
  await nagi.openWay();
  expect(await nagi.page.evaluate(() => document.getAnimations().length)).toBe(0);
});
