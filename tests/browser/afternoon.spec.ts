/** An afternoon as it is held in Hyogo: booked beforehand, hosted from the page, taken part in by text alone or on a phone. */
import { ja as booking } from '../../client-web/src/i18n/booking/ja';
import type { SessionPlan } from '../../client-web/src/protocol/types';
import { faults } from './support/axe';
import { H, S, atDoor, comesIn, enterAsStaff, isIn, now, panel, part, signIn, waits } from './support/host';
import { Office, inMinutes, phase, same } from './support/office';
import type { Person } from './support/person';
import { expect, test } from './support/place';

const NAME = '土曜の午後の会';
const PROGRAMME = [
  phase('doors', '開場', 30, ['react', 'write', 'tables']),
  phase('welcome', 'はじまりのあいさつ', 5, ['react', 'hand']),
  phase('round', 'ひとことずつ', 10, ['react', 'write', 'hand']),
  phase('talk', '話題の時間', 30, ['react', 'write', 'tables', 'suggest', 'hand']),
  phase('next', '次回のお知らせ', 5, ['react', 'write']),
  phase('closed', 'おわり', 5, []),
];

const afternoon = (): SessionPlan => ({
  room: 'umibe', name: same(NAME), about: same('ホストが案内します。文字だけでも大丈夫です。'), takes_themes: true, ...inMinutes(150), except: [], access: 'approval',
  observers: true, capacity: 10, staff_needed: 1, staff_or_shut: false, alone: 'write', phases: PROGRAMME,
});

async function clean(state: string, ...people: Person[]): Promise<void> {
  for (const one of people) expect(await faults(one.page), `${state}: ${one.nick}`).toEqual([]);
}

