/** The page of the staff: in, out, and planning an afternoon that somebody then books. */
import { ja as office } from '../../client-web/src/i18n/office/ja';
import { createHmac } from 'node:crypto';
import { ja as booking } from '../../client-web/src/i18n/booking/ja';
import { ja as papers } from '../../client-web/src/i18n/papers/ja';
import { faults } from './support/axe';
import { ROOMS } from './support/person';
import { expect } from './support/place';
import { PASSPHRASE, test } from './support/staff';
import type { Staff } from './support/staff';


async function clean(one: { page: Staff['page'] }, state: string): Promise<void> {
  expect(await faults(one.page), state).toEqual([]);
}

test('an afternoon is planned from a template, booked and cancelled', async ({ staff, person }) => {
  const haru = await staff('はるかぜ');
  const { page, s } = haru;
  await page.goto(await haru.invitation());
  await expect(page.getByText(s.invitation.lead(s.roles.owner))).toBeVisible();
  expect(page.url()).not.toContain('invitation');
  await clean(haru, 'invitation');
  await haru.accept(await haru.invitation());

  await haru.go('plans');
  await expect(page.getByText(s.plans.none)).toBeVisible();
  await page.getByRole('button', { name: s.plans.make }).click();
  await clean(haru, 'templates');
  await page.getByRole('button', { name: new RegExp(s.plans.useTemplate('.*')) }).first().click();
  await page.getByLabel(s.plans.name, { exact: true }).fill('');
  await page.getByRole('button', { name: s.save, exact: true }).click();
  await expect(page.getByText(s.plans.fault.name)).toBeVisible();
  await page.getByLabel(s.plans.name, { exact: true }).fill('土曜の午後の会');
  await page.getByRole('radio', { name: s.plans.repeats.weekly }).check();
  await page.getByRole('button', { name: new RegExp(`^${s.plans.down}`) }).nth(1).click();
  await page.getByRole('button', { name: new RegExp(`^${s.plans.up}`) }).nth(2).click();
  await clean(haru, 'form');
  await page.getByRole('button', { name: s.save, exact: true }).click();
  await expect(page.getByText(s.saved)).toBeVisible();
  await expect(page.getByRole('heading', { name: '土曜の午後の会' })).toBeVisible();
  await clean(haru, 'plans');

  const nagi = await person('なぎ', { phone: true });
  const list = nagi.page.getByRole('region', { name: nagi.w.sessions.title });
  const card = list.getByRole('article', { name: '土曜の午後の会' }).first();
  await card.getByText(nagi.w.sessions.how).click();
  await expect(card.getByRole('listitem').first()).toBeVisible();
  await clean(nagi, 'sessions');
  await card.getByRole('button', { name: nagi.w.sessions.book }).click();
  await expect(nagi.sheet).toBeVisible();
  await clean(nagi, 'booking');
  await nagi.sheet.getByLabel(nagi.w.nick).fill('なぎ');
  await nagi.sheet.getByRole('button', { name: booking.book, exact: true }).click();
  await expect(nagi.sheet.getByRole('heading', { name: booking.done })).toBeVisible();
  await clean(nagi, 'booked');
  const code = await nagi.sheet.getByLabel(booking.yourCode).inputValue();
  expect(code.length).toBeGreaterThan(5);
  await nagi.page.keyboard.press('Escape');

  await page.getByRole('button', { name: `${s.plans.dates}：土曜の午後の会` }).click();
  await expect(page.getByText(s.dates.booked(1)).first()).toBeVisible();
  await clean(haru, 'dates');

  await nagi.page.getByRole('button', { name: nagi.w.sessions.mine }).click();
  await nagi.sheet.getByLabel(booking.yourCode).fill(` ${code.toLowerCase()} `);
  await nagi.sheet.getByRole('button', { name: booking.show, exact: true }).click();
  await expect(nagi.sheet.getByText(booking.seat)).toBeVisible();
  await nagi.sheet.getByRole('button', { name: booking.cancel }).click();
  await clean(nagi, 'cancelling');
  await nagi.sheet.getByRole('button', { name: booking.cancelYes, exact: true }).click();
  await expect(nagi.sheet.getByText(booking.cancelled)).toBeVisible();
  await page.getByRole('button', { name: s.back }).click();
  await page.getByRole('button', { name: `${s.plans.dates}：土曜の午後の会` }).click();
  await expect(page.getByText(s.dates.booked(0)).first()).toBeVisible();

  // A date that does not take place stays on the list, and says so.
  await page.getByRole('button', { name: new RegExp(`^${s.dates.cancel}`) }).first().click();
  await page.getByRole('button', { name: s.dates.cancelYes, exact: true }).click();
  await expect(page.getByRole('heading', { name: s.dates.off })).toBeVisible();
  await nagi.page.reload();
  await expect(list.getByRole('article').first().getByText(nagi.w.sessions.cancelled)).toBeVisible();
  await clean(nagi, 'a cancelled date');
});

