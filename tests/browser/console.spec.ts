/** The console: what waits, two who look after it, deciding and taking back, rules, the record; also on a phone. */
import { ja as audit } from '../../client-web/src/i18n/audit/ja';
import { ja as own } from '../../client-web/src/i18n/desk/ja';
import { ja as rules } from '../../client-web/src/i18n/rules/ja';
import { ja as safety } from '../../client-web/src/i18n/safety/ja';
import { ja as watch } from '../../client-web/src/i18n/watch/ja';
import type { Role } from '../../client-web/src/protocol/types';
import { faults } from './support/axe';
import { ROOMS } from './support/person';
import type { Person } from './support/person';
import { expect } from './support/place';
import { test } from './support/staff';
import type { Staff } from './support/staff';

const desk = { ...own, kinds: watch.kinds, told: safety.reasons };
const PHONE_NUMBER = 'よかったら 090-1234-5678 に 電話してください';

async function atDesk(one: Staff, role: Role = 'moderator', rooms: readonly string[] = []): Promise<void> {
  await one.accept(await one.invitation(role, rooms));
  await one.go('desk');
  await expect(one.page.getByText(desk.lines.live)).toBeVisible();
}

/** Writes, whether or not it is heard. */
async function writes(one: Person, text: string): Promise<void> {
  await one.openField();
  await one.field.fill(text);
  await one.field.press('Enter');
}

const queue = (one: Staff) => one.page.getByRole('region', { name: desk.queue });
const line = (one: Staff, title: string) => queue(one).getByRole('button', { name: title });
const pane = (one: Staff) => one.page.locator('.desk-case');
const said = (one: Staff) => one.page.locator('.desk-said');

async function clean(one: Staff, state: string): Promise<void> {
  expect(await faults(one.page), state).toEqual([]);
}

test('a message waits, one moderator takes it on, the other sees it at once and is too late', async ({ staff, person }) => {
  const [haru, aki] = [await staff('はるかぜ'), await staff('あきの')];
  await atDesk(haru);
  await atDesk(aki);
  await expect(queue(haru)).toContainText(desk.none);
  const nagi = await person('なぎ');
  await nagi.enter();
  await writes(nagi, PHONE_NUMBER);

  // Nobody has loaded anything anew.
  await expect(line(haru, desk.urgency.held)).toContainText(ROOMS.umibe);
  await expect(line(haru, desk.urgency.held)).toContainText(desk.handledByNobody);
  await line(aki, desk.urgency.held).click();
  await expect(pane(aki)).toContainText(PHONE_NUMBER);
  await expect(pane(aki).locator('mark')).toContainText('090-1234-5678');
  await clean(aki, 'a message that waits');
  await line(haru, desk.urgency.held).click();
  await pane(haru).getByRole('button', { name: desk.take }).click();
  await expect(said(haru)).toContainText(desk.taken);
  await expect(line(aki, desk.urgency.held)).toContainText(desk.handledBy('はるかぜ'));
  // What a colleague handles has no answers here any more.
  await expect(pane(aki).getByRole('button', { name: desk.approve })).toHaveCount(0);

  await pane(haru).getByRole('button', { name: desk.decline.personal_data }).click();
  await expect(said(haru)).toContainText(desk.declined);
  await expect(queue(haru)).toContainText(desk.none);
  await expect(pane(aki)).toContainText(desk.closed('はるかぜ'));
  await expect(queue(aki)).toContainText(desk.none);
});

test('a case is handed to a colleague, who has it at once; on a phone', async ({ staff, person }) => {
  const [haru, aki] = [await staff('はるかぜ', { phone: true }), await staff('あきの')];
  await atDesk(haru);
  await atDesk(aki);
  const nagi = await person('なぎ');
  await nagi.enter();
  await writes(nagi, PHONE_NUMBER);
  await line(haru, desk.urgency.held).tap();
  await pane(haru).getByRole('button', { name: desk.take }).tap();
  await expect(said(haru)).toContainText(desk.taken);
  await pane(haru).getByRole('button', { name: desk.hand }).tap();
  const colleagues = pane(haru).getByRole('group', { name: desk.handTo });
  await expect(colleagues.getByRole('button').first()).toBeFocused();
  await expect(colleagues).toContainText(desk.there);
  await expect(colleagues).not.toContainText('はるかぜ');
  await clean(haru, 'handing over');
  await colleagues.getByRole('button', { name: 'あきの' }).tap();
  await expect(said(haru)).toContainText(desk.handed('あきの'));
  await expect(pane(haru).getByRole('button', { name: desk.approve })).toHaveCount(0);
  await expect(line(aki, desk.urgency.held)).toContainText(desk.handledByMe);
  await line(aki, desk.urgency.held).click();
  await pane(aki).getByRole('button', { name: desk.approve }).click();
  await nagi.hears(PHONE_NUMBER);
});