test('from booking to goodbye', async ({ place, person }) => {
  test.setTimeout(300_000);
  const office = await Office.open(place);
  const plan = await office.plan(afternoon());

  // Booked with a nickname only; the code stays in this browser because she said so.
  const haru = await person('はる');
  await haru.page.reload();
  await haru.page.getByRole('button', { name: haru.w.sessions.book }).click();
  await haru.sheet.getByLabel(haru.w.nick).fill('はる');
  await haru.sheet.getByRole('button', { name: booking.book }).click();
  await expect(haru.sheet.getByRole('heading', { name: booking.done })).toBeVisible();
  await haru.sheet.getByRole('checkbox', { name: booking.remember }).check();

  // The hour has come: the doors opened a quarter of an hour ago.
  await office.change(plan, inMinutes(15));
  const host = await person('つきみ');
  await signIn(host, office);
  await enterAsStaff(host, NAME);
  await expect(panel(host)).toBeVisible();
  await isIn('開場', host);

  const minamo = await person('みなも', { phone: true, way: 'react' });
  const komorebi = await person('こもれび');
  for (const one of [haru, minamo, komorebi]) {
    const door = await atDoor(one, NAME);
    if (one === haru) await expect(door.getByLabel(S.code)).not.toHaveValue('');
    await waits(one);
  }
  await clean('lobby', haru, minamo);

  // Each is welcomed; who waits can read what the staff say.
  const waiting = await part(host, H.waiting);
  await waiting.getByRole('button', { name: `${H.word}：みなも` }).click();
  await waiting.getByRole('textbox', { name: H.wordTo('みなも') }).fill('ようこそ。ゆっくりどうぞ。');
  await waiting.getByRole('button', { name: H.send, exact: true }).click();
  await expect(minamo.page.getByText('ようこそ。ゆっくりどうぞ。')).toBeVisible();
  for (const one of [haru, minamo, komorebi]) {
    await waiting.getByRole('button', { name: `${H.admit}：${one.nick}` }).click();
    await comesIn(one);
  }
  await expect(waiting).toContainText(H.waitingNone);
  await haru.say('こんにちは');

  // Listening: words rest, and it is said why. A hand is seen by all.
  await panel(host).getByRole('button', { name: H.next('はじまりのあいさつ') }).click();
  await isIn('はじまりのあいさつ', host, haru, minamo, komorebi);
  await expect(komorebi.page.getByText(komorebi.w.phaseOff.write)).toBeVisible();
  await now(minamo).getByRole('button', { name: S.hand }).click();
  for (const one of [host, haru, komorebi]) await expect(now(one)).toContainText(S.hands);
  await clean('a hand', host, haru, minamo);
  const talk = await part(host, H.talk);
  await talk.getByRole('button', { name: `${H.heard}：みなも` }).click();
  await expect(now(minamo).getByRole('button', { name: S.hand })).toHaveAttribute('aria-pressed', 'false');

  // The round: written, passed and put off look the same to everybody else.
  await panel(host).getByRole('button', { name: H.next('ひとことずつ') }).click();
  await isIn('ひとことずつ', komorebi, minamo);
  await part(host, H.talk);
  await talk.getByRole('button', { name: H.round }).click();
  await expect(talk).toContainText(H.roundNow('つきみ'));
  await talk.getByRole('button', { name: H.roundGo }).click();
  await expect(now(haru)).toContainText(S.turnMine);
  await expect(now(komorebi)).toContainText(S.turnOf('はる'));
  await clean('my turn', haru);
  await now(haru).getByRole('button', { name: S.turnLater }).click();
  await expect(now(minamo)).toContainText(S.turnMine);
  await clean('my turn on a phone', minamo);
  await now(minamo).getByRole('button', { name: S.turnPass }).click();
  await expect(now(komorebi)).toContainText(S.turnMine);
  await komorebi.say('こんにちは。文字だけで失礼します。');
  await now(komorebi).getByRole('button', { name: S.turnDone[1] }).click();
  await expect(now(haru)).toContainText(S.turnMine);
  await now(haru).getByRole('button', { name: S.turnPass }).click();
  await expect(now(minamo)).toContainText(S.turnOver);

  // The power fails in the middle; everything stands where it stood.
  await place.stop('SIGKILL');
  await expect(haru.page.getByText(haru.w.lost)).toBeVisible();
  await place.start();
  for (const one of [host, haru, minamo, komorebi]) await expect(one.page.getByText(one.w.lost)).toHaveCount(0, { timeout: 60_000 });
  await isIn('ひとことずつ', host, haru, minamo, komorebi);
  await expect(panel(host)).toBeVisible();

  // Talk in small groups: one goes, one stays, and both is fine.
  await panel(host).getByRole('button', { name: H.next('話題の時間') }).click();
  await isIn('話題の時間', haru, minamo, komorebi);
  const groups = await part(host, H.groups);
  await groups.getByRole('combobox', { name: H.size }).selectOption('3');
  await groups.getByRole('button', { name: H.propose }).click();
  const choice = groups.getByRole('combobox', { name: H.where('みなも') });
  await choice.selectOption({ label: H.nowhere });
  await expect(groups.getByRole('region', { name: H.nowhere })).toContainText('みなも');
  await clean('groups', host);
  // By hand as well: carried to a table, and back with the list.
  await groups.locator('.chip', { hasText: 'みなも' }).locator('.grip').dragTo(groups.getByRole('region', { name: H.table('本の卓') }));
  await expect(groups.getByRole('region', { name: H.table('本の卓') })).toContainText('みなも');
  await choice.selectOption({ label: H.nowhere });
  await expect(groups.getByRole('region', { name: H.nowhere })).toContainText('みなも');
  await groups.getByRole('button', { name: H.invite }).click();
  await expect(now(haru)).toContainText('小さなグループの おさそい');
  await now(haru).getByRole('button', { name: S.join }).click();
  await now(komorebi).getByRole('button', { name: S.stay }).click();
  await expect(now(minamo)).toContainText(S.groupsOn);
  await expect(haru.reach).toBeVisible();
  await groups.getByRole('button', { name: H.callBack }).click();
  for (const one of [haru, minamo, komorebi]) await expect(now(one)).toContainText(S.calling);

  // What one thinks of the place, and a way to come back as the same person.
  await now(komorebi).locator('.now-phase').click();
  await komorebi.sheet.getByRole('button', { name: S.box }).click();
  await komorebi.sheet.getByRole('textbox', { name: S.boxField }).fill('話題が出しやすかったです。');
  await komorebi.sheet.getByRole('button', { name: S.boxSend }).click();
  await expect(komorebi.sheet.getByText(S.boxed)).toBeVisible();
  await komorebi.page.keyboard.press('Escape');
  await now(haru).locator('.now-phase').click();
  await clean('how it goes', haru);
  await haru.sheet.getByRole('button', { name: S.phrase }).click();
  await haru.sheet.getByRole('button', { name: S.phraseAsk }).click();
  const words = (await haru.page.locator('.phrase').innerText()).trim();
  expect(words.split(/\s+/).length).toBeGreaterThanOrEqual(3);
  await clean('the phrase', haru);
  await haru.sheet.getByRole('button', { name: S.phraseWritten }).click();
  await expect(haru.page.getByText(words)).toHaveCount(0);

  // The next date: a link is asked about before it stands there, as text.
  await panel(host).getByRole('button', { name: H.next('次回のお知らせ') }).click();
  const announce = await part(host, H.announce);
  await announce.getByRole('textbox', { name: H.announceField }).fill('次回は 12月です。https://example.org に のせます。');
  await announce.getByRole('checkbox', { name: H.pinned }).check();
  await announce.getByRole('button', { name: H.announceSend }).click();
  await announce.getByRole('button', { name: H.linkYes }).click();
  for (const one of [haru, minamo, komorebi]) {
    await expect(now(one)).toContainText('https://example.org');
    await expect(now(one).getByRole('link')).toHaveCount(0);
  }
  await clean('the next date', minamo, host);

  // One leaves before the end, like on any other day; then the house closes, kindly.
  await komorebi.leave();
  await panel(host).getByRole('button', { name: H.end }).click();
  await panel(host).getByRole('button', { name: H.end }).click();
  for (const one of [haru, minamo, host]) {
    await expect(one.page.getByRole('heading', { level: 1, name: one.w.bye })).toBeVisible();
    await expect(one.page.getByText(one.w.close[4011] ?? '')).toBeVisible();
  }
  await clean('goodbye', haru, minamo);
});

