/** Practising alone, and what a person sees of voice: sound, devices, states; nothing stands in anybody's way. */
import { fileURLToPath } from 'node:url';
import { faults } from './support/axe';
import type { Person } from './support/person';
import { expect, test } from './support/place';
import { MAY_SPEAK, V, flow, hearsNothing, hearsVoices, isConnected, micOn, microphones, watch } from './support/voice';

const FOLDER = fileURLToPath(new URL('./artefacts/', import.meta.url));

/** To be looked at by people, and by axe. */
async function picture(one: Person, name: string): Promise<void> {
  await one.page.evaluate(() => document.fonts.ready);
  await one.page.screenshot({ path: `${FOLDER}${one.phone ? 'phone' : 'desk'}-voice-${name}.png`, animations: 'disabled' });
  expect(await faults(one.page), name).toEqual([]);
  // Nothing hangs over the edge of a phone.
  expect(await one.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0);
}

for (const phone of [false, true]) {
  const where = phone ? 'phone' : 'desk';

  test(`at the door one hears oneself, and nothing stays on: ${where}`, async ({ person }) => {
    const nagi = await person('なぎ', { ...MAY_SPEAK, phone });
    await watch(nagi.page);
    await nagi.page.getByRole('group', { name: nagi.w.way }).getByRole('radio', { name: nagi.w.ways.voice }).check();
    await picture(nagi, 'door');
    await nagi.page.getByRole('button', { name: nagi.w.tryVoice }).click();
    await expect(nagi.sheet).toContainText(V.practiceLead);
    expect((await microphones(nagi)).asked).toBe(0);
    await picture(nagi, 'practice-before');
    await nagi.sheet.getByRole('button', { name: V.begin }).click();
    const level = nagi.sheet.getByRole('meter', { name: V.level });
    await expect.poll(async () => Number(await level.getAttribute('aria-valuenow'))).toBeGreaterThan(5);
    await nagi.sheet.getByRole('button', { name: V.echo }).click();
    await expect(nagi.sheet.getByRole('button', { name: V.echoOn })).toHaveAttribute('aria-pressed', 'true');
    await hearsVoices(nagi);
    await picture(nagi, 'practice');
    await nagi.page.keyboard.press('Escape');
    await expect(nagi.sheet).toHaveCount(0);
    expect((await microphones(nagi)).live).toBe(0);
    expect(await nagi.page.evaluate(() => window.watched.peers.map(({ connectionState }) => connectionState))).toEqual(['closed']);
  });

  test(`the states of the microphone, who speaks, sound and a person: ${where}`, async ({ person }) => {
    const nagi = await person('なぎ', { ...MAY_SPEAK, way: 'listen', phone });
    const haru = await person('はる', MAY_SPEAK);
    for (const one of [nagi, haru]) {
      await watch(one.page);
      await one.enter();
      await isConnected(one, one.way);
    }
    await picture(nagi, 'listening');
    await micOn(haru);
    await expect(nagi.page.locator('.sc-av.sc-speaks')).toHaveCount(1);
    await picture(nagi, 'speaking');
    await nagi.openWay();
    await picture(nagi, 'sheet-way');
    await nagi.page.keyboard.press('Escape');
    await nagi.bar.getByRole('button', { name: V.speak, exact: true }).click();
    await isConnected(nagi);
    await picture(nagi, 'off');
    await micOn(nagi);
    await picture(nagi, 'on');
    await hearsVoices(haru);

    await nagi.page.getByRole('button', { name: V.sound, exact: true }).click();
    await picture(nagi, 'sheet-sound');
    await nagi.sheet.getByRole('button', { name: V.softer }).click();
    await expect(nagi.sheet.getByRole('slider', { name: V.loud })).toHaveValue('40');
    await nagi.sheet.getByRole('button', { name: V.practice }).click();
    await expect(nagi.sheet).toContainText(V.practiceLead);
    // Who practises is not heard by the others.
    await hearsNothing(haru);
    await nagi.page.keyboard.press('Escape');
    await expect(nagi.sheet).toHaveCount(0);

    await nagi.avatar('はる').focus();
    await nagi.page.keyboard.press('Enter');
    const slider = nagi.sheet.getByRole('slider', { name: V.volume('はる') });
    await slider.fill('50');
    await picture(nagi, 'sheet-person');
    await nagi.page.keyboard.press('Escape');
    expect((await flow(nagi)).packets).toBeGreaterThan(0);
  });
}
