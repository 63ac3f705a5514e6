/** The public face: what is planned, and booking a seat with nothing but a nickname. */
import type { Locator } from '@playwright/test';
import { ja as words } from '../../client-web/src/i18n/booking/ja';
import { faults } from './support/axe';
import { WORDS } from './support/person';
import type { Lang, Person } from './support/person';
import { expect } from './support/place';
import { test, text } from './support/staff';
import type { Staff } from './support/staff';

async function owner(staff: (name: string) => Promise<Staff>): Promise<Staff> {
  const haru = await staff('はるかぜ');
  await haru.accept(await haru.invitation());
  return haru;
}

async function clean(one: Person, state: string): Promise<void> {
  expect(await faults(one.page), state).toEqual([]);
}

function card(one: Person, name = '海辺の午後'): Locator {
  return one.page.getByRole('article', { name });
}

async function book(one: Person, name?: string): Promise<void> {
  await card(one, name).getByRole('button', { name: new RegExp(`^(${one.w.sessions.book}|${one.w.sessions.wait})$`) }).click();
  await one.sheet.getByLabel(one.w.nick).fill(one.nick);
}

async function press(one: Person): Promise<void> {
  await one.sheet.getByRole('button', { name: new RegExp(`^(${words.book}|${words.waitTitle})$`) }).click();
}

async function keep(one: Person): Promise<string> {
  const code = await one.sheet.getByLabel(words.yourCode).inputValue();
  await one.page.keyboard.press('Escape');
  await expect(one.sheet).toHaveCount(0);
  return code;
}

async function show(one: Person, code: string): Promise<void> {
  await one.page.getByRole('button', { name: one.w.sessions.mine }).last().click();
  await one.sheet.getByLabel(words.yourCode).fill(code);
  await one.sheet.getByRole('button', { name: words.show, exact: true }).last().click();
}

for (const lang of Object.keys(WORDS) as Lang[]) {
  test(`without anything planned the rooms are there, and one can try the controls: ${lang}`, async ({ person }) => {
    const nagi = await person('なぎ', { lang, phone: true });
    if (lang === 'easy') await nagi.page.getByRole('radio', { name: 'やさしい日本語' }).check();
    await expect(nagi.page.getByText(nagi.w.sessions.none)).toBeVisible();
    await clean(nagi, 'nothing planned');
    await nagi.page.getByLabel(nagi.w.nick).fill('');
    await nagi.page.getByRole('button', { name: nagi.w.tryControls }).click();
    await expect(nagi.home).toBeVisible();
  });
}

test('who waits moves up by itself when somebody cancels', async ({ staff, person }) => {
  const haru = await owner(staff);
  await haru.plan({ capacity: 1 });
  const [nagi, sora] = [await person('なぎ'), await person('そら', { phone: true })];
  await book(nagi);
  await press(nagi);
  await expect(nagi.sheet.getByText(words.seat)).toBeVisible();
  const first = await keep(nagi);
  await sora.page.reload();
  await expect(card(sora).getByText(sora.w.sessions.full)).toBeVisible();
  await book(sora);
  await clean(sora, 'waiting');
  await press(sora);
  await expect(sora.sheet.getByRole('heading', { name: words.doneWaiting })).toBeVisible();
  await expect(sora.sheet.getByText(words.place(1))).toBeVisible();
  const second = await keep(sora);

  await show(nagi, first);
  await nagi.sheet.getByRole('button', { name: words.cancel }).click();
  await nagi.sheet.getByRole('button', { name: words.cancelYes, exact: true }).click();
  await expect(nagi.sheet.getByText(words.cancelled)).toBeVisible();
  await show(sora, second);
  await expect(sora.sheet.getByText(words.seat)).toBeVisible();
  await sora.page.keyboard.press('Escape');
  await nagi.page.keyboard.press('Escape');
  await show(nagi, first);
  await expect(nagi.sheet.getByText(nagi.w.refusal.code_unknown)).toBeVisible();
  await clean(nagi, 'a code of before');
});