test('a report comes with what was said around it, and with what was decided about the person before', async ({ staff, person }) => {
  const haru = await staff('はるかぜ');
  await atDesk(haru);
  const [nagi, sora] = [await person('なぎ'), await person('そら')];
  await nagi.enter();
  await sora.enter();
  await writes(nagi, PHONE_NUMBER);
  await line(haru, desk.urgency.held).click();
  await expect(pane(haru)).toContainText(desk.pastNone);
  // A voice that rests leaves the words as they are.
  const rest = desk.forHow(desk.kinds.mute_voice, desk.minutes(60));
  await pane(haru).getByRole('button', { name: rest }).click();
  await expect(said(haru)).toContainText(desk.decided(rest));
  await pane(haru).getByRole('button', { name: desk.decline.personal_data }).click();
  await expect(queue(haru)).toContainText(desk.none);

  await sora.say('しずかな 夜ですね');
  await nagi.hears('しずかな 夜ですね');
  await nagi.say('あっちへ いけ');
  await sora.hears('あっちへ いけ');
  await sora.message('あっちへ いけ').getByRole('button', { name: sora.w.aboutWords('なぎ') }).click();
  await sora.sheet.getByRole('button', { name: safety.report }).click();
  await sora.sheet.getByRole('radio', { name: safety.categories.harassment }).check();
  await sora.sheet.getByLabel(safety.reportField).fill('こわかったです');
  await sora.sheet.getByRole('button', { name: safety.reportSend, exact: true }).click();
  await expect(sora.sheet).toContainText(safety.reportThanks);

  await expect(line(haru, desk.urgency.report)).toContainText(desk.category.harassment);
  await line(haru, desk.urgency.report).click();
  // The words that are meant stand out among those around them, and beside them what the one who told says.
  await expect(pane(haru).locator('.meant')).toContainText('あっちへ いけ');
  await expect(pane(haru).locator('.meant')).toContainText(desk.theirs);
  await expect(pane(haru).locator('.moment')).toContainText('しずかな 夜ですね');
  await expect(pane(haru).locator('.moment')).toContainText('こわかったです');
  await expect(pane(haru).locator('.moment')).toContainText(desk.reporterSaid);
  const past = pane(haru).locator('.part').filter({ has: haru.page.getByRole('heading', { name: desk.past }) });
  await expect(past.getByRole('listitem')).toContainText(desk.kinds.mute_voice);
  await expect(past).toContainText(desk.pastNote);
  await clean(haru, 'a report with all that belongs to it');
});

test('hands that stay on the keyboard: through the queue, open, answer, back', async ({ staff, person }) => {
  const haru = await staff('はるかぜ');
  await atDesk(haru);
  const nagi = await person('なぎ');
  await nagi.enter();
  await writes(nagi, PHONE_NUMBER);
  await expect(line(haru, desk.urgency.held)).toBeVisible();
  const { keyboard } = haru.page;
  await keyboard.press('?');
  await expect(haru.page.getByText(desk.keyList.numbers)).toBeVisible();
  await clean(haru, 'keys');
  await keyboard.press('j');
  await expect(line(haru, desk.urgency.held)).toBeFocused();
  await keyboard.press('Enter');
  await expect(pane(haru)).toContainText(PHONE_NUMBER);
  // A field keeps its keys.
  await pane(haru).getByLabel(desk.note).fill('');
  await pane(haru).getByLabel(desk.note).press('1');
  await expect(pane(haru).getByLabel(desk.note)).toHaveValue('1');
  await pane(haru).getByRole('heading', { level: 2 }).focus();
  await keyboard.press('Escape');
  await expect(line(haru, desk.urgency.held)).toBeFocused();
  await keyboard.press('Enter');
  await expect(pane(haru)).toContainText(PHONE_NUMBER);
  await keyboard.press('t');
  await expect(said(haru)).toContainText(desk.taken);
  await keyboard.press('1');
  await expect(said(haru)).toContainText(desk.approved);
  await nagi.hears(PHONE_NUMBER);
});

