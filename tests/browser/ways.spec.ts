/** Ways of taking part: chosen by the person, changed at any moment, enforced by the server. */
import type { Order } from './support/line';
import { SEA } from './support/person';
import type { Person } from './support/person';
import { expect, test } from './support/place';

/** Something past the page, on its own line: the page would not offer it, and the server does not take it either. */
async function tryTo(one: Person, order: Order): Promise<void> {
  one.line.replaceNext(order);
  await one.bar.getByRole('button', { name: one.w.away, exact: true }).click();
  await expect(one.notice).toContainText(one.w.refusal.not_allowed);
  expect(one.line.sent).toContainEqual(expect.objectContaining(order));
  await one.notice.getByRole('button', { name: one.w.shut }).click();
}

test('just being here: no signs and no writing, and the page says how to have them', async ({ person }) => {
  const nagi = await person('なぎ', { way: 'watch' });
  await nagi.fillIn();
  await nagi.page.getByRole('button', { name: nagi.w.enterWatching, exact: true }).click();
  await nagi.isIn();
  await expect(nagi.bar.locator('.way')).toHaveText(nagi.w.wayShort(nagi.w.ways.watch));
  await expect(nagi.field).toHaveCount(0);
  await nagi.bar.getByRole('button', { name: nagi.w.reactions.nod, exact: true }).click();
  await expect(nagi.sheet).toContainText(nagi.w.reactOff);
  await nagi.sheet.getByRole('button', { name: nagi.w.keepThis }).click();
  await nagi.page.locator('.write-off').click();
  await expect(nagi.sheet).toContainText(nagi.w.writeOff(nagi.w.ways.watch));
  await nagi.sheet.getByRole('button', { name: nagi.w.keepThis }).click();
  await expect(nagi.reactionOf('なぎ')).toHaveCount(0);
});

test('one tap enters with a name that is given', async ({ person }) => {
  const nagi = await person('');
  await nagi.page.getByLabel(nagi.w.nick).fill('');
  await nagi.page.getByRole('button', { name: nagi.w.enterWatching, exact: true }).click();
  await expect(nagi.home).toBeVisible();
  await expect(nagi.page.locator('.sc-me')).toHaveCount(1);
});

test('from watching to signs to words and back, inside, at any moment', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ', { way: 'watch', line: true }), await person('はる', { phone: true })];
  await nagi.enter();
  await haru.enter();

  await tryTo(nagi, { t: 'react', kind: 'clap' });

  await nagi.choose('react');
  await nagi.react('wave');
  await haru.openList();
  await expect(haru.reactionOf('なぎ')).toHaveText(haru.w.reactions.wave);
  await haru.shut();
  await tryTo(nagi, { t: 'say', to: 0, text: 'ずるをして' });

  await nagi.choose('write');
  await nagi.say('書いてみます');
  await haru.hears('書いてみます');

  await nagi.choose('watch');
  await tryTo(nagi, { t: 'say', to: 0, text: 'もう一度 ずるをして' });
  await expect(nagi.field).toHaveCount(0);
  expect(await haru.heard()).toEqual(['書いてみます']);
});

test('a way of taking part is nobody else\'s business', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ', { way: 'watch' }), await person('はる', { line: true })];
  await nagi.enter();
  await haru.enter();
  await nagi.choose('react');
  await nagi.react('smile');
  await expect(haru.reactionOf('なぎ')).toHaveText(haru.w.reactions.smile);
  expect(JSON.stringify(haru.line.heard.filter((message) => message.t === 'frame'))).not.toContain('"way"');
  await expect(haru.listed('なぎ')).toHaveAccessibleName('なぎ');
});

test('a sign is seen by the other for some seconds and goes by itself', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ', { way: 'react' }), await person('はる', { phone: true })];
  await nagi.enter();
  await haru.enter();
  for (const kind of ['clap', 'think'] as const) {
    await nagi.react(kind);
    await haru.openList();
    await expect(haru.reactionOf('なぎ')).toHaveText(haru.w.reactions[kind]);
    await haru.shut();
    await expect(haru.page.locator('.sc-bubble i')).toBeVisible();
  }
  await expect(haru.page.locator('.sc-bubble i')).toHaveCount(0);
  await expect(nagi.page.locator('.sc-bubble i')).toHaveCount(0);
  await expect(nagi.reactionOf('なぎ')).toHaveCount(0);
});

test('away for a moment: others see it, and a step ends it', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ'), await person('はる')];
  await nagi.enter();
  await haru.enter();
  await nagi.bar.getByRole('button', { name: nagi.w.away, exact: true }).click();
  await expect(haru.avatar('なぎ')).toHaveAccessibleName(`なぎ、${haru.w.awayMark}`);
  await expect(nagi.bar.getByRole('button', { name: nagi.w.back, exact: true })).toHaveAttribute('aria-pressed', 'true');
  await haru.listed('なぎ').click();
  await expect(haru.sheet).toContainText(haru.w.personAway);
  await haru.page.keyboard.press('Escape');
  await nagi.settlesAt(SEA.cups);
  await expect(haru.avatar('なぎ')).toHaveAccessibleName('なぎ');
  await expect(nagi.bar.getByRole('button', { name: nagi.w.away, exact: true })).toHaveAttribute('aria-pressed', 'false');
});

test('a note on one\'s figure is shown to the others and can be taken off', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ'), await person('はる', { phone: true })];
  await nagi.enter();
  await haru.enter();
  for (const [label, name] of [
    [nagi.w.wishes.talk, `なぎ、${haru.w.wishes.talk}`],
    [nagi.w.wishes.quiet, `なぎ、${haru.w.wishes.quiet}`],
    [nagi.w.noWish, 'なぎ'],
  ] as const) {
    await nagi.openWay();
    await nagi.sheet.getByRole('group', { name: nagi.w.wish }).getByRole('radio', { name: label }).check();
    await nagi.page.keyboard.press('Escape');
    await expect(haru.avatar('なぎ')).toHaveAccessibleName(name);
  }
});

test('nickname and figure are changed inside, and a taken name is refused there as kindly', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ'), await person('はる')];
  await nagi.enter();
  await haru.enter();
  await nagi.say('前の名前で');
  await nagi.openWay();
  await nagi.sheet.getByRole('button', { name: nagi.w.changeLooks }).click();
  const field = nagi.sheet.getByLabel(nagi.w.nick);
  await expect(field).toHaveValue('なぎ');
  await field.fill('ハル');
  await nagi.sheet.getByRole('button', { name: nagi.w.change, exact: true }).click();
  await expect(nagi.sheet).toContainText(nagi.w.refusal.nickname_taken);
  await field.fill('こもれび');
  const before = await haru.avatar('なぎ').locator('img').getAttribute('src');
  const figures = nagi.sheet.getByRole('group', { name: nagi.w.figure }).getByRole('radio');
  await figures.nth((await figures.nth(4).isChecked()) ? 5 : 4).check({ force: true });
  await nagi.sheet.getByRole('button', { name: nagi.w.change, exact: true }).click();
  await expect(nagi.sheet).toHaveCount(0);
  await expect(haru.avatar('こもれび')).toBeVisible();
  await expect(haru.avatar('なぎ')).toHaveCount(0);
  expect(await haru.avatar('こもれび').locator('img').getAttribute('src')).not.toBe(before);
  // Words keep the name under which they were said.
  await expect(haru.message('前の名前で')).toContainText('なぎ');
});
