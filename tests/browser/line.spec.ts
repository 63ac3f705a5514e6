/** A lost line: seat and words are kept, everything comes back by itself, once and in order. */
import { SEA } from './support/person';
import type { Person } from './support/person';
import { expect, test } from './support/place';

async function isLost(one: Person): Promise<void> {
  await expect(one.page.getByText(one.w.lost)).toBeVisible();
  await expect(one.page.getByText(one.w.lostNote)).toBeVisible();
  // Nobody is told that words reach anybody now.
  await expect(one.reach).toHaveText(one.w.reachLost);
}

async function isBack(one: Person): Promise<void> {
  // A page waits longer after each try, so this may take some seconds.
  await expect(one.page.getByText(one.w.lost)).toHaveCount(0, { timeout: 30_000 });
}

test('a lost line is said calmly, and what others wrote meanwhile arrives once and in order', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ', { line: true }), await person('はる', { phone: true })];
  await nagi.enter();
  await haru.enter();
  await haru.say('ひとつ');
  await nagi.hears('ひとつ');
  await nagi.line.cut();
  await isLost(nagi);
  // The words are still there to read, and the others see nothing of it.
  expect(await nagi.heard()).toEqual(['ひとつ']);
  await expect(haru.avatar('なぎ')).toBeVisible();
  for (const word of ['ふたつ', 'みっつ', 'よっつ']) await haru.say(word);
  nagi.line.mend();
  await isBack(nagi);
  await haru.say('いつつ');
  await nagi.hears('いつつ');
  expect(await nagi.heard()).toEqual(['ひとつ', 'ふたつ', 'みっつ', 'よっつ', 'いつつ']);
  await expect(nagi.log.getByText(nagi.w.gap)).toHaveCount(0);
});

test('words that were on their way when the line broke arrive once', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ', { line: true }), await person('はる')];
  await nagi.enter();
  await haru.enter();
  // The server has them, the answer never comes: so the page cannot know, and asks again.
  nagi.line.hold();
  await nagi.field.fill('届いたかな');
  await nagi.field.press('Enter');
  await haru.hears('届いたかな');
  await nagi.line.cut();
  await isLost(nagi);
  await expect(nagi.field).toHaveValue('届いたかな');
  nagi.line.drop();
  nagi.line.mend();
  await isBack(nagi);
  await nagi.hears('届いたかな');
  await expect(nagi.field).toHaveValue('');
  await nagi.say('つぎ');
  await haru.hears('つぎ');
  expect(await haru.heard()).toEqual(['届いたかな', 'つぎ']);
  expect(await nagi.heard()).toEqual(['届いたかな', 'つぎ']);
});

test('words sent without a line go out by themselves when it is back', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ', { line: true }), await person('はる')];
  await nagi.enter();
  await haru.enter();
  await nagi.line.cut();
  await isLost(nagi);
  await nagi.field.fill('あとから届く');
  await nagi.field.press('Enter');
  await expect(nagi.field).toHaveValue('あとから届く');
  nagi.line.mend();
  await haru.hears('あとから届く');
  await expect(nagi.field).toHaveValue('');
  expect(await haru.heard()).toEqual(['あとから届く']);
});

test('a draft survives a reload, and so do seat and name', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ'), await person('はる')];
  await nagi.enter();
  await haru.enter();
  await nagi.sit(SEA.snack, 1);
  await haru.sees('なぎ', SEA.snack);
  await nagi.field.fill('書きかけの ことば');
  await nagi.page.reload();
  await nagi.isIn();
  await expect(nagi.field).toHaveValue('書きかけの ことば');
  await nagi.sees('なぎ', SEA.snack);
  await haru.settlesAt(SEA.snack);
  await expect(nagi.reach).toHaveText(nagi.w.reachTable(1).join(''));
  await nagi.field.press('Enter');
  await haru.hears('書きかけの ことば');
});

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`after ${signal} people come back to their places by themselves and talk on`, async ({ person, place }) => {
    const [nagi, haru] = [await person('なぎ'), await person('はる', { phone: true })];
    await nagi.enter();
    await haru.enter();
    await nagi.sit(SEA.snack, 1);
    await haru.sit(SEA.snack, 4);
    await haru.sees('なぎ', SEA.snack);
    await nagi.sees('はる', SEA.snack);
    await nagi.say('まえ');
    await haru.hears('まえ');
    await expect.poll(() => haru.spot('はる')).toBe(await nagi.spot('はる'));
    const [mine, theirs] = [await nagi.spot('なぎ'), await nagi.spot('はる')];

    await place.stop(signal);
    await isLost(nagi);
    await isLost(haru);
    await place.start();
    await isBack(nagi);
    await isBack(haru);
    for (const one of [nagi, haru]) {
      await one.sees('なぎ', SEA.snack);
      await one.sees('はる', SEA.snack);
      expect([await one.spot('なぎ'), await one.spot('はる')]).toEqual([mine, theirs]);
    }
    await expect(nagi.reach).toHaveText(nagi.w.reachTable(1).join(''));
    await nagi.say('あと');
    await haru.hears('あと');
    await haru.say('またね');
    await nagi.hears('またね');
    // What was read before is still there: it is the page's, not the server's.
    expect(await haru.heard()).toEqual(['まえ', 'あと', 'またね']);
  });
}

test('two tabs of one person: the newer takes over, the older says so and can take it back', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ'), await person('はる')];
  await nagi.enter();
  await haru.enter();
  await nagi.sit(SEA.snack, 2);
  await haru.sees('なぎ', SEA.snack);

  const newer = await person('なぎ', { beside: nagi });
  await newer.isIn();
  const taken = (one: Person) => one.page.getByRole('heading', { level: 1, name: one.w.taken });
  await expect(taken(nagi)).toBeVisible();
  await newer.sees('なぎ', SEA.snack);
  await expect(haru.avatar('なぎ')).toHaveCount(1);

  await nagi.page.getByRole('button', { name: nagi.w.takeHere }).click();
  await nagi.isIn();
  await expect(taken(newer)).toBeVisible();
  await nagi.sees('なぎ', SEA.snack);
  await expect(haru.avatar('なぎ')).toHaveCount(1);
  await haru.settlesAt(SEA.snack);
  await nagi.say('ただいま');
  await haru.hears('ただいま');
});

test('a step that the line swallowed is not made up for later', async ({ person }) => {
  const nagi = await person('なぎ', { line: true });
  await nagi.enter();
  await nagi.line.cut();
  await isLost(nagi);
  await nagi.goTo(SEA.cups);
  await expect(nagi.notice).toContainText(nagi.w.notNow);
  nagi.line.mend();
  await isBack(nagi);
  await nagi.sees('なぎ', SEA.hall);
});
