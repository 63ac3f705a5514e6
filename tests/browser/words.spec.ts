/** Words reach exactly those who can hear them, and can be taken back. */
import { expect, test } from './support/place';
import { Office } from './support/office';
import { SEA } from './support/person';
import type { Person } from './support/person';

/** Whatever was said before this is on everybody's page when the sign is: both travel in the same order. */
async function barrier(from: Person, ...others: Person[]): Promise<void> {
  await from.react('nod');
  for (const other of others) {
    await other.openList();
    await expect(other.reactionOf(from.nick)).toHaveText(other.w.reactions.nod);
    await other.shut();
  }
}

test('words reach exactly the table, and the line above the field says whom', async ({ person }) => {
  const [nagi, haru, sora] = [await person('なぎ'), await person('はる', { phone: true }), await person('そら')];
  for (const one of [nagi, haru, sora]) await one.enter();
  await expect(nagi.reach).toHaveText(nagi.w.reachHall(2).join(''));
  await nagi.settlesAt(SEA.snack);
  await expect(nagi.reach).toHaveText(nagi.w.reachNobodyYet);
  await haru.settlesAt(SEA.snack);
  await expect(nagi.reach).toHaveText(nagi.w.reachTable(1).join(''));
  await expect(haru.reach).toHaveText(haru.w.reachTable(1).join(''));
  await expect(sora.reach).toHaveText(sora.w.reachNobodyYet);

  await nagi.say('この卓だけに');
  await haru.hears('この卓だけに');
  await barrier(nagi, sora);
  await expect(sora.log.getByRole('article')).toHaveCount(0);

  await sora.say('ひろまで ひとりごと');
  await barrier(sora, nagi, haru);
  expect(await nagi.heard()).toEqual(['この卓だけに']);
  expect(await haru.heard()).toEqual(['この卓だけに']);

  // Asked for, the line also says the names.
  await nagi.reach.click();
  await expect(nagi.page.getByRole('list', { name: nagi.w.reachWho }).getByRole('listitem')).toHaveText(['はる']);
});

test('who comes later does not read what was said before', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ'), await person('はる')];
  await nagi.enter();
  await nagi.say('まだ だれもいない');
  await haru.enter();
  await nagi.say('ようこそ');
  await haru.hears('ようこそ');
  expect(await haru.heard()).toEqual(['ようこそ']);
});

for (const phone of [false, true]) {
  test(`nothing is heard or said in the rest corner: ${phone ? 'phone' : 'desk'}`, async ({ person }) => {
    const [nagi, haru] = [await person('なぎ', { phone }), await person('はる')];
    await nagi.enter();
    await haru.enter();
    await nagi.settlesAt(SEA.rest);
    await expect(nagi.reach).toHaveText('ここでは だれにも届きません');
    await expect(haru.reach).toHaveText(haru.w.reachNobodyYet);
    await haru.say('聞こえますか');
    await barrier(haru, nagi);
    await expect(nagi.log.getByRole('article')).toHaveCount(0);

    // What was typed stays; it is only not sent.
    await nagi.openField();
    await nagi.field.fill('ここからは 言えない');
    await nagi.field.press('Enter');
    await expect(nagi.page.locator('#compose-note')).toHaveText(nagi.w.refusal.quiet_place);
    await expect(nagi.field).toHaveValue('ここからは 言えない');
    await nagi.settlesAt(SEA.hall);
    await nagi.field.press('Enter');
    await haru.hears('ここからは 言えない');
  });
}

test('the quiet edge hears the hall and says nothing', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ'), await person('はる')];
  await nagi.enter();
  await haru.enter();
  await nagi.settlesAt(SEA.quiet);
  await expect(haru.reach).toHaveText(haru.w.reachHall(1).join(''));
  await haru.say('そこまで届く');
  await nagi.hears('そこまで届く');
  await expect(nagi.reach).toHaveText(nagi.w.reachNobodyHere);
});

