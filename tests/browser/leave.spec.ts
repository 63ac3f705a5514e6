/** Going home: always in sight, at once, without a question, and without a trace that blames. */
import { expect, test } from './support/place';
import { SEA } from './support/person';
import type { Person } from './support/person';

/** Really there to be pressed: not hidden, not covered, not switched off. */
async function canLeave(one: Person): Promise<void> {
  await expect(one.home).toBeVisible();
  await expect(one.home).toBeEnabled();
  await one.home.click({ trial: true });
}

async function gone(one: Person): Promise<void> {
  await expect(one.page.getByRole('heading', { level: 1, name: one.w.bye })).toBeVisible();
  await expect(one.sheet).toHaveCount(0);
}

for (const phone of [false, true]) {
  test(`the way home is in sight in every state: ${phone ? 'phone' : 'desk'}`, async ({ person }) => {
    const nagi = await person('なぎ', { phone, line: true, way: 'watch' });
    await nagi.enter();
    const spot = await nagi.home.boundingBox();
    await canLeave(nagi);
    for (const way of ['react', 'write'] as const) {
      await nagi.choose(way);
      await canLeave(nagi);
    }
    await nagi.settlesAt(SEA.rest);
    await canLeave(nagi);
    if (phone) {
      await nagi.bar.getByRole('button', { name: nagi.w.reactionsName, exact: true }).click();
      await canLeave(nagi);
      await nagi.page.keyboard.press('Escape');
      await nagi.bar.getByRole('button', { name: nagi.w.write, exact: true }).click();
      await canLeave(nagi);
    }
    await nagi.field.fill('まだ書いているところ');
    await canLeave(nagi);
    await nagi.line.cut();
    await expect(nagi.page.getByText(nagi.w.lost)).toBeVisible();
    await canLeave(nagi);
    // Always at the same place.
    expect(await nagi.home.boundingBox()).toEqual(spot);
  });
}

test('one click: at home at once, and the others see an empty place and no word about it', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ'), await person('はる', { phone: true })];
  await nagi.enter();
  await haru.enter();
  await nagi.say('こんにちは');
  await haru.hears('こんにちは');
  let asked = false;
  nagi.page.on('dialog', (dialog) => {
    asked = true;
    void dialog.dismiss();
  });
  await nagi.home.click();
  await gone(nagi);
  expect(asked).toBe(false);
  await expect(haru.avatar('なぎ')).toHaveCount(0);
  await haru.openList();
  await expect(haru.listed('なぎ')).toHaveCount(0);
  await haru.shut();
  expect(await haru.heard()).toEqual(['こんにちは']);
  await expect(haru.notice).toBeHidden();
  await expect(haru.page.getByRole('status').filter({ hasText: 'なぎ' })).toHaveCount(0);
});

test('the key for going home works at once, also while writing or with a sheet open', async ({ person }) => {
  const nagi = await person('なぎ');
  await nagi.enter();
  // The page tells readers what it tells people in the sheet for newcomers.
  await expect(nagi.home).toHaveAttribute('aria-keyshortcuts', /Control\+Shift\+L/);
  await nagi.page.keyboard.press('Control+Shift+L');
  await gone(nagi);

  await nagi.page.getByRole('button', { name: nagi.w.enterAgain }).click();
  await nagi.isIn();
  await nagi.field.fill('とちゅうまで');
  await nagi.page.keyboard.press('Control+Shift+L');
  await gone(nagi);

  await nagi.page.getByRole('button', { name: nagi.w.enterAgain }).click();
  await nagi.isIn();
  // What was being written went home too.
  await expect(nagi.field).toHaveValue('');
  await nagi.openWay();
  await nagi.page.keyboard.press('Control+Shift+L');
  await gone(nagi);
});

test('without a line one goes home just the same, and stays there', async ({ person }) => {
  const nagi = await person('なぎ', { line: true });
  await nagi.enter();
  await nagi.line.cut();
  await expect(nagi.page.getByText(nagi.w.lost)).toBeVisible();
  await nagi.home.click();
  await gone(nagi);
  nagi.line.mend();
  const { knocks } = nagi.line;
  await nagi.page.reload();
  await expect(nagi.page.getByRole('button', { name: nagi.w.enter, exact: true })).toBeVisible();
  expect(nagi.line.knocks).toBe(knocks);
});

test('a closed tab keeps the seat for a while, and the person comes back to it', async ({ person, place }) => {
  const [nagi, haru] = [await person('なぎ'), await person('はる')];
  await nagi.enter();
  await haru.enter();
  await nagi.sit(SEA.snack, 2);
  await haru.sees('なぎ', SEA.snack);
  await expect.poll(() => place.lines()).toBe(2);
  await nagi.page.close();
  // The server knows that the line is gone, and the others see nothing of it.
  await expect.poll(() => place.lines()).toBe(1);
  await expect(haru.avatar('なぎ')).toBeVisible();
  await expect(haru.placeOf('なぎ')).toContainText(SEA.snack);
  const again = await person('なぎ', { beside: nagi });
  await again.isIn();
  await again.sees('なぎ', SEA.snack);
});

test('after going home nothing of the visit is kept but how one likes it', async ({ person }) => {
  const nagi = await person('なぎ');
  await nagi.enter();
  await nagi.say('ここだけの話');
  await nagi.field.fill('書きかけ');
  await nagi.leave();
  const kept = await nagi.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  for (const word of ['ここだけの話', '書きかけ', 'token']) expect(kept).not.toContain(word);
  await nagi.page.getByRole('button', { name: nagi.w.toEntrance }).click();
  await expect(nagi.page.getByLabel(nagi.w.nick)).toHaveValue('なぎ');
});