test('a passkey opens the door, and opens it again', async ({ staff }) => {
  const haru = await staff('はるかぜ');
  const { page, s } = haru;
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  await page.goto(await haru.invitation());
  await page.getByLabel(s.invitation.name).fill(haru.name);
  await expect(page.getByRole('radio', { name: s.invitation.passkey })).toBeChecked();
  await page.getByRole('button', { name: s.invitation.accept }).click();
  await haru.isIn();
  await haru.signOut();
  await clean(haru, 'signed out');
  await page.getByRole('button', { name: s.signIn.passkey }).click();
  await haru.isIn();
  await haru.go('me');
  await expect(page.getByText(s.me.passkeys(1))).toBeVisible();
  await clean(haru, 'me');
  // The only way in stays.
  await page.getByRole('button', { name: new RegExp(`^${s.people.removeYes}`) }).click();
  await page.getByRole('button', { name: s.people.removeYes, exact: true }).click();
  await expect(page.getByText(s.me.lastWay)).toBeVisible();
});

test('a passphrase with six digits beside it, and a login that is ended from elsewhere', async ({ staff }) => {
  const haru = await staff('はるかぜ');
  const { page, s } = haru;
  await haru.accept(await haru.invitation());
  await haru.go('me');
  await page.getByRole('button', { name: s.me.totpStart }).click();
  const secret = await page.getByLabel(s.me.totpSecret).inputValue();
  await expect(page.getByRole('img', { name: s.me.totpQr })).toBeVisible();
  await clean(haru, 'six digits');
  await page.getByLabel(s.signIn.code).fill(digits(secret, 0));
  await page.getByRole('button', { name: s.me.totpFinish }).click();
  await expect(page.getByText(s.me.totpOn)).toBeVisible();

  const phone = await staff('はるかぜ', { phone: true });
  await phone.signIn();
  await expect(phone.page.getByText('6けたの番号も')).toBeVisible();
  await clean(phone, 'six digits are asked for');
  // Each number opens once: the app's next one.
  await phone.page.getByLabel(s.signIn.code).fill(digits(secret, 1));
  await phone.page.getByRole('button', { name: s.signIn.enter, exact: true }).click();
  await phone.isIn();
  await clean(phone, 'in, on a phone');

  await page.reload();
  await haru.go('me');
  const logins = page.getByRole('listitem').filter({ hasText: s.me.loginWays.passphrase });
  await expect(logins).toHaveCount(2);
  await logins.filter({ hasNotText: s.me.here }).getByRole('button').click();
  await page.getByRole('button', { name: s.me.end, exact: true }).click();
  await expect(logins).toHaveCount(1);
  await phone.menu.getByRole('link', { name: s.views.people }).click();
  await expect(phone.page.getByText(s.signIn.again)).toBeVisible();
  expect(await phone.page.evaluate(() => localStorage.getItem('ibasho.staff'))).toBeNull();
});

test('somebody else is invited, and the link works once', async ({ staff }) => {
  const haru = await staff('はるかぜ');
  const { page, s } = haru;
  await haru.accept(await haru.invitation());
  await haru.go('people');
  await page.getByRole('combobox', { name: s.people.role }).selectOption('facilitator');
  await page.getByRole('radio', { name: s.people.someRooms }).check();
  await page.getByRole('button', { name: s.people.makeLink }).click();
  await expect(page.getByText(s.people.chooseRoom)).toBeVisible();
  await page.getByRole('checkbox', { name: '海辺の居間' }).check();
  await page.getByRole('button', { name: s.people.makeLink }).click();
  const link = await page.getByLabel(s.people.link).inputValue();
  await clean(haru, 'a link');

  const sora = await staff('そら');
  await sora.accept(link);
  await expect(sora.page.getByRole('listitem').filter({ hasText: '庭の間' })).toHaveCount(0);
  // Opened once more while the page is there: it says so, and the link leaves the address bar all the same.
  await sora.page.goto(link);
  await expect(sora.page.getByText(s.invitation.void)).toBeVisible();
  expect(sora.page.url()).not.toContain('invitation');
  await sora.page.getByRole('button', { name: s.invitation.toSignIn }).click();
  await sora.isIn();
  const late = await staff('おそい');
  await late.page.goto(link);
  await expect(late.page.getByText(s.invitation.void)).toBeVisible();
  await clean(late, 'a used link');

  await page.reload();
  await page.getByRole('button', { name: `${s.people.remove}：そら` }).click();
  await page.getByRole('button', { name: s.people.removeYes, exact: true }).click();
  await expect(page.getByRole('heading', { name: 'そら' })).toHaveCount(0);
  await sora.page.goto(`${sora.url}/staff`);
  await expect(sora.page.getByRole('heading', { name: s.signIn.title })).toBeVisible();
});

