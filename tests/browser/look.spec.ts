/** Pictures of the place, to be looked at by people: they are written beside these tests and never compared. */
import { fileURLToPath } from 'node:url';
import { ROOMS, SEA } from './support/person';
import type { Person, RoomId } from './support/person';
import { expect, test } from './support/place';

const FOLDER = fileURLToPath(new URL('./artefacts/', import.meta.url));
const MOODS = ['day', 'dusk', 'night'] as const;
type Mood = (typeof MOODS)[number];

async function picture(one: Person, name: string): Promise<void> {
  await one.page.evaluate(() => document.fonts.ready);
  await one.page.screenshot({ path: `${FOLDER}${one.phone ? 'phone' : 'desk'}-${name}.png`, animations: 'disabled' });
}

/** The figures at the door are thrown by dice; the pictures shall differ only where the page does. */
async function figure(one: Person, number: number): Promise<void> {
  await one.page.getByRole('group', { name: one.w.figure }).getByRole('radio').nth(number).check();
}

async function mood(one: Person, name: Mood): Promise<void> {
  await one.page.getByRole('radio', { name: one.w.moods[name] }).check();
  await expect(one.page.locator('body')).toHaveAttribute('data-mood', name);
}

async function settings(one: Person, change: () => Promise<void>): Promise<void> {
  await one.page.getByRole('button', { name: one.w.settings }).click();
  await expect(one.sheet).toBeVisible();
  await change();
  await one.page.keyboard.press('Escape');
  await expect(one.sheet).toHaveCount(0);
}

/** Some company: the walks are over when the last of them is where they wanted to be. */
async function company(person: (nick: string) => Promise<Person>, room: RoomId, seats: readonly (readonly [string, number, string])[]): Promise<Person[]> {
  const people = await Promise.all(
    seats.map(async ([nick, number, _zone], index) => {
      const one = await person(nick);
      await figure(one, number);
      await one.enter(room);
      return { one, zone: seats[index]?.[2] ?? '' };
    }),
  );
  await Promise.all(people.map(({ one, zone }) => one.settlesAt(zone)));
  return people.map(({ one }) => one);
}

