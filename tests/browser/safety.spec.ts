/** Words that wait, a report and what becomes of it, and a cry for help: as those see it whom it is about. */
import { easy } from '../../client-web/src/i18n/safety/easy';
import { faults } from './support/axe';
import { atDoor } from './support/host';
import type { Person } from './support/person';
import { PHONE, expect } from './support/place';
import { D, K, NAME, NUMBER, T, about, aboutWords, atDesk, close, inForce, keeper, measures, news, openCase, opened, saidAtDesk, waiting, write } from './support/safety';
import { test } from './support/staff';
import { V } from './support/voice';

for (const phone of [false, true]) {
  test(`a message that waits is seen by its writer alone, and taken back to be written anew: ${phone ? 'phone' : 'desk'}`, async ({ person }) => {
    const [nagi, haru] = [await person('なぎ', { phone }), await person('はる')];
    await nagi.enter();
    await haru.enter();
    await write(nagi, NUMBER);
    await expect(waiting(nagi)).toContainText(T.waits);
    await expect(waiting(nagi).locator('mark')).toHaveText('090-1234-5678');
    await expect(nagi.field).toHaveValue('');
    expect(await faults(nagi.page)).toEqual([]);

    // It is still there after a reload: nothing waits in silence.
    await nagi.page.reload();
    await nagi.isIn();
    await expect(waiting(nagi)).toContainText('090-1234-5678');

    await waiting(nagi).getByRole('button', { name: T.rewrite }).click();
    await expect(waiting(nagi)).toHaveCount(0);
    await expect(nagi.field).toBeVisible();
    await expect(nagi.field).toHaveValue(NUMBER);
    await nagi.field.fill('また ここで');
    await nagi.field.press('Enter');
    await haru.hears('また ここで');
    expect(await haru.heard()).toEqual(['また ここで']);
  });
}