test('a note in the box is read and taken out, and the numbers say what they are of', async ({ staff, person }) => {
  const haru = await staff('はるかぜ');
  const { page, s } = haru;
  await haru.accept(await haru.invitation());
  await haru.go('box');
  await expect(page.getByText(s.box.none)).toBeVisible();

  const nagi = await person('なぎ');
  await nagi.enter();
  await nagi.listed('なぎ').click();
  await nagi.sheet.getByRole('button', { name: papers.box }).click();
  await nagi.sheet.getByRole('textbox', { name: papers.boxField }).fill('夜の会も あると うれしいです。');
  await nagi.sheet.getByRole('button', { name: papers.boxSend }).click();
  await expect(nagi.sheet.getByText(papers.boxed)).toBeVisible();

  await page.reload();
  const note = page.getByRole('listitem').filter({ hasText: '夜の会も あると うれしいです。' });
  await expect(note).toContainText(ROOMS.umibe);
  await expect(note).not.toContainText('なぎ');
  await clean(haru, 'box');
  await note.getByRole('button', { name: s.remove, exact: true }).click();
  await note.getByRole('button', { name: s.remove, exact: true }).click();
  await expect(page.getByText(s.box.none)).toBeVisible();

  await haru.go('numbers');
  await expect(page.getByText(s.numbers.none)).toBeVisible();
  await clean(haru, 'numbers');
  await page.getByLabel(s.numbers.from).fill('2027-04-01');
  await page.getByRole('button', { name: s.numbers.show }).click();
  await expect(page.getByText(nagi.w.refusal.value_out_of_range)).toBeVisible();
});

test('nothing Japanese is left on the English page of the staff', async ({ staff }) => {
  const one = await staff('Driftwood', { lang: 'en', phone: true });
  const { page, s } = one;
  const japanese = async (): Promise<string[]> =>
    (await page.locator('body *:not(script):not(style):not(noscript):not([lang=ja])').evaluateAll((all) => all.flatMap((element) => [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent ?? ''))))
      .filter((words) => /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u.test(words) && !/^(日本語|やさしい日本語)$/.test(words));
  await one.accept(await one.invitation());
  for (const view of ['rooms', 'plans', 'people', 'me'] as const) {
    await one.go(view);
    await expect(page.getByText(s.loading)).toHaveCount(0);
    expect(await japanese(), view).toEqual([]);
    await clean(one, view);
  }
  await one.go('plans');
  await page.getByRole('button', { name: s.plans.make }).click();
  await page.getByRole('button', { name: new RegExp(s.plans.useTemplate('.*')) }).first().click();
  await expect(page.getByRole('heading', { name: s.plans.newTitle })).toBeVisible();
  expect(await japanese(), 'form').toEqual([]);
});

test('wrong words are answered kindly, and the entrance stays as it is for who is no staff', async ({ staff, person }) => {
  const nagi = await person('なぎ');
  const asked: string[] = [];
  nagi.page.on('request', (request) => asked.push(request.url()));
  await nagi.page.reload();
  await expect(nagi.page.getByLabel(nagi.w.nick)).toBeVisible();
  expect(asked.filter((url) => url.includes('staff'))).toEqual([]);

  const haru = await staff('だれでもない');
  await haru.signIn();
  await expect(haru.page.getByText(office.signin_failed)).toBeVisible();
  await clean(haru, 'not signed in');
  expect(await haru.page.content()).not.toContain(PASSPHRASE);
});

/** What an authenticator app shows (RFC 6238): now, or some steps of 30 s later. */
function digits(secret: string, later: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/[\s=]/g, '').toUpperCase()].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}
