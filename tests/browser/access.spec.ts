/** Nothing that axe-core can find stands in anybody's way, in any state that people come to. */
import { faults } from './support/axe';
import { SEA, WORDS } from './support/person';
import type { Lang, Person } from './support/person';
import { expect, test } from './support/place';

const MOODS = ['day', 'dusk', 'night'] as const;

async function mood(one: Person, name: (typeof MOODS)[number]): Promise<void> {
  await one.page.getByRole('radio', { name: one.w.moods[name] }).check();
  await expect(one.page.locator('body')).toHaveAttribute('data-mood', name);
}

async function clean(one: Person, state: string): Promise<void> {
  expect(await faults(one.page), state).toEqual([]);
}

/** Through the three moods, with and without the sheet in which they are chosen. */
async function moods(one: Person, state: string): Promise<void> {
  for (const name of MOODS) {
    await one.page.getByRole('button', { name: one.w.settings }).click();
    await expect(one.sheet).toBeVisible();
    await mood(one, name);
    await clean(one, `settings, ${name}`);
    await one.page.keyboard.press('Escape');
    await expect(one.sheet).toHaveCount(0);
    await clean(one, `${state}, ${name}`);
  }
}

for (const lang of Object.keys(WORDS) as Lang[]) {
  for (const phone of [false, true]) {
    test(`the entrance and its sheets: ${lang}, ${phone ? 'phone' : 'desk'}`, async ({ person }) => {
      const nagi = await person('なぎ', { lang, phone });
      if (lang === 'easy') await nagi.page.getByRole('radio', { name: 'やさしい日本語' }).check();
      await expect(nagi.page.getByRole('button', { name: nagi.w.enter, exact: true })).toBeVisible();
      for (const name of MOODS) {
        await mood(nagi, name);
        await clean(nagi, `entrance, ${name}`);
      }
      for (const name of [nagi.w.firstTime, nagi.w.hard]) {
        await nagi.page.getByRole('button', { name, exact: true }).last().click();
        await expect(nagi.sheet).toBeVisible();
        await clean(nagi, name);
        await nagi.page.keyboard.press('Escape');
        await expect(nagi.sheet).toHaveCount(0);
      }
      await nagi.page.getByLabel(nagi.w.nick).fill('');
      await nagi.knock();
      await expect(nagi.page.getByText(nagi.w.refusal.nickname_empty)).toBeVisible();
      await clean(nagi, 'an empty name');
    });
  }
}

for (const phone of [false, true]) {
  test(`the room: ${phone ? 'phone' : 'desk'}`, async ({ person }) => {
    const [nagi, haru] = [await person('なぎ', { phone }), await person('はる')];
    await nagi.enter();
    await haru.enter();
    await haru.say('こんばんは');
    await nagi.say('こんばんは、はるさん');
    await haru.bar.getByRole('button', { name: haru.w.away, exact: true }).click();
    await moods(nagi, 'room');
    if (phone) {
      await nagi.openField();
      await nagi.bar.getByRole('button', { name: nagi.w.reactionsName, exact: true }).click();
      await clean(nagi, 'signs over the bar');
      await nagi.page.keyboard.press('Escape');
    }
    await nagi.field.fill('あ'.repeat(501));
    await expect(nagi.page.getByText(nagi.w.tooLong(1))).toBeVisible();
    await clean(nagi, 'too long');
    await nagi.field.fill('');
    await nagi.reach.click();
    await clean(nagi, 'who hears me');
    await nagi.message('はるさん').getByRole('button', { name: nagi.w.takeBack }).click();
    await expect(nagi.log).toContainText(nagi.w.withdrawn);
    await clean(nagi, 'taken back');
  });

  test(`the sheets of the room: ${phone ? 'phone' : 'desk'}`, async ({ person }) => {
    const [nagi, haru] = [await person('なぎ', { phone }), await person('はる')];
    await nagi.enter();
    await haru.enter();
    await nagi.openWay();
    await clean(nagi, 'way');
    await nagi.sheet.getByRole('radio', { name: nagi.w.wishes.talk }).check();
    await expect(haru.avatar('なぎ')).toHaveAccessibleName(/、/);
    await clean(nagi, 'way with a wish');
    await nagi.sheet.getByRole('button', { name: nagi.w.changeLooks }).click();
    await expect(nagi.sheet.getByLabel(nagi.w.nick)).toBeVisible();
    await clean(nagi, 'looks');
    await nagi.page.keyboard.press('Escape');
    await nagi.openList();
    await nagi.list.getByRole('button', { name: nagi.w.seatsOf(SEA.cups), exact: true }).click();
    await clean(nagi, 'list with seats');
    for (const nick of ['はる', 'なぎ']) {
      await nagi.openList();
      await nagi.listed(nick).click();
      await expect(nagi.sheet.getByRole('heading', { name: nick })).toBeVisible();
      await clean(nagi, `the sheet of ${nick}`);
      await nagi.page.keyboard.press('Escape');
      await expect(nagi.sheet).toHaveCount(0);
    }
    await nagi.page.getByRole('button', { name: nagi.w.hardShort, exact: true }).click();
    await expect(nagi.sheet).toBeVisible();
    await clean(nagi, 'help');
  });

  test(`a quiet screen, and the ways with less: ${phone ? 'phone' : 'desk'}`, async ({ person }) => {
    const [nagi, haru] = [await person('なぎ', { phone, way: 'watch' }), await person('はる')];
    await nagi.enter();
    await haru.enter();
    await clean(nagi, 'watching');
    await nagi.page.getByRole('button', { name: nagi.w.settings }).click();
    await nagi.sheet.getByRole('button', { name: nagi.w.calm }).click();
    await expect(nagi.page.locator('body')).toHaveAttribute('data-calm', '');
    await nagi.page.keyboard.press('Escape');
    await haru.react('clap');
    if (!phone) await expect(nagi.reactionOf('はる')).toBeVisible();
    await moods(nagi, 'quiet screen');
  });

  test(`a lost line, another screen, a closed door and the goodbye: ${phone ? 'phone' : 'desk'}`, async ({ person }) => {
    const nagi = await person('なぎ', { phone, line: true });
    await nagi.enter();
    await nagi.line.cut();
    await expect(nagi.page.getByText(nagi.w.lost)).toBeVisible();
    await moods(nagi, 'lost');
    nagi.line.mend();
    await expect(nagi.page.getByText(nagi.w.lost)).toHaveCount(0, { timeout: 30_000 });
    const newer = await person('なぎ', { beside: nagi, phone });
    await newer.isIn();
    await expect(nagi.page.getByRole('button', { name: nagi.w.takeHere })).toBeVisible();
    for (const name of MOODS) {
      await mood(nagi, name);
      await clean(nagi, `taken over, ${name}`);
    }
    await newer.leave();
    for (const name of MOODS) {
      await mood(newer, name);
      await clean(newer, `goodbye, ${name}`);
    }
  });
}

test.describe('doors that do not open', () => {
  test.use({ rooms: { niwa: { open: false }, dagashi: { capacity: 1 } } });

  test('a closed and a full door', async ({ person }) => {
    const [nagi, haru] = [await person('なぎ'), await person('はる', { phone: true })];
    await nagi.enter('dagashi');
    for (const [id, title] of [['niwa', haru.w.doorClosed], ['dagashi', haru.w.doorFull]] as const) {
      await haru.fillIn(id);
      await haru.knock();
      await expect(haru.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
      for (const name of MOODS) {
        await mood(haru, name);
        await clean(haru, `${title}, ${name}`);
      }
      await haru.page.getByRole('button', { name: haru.w.toEntrance }).click();
    }
  });
});