test('from a report to an appeal and its end, with moderators on phones', async ({ place, person, staff: console }) => {
  test.setTimeout(150_000);
  const office = await opened(place);
  const staff = await person('つきみ', { phone: true });
  await keeper(staff, office, 'moderator');
  const [nagi, haru] = [await person('なぎ', { phone: true }), await person('はる')];
  for (const one of [nagi, haru]) {
    await atDoor(one, NAME);
    await one.knock();
    await one.isIn();
  }

  // Told with one choice; acknowledged at once, and the other hears nothing of it.
  await haru.say('あっちへ いけ');
  await aboutWords(nagi, 'はる', 'あっちへ いけ');
  await nagi.sheet.getByRole('button', { name: T.report }).click();
  await nagi.sheet.getByRole('button', { name: T.reportSend, exact: true }).click();
  await expect(nagi.sheet).toContainText(T.reportLead);
  await nagi.sheet.getByRole('radio', { name: T.categories.harassment }).check();
  await nagi.sheet.getByLabel(T.reportField).fill('こわかったです');
  expect(await faults(nagi.page)).toEqual([]);
  await nagi.sheet.getByRole('button', { name: T.reportSend, exact: true }).click();
  await expect(nagi.sheet).toContainText(T.reportThanks);
  await close(nagi);
  await expect(news(haru)).toHaveCount(0);
  // What waits is a number at the lantern of the staff.
  await expect(staff.page.locator('.watch')).toHaveAccessibleName(`${K.watch}、${K.waiting(1)}`);

  // One touch, and it holds: with the reason, the end, and a way to say that one sees it differently.
  await about(staff, 'はる');
  const ladder = await measures(staff);
  await ladder.getByLabel(K.reason).selectOption({ label: K.reasons.insult });
  expect(await faults(staff.page)).toEqual([]);
  await ladder.getByRole('button', { name: `${K.kinds.timeout}：${K.minutes(5)}`, exact: true }).click();
  await expect(ladder).toContainText(K.done);
  await close(staff);
  await expect(news(haru)).toContainText(T.why(T.reasons.insult));
  await expect(inForce(haru)).toContainText(T.minutes(5));
  await haru.field.fill('なんで');
  await expect(haru.page.getByRole('button', { name: haru.w.send })).toHaveAttribute('aria-disabled', 'true');
  await expect(haru.page.getByText(haru.w.refusal.silenced)).toBeVisible();
  expect(await faults(haru.page)).toEqual([]);

  await inForce(haru).click();
  await haru.sheet.getByText(T.appealTitle).click();
  await haru.sheet.getByLabel(T.appealField).fill('じょうだんの つもりでした');
  await haru.sheet.getByRole('button', { name: T.appealSend, exact: true }).click();
  await expect(haru.sheet).toContainText(T.appealDone);
  expect(await faults(haru.page)).toEqual([]);
  await close(haru);

  // Somebody else looks at it; and whoever told is told that it was looked at, and no more.
  const aki = await console('あきの', { phone: true });
  await atDesk(aki);
  let pane = await openCase(aki, D.urgency.appeal);
  await expect(pane).toContainText('じょうだんの つもりでした');
  await expect(pane).toContainText(D.sanctions.by('つきみ'));
  expect(await faults(aki.page)).toEqual([]);
  expect(await aki.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  await pane.getByRole('button', { name: D.appeal.undone, exact: true }).tap();
  await expect(saidAtDesk(aki)).toContainText(D.appealed);
  await expect(inForce(haru)).toHaveCount(0);
  await expect(news(haru)).toContainText(T.appealOutcomes.undone);
  await haru.say('ごめんなさい');
  await nagi.hears('ごめんなさい');

  pane = await openCase(aki, D.urgency.report);
  await expect(pane).toContainText('あっちへ いけ');
  await expect(pane).toContainText('こわかったです');
  await pane.getByRole('button', { name: D.report.talked, exact: true }).tap();
  await expect(saidAtDesk(aki)).toContainText(D.resolved);
  await expect(news(nagi)).toContainText(T.reportLookedAt);
  expect(await faults(nagi.page)).toEqual([]);
  await expect(news(haru)).not.toContainText(T.reportLookedAt);
});

test('a cry for help goes through, is answered for its writer alone, and takes nothing away', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ', { phone: true }), await person('はる')];
  await nagi.enter();
  await haru.enter();
  await nagi.say('もう死にたい');
  await haru.hears('もう死にたい');
  await expect(news(nagi)).toContainText(T.helpTitle);
  await expect(news(nagi).getByRole('link').first()).toHaveAttribute('href', /^tel:/);
  await expect(news(haru)).toHaveCount(0);
  expect(await faults(nagi.page)).toEqual([]);
  await news(nagi).getByRole('button', { name: T.helpMore }).click();
  await expect(nagi.sheet.getByRole('heading', { level: 2, name: nagi.w.hard })).toBeVisible();
  await close(nagi);
  await nagi.say('きいてくれて ありがとう');
  await haru.hears('きいてくれて ありがとう');
  await news(nagi).getByRole('button', { name: T.putAway }).click();
  await expect(news(nagi)).toHaveCount(0);
});

