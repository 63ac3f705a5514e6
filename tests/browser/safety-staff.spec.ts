/** Staff with a phone in their hand: a raid and its end, words that wait, and what is decided in the room and taken back there. */
import { faults } from './support/axe';
import { H, S, atDoor, panel, part, waits } from './support/host';
import { PHONE, expect } from './support/place';
import { D, K, NAME, NUMBER, T, about, aboutWords, atDesk, close, inForce, keeper, measures, news, openCase, opened, saidAtDesk, waiting, write } from './support/safety';
import { test } from './support/staff';
import { Stranger } from './support/stranger';

/** Of twenty newcomers so many are in already when it begins to look bad; the others come after. */
const RAID = 20;
const INSIDE = 8;
const WORDS = 'あそびに きたよ';
/** A newcomer is who came within a minute: whoever was there before is not made to wait. */
const MINUTE_MS = 60_000;

test.describe('a raid', () => {
  test.use({ rooms: { umibe: { capacity: 40 } }, settings: { IBASHO_SAFETY__NEWCOMER_MINUTES: '1' } });

  test('of twenty: one touch on a phone, and none of their words reaches anybody; those who were there go on', async ({ place, person }) => {
    test.setTimeout(300_000);
    const office = await opened(place, 40);
    const staff = await person('つきみ', { phone: true });
    await keeper(staff, office, 'moderator');
    const nagi = await person('なぎ');
    await atDoor(nagi, NAME);
    await nagi.knock();
    await nagi.isIn();
    const came = Date.now();
    await nagi.say('しずかな 夜ですね');
    await staff.hears('しずかな 夜ですね');
    await expect.poll(() => Date.now() - came, { timeout: MINUTE_MS + 10_000 }).toBeGreaterThan(MINUTE_MS);

    // They come in one after the other, and have not written yet. One of them has a browser: what they see is kind as well.
    const inside: Stranger[] = [];
    for (let i = 1; i < INSIDE; i++) inside.push(await Stranger.come(place, `あらし${i}`));
    expect(inside.map(({ waits }) => waits)).not.toContain(true);
    const raider = await person('あらし');
    await atDoor(raider, NAME);
    await raider.knock();
    await raider.isIn();

    await staff.page.getByRole('button', { name: K.watch, exact: true }).click();
    await staff.sheet.getByRole('button', { name: K.lockGo(K.minutes(30)) }).click();
    await expect(staff.sheet).toContainText(K.locked);
    await expect(staff.sheet).toContainText(T.minutes(30));
    expect(await faults(staff.page)).toEqual([]);
    await close(staff);
    // The end stays in sight in the room, and the way back with it, for staff alone.
    const mark = staff.page.locator('.in-force.locked');
    await expect(mark).toContainText(T.minutes(30));
    expect(await staff.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    // Whoever was there is told why it is slower, calmly, and has nothing to do.
    for (const one of [nagi, raider]) {
      await expect(one.page.locator('.in-force.quieter')).toContainText(T.quietNote);
      await expect(one.page.getByRole('button', { name: K.lift })).toHaveCount(0);
    }
    expect(await faults(nagi.page)).toEqual([]);

    const outside: Stranger[] = [];
    for (let i = INSIDE; i < RAID - 1; i++) outside.push(await Stranger.come(place, `あらし${i}`));
    expect(outside.map(({ waits }) => waits)).not.toContain(false);
    const late = await person('おくれた あらし');
    await atDoor(late, NAME);
    await waits(late);
    expect(inside.length + outside.length + 2).toBe(RAID);

    // All of them write. Those inside wait, visibly; those at the door have nothing to write with.
    for (const one of inside) expect(await one.say(`${WORDS} ${one.nick}`)).toBe('held');
    await write(raider, WORDS);
    await expect(waiting(raider)).toContainText(T.waits);
    for (const one of outside) expect(['done', 'held']).not.toContain(await one.say(`${WORDS} ${one.nick}`));
    await expect(late.field).toHaveCount(0);

    // Those who were there go on, a little more slowly; what was typed too soon stays in the field.
    await nagi.say('だいじょうぶ');
    await staff.hears('だいじょうぶ');
    await write(nagi, 'すぐ つぎ');
    await expect(nagi.page.getByText(nagi.w.refusal.too_fast)).toBeVisible();
    await expect(nagi.field).toHaveValue('すぐ つぎ');

    // Staff see all twenty: those who wait at the door by name, and a case for each of those inside.
    const door = await part(staff, H.waiting);
    await expect(door.getByRole('listitem')).toHaveCount(RAID - INSIDE);
    await expect(staff.page.locator('.watch')).toHaveAccessibleName(`${K.watch}、${K.waiting(INSIDE)}`);
    await panel(staff).getByRole('button', { name: H.shut }).click();
    const heard = ['しずかな 夜ですね', 'だいじょうぶ'];
    for (const one of [staff, nagi]) expect(await one.heard()).toEqual(heard);
    for (const one of [...inside, ...outside]) expect(one.words.filter((words) => words.includes(WORDS))).toEqual([]);

    await mark.getByRole('button', { name: K.lift }).click();
    await expect(mark).toHaveCount(0);
    await expect(nagi.page.locator('.in-force')).toHaveCount(0);
    // Who waited comes in by itself; what waits for staff goes on waiting.
    await late.isIn();
    await expect.poll(() => outside.filter((one) => one.waits).length).toBe(0);
    expect(await nagi.heard()).toEqual(heard);
    for (const one of [...inside, ...outside]) one.close();
  });
});

test('a moderator on a phone takes words away and sends somebody away for a while; at the door it is said why', async ({ place, person }) => {
  test.setTimeout(120_000);
  const office = await opened(place);
  const staff = await person('つきみ', { phone: true });
  await keeper(staff, office);
  const haru = await person('はる');
  await atDoor(haru, NAME);
  await haru.knock();
  await haru.isIn();

  await haru.say('いやな ことば');
  await aboutWords(staff, 'はる', 'いやな ことば');
  let ladder = await measures(staff);
  await ladder.getByRole('button', { name: K.remove }).click();
  await expect(ladder).toContainText(K.removed);
  await close(staff);
  await expect(staff.message('いやな ことば')).toHaveCount(0);
  await expect(news(haru)).toContainText(T.deleted);

  // What sends somebody away is asked for twice, and leaving it comes first.
  await about(staff, 'はる');
  ladder = await measures(staff);
  const hour = ladder.getByRole('button', { name: `${K.kinds.remove}：${K.hours(1)}`, exact: true });
  await hour.click();
  await expect(ladder.getByRole('button', { name: K.no })).toBeFocused();
  await ladder.getByRole('button', { name: K.no }).click();
  await expect(haru.page.getByRole('heading', { level: 1, name: T.doorRoom })).toHaveCount(0);
  await hour.click();
  expect(await faults(staff.page)).toEqual([]);
  expect(await staff.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  await ladder.getByRole('button', { name: K.yes }).click();

  await expect(haru.page.getByRole('heading', { level: 1, name: T.doorRoom })).toBeVisible();
  await expect(haru.page.locator('.decision')).toContainText(T.why(T.reasons.safety));
  // Whoever stays away has somewhere to turn to as well.
  await expect(haru.page.locator('.news-card')).toContainText(haru.w.helpLead);
  await expect(haru.page.locator('.news-card').getByRole('link').first()).toHaveAttribute('href', /^tel:/);
  expect(await faults(haru.page)).toEqual([]);

  // Another tab, another nickname: it is the same door, and the same kind words.
  const again = await person('べつの名前', { beside: haru });
  await atDoor(again, NAME);
  await again.knock();
  await expect(again.page.getByRole('heading', { level: 1, name: T.doorRoom })).toBeVisible();
  await again.page.getByText(T.appealTitle).click();
  await again.page.getByLabel(T.appealField).fill('もう しません');
  await again.page.getByRole('button', { name: T.appealSend, exact: true }).click();
  await expect(again.page.locator('.decision')).toContainText(T.appealDone);
});

test('words that wait, and a moderator on a phone who does not show them: the writer keeps them, also through a reload', async ({ staff, person }) => {
  test.setTimeout(120_000);
  const aki = await staff('あきの', { phone: true });
  await atDesk(aki);
  const [nagi, haru] = [await person('なぎ', { phone: true }), await person('はる')];
  await nagi.enter();
  await haru.enter();
  await write(nagi, NUMBER);
  await expect(waiting(nagi)).toContainText(T.waits);

  let pane = await openCase(aki, D.urgency.held);
  await expect(pane).toContainText(NUMBER);
  expect(await faults(aki.page)).toEqual([]);
  expect(await aki.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  await pane.getByRole('button', { name: D.decline.personal_data }).tap();
  await expect(saidAtDesk(aki)).toContainText(D.declined);

  await expect(news(nagi)).toContainText(T.declines.personal_data);
  await expect(news(nagi).locator('blockquote')).toHaveText(NUMBER);
  await expect(waiting(nagi)).toHaveCount(0);
  expect(await faults(nagi.page)).toEqual([]);
  // A phone that was put away comes back with an empty head; the words are still there.
  await nagi.page.reload();
  await nagi.isIn();
  await expect(news(nagi)).toContainText(T.declines.personal_data);
  await expect(news(nagi).locator('blockquote')).toHaveText(NUMBER);

  await news(nagi).getByRole('button', { name: T.again }).click();
  await expect(news(nagi)).toHaveCount(0);
  await expect(nagi.field).toHaveValue(NUMBER);
  await nagi.field.fill('また ここで');
  await nagi.field.press('Enter');
  await haru.hears('また ここで');

  // It may also be decided while the page is away.
  await write(nagi, NUMBER);
  await expect(waiting(nagi)).toContainText(T.waits);
  await nagi.page.goto('about:blank');
  pane = await openCase(aki, D.urgency.held);
  await pane.getByRole('button', { name: D.decline.hurtful }).tap();
  await expect(saidAtDesk(aki)).toContainText(D.declined);
  await nagi.page.goto('/');
  await nagi.isIn();
  await expect(news(nagi)).toContainText(T.declines.hurtful);
  await expect(news(nagi).locator('blockquote')).toHaveText(NUMBER);
  expect(await haru.heard()).toEqual(['また ここで']);

  await nagi.leave();
  expect(await nagi.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain('090-1234');
});

test('what was decided in the room is taken back in the room, on a phone; the person is told', async ({ place, person }) => {
  test.setTimeout(120_000);
  const office = await opened(place);
  const staff = await person('つきみ', { phone: true });
  await keeper(staff, office, 'moderator');
  const haru = await person('はる');
  await atDoor(haru, NAME);
  await haru.knock();
  await haru.isIn();
  const holds = staff.sheet.locator('.holds');

  await about(staff, 'はる');
  await expect(staff.sheet.getByRole('heading', { name: K.holds })).toHaveCount(0);
  const ladder = await measures(staff);
  for (const [kind, span] of [['mute_text', K.hours(1)], ['mute_voice', K.hours(1)]] as const) {
    await ladder.getByRole('button', { name: `${K.kinds[kind]}：${span}`, exact: true }).click();
    await expect(holds.getByRole('listitem').filter({ hasText: K.kinds[kind] })).toContainText(T.minutes(60));
  }
  await expect(inForce(haru)).toHaveCount(2);
  await expect(haru.page.getByText(haru.w.refusal.silenced)).toBeVisible();
  await close(staff);

  // It stands in the sheet whenever it is opened, before everything else that can be decided.
  await about(staff, 'はる');
  await expect(holds.getByRole('listitem')).toHaveCount(2);
  expect(await faults(staff.page)).toEqual([]);
  expect(await staff.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  const undo = holds.getByRole('button', { name: `${K.undo}：${K.kinds.mute_text}`, exact: true });
  await undo.click();
  await expect(holds.getByRole('button', { name: K.no })).toBeFocused();
  expect(await faults(staff.page)).toEqual([]);
  await holds.getByRole('button', { name: K.no }).click();
  await expect(undo).toBeFocused();
  await expect(inForce(haru)).toHaveCount(2);
  await undo.click();
  await holds.getByRole('group').getByRole('button', { name: K.undo, exact: true }).click();
  await expect(holds).toContainText(K.undone);
  await expect(holds.getByRole('listitem')).toHaveCount(1);
  await close(staff);
  await expect(inForce(haru)).toHaveCount(1);
  await expect(news(haru)).toContainText(T.undone(T.kinds.mute_text));
  await haru.say('ありがとう ございます');
  await staff.hears('ありがとう ございます');

  // Aside, and back in the room with one touch more.
  await about(staff, 'はる');
  await (await measures(staff)).getByRole('button', { name: `${K.kinds.set_aside}：${K.minutes(30)}`, exact: true }).click();
  await expect(haru.page.getByRole('heading', { level: 1, name: S.lobby })).toBeVisible();
  await holds.getByRole('button', { name: `${K.undo}：${K.kinds.set_aside}`, exact: true }).click();
  await holds.getByRole('group').getByRole('button', { name: K.undo, exact: true }).click();
  await expect(holds).toContainText(K.undone);
  await haru.isIn();

  await close(staff);

  // Sent away, and asked to stay away: the sheet is still open, and so is the way back. A tap on the avatar leads there too.
  for (const [kind, span] of [['remove', K.hours(1)], ['ban', K.days(7)]] as const) {
    await staff.avatar('はる').click();
    const steps = await measures(staff);
    await steps.getByRole('button', { name: `${K.kinds[kind]}：${span}`, exact: true }).click();
    await steps.getByRole('button', { name: K.yes }).click();
    await expect(haru.page.getByRole('heading', { level: 1, name: T.doorRoom })).toBeVisible();
    await holds.getByRole('button', { name: `${K.undo}：${K.kinds[kind]}`, exact: true }).click();
    await holds.getByRole('group').getByRole('button', { name: K.undo, exact: true }).click();
    await expect(holds).toContainText(K.undone);
    await close(staff);
    await haru.page.getByRole('button', { name: haru.w.toEntrance }).click();
    await atDoor(haru, NAME);
    await haru.knock();
    await haru.isIn();
  }
});

test('who sits in a room is not startled by a cry elsewhere, where a colleague is, until nobody has come', async ({ place, person, staff: console }) => {
  test.setTimeout(180_000);
  const office = await opened(place);
  const staff = await person('つきみ');
  await keeper(staff, office, 'moderator');
  const aki = await console('あきの');
  await atDesk(aki);
  const lantern = staff.page.locator('.watch');
  const [nagi, haru] = [await person('なぎ'), await person('はる')];
  await nagi.enter('niwa');
  await nagi.say('もう死にたい');
  await expect(aki.page.getByRole('region', { name: D.queue })).toContainText(D.urgency.help);
  await expect(lantern).toHaveAccessibleName(`${K.watch}、${K.waiting(1)}`);
  await expect(lantern).not.toHaveClass(/urgent/);

  // What happens in one's own room is urgent at once.
  await atDoor(haru, NAME);
  await haru.knock();
  await haru.isIn();
  await haru.say('しにたい');
  await expect(lantern).toHaveAccessibleName(`${K.watch}、${K.urgent(1)}`);
  await lantern.click();
  await expect(staff.sheet).toContainText(K.urgent(1));
  await expect(staff.sheet).toContainText(K.waiting(1));
  await close(staff);
  // A minute later nobody has gone there: now it is everybody's.
  await expect(lantern).toHaveAccessibleName(`${K.watch}、${K.urgent(2)}`, { timeout: 90_000 });
});
