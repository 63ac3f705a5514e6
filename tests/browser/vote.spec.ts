/** A theme is found as in Edogawa: collected beforehand and in the session, voted on without anybody seeing who chose what. */
import { ja as booking } from '../../client-web/src/i18n/booking/ja';
import { faults } from './support/axe';
import { H, S, atDoor, enterAsStaff, isIn, now, panel, part, signIn } from './support/host';
import { Office, inMinutes, phase, same } from './support/office';
import type { Person } from './support/person';
import { expect, test } from './support/place';

const NAME = '話題をえらぶ会';
const BEFOREHAND = '夜の すごし方';

async function choose(one: Person, theme: string): Promise<void> {
  if (!(await one.sheet.isVisible())) await now(one).getByRole('button', { name: S.toThemes }).click();
  await one.sheet.getByRole('radio', { name: theme }).check();
}

test('a theme vote: anonymous, changeable, settled by the host when it is even', async ({ place, person }) => {
  test.setTimeout(180_000);
  const office = await Office.open(place);
  const kept = await office.plan({
    room: 'umibe', name: same(NAME), about: same('話題を みんなで えらびます。'), takes_themes: true, ...inMinutes(150), except: [], access: 'open',
    eligibility: { text: same('18歳からの会です。'), confirmed: false }, observers: false, capacity: 20, staff_needed: 1, staff_or_shut: false, alone: 'watch',
    phases: [phase('doors', '開場', 30, ['react', 'write', 'tables', 'suggest']), phase('talk', '話題の時間', 60, ['react', 'write', 'tables', 'hand']), phase('closed', 'おわり', 0, [])],
  });
  const haru = await person('はる');
  await haru.page.reload();
  await haru.page.getByRole('button', { name: haru.w.sessions.suggest }).click();
  await haru.sheet.getByLabel(booking.suggestField).fill(BEFOREHAND);
  await haru.sheet.getByRole('button', { name: booking.suggest, exact: true }).click();
  await expect(haru.sheet.getByText(booking.suggested)).toBeVisible();

  await office.change(kept, inMinutes(15));
  const [host, minamo, sora] = [await person('つきみ'), await person('みなも', { phone: true }), await person('そら')];
  await signIn(host, office);
  await enterAsStaff(host, NAME);

  // What the session asks for is declared, once, by the person.
  for (const one of [haru, minamo, sora]) {
    const door = await atDoor(one, NAME);
    if (one === haru) {
      await one.knock();
      await expect(one.page.getByText(one.w.refusal.declare_first)).toBeVisible();
      expect(await faults(one.page)).toEqual([]);
    }
    await door.getByRole('checkbox', { name: S.declare }).check();
    await one.knock();
    await one.isIn();
  }

  await now(minamo).getByRole('button', { name: S.toThemes }).click();
  await expect(minamo.sheet.getByText(BEFOREHAND)).toBeVisible();
  await minamo.sheet.getByRole('textbox', { name: S.suggest }).fill('好きな おやつ');
  await minamo.sheet.getByRole('button', { name: S.suggestSend, exact: true }).click();
  await expect(minamo.sheet.getByText(S.suggested)).toBeVisible();
  await minamo.page.keyboard.press('Escape');

  const themes = await part(host, H.themes);
  await expect(themes.getByText('好きな おやつ')).toBeVisible();
  await themes.getByRole('button', { name: H.vote, exact: true }).click();
  await choose(haru, BEFOREHAND);
  await choose(minamo, '好きな おやつ');
  await choose(sora, '好きな おやつ');
  expect(await faults(minamo.page)).toEqual([]);
  // While it is open nobody is swayed: how many have chosen, not what.
  await expect(haru.sheet).toContainText(S.voters(3));
  await expect(haru.sheet).not.toContainText('票');
  await expect(themes).toContainText(H.voting(3));
  await choose(sora, S.voteNone);
  await expect(haru.sheet).toContainText(S.voters(2));

  await themes.getByRole('button', { name: H.count }).click();
  await expect(themes.getByText(H.tie)).toBeVisible();
  await expect(haru.sheet).toContainText(S.tie);
  await expect(haru.sheet).toContainText(S.votes(1));
  expect(await faults(host.page)).toEqual([]);
  for (const one of [haru, minamo, sora]) await one.page.keyboard.press('Escape');
  await themes.getByRole('button', { name: `${H.choose}：${BEFOREHAND}` }).click();
  for (const one of [haru, minamo, sora]) await expect(now(one).locator('.theme')).toContainText(BEFOREHAND);

  // A vote after the close finds no vote any more.
  await panel(host).getByRole('button', { name: H.next('話題の時間') }).click();
  await isIn('話題の時間', haru, minamo, sora);
  await expect(now(sora).getByRole('button', { name: S.toThemes })).toHaveCount(0);
  await expect(now(minamo).locator('.theme')).toContainText(BEFOREHAND);
  expect(await faults(minamo.page)).toEqual([]);
});