test('a cry for help comes first, and whoever comes is told to the person; on a phone, with a thumb', async ({ staff, person }) => {
  const haru = await staff('はるかぜ', { phone: true });
  await atDesk(haru);
  const nagi = await person('なぎ');
  await nagi.enter();
  await writes(nagi, PHONE_NUMBER);
  await expect(line(haru, desk.urgency.held)).toBeVisible();
  await writes(nagi, 'もう しにたい');
  await expect(line(haru, desk.urgency.help)).toBeVisible();
  await expect(queue(haru).getByRole('button').first()).toContainText(desk.urgency.help);
  await clean(haru, 'the queue on a phone');
  await line(haru, desk.urgency.help).tap();
  await expect(queue(haru)).toBeHidden();
  await expect(pane(haru)).toContainText(desk.helpNever);
  // It is held against nobody: there is nothing to decide.
  await expect(pane(haru).getByRole('heading', { name: desk.decide })).toHaveCount(0);
  await pane(haru).getByRole('button', { name: desk.takeHelp }).tap();
  await expect(said(haru)).toContainText(desk.taken);
  await expect(nagi.page.locator('.news-card')).toContainText(safety.helpThere);
  await clean(haru, 'a cry for help on a phone');
  const wider = await haru.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider).toBe(0);
  await pane(haru).getByRole('button', { name: desk.help.talked }).tap();
  await expect(said(haru)).toContainText(desk.settled);
  await expect(line(haru, desk.urgency.held)).toBeVisible();
});

test('one tap decides, one tap takes it back, and the list knows both', async ({ staff, person }) => {
  const haru = await staff('はるかぜ');
  await atDesk(haru);
  const nagi = await person('なぎ');
  await nagi.enter();
  await writes(nagi, PHONE_NUMBER);
  await line(haru, desk.urgency.held).click();
  await expect(pane(haru)).toContainText(desk.pastNone);
  const pause = desk.forHow(desk.kinds.timeout, desk.minutes(5));
  await expect(pane(haru)).toContainText(desk.tells(desk.told.personal_data));
  await pane(haru).getByRole('button', { name: pause }).click();
  await expect(said(haru)).toContainText(desk.decided(pause));
  await haru.go('sanctions');
  const list = haru.page.getByRole('main').getByRole('listitem');
  await expect(list).toHaveCount(1);
  await expect(list).toContainText(desk.kinds.timeout);
  await expect(list).toContainText(desk.sanctions.by('はるかぜ'));
  await clean(haru, 'what was decided');
  await haru.page.getByLabel(desk.sanctions.search).fill(desk.kinds.mute_voice);
  await haru.page.getByRole('button', { name: desk.sanctions.find, exact: true }).click();
  await expect(haru.page.getByText(desk.sanctions.none, { exact: true })).toBeVisible();
  await haru.page.getByLabel(desk.sanctions.search).fill('');
  await haru.page.getByRole('button', { name: desk.sanctions.find, exact: true }).click();
  await list.getByRole('button', { name: new RegExp(`^${desk.undo}`) }).click();
  await list.getByRole('button', { name: desk.undo, exact: true }).click();
  await expect(said(haru)).toContainText(desk.undone);
  await expect(haru.page.getByText(desk.sanctions.none, { exact: true })).toBeVisible();
  await haru.page.getByRole('checkbox', { name: desk.sanctions.inForce }).uncheck();
  await expect(list).toContainText(desk.sanctions.undone);
});

test('a lockdown is one tap, is seen by everybody, and is lifted by one', async ({ staff }) => {
  const [haru, aki] = [await staff('はるかぜ'), await staff('あきの', { phone: true })];
  await atDesk(haru);
  await atDesk(aki);
  await aki.page.getByRole('button', { name: desk.lockdownBegin(desk.everywhere, 15) }).tap();
  await expect(said(aki)).toContainText(desk.lockdownBegun);
  const mark = haru.page.locator('.locked');
  await expect(mark).toContainText(desk.everywhere);
  await clean(haru, 'a lockdown');
  await mark.getByRole('button', { name: `${desk.lockdownLift}：${desk.everywhere}` }).click();
  await expect(mark).toHaveCount(0);
  await expect(aki.page.locator('.locked')).toHaveCount(0);
});