test('a word taken back is gone for the other', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ'), await person('はる', { phone: true })];
  await nagi.enter();
  await haru.enter();
  await nagi.say('まちがえた');
  await haru.hears('まちがえた');
  // Only one's own words can be taken back.
  await expect(haru.log.getByRole('button', { name: haru.w.takeBack })).toHaveCount(0);
  await nagi.message('まちがえた').getByRole('button', { name: nagi.w.takeBack }).click();
  for (const one of [nagi, haru]) {
    await expect(one.log).toContainText(one.w.withdrawn);
    await expect(one.log).not.toContainText('まちがえた');
    expect(await one.page.content()).not.toContain('まちがえた');
  }
});

test('five hundred letters are sent, one more is not, and nothing typed is lost', async ({ person }) => {
  const [nagi, haru] = [await person('なぎ'), await person('はる')];
  await nagi.enter();
  await haru.enter();
  const send = nagi.page.getByRole('button', { name: nagi.w.send, exact: true });
  // A family is one letter to people and eleven to a machine.
  const full = '👨‍👩‍👧‍👦'.repeat(500);
  await nagi.field.fill(`${full}あ`);
  await expect(nagi.page.locator('#compose-note')).toHaveText(nagi.w.tooLong(1));
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await nagi.field.press('Enter');
  await expect(nagi.field).toHaveValue(`${full}あ`);
  await expect(nagi.log.getByRole('article')).toHaveCount(0);
  await nagi.field.fill(full);
  await expect(nagi.page.locator('#compose-note')).toHaveText(nagi.w.left(0));
  await nagi.field.press('Enter');
  await haru.hears(full);
  await expect(nagi.field).toHaveValue('');
});

test('Enter that belongs to the input method sends nothing', async ({ person }) => {
  const nagi = await person('なぎ');
  await nagi.enter();
  await nagi.field.focus();
  const line = await nagi.page.context().newCDPSession(nagi.page);
  // Letters in the course of being turned into words, as an input method gives them to the browser.
  await line.send('Input.imeSetComposition', { text: 'こんにちは', selectionStart: 5, selectionEnd: 5 });
  await expect(nagi.field).toHaveValue('こんにちは');
  await nagi.field.dispatchEvent('keydown', { key: 'Enter', code: 'Enter', isComposing: true, bubbles: true });
  // Browsers that end the composition first still tell by this old number whose key it was.
  await nagi.field.dispatchEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 229, bubbles: true });
  await line.send('Input.insertText', { text: 'こんにちは' });
  await expect(nagi.field).toHaveValue('こんにちは');
  await nagi.field.press('Shift+Enter');
  await nagi.field.pressSequentially('なぎです');
  await expect(nagi.log.getByRole('article')).toHaveCount(0);
  await nagi.field.press('Enter');
  await expect(nagi.log.getByRole('article').locator('p')).toHaveText('こんにちは\nなぎです', { useInnerText: true });
});

test('links and marks are text: to their writer while they wait, and to everybody when staff have shown them', async ({ person, place }) => {
  const office = await Office.open(place);
  const [nagi, haru] = [await person('なぎ'), await person('はる')];
  await nagi.enter();
  await haru.enter();
  const text = 'https://example.jp/ <b>太字</b> <img src=x onerror=alert(1)>';
  const plain = async (one: Person): Promise<void> => {
    await one.hears(text);
    await expect(one.message(text).locator('p').locator('a, b, img')).toHaveCount(0);
  };
  // A link leads away from here: somebody looks at it first.
  await nagi.say(text);
  await expect(nagi.log.locator('.held')).toHaveCount(1);
  await plain(nagi);
  expect(await haru.heard()).toEqual([]);
  await office.approveAll();
  for (const one of [nagi, haru]) await plain(one);
  await expect(nagi.log.locator('.held')).toHaveCount(0);
});
