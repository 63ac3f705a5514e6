/** 日本語, やさしい日本語, English: the choice reaches every word of the page. */
import { ROOMS, WORDS } from './support/person';
import type { Person } from './support/person';
import { expect, test } from './support/place';

const JAPANESE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u;

/** Every text that is shown or read aloud. Left out: the languages' own names, and what is painted in a picture. */
async function texts(one: Person): Promise<string[]> {
  return one.page.evaluate(() => {
    const found: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) {
        for (const name of ['aria-label', 'placeholder', 'title', 'alt']) found.push(node.getAttribute(name) ?? '');
      } else {
        const host = node.parentElement;
        if (host && !host.closest('script, noscript, style, svg, [lang]:not(html)')) found.push(node.textContent ?? '');
      }
    }
    return found.filter((text) => text.trim() !== '');
  });
}

/** Everything Japanese on the page, apart from the nicknames given. */
async function japanese(one: Person, ...nicks: string[]): Promise<string[]> {
  return (await texts(one)).filter((text) => JAPANESE.test(nicks.reduce((rest, nick) => rest.replaceAll(nick, ''), text)));
}

test('nothing Japanese is left on the English page, from the door to the goodbye', async ({ person }) => {
  const w = WORDS.en;
  const one = await person('Pebble', { lang: 'en' });
  await expect(one.page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(one.page.getByRole('button', { name: w.enter, exact: true })).toBeVisible();
  const views: Record<string, string[]> = { entrance: await japanese(one) };
  const look = async (name: string): Promise<void> => void (views[name] = await japanese(one));
  for (const [name, button] of [['first', w.firstTime], ['help', w.hard]] as const) {
    await one.page.getByRole('button', { name: button, exact: true }).last().click();
    await expect(one.sheet).toBeVisible();
    await look(name);
    await one.page.keyboard.press('Escape');
  }
  // The suggestion comes when it comes, into a field that nobody has touched.
  await expect(one.page.getByLabel(w.nick)).not.toHaveValue('');
  await one.page.getByLabel(w.nick).fill('');
  await one.knock();
  await expect(one.page.getByText(w.refusal.nickname_empty)).toBeVisible();
  await look('refused');
  await one.page.getByLabel(w.nick).fill('Pebble');
  await one.page.getByRole('group', { name: w.way }).getByRole('radio', { name: w.ways.write }).check();
  await one.knock();
  await expect(one.avatar('Pebble')).toBeAttached();
  await expect(one.page.locator('.sc-scene')).toBeVisible();
  await look('room');
  await one.openWay();
  await look('way');
  await one.sheet.getByRole('button', { name: w.changeLooks }).click();
  await expect(one.sheet.getByLabel(w.nick)).toBeVisible();
  await look('looks');
  await one.page.keyboard.press('Escape');
  await one.page.getByRole('button', { name: w.settings }).click();
  await expect(one.sheet).toBeVisible();
  await look('settings');
  await one.page.keyboard.press('Escape');
  await one.listed('Pebble').click();
  await expect(one.sheet).toBeVisible();
  await look('person');
  await one.page.keyboard.press('Escape');
  await one.leave();
  await look('goodbye');
  expect(views).toEqual(Object.fromEntries(Object.keys(views).map((name) => [name, []])));
});

test('the language can be changed at the door and inside, and is remembered', async ({ person }) => {
  const one = await person('なぎ');
  const { ja, easy, en } = WORDS;
  const languages = one.page.getByRole('group').filter({ has: one.page.getByRole('radio', { name: 'English' }) });
  await languages.getByRole('radio', { name: 'やさしい日本語' }).check();
  await expect(one.page.getByRole('button', { name: easy.enter, exact: true })).toBeVisible();
  await expect(one.page.getByRole('button', { name: ja.enter, exact: true })).toHaveCount(0);
  // Read aloud it is still Japanese.
  await expect(one.page.locator('html')).toHaveAttribute('lang', 'ja');
  await languages.getByRole('radio', { name: '日本語', exact: true }).check();
  await one.enter();
  await one.page.getByRole('button', { name: ja.settings }).click();
  await languages.getByRole('radio', { name: 'English' }).check();
  await expect(one.sheet.getByRole('heading', { name: en.settings })).toBeVisible();
  await one.page.keyboard.press('Escape');
  await expect(one.page.getByRole('button', { name: en.leave, exact: true })).toBeVisible();
  await expect(one.page.getByRole('heading', { level: 1 })).not.toHaveText(ROOMS.umibe);
  // The picture is hung up anew with other words a moment later.
  await expect.poll(() => japanese(one, 'なぎ')).toEqual([]);
  await one.page.reload();
  await expect(one.page.getByRole('button', { name: en.leave, exact: true })).toBeVisible();
});

test('easy Japanese uses its own words everywhere', async ({ person }) => {
  const { ja, easy } = WORDS;
  const one = await person('なぎ');
  await one.page.getByRole('radio', { name: 'やさしい日本語' }).check();
  await expect(one.page.getByRole('button', { name: easy.enter, exact: true })).toBeVisible();
  // What is written differently in the two must not stand here in the one that is harder to read.
  const flat = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(flat) : [];
  const plain = new Set(flat(easy));
  const hard = flat(ja).filter((text) => !plain.has(text) && /\p{sc=Han}/u.test(text));
  const left = async (): Promise<string[]> => {
    const shown = new Set((await texts(one)).map((text) => text.trim()));
    return hard.filter((text) => shown.has(text));
  };
  expect(await left()).toEqual([]);
  await one.page.getByRole('button', { name: easy.enter, exact: true }).click();
  await expect(one.page.getByRole('button', { name: easy.leave, exact: true })).toBeVisible();
  expect(await left()).toEqual([]);
  await one.page.locator('.bar .way').click();
  await expect(one.sheet).toBeVisible();
  expect(await left()).toEqual([]);
});
