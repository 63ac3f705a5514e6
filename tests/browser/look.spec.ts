/** Pictures of the place, to be looked at by people: they are written beside these tests and never compared. */
import { fileURLToPath } from 'node:url';
import { H, S, atDoor, comesIn, enterAsStaff, now, panel, part, signIn, waits } from './support/host';
import { Office, inMinutes, phase, same } from './support/office';
import { ROOMS, SEA, WORDS } from './support/person';
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

/** Who is in the pictures: nickname, figure, and the place they like in each of the rooms. */
const COMPANY = [
  { nick: 'はる', figure: 8, umibe: SEA.snack, dagashi: '店さき', niwa: '縁側' },
  { nick: 'こもれび', figure: 12, umibe: SEA.rest, dagashi: 'こたつ', niwa: '長い卓' },
  { nick: 'そら', figure: 1, umibe: SEA.cups, dagashi: '音楽の卓', niwa: '庭さき' },
] as const;

for (const id of Object.keys(ROOMS) as RoomId[]) {
  test(`${ROOMS[id]}`, async ({ person }) => {
    const desk = await person('なぎ');
    const phone = await person('みなも', { phone: true });
    const people = [desk, phone];
    for (const { nick } of COMPANY) people.push(await person(nick));
    for (const [index, one] of people.entries()) {
      await figure(one, COMPANY[index - 2]?.figure ?? 3 + index);
      await one.enter(id);
    }
    // All on their way at once: a walk through the room takes its time.
    await Promise.all(people.map((one, index) => one.settlesAt((COMPANY[index - 2] ?? COMPANY[0])[id])));
    const haru = people[2];
    await haru?.say('今日は風がつよいですね。');
    await desk.say('うん。窓が鳴っています');
    await phone.hears('うん。窓が鳴っています');
    await phone.openField();
    for (const name of MOODS) {
      for (const one of [desk, phone]) await settings(one, () => mood(one, name));
      await haru?.react('smile');
      for (const one of [desk, phone]) {
        await expect(one.page.locator('.sc-bubble i').first()).toBeVisible();
        await picture(one, `${id}-${name}`);
      }
    }
  });
}

for (const phone of [false, true]) {
  const where = phone ? 'phone' : 'desk';

  test(`the door: ${where}`, async ({ person }) => {
    const one = await person('なぎ', { phone });
    await figure(one, 3);
    await one.fillIn();
    for (const name of MOODS) {
      await mood(one, name);
      await one.page.evaluate(() => scrollTo(0, 0));
      await picture(one, `door-${name}`);
    }
    await one.page.getByRole('button', { name: one.w.hard, exact: true }).last().scrollIntoViewIfNeeded();
    await picture(one, 'door-end');
    for (const [name, label] of [['first', one.w.firstTime], ['help', one.w.hard]] as const) {
      await one.page.getByRole('button', { name: label, exact: true }).last().click();
      await expect(one.sheet).toBeVisible();
      await picture(one, `sheet-${name}`);
      await one.page.keyboard.press('Escape');
      await expect(one.sheet).toHaveCount(0);
    }
    for (const [lang, label] of [['en', 'English'], ['easy', 'やさしい日本語']] as const) {
      await one.page.getByRole('radio', { name: label }).check();
      await expect(one.page.getByRole('button', { name: WORDS[lang].enter, exact: true })).toBeVisible();
      await picture(one, `door-${lang}`);
    }
  });

  test(`states and sheets of a room: ${where}`, async ({ person }) => {
    const one = await person('なぎ', { phone, line: true });
    await figure(one, 3);
    await mood(one, 'dusk');
    await one.enter();
    await picture(one, 'just-in');
    const haru = await person('はる');
    await figure(haru, 8);
    await haru.enter();
    await Promise.all([one.settlesAt(SEA.snack), haru.settlesAt(SEA.snack)]);
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

const NAME = '土曜の午後の会';

for (const phone of [false, true]) {
  test(`a session, for who takes part and who hosts: ${phone ? 'phone' : 'desk'}`, async ({ place, person }) => {
    test.setTimeout(180_000);
    const office = await Office.open(place);
    await office.plan({
      room: 'umibe', name: same(NAME), about: same('ホストが案内します。文字だけでも大丈夫です。'), takes_themes: true, ...inMinutes(15), except: [], access: 'approval',
      eligibility: { text: same('県内にお住まいの18歳からの会です。'), confirmed: true }, observers: true, capacity: 10, staff_needed: 1, staff_or_shut: false, alone: 'write',
      phases: [
        phase('doors', '開場', 30, ['react', 'write', 'tables'], '入って、動き方をためせます。わからないことは聞いてください。'),
        phase('round', 'ひとことずつ', 10, ['react', 'write', 'hand'], '呼び名だけでも、パスでも。文字でも声でもかまいません。'),
        phase('talk', 'テーマの話', 30, ['react', 'write', 'tables', 'suggest', 'hand'], '話しても、聞いていても。テーマからそれてもかまいません。'),
        phase('closed', 'おわり', 0, []),
      ],
    });
    const [host, one, haru] = [await person('つきみ', { phone }), await person('なぎ', { phone }), await person('はる')];
    await signIn(host, office);
    const desk = await atDoor(host, NAME);
    await desk.scrollIntoViewIfNeeded();
    await picture(host, 'session-door-staff');
    await enterAsStaff(host, NAME);
    for (const guest of [one, haru]) {
      const door = await atDoor(guest, NAME);
      await door.scrollIntoViewIfNeeded();
      if (guest === one) await picture(one, 'session-door');
      await waits(guest);
    }
    const waiting = await part(host, H.waiting);
    await waiting.getByRole('button', { name: `${H.word}：なぎ` }).click();
    await picture(host, 'session-host-waiting');
    await waiting.getByRole('button', { name: H.send, exact: true }).click();
    await expect(one.page.getByText(H.wordUsual)).toBeVisible();
    for (const name of MOODS) {
      await mood(one, name);
      await picture(one, `session-lobby-${name}`);
    }
    await waiting.getByRole('button', { name: H.admitAll }).click();
    for (const guest of [one, haru]) await comesIn(guest);
    await panel(host).getByRole('button', { name: H.next('ひとことずつ') }).click();
    const talk = await part(host, H.talk);
    await talk.getByRole('button', { name: H.round }).click();
    await talk.getByRole('button', { name: H.roundGo }).click();
    await now(haru).getByRole('button', { name: S.hand }).click();
    for (const name of MOODS) {
      await settings(one, () => mood(one, name));
      await picture(one, `session-round-${name}`);
    }
    await picture(host, 'session-host-round');
    await now(one).locator('.now-phase').click();
    await picture(one, 'session-sheet');
    await one.page.keyboard.press('Escape');
    await panel(host).getByRole('button', { name: H.next('テーマの話') }).click();
    const groups = await part(host, H.groups);
    await groups.getByRole('combobox', { name: H.size }).selectOption('2');
    await groups.getByRole('button', { name: H.propose }).click();
    await groups.getByRole('button', { name: H.invite }).scrollIntoViewIfNeeded();
    await picture(host, 'session-host-groups');
    await groups.getByRole('button', { name: H.invite }).click();
    await expect(now(one).getByRole('button', { name: S.join })).toBeVisible();
    await picture(one, 'session-invited');
    await panel(host).getByRole('button', { name: H.end }).click();
    await picture(host, 'session-host-end');
    await panel(host).getByRole('button', { name: H.end }).click();
    await expect(one.page.getByText(one.w.close[4011] ?? '')).toBeVisible();
    await picture(one, 'session-over');
  });
}