test('with letters twice as large the card and the line fit into a phone', async ({ person }) => {
  const nagi = await person('なぎ', { phone: true });
  await nagi.enter();
  await nagi.page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await write(nagi, NUMBER);
  await expect(waiting(nagi)).toBeVisible();
  expect(await nagi.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
});

test('a tap on an avatar, on a phone: neither reads the other any more, only oneself sees it, and it is undone the same way', async ({ person }) => {
  const [nagi, haru, sora] = [await person('なぎ', { phone: true }), await person('はる'), await person('そら')];
  for (const one of [nagi, haru, sora]) await one.enter();
  await nagi.avatar('はる').click();
  await expect(nagi.sheet.getByRole('heading', { level: 2, name: 'はる' })).toBeVisible();
  expect(await faults(nagi.page)).toEqual([]);
  await nagi.sheet.getByRole('button', { name: V.block, exact: true }).click();
  await expect(nagi.sheet).toContainText(V.done);
  await close(nagi);
  await expect(nagi.avatar('はる')).toHaveClass(/sc-faint/);
  await haru.say('きこえますか');
  await sora.hears('きこえますか');
  await nagi.say('こちらは しずかです');
  await sora.hears('こちらは しずかです');
  expect(await nagi.heard()).toEqual(['こちらは しずかです']);
  expect(await haru.heard()).toEqual(['きこえますか']);
  await expect(haru.avatar('なぎ')).not.toHaveClass(/sc-faint/);
  await expect(news(haru)).toHaveCount(0);

  // It is still so after a reload.
  await nagi.page.reload();
  await nagi.isIn();
  await expect(nagi.avatar('はる')).toHaveClass(/sc-faint/);
  await about(nagi, 'はる');
  await nagi.sheet.getByRole('button', { name: V.unblock, exact: true }).click();
  await expect(nagi.sheet).toContainText(V.done);
  await close(nagi);
  await expect(nagi.avatar('はる')).not.toHaveClass(/sc-faint/);
  await haru.say('もう いちど');
  await nagi.hears('もう いちど');
});

test.describe('few staff', () => {
  test.use({ settings: { IBASHO_SAFETY__FEW_STAFF: 'warn' } });

  test('people are told calmly that few staff are there, can put it away, and it goes when somebody comes', async ({ person, staff: console }) => {
    const [nagi, haru] = [await person('なぎ', { phone: true }), await person('はる')];
    await nagi.enter();
    await haru.enter();
    const line = (one: Person) => one.page.locator('.in-force.quieter');
    await expect(line(nagi)).toContainText(T.few);
    await expect(line(nagi)).toContainText(T.fewNote);
    await expect(line(haru)).toContainText(T.few);
    for (const one of [nagi, haru]) expect(await faults(one.page)).toEqual([]);
    expect(await nagi.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    // The field stays where the thumb is, with the line above it.
    await nagi.openField();
    await expect(nagi.field).toBeInViewport({ ratio: 1 });
    await expect(line(nagi)).toBeInViewport();
    await nagi.say('こんばんは');
    await haru.hears('こんばんは');

    // Put away, the picture has all of its room again; others are told on.
    const height = async (): Promise<number> => (await nagi.stage.boundingBox())?.height ?? 0;
    const before = await height();
    await line(nagi).getByRole('button', { name: T.fewRead }).click();
    await expect(line(nagi)).toHaveCount(0);
    await expect.poll(height).toBeGreaterThan(before);
    await expect(line(haru)).toContainText(T.few);

    const aki = await console('あきの');
    await atDesk(aki);
    await expect(line(haru)).toHaveCount(0);
  });
});

test('in easy Japanese one reads what was decided, why, until when, and how to say that one sees it differently', async ({ place, person }) => {
  const office = await opened(place);
  const staff = await person('つきみ');
  await keeper(staff, office, 'moderator');
  const haru = await person('はる', { phone: true });
  await atDoor(haru, NAME);
  await haru.knock();
  await haru.isIn();
  await haru.page.getByRole('button', { name: haru.w.settings }).click();
  await haru.sheet.getByRole('radio', { name: 'やさしい日本語' }).check();
  await close(haru);

  await about(staff, 'はる');
  const ladder = await measures(staff);
  await ladder.getByLabel(K.reason).selectOption({ label: K.reasons.insult });
  await ladder.getByRole('button', { name: `${K.kinds.timeout}：${K.minutes(5)}`, exact: true }).click();
  await expect(ladder).toContainText(K.done);
  await expect(news(haru)).toContainText(easy.kinds.timeout);
  await expect(news(haru)).toContainText(easy.why(easy.reasons.insult));
  await expect(inForce(haru)).toContainText(easy.minutes(5));
  await news(haru).getByRole('button', { name: easy.seeMore }).click();
  const decision = haru.sheet.locator('.decision');
  await expect(decision).toContainText(easy.why(easy.reasons.insult));
  await expect(decision).toContainText(easy.minutes(5));
  await expect(decision).toContainText(/\d?\d:\d\dまで/);
  await expect(decision).toContainText(easy.kindNotes.timeout);
  // Nothing there is written in characters that had to be learnt.
  expect(await decision.innerText()).not.toMatch(/[一-龯]/);
  await decision.getByText(easy.appealTitle).click();
  await expect(decision).toContainText(easy.appealLead);
  expect(await faults(haru.page)).toEqual([]);
  await decision.getByLabel(easy.appealField).fill('じょうだんの つもりでした');
  await decision.getByRole('button', { name: easy.appealSend, exact: true }).click();
  await expect(decision).toContainText(easy.appealDone);
});