test('the console comes back by itself when the server does', async ({ staff, place, person }) => {
  const haru = await staff('はるかぜ');
  await atDesk(haru);
  await place.stop('SIGKILL');
  await expect(haru.page.getByText(desk.lines.lost)).toBeVisible();
  await place.start();
  await expect(haru.page.getByText(desk.lines.live)).toBeVisible({ timeout: 30_000 });
  const nagi = await person('なぎ');
  await nagi.enter();
  await writes(nagi, PHONE_NUMBER);
  await expect(line(haru, desk.urgency.held)).toBeVisible();
});

test('a rule is tried, made, mended where it is wrong, and in force', async ({ staff, person }) => {
  const haru = await staff('はるかぜ');
  await atDesk(haru);
  await haru.go('rules');
  const { page } = haru;
  const box = page.getByRole('region', { name: rules.tryTitle });
  await box.getByLabel(rules.tryField).fill('電話は 090-1234-5678 です');
  await box.getByRole('button', { name: rules.tryGo, exact: true }).click();
  await expect(box).toContainText(rules.verdictIs(rules.verdicts.hold));
  await expect(box.locator('.tried mark')).toHaveText('090-1234-5678');
  await clean(haru, 'a try');

  await page.getByRole('button', { name: rules.add }).click();
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'own.1' }) });
  await card.getByLabel(rules.id, { exact: true }).fill('Own Rule');
  const mine = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Own Rule' }) });
  await mine.getByRole('textbox', { name: rules.words, exact: true }).fill('ぽにょぽにょ');
  await mine.getByLabel(rules.note, { exact: true }).fill('a word for the test');
  await mine.getByLabel(rules.verdict).selectOption('hold');
  await page.getByRole('button', { name: rules.keep }).click();
  await expect(page.getByText(rules.faults(1)).first()).toBeVisible();
  await expect(mine.getByText(rules.wrong.id)).toBeVisible();
  await clean(haru, 'a rule with a fault');
  await mine.getByRole('radio', { name: 'JSON' }).check();
  await mine.getByRole('button', { name: rules.toPlace }).click();
  const json = mine.getByLabel(rules.json);
  await expect(json).toBeFocused();
  await json.fill((await json.inputValue()).replace('"Own Rule"', '"own.rule"').replace('"dry_run"', '"enforce"'));
  await page.getByRole('button', { name: rules.keep }).click();
  await expect(page.getByRole('heading', { name: /^own\.rule/ })).toBeVisible();
  await expect(page.getByText(rules.notYet)).toHaveCount(0);

  const nagi = await person('なぎ');
  await nagi.enter();
  await writes(nagi, 'ぽにょ・ぽにょ');
  await haru.go('desk');
  await line(haru, desk.urgency.held).click();
  await expect(pane(haru)).toContainText(desk.rule('own.rule'));
});

test('a rule that is only tried counts what it would have found; one that calls staff calls it no cry for help', async ({ staff, person }) => {
  const haru = await staff('はるかぜ', { phone: true });
  await atDesk(haru);
  await haru.go('rules');
  const { page } = haru;
  const card = (id: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: id }) });
  for (const [id, word] of [['own.1', 'ぽにょぽにょ'], ['own.2', 'ふにゃふにゃ']] as const) {
    await page.getByRole('button', { name: rules.add }).click();
    await card(id).getByRole('textbox', { name: rules.words, exact: true }).fill(word);
    await card(id).getByLabel(rules.note, { exact: true }).fill('a word for the test');
  }
  await card('own.2').getByRole('checkbox', { name: rules.effectNames.call_staff }).check();
  await card('own.2').getByRole('button', { name: `${rules.toEnforce}：own.2` }).click();
  await page.getByRole('button', { name: rules.keep }).click();
  await expect(page.getByText(rules.notYet)).toHaveCount(0);
  await expect(card('own.1')).toContainText(rules.wouldFind(0));

  const nagi = await person('なぎ');
  await nagi.enter();
  for (const words of ['ぽにょぽにょ です', 'また ぽにょぽにょ', 'ふにゃふにゃ です']) await nagi.say(words);
  await haru.go('desk');
  await expect(queue(haru)).toContainText(desk.byRule.report);
  await expect(queue(haru)).not.toContainText(desk.urgency.help);
  await line(haru, desk.byRule.report).tap();
  await expect(pane(haru)).toContainText(desk.foundByRule('own.2'));
  await expect(pane(haru)).toContainText('ふにゃふにゃ です');
  await clean(haru, 'what a rule found');
  await pane(haru).getByRole('button', { name: desk.report.nothing_found, exact: true }).tap();
  // Nobody told about it, so nobody is told.
  await expect(said(haru)).toContainText(desk.settledByRule);
  await expect(nagi.page.locator('.news-card')).toHaveCount(0);

  await haru.go('rules');
  await expect(card('own.1')).toContainText(rules.wouldFind(2));
  await expect(card('own.2')).toContainText(rules.found(1));
  await clean(haru, 'rules that found something');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
});