test('what a session asks for is asked for, kindly, and only that', async ({ staff, person }) => {
  const haru = await owner(staff);
  const { id } = await haru.plan({ access: 'code', eligibility: { text: text('区内に お住まいのかた'), confirmed: false } });
  const code = await haru.code(id);
  const nagi = await person('なぎ', { phone: true });
  await expect(card(nagi).getByText('区内に お住まいのかた')).toBeVisible();
  await book(nagi);
  await press(nagi);
  await expect(nagi.sheet.getByText(nagi.w.refusal.declare_first)).toBeVisible();
  await nagi.sheet.getByRole('checkbox', { name: words.declare }).check();
  await press(nagi);
  await expect(nagi.sheet.getByText(nagi.w.refusal.code_needed)).toBeVisible();
  await nagi.sheet.getByLabel(words.code.code).fill('ちがう番号');
  await press(nagi);
  await expect(nagi.sheet.getByText(nagi.w.refusal.code_unknown)).toBeVisible();
  await clean(nagi, 'a wrong code');
  await nagi.sheet.getByLabel(words.code.code).fill(code);
  await nagi.sheet.getByLabel(nagi.w.nick).fill('');
  await press(nagi);
  await expect(nagi.sheet.getByText(nagi.w.refusal.nickname_empty)).toBeVisible();
  await nagi.sheet.getByLabel(nagi.w.nick).fill('なぎ');
  await press(nagi);
  await expect(nagi.sheet.getByText(words.seat)).toBeVisible();
});

test('a booking is remembered on this device only with consent, and gone when it is cancelled', async ({ staff, person }) => {
  const haru = await owner(staff);
  await haru.plan();
  const nagi = await person('なぎ');
  const kept = (): Promise<string | null> => nagi.page.evaluate(() => localStorage.getItem('ibasho.bookings'));
  await book(nagi);
  await press(nagi);
  await expect(nagi.sheet.getByText(words.seat)).toBeVisible();
  expect(await kept()).toBeNull();
  await nagi.sheet.getByRole('checkbox', { name: words.remember }).check();
  const code = await keep(nagi);
  expect(await kept()).toContain(code);
  await nagi.page.reload();
  await expect(card(nagi).getByText(nagi.w.sessions.booked)).toBeVisible();
  await card(nagi).getByRole('button', { name: nagi.w.sessions.mine }).click();
  await expect(nagi.sheet.getByText(words.seat)).toBeVisible();
  await clean(nagi, 'one’s booking');
  await nagi.sheet.getByRole('button', { name: words.cancel }).click();
  await nagi.sheet.getByRole('button', { name: words.cancelYes, exact: true }).click();
  await expect(nagi.sheet.getByText(words.cancelled)).toBeVisible();
  expect(await kept()).toBeNull();
});

test('a theme is suggested beforehand; without a line it says so and keeps the words', async ({ staff, person }) => {
  const haru = await owner(staff);
  await haru.plan();
  const nagi = await person('なぎ', { phone: true });
  await card(nagi).getByRole('button', { name: nagi.w.sessions.suggest }).click();
  await clean(nagi, 'suggesting');
  await nagi.sheet.getByLabel(words.suggestField).fill('冬の すごしかた');
  await nagi.page.route('**/themes', (route) => route.abort());
  await nagi.sheet.getByRole('button', { name: words.suggest, exact: true }).click();
  await expect(nagi.sheet.getByText(nagi.w.offline)).toBeVisible();
  await expect(nagi.sheet.getByLabel(words.suggestField)).toHaveValue('冬の すごしかた');
  await nagi.page.unroute('**/themes');
  await nagi.sheet.getByRole('button', { name: words.suggest, exact: true }).click();
  await expect(nagi.sheet.getByText(words.suggested)).toBeVisible();
});

test('times are those of the place, whatever the device says; nothing of a booking is in any address', async ({ staff, person, place }) => {
  const haru = await owner(staff);
  await haru.plan({ time: '10:30' });
  const far = await person('とおく', { context: { timezoneId: 'America/New_York' } });
  const asked: string[] = [];
  far.page.on('request', (request) => asked.push(request.url()));
  await expect(card(far).getByText(/10:30〜11:30/)).toBeVisible();
  await book(far);
  await press(far);
  await expect(far.sheet.getByText(words.seat)).toBeVisible();
  const code = await keep(far);
  await show(far, code);
  await expect(far.sheet.getByText(words.seat)).toBeVisible();
  for (const secret of [code, encodeURIComponent(code), encodeURIComponent('とおく')]) expect(asked.filter((url) => url.includes(secret))).toEqual([]);
  const feed = await far.page.request.get(`${place.url}${await far.page.getByRole('link', { name: far.w.sessions.feed }).getAttribute('href')}`);
  expect(await feed.text()).toContain('BEGIN:VEVENT');
});