for (const phone of [false, true]) {
  const where = phone ? 'phone' : 'desk';

  test(`the door: ${where}`, async ({ person }) => {
    const one = await person('なぎ', { phone });
    await figure(one, 3);
    await one.fillIn();
    for (const name of MOODS) {
      await mood(one, name);
      await picture(one, `door-${name}`);
    }
    await one.page.getByRole('button', { name: one.w.firstTime, exact: true }).scrollIntoViewIfNeeded();
    await picture(one, 'door-end');
    for (const [name, label] of [['first', one.w.firstTime], ['help', one.w.hard]] as const) {
      await one.page.getByRole('button', { name: label, exact: true }).last().click();
      await expect(one.sheet).toBeVisible();
      await picture(one, `sheet-${name}`);
      await one.page.keyboard.press('Escape');
      await expect(one.sheet).toHaveCount(0);
    }
    for (const [lang, label, enter] of [['en', 'English', 'Come in'], ['easy', 'やさしい日本語', 'はいる']] as const) {
      await one.page.getByRole('radio', { name: label }).check();
      await expect(one.page.locator('button[type=submit]')).toBeVisible();
      expect(enter).not.toBe('');
      await picture(one, `door-${lang}`);
    }
  });

  for (const [id, seats] of [
    ['umibe', [['はる', 8, SEA.snack], ['こもれび', 12, SEA.rest], ['そら', 1, SEA.cups]]],
    ['dagashi', [['はる', 8, '店さき'], ['こもれび', 12, 'こたつ'], ['そら', 1, '音楽の卓']]],
    ['niwa', [['はる', 8, '縁側'], ['こもれび', 12, '長い卓'], ['そら', 1, '庭さき']]],
  ] as const) {
    test(`${ROOMS[id]}: ${where}`, async ({ person }) => {
      const one = await person('なぎ', { phone });
      await figure(one, 3);
      await one.enter(id);
      const [haru] = await company(person, id, seats);
      await one.settlesAt(seats[0][2]);
      await haru?.say('今日は風がつよいですね。');
      await one.hears('今日は風がつよいですね。');
      await one.say('うん。窓が鳴っています');
      if (phone) await one.bar.getByRole('button', { name: one.w.write, exact: true }).click();
      for (const name of MOODS) {
        await settings(one, () => mood(one, name));
        await haru?.react('smile');
        await expect(one.page.locator('.sc-bubble i')).toHaveCount(1);
        await picture(one, `${id}-${name}`);
        await expect(one.page.locator('.sc-bubble i')).toHaveCount(0);
      }
    });
  }

  test(`states and sheets of a room: ${where}`, async ({ person }) => {
    const one = await person('なぎ', { phone, line: true });
    await figure(one, 3);
    await mood(one, 'dusk');
    await one.enter();
    await picture(one, 'just-in');
    await company(person, 'umibe', [['はる', 8, SEA.snack]]);
    await one.settlesAt(SEA.snack);
    if (phone) {
      await one.bar.getByRole('button', { name: one.w.reactionsName, exact: true }).click();
      await picture(one, 'signs');
      await one.page.keyboard.press('Escape');
      await one.bar.getByRole('button', { name: one.w.write, exact: true }).click();
      await one.field.fill('書いている とちゅうの ことば');
      await picture(one, 'writing');
    }
    await one.openWay();
    await picture(one, 'sheet-way');
    await one.sheet.getByRole('radio', { name: one.w.wishes.talk }).check();
    await one.sheet.getByRole('button', { name: one.w.changeLooks }).click();
    await expect(one.sheet.getByLabel(one.w.nick)).toBeVisible();
    await picture(one, 'sheet-looks');
    await one.page.keyboard.press('Escape');
    if (phone) {
      await one.openList();
      await picture(one, 'sheet-list');
      await one.shut();
    }
    await one.avatar('はる').focus();
    await one.page.keyboard.press('Enter');
    await expect(one.sheet).toBeVisible();
    await picture(one, 'sheet-person');
    await one.page.keyboard.press('Escape');
    await settings(one, () => picture(one, 'sheet-settings'));
    await one.line.cut();
    await expect(one.page.getByText(one.w.lost)).toBeVisible();
    await picture(one, 'lost');
    one.line.mend();
    await expect(one.page.getByText(one.w.backAgain)).toBeVisible({ timeout: 30_000 });
    await picture(one, 'back');
    await settings(one, async () => {
      await one.sheet.getByRole('button', { name: one.w.calm }).click();
    });
    await picture(one, 'calm');
    await one.settlesAt(SEA.rest);
    await picture(one, 'rest');
    const newer = await person('なぎ', { beside: one, phone });
    await newer.isIn();
    await expect(one.page.getByRole('button', { name: one.w.takeHere })).toBeVisible();
    await picture(one, 'taken');
    await newer.leave();
    await picture(newer, 'goodbye');
  });
}

test.describe('closed', () => {
  test.use({ rooms: { niwa: { open: false }, dagashi: { capacity: 1 } } });

  for (const phone of [false, true]) {
    test(`doors that do not open, and a name that is taken: ${phone ? 'phone' : 'desk'}`, async ({ person }) => {
      const [one, other] = [await person('なぎ', { phone }), await person('ナギ')];
      await other.enter('dagashi');
      await mood(one, 'dusk');
      for (const [id, title, name] of [['niwa', one.w.doorClosed, 'closed'], ['dagashi', one.w.doorFull, 'full']] as const) {
        await one.fillIn(id);
        await one.knock();
        await expect(one.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
        await picture(one, name);
        await one.page.getByRole('button', { name: one.w.toEntrance }).click();
      }
      await other.leave();
      await other.page.getByRole('button', { name: other.w.toEntrance }).click();
      await other.enter('umibe');
      await one.fillIn('umibe');
      await one.knock();
      await expect(one.page.getByText(one.w.refusal.nickname_taken)).toBeVisible();
      await picture(one, 'name-taken');
    });
  }
});