test('who looks on is announced, marked, and only looks on; who is not let in reads a kind word', async ({ place, person }) => {
  test.setTimeout(120_000);
  const office = await Office.open(place);
  await office.plan({ ...afternoon(), ...inMinutes(15) });
  const [host, haru, kotori, sora] = [await person('つきみ', { phone: true }), await person('はる'), await person('ことり', { phone: true }), await person('そら')];
  await signIn(host, office);
  await enterAsStaff(host, NAME);
  for (const one of [haru, kotori, sora]) {
    const door = await atDoor(one, NAME);
    if (one === kotori) await door.getByRole('checkbox', { name: S.observe }).check();
    await waits(one);
  }
  await expect(kotori.page.getByText(S.lobbyObserver)).toBeVisible();
  const waiting = await part(host, H.waiting);
  await clean('the panel on a phone', host);
  await waiting.getByRole('button', { name: `${H.decline}：そら` }).click();
  await waiting.getByRole('button', { name: H.declineDo }).click();
  await expect(sora.page.getByText(sora.w.close[4012] ?? '')).toBeVisible();
  await expect(sora.page.getByText(H.declineUsual)).toBeVisible();
  await clean('not this time', sora);
  // All, but for those who look on: they are announced one by one.
  await waiting.getByRole('button', { name: H.admitAll }).click();
  await comesIn(haru);
  await expect(kotori.page.getByRole('heading', { level: 1, name: S.lobby })).toBeVisible();

  await waiting.getByRole('button', { name: `${H.admit}：ことり` }).click();
  await expect(now(haru)).toContainText(S.coming('ことり'));
  await expect(kotori.page.getByText(S.lobbyEnters)).toBeVisible();
  // Those inside have a quarter of a minute to know.
  await expect(kotori.page.getByRole('heading', { level: 1, name: '海辺の居間' })).toBeVisible({ timeout: 30_000 });
  await expect(haru.avatar('ことり')).toHaveAccessibleName(new RegExp(haru.w.roles.observer));
  await expect(kotori.page.getByText(kotori.w.onlooking)).toBeVisible();
  await clean('an observer', kotori, haru);

  // The host's badge shows or does not; and a role is lent, and taken back.
  await expect(haru.avatar('つきみ')).toHaveAccessibleName(new RegExp(haru.w.roles.facilitator));
  const myself = await part(host, H.me);
  await myself.getByRole('checkbox', { name: H.badge }).uncheck();
  await expect(haru.avatar('つきみ')).toHaveAccessibleName('つきみ');
  const people = await part(host, H.people);
  await people.getByRole('button', { name: `${H.lend}：はる` }).click();
  await expect(panel(haru)).toBeVisible();
  await clean('a lent role', haru);
  await people.getByRole('button', { name: `${H.lendBack}：はる` }).click();
  await expect(panel(haru)).toHaveCount(0);

  // Without staff the room says so, in time.
  await host.leave();
  await expect(now(haru)).toContainText('スタッフが いま 席をはずしています');
  await clean('alone', haru);
});

test('for people met before: once referred, then back with a few words, on any device', async ({ place, person }) => {
  const office = await Office.open(place);
  const kept = await office.plan({ ...afternoon(), ...inMinutes(15), access: 'known' });
  const [code] = await office.referrals(kept, 1);
  const haru = await person('はる');
  const door = await atDoor(haru, NAME);
  await haru.knock();
  await expect(haru.page.getByText(haru.w.refusal.known_only)).toBeVisible();
  await door.getByLabel(S.code).fill(code ?? '');
  await haru.knock();
  await haru.isIn();
  await haru.listed('はる').click();
  await haru.sheet.getByRole('button', { name: haru.w.comeBack }).click();
  await haru.sheet.getByRole('button', { name: S.phraseAsk }).click();
  const words = (await haru.page.locator('.phrase').innerText()).trim();
  await haru.sheet.getByRole('button', { name: S.phraseWritten }).click();
  await haru.leave();

  const elsewhere = await person('はる', { phone: true });
  const other = await atDoor(elsewhere, NAME);
  await elsewhere.page.getByRole('button', { name: elsewhere.w.been }).click();
  await other.getByLabel(S.beenField).fill('うみ うみ うみ うみ うみ');
  await elsewhere.knock();
  await expect(elsewhere.page.getByText(elsewhere.w.refusal.phrase_unknown)).toBeVisible();
  await clean('nobody has this phrase', elsewhere);
  await other.getByLabel(S.beenField).fill(words);
  await elsewhere.knock();
  await elsewhere.isIn();
  await now(elsewhere).locator('.now-phase').click();
  await elsewhere.sheet.getByRole('button', { name: S.phrase }).click();
  await expect(elsewhere.sheet.getByText(S.phraseKnown)).toBeVisible();
  await elsewhere.sheet.getByRole('button', { name: S.phraseForget }).click();
  await elsewhere.sheet.getByRole('button', { name: S.phraseForgetYes }).click();
  await expect(elsewhere.sheet.getByText(S.phraseForgot)).toBeVisible();
  await expect(elsewhere.sheet.getByText(S.phraseKnown)).toHaveCount(0);
});