test('who looks after one room changes the rules of that room alone, and begins with one for it', async ({ staff }) => {
  const fuyu = await staff('ふゆの');
  await atDesk(fuyu, 'facilitator', ['umibe']);
  await fuyu.go('rules');
  const { page } = fuyu;
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'own.1' }) });
  await expect(page.locator('.rules > li').first()).toContainText(rules.everywhere);
  await expect(page.locator('.rules').getByRole('button')).toHaveCount(0);
  await page.getByRole('button', { name: rules.add }).click();
  const where = card.getByLabel(rules.scope);
  await expect(where).toHaveValue('umibe');
  await expect(where.getByRole('option')).toHaveText([ROOMS.umibe]);
  await card.getByRole('textbox', { name: rules.words, exact: true }).fill('ぽにょぽにょ');
  await page.getByRole('button', { name: rules.keep }).click();
  await expect(page.getByText(rules.notYet)).toHaveCount(0);
  await expect(card).toContainText(ROOMS.umibe);
  await expect(page.locator('.rules').getByRole('button', { name: `${rules.edit}：` })).toHaveCount(1);
  await clean(fuyu, 'the rules of a room');
});

test('the record is there for those who answer for it, and for nobody else', async ({ staff, person }) => {
  const [haru, fuyu] = [await staff('はるかぜ'), await staff('ふゆの')];
  await atDesk(haru);
  await fuyu.accept(await fuyu.invitation('auditor'));
  const nagi = await person('なぎ');
  await nagi.enter();
  await writes(nagi, PHONE_NUMBER);
  await line(haru, desk.urgency.held).click();
  await pane(haru).getByRole('button', { name: desk.approve }).click();
  await expect(said(haru)).toContainText(desk.approved);
  await expect(haru.menu.locator('a[href="#audit"]')).toHaveCount(0);

  await fuyu.go('audit');
  await expect(fuyu.page.getByRole('cell', { name: audit.actions['hold.approve'] })).toBeVisible();
  await expect(fuyu.page.getByRole('row').filter({ hasText: audit.actions['hold.approve'] })).toContainText('はるかぜ');
  await expect(fuyu.page.getByRole('table')).not.toContainText('090-1234-5678');
  await clean(fuyu, 'the record');
  const download = fuyu.page.waitForEvent('download');
  await fuyu.page.getByRole('link', { name: audit.export }).click();
  expect((await download).suggestedFilename()).toMatch(/\.jsonl$/);
  // An auditor sees what waits, and has nothing to tap.
  await writes(nagi, `${PHONE_NUMBER} です`);
  await fuyu.go('desk');
  await line(fuyu, desk.urgency.held).click();
  await expect(pane(fuyu)).toContainText(desk.about(''));
  await expect(pane(fuyu).getByRole('button', { name: desk.take })).toHaveCount(0);
  await expect(pane(fuyu).getByRole('button', { name: desk.approve })).toHaveCount(0);
});

test('everything at the console can be read by everybody: each view, in each language, wide and on a phone', async ({ staff }) => {
  test.setTimeout(120_000);
  for (const [lang, phone] of [['ja', true], ['en', false]] as const) {
    const one = await staff(`うみの${lang}`, { phone, lang });
    await one.accept(await one.invitation('owner'));
    // Easy Japanese is a choice; nobody's browser asks for it.
    for (const choice of lang === 'ja' ? ['日本語', 'やさしい日本語'] : ['English']) {
      await one.page.getByRole('radio', { name: choice, exact: true }).check();
      for (const view of ['desk', 'sanctions', 'rules', 'audit', 'webhooks'] as const) {
        await one.page.locator(`nav a[href="#${view}"]`).click();
        await expect(one.page.locator(`a[href="#${view}"]`)).toHaveAttribute('aria-current', 'page');
        await expect(one.page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
        await clean(one, `${view}, ${choice}`);
        expect(await one.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), view).toBe(0);
      }
    }
  }
});
