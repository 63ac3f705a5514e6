/** The door: names that are taken, rooms that are full or closed, and what is seen from outside. */
import { ROOMS } from './support/person';
import type { Person } from './support/person';
import { expect, test } from './support/place';

function room(one: Person, id: keyof typeof ROOMS) {
  return one.page.locator('.option').filter({ hasText: ROOMS[id] });
}

for (const [there, comes] of [
  ['なぎ', 'なぎ'],
  ['なぎ', 'ナギ'],
  ['Nagi', 'ｎａｇｉ'],
  ['ﾊﾙ', 'はる'],
] as const) {
  test(`「${comes}」 is kindly refused while 「${there}」 is here, and the name offered instead works`, async ({ person }) => {
    const [first, second] = [await person(there), await person(comes, { phone: true })];
    await first.enter();
    await second.fillIn();
    await second.knock();
    await expect(second.page.getByText(second.w.refusal.nickname_taken)).toBeVisible();
    await expect(second.page.getByLabel(second.w.nick)).toHaveValue(comes);
    const offer = second.page.getByRole('button', { name: /^「.+」/ });
    const offered = /「(.+)」/.exec(await offer.innerText())?.[1] ?? '';
    expect(offered).not.toBe('');
    await offer.click();
    await expect(second.page.getByLabel(second.w.nick)).toHaveValue(offered);
    await expect(second.page.getByText(second.w.refusal.nickname_taken)).toHaveCount(0);
    await second.knock();
    second.nick = offered;
    await second.isIn();
    await expect(first.avatar(offered)).toBeVisible();
  });
}

test('an empty name and one that is too long are answered at the field', async ({ person }) => {
  const nagi = await person('なぎ');
  const field = nagi.page.getByLabel(nagi.w.nick);
  await nagi.fillIn();
  for (const [name, answer] of [
    ['', nagi.w.refusal.nickname_empty],
    ['　 ', nagi.w.refusal.nickname_empty],
    ['あ'.repeat(17), nagi.w.refusal.nickname_too_long],
  ] as const) {
    await field.fill(name);
    await nagi.knock();
    await expect(field).toHaveAccessibleDescription(answer);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await field.fill('べつの');
    await expect(nagi.page.getByText(answer)).toHaveCount(0);
  }
  nagi.nick = '👨‍👩‍👧‍👦'.repeat(16);
  await field.fill(nagi.nick);
  await nagi.knock();
  await nagi.isIn();
});

test('a name of nothing that can be seen is the server\'s to refuse', async ({ person }) => {
  const nagi = await person('\u{2060}\u{200B}');
  await nagi.fillIn();
  await nagi.knock();
  await expect(nagi.page.getByLabel(nagi.w.nick)).toHaveAttribute('aria-invalid', 'true');
  await expect(nagi.page.getByRole('button', { name: nagi.w.enter, exact: true })).toBeVisible();
});

test('from outside one sees how many are inside, and no number where nobody is', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ'), await person('はる')];
  await nagi.enter();
  await haru.enter();
  const sora = await person('そら', { phone: true });
  await expect(room(sora, 'umibe')).toContainText(sora.w.inside(2));
  for (const id of ['dagashi', 'niwa'] as const) {
    await expect(room(sora, id)).toBeVisible();
    await expect(room(sora, id)).not.toContainText(/\d|０|人/);
  }
});

test('a link to a room opens the door with this room chosen', async ({ person }) => {
  const nagi = await person('なぎ');
  await nagi.page.goto('/?room=niwa');
  await expect(nagi.page.getByRole('radio', { name: ROOMS.niwa })).toBeChecked();
});

test.describe('full and closed rooms', () => {
  test.use({ rooms: { niwa: { capacity: 1 }, dagashi: { open: false } } });

  test('a full room says so, offers another, and can be asked again', async ({ person }) => {
    const [nagi, haru] = [await person('なぎ'), await person('はる', { phone: true })];
    await nagi.enter('niwa');
    await haru.fillIn('niwa');
    await haru.knock();
    await expect(haru.page.getByRole('heading', { level: 1, name: haru.w.doorFull })).toBeVisible();
    await expect(haru.page.getByRole('heading', { level: 1 })).toContainText(ROOMS.niwa);
    await expect(haru.page).toHaveTitle(new RegExp(`^${ROOMS.niwa}`));
    const again = haru.page.getByRole('button', { name: haru.w.tryAgain });
    await again.click();
    await expect(haru.page.getByRole('heading', { level: 1, name: haru.w.doorFull })).toBeVisible();
    // The closed room is not among those that are offered.
    await expect(haru.page.locator('.door')).toHaveText([new RegExp(ROOMS.umibe)]);
    await nagi.leave();
    await again.click();
    await haru.isIn('niwa');
  });

  test('another room is entered from the closed door with one tap', async ({ person }) => {
    const nagi = await person('なぎ');
    await expect(room(nagi, 'dagashi')).toContainText(nagi.w.roomClosed);
    await nagi.fillIn('dagashi');
    await nagi.knock();
    await expect(nagi.page.getByRole('heading', { level: 1, name: nagi.w.doorClosed })).toBeVisible();
    await expect(nagi.page.getByRole('heading', { level: 1 })).toContainText(ROOMS.dagashi);
    await expect(nagi.page).toHaveTitle(new RegExp(`^${ROOMS.dagashi}`));
    await nagi.page.getByRole('button', { name: ROOMS.umibe }).click();
    await nagi.isIn('umibe');
  });

  test('from a closed door the way leads back to the entrance', async ({ person }) => {
    const nagi = await person('なぎ');
    await nagi.fillIn('dagashi');
    await nagi.knock();
    await nagi.page.getByRole('button', { name: nagi.w.toEntrance }).click();
    await expect(nagi.page.getByLabel(nagi.w.nick)).toHaveValue('なぎ');
  });
});
