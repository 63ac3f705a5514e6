/** What the page costs and what it gives away: weight, requests, addresses. */
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { H, S, atDoor, enterAsStaff, now, panel, signIn } from './support/host';
import { Office, inMinutes, phase, same } from './support/office';
import { SEA } from './support/person';
import { expect, test } from './support/place';

const SCRIPT_KB = 60;

/** Weighs every script that the page loads from now on, whatever loads it: by its name, not by what the browser calls it. */
function scale(page: Page): { kb: () => Promise<number>; names: () => string[] } {
  const scripts = new Map<string, number>();
  const answers: Promise<void>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.endsWith('.js')) return;
    answers.push(response.body().then((bytes) => void scripts.set(pathname, gzipSync(bytes, { level: 9 }).length)));
  });
  return {
    kb: async () => {
      await Promise.all(answers);
      return [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0) / 1024;
    },
    names: () => [...scripts.keys()],
  };
}

test('a whole visit: light, quiet, and with nothing of it in any address', async ({ person, place }) => {
  const nagi = await person('ひみつのなまえ', { line: true });
  const { page } = nagi;
  const asked: string[] = [];
  const complaints: string[] = [];
  const scripts = scale(page);
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto('/');
  await nagi.enter();
  await nagi.settlesAt(SEA.snack);
  await nagi.say('だれにも言わない');
  await nagi.react('wave');
  await nagi.openWay();
  await page.keyboard.press('Escape');
  await nagi.leave();
  await page.getByRole('button', { name: nagi.w.toEntrance }).click();
  await expect(page.getByLabel(nagi.w.nick)).toBeVisible();
  const kb = await scripts.kb();

  expect(complaints).toEqual([]);
  expect(asked.filter((url) => new URL(url).origin !== place.url && !url.startsWith('data:'))).toEqual([]);
  const tokens = nagi.line.heard.flatMap((message) => (message.t === 'welcome' ? [message.token] : []));
  expect(tokens.length).toBeGreaterThan(0);
  for (const secret of [...tokens, nagi.nick, 'だれにも言わない']) {
    for (const form of [secret, encodeURIComponent(secret)]) expect(asked.filter((url) => url.includes(form))).toEqual([]);
  }
  console.log(`JavaScript of entrance and room: ${kb.toFixed(1)} KB gzipped in ${scripts.names().length} files`);
  expect(kb).toBeGreaterThan(20);
  expect(kb).toBeLessThanOrEqual(SCRIPT_KB);
});

test('a session weighs little, and what only hosts need is loaded by hosts alone', async ({ person, place }) => {
  const name = 'ちいさな会';
  const office = await Office.open(place);
  await office.plan({
    room: 'umibe', name: same(name), about: same('みじかい会です。'), takes_themes: true, ...inMinutes(15), except: [], access: 'open', observers: false, capacity: 10, staff_needed: 0,
    staff_or_shut: false, alone: 'write', phases: [phase('doors', '開場', 30, ['react', 'write', 'tables', 'suggest', 'hand']), phase('free', '自由な時間', 60, ['react', 'write', 'tables'])],
  });
  const host = await person('つきみ');
  await signIn(host, office);
  await enterAsStaff(host, name);
  await expect(panel(host)).toBeVisible();

  const nagi = await person('なぎ', { phone: true });
  const asked: string[] = [];
  nagi.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const scripts = scale(nagi.page);
  await atDoor(nagi, name);
  await nagi.knock();
  await nagi.isIn();
  await now(nagi).getByRole('button', { name: S.hand }).click();
  await now(nagi).getByRole('button', { name: S.toThemes }).click();
  await expect(nagi.sheet.getByRole('textbox', { name: S.suggest })).toBeVisible();
  await nagi.page.keyboard.press('Escape');
  await expect(panel(host)).toContainText(H.talk);
  await nagi.leave();
  const kb = await scripts.kb();
  console.log(`JavaScript of entrance and room with a session on: ${kb.toFixed(1)} KB gzipped in ${scripts.names().length} files`);
  expect(kb).toBeLessThanOrEqual(SCRIPT_KB);
  expect(scripts.names().filter((path) => path.includes('/host-'))).toEqual([]);
  // Who is not staff is never asked whether they are.
  expect(asked.filter((path) => path.includes('/staff'))).toEqual([]);
});

test('the browser is told to load nothing from elsewhere, and the page lives with that', async ({ person, place }) => {
  const nagi = await person('なぎ');
  const answer = await nagi.page.goto('/');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline/);
  expect(answer?.headers()['referrer-policy']).toBe('no-referrer');
  expect(answer?.headers()['x-content-type-options']).toBe('nosniff');
  // What an attacker would try first is indeed stopped.
  await nagi.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "taken"';
    document.head.append(script);
  });
  await expect(nagi.page).not.toHaveTitle('taken');
  expect(place.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
});

test('words of other languages travel only to those who ask for them', async ({ person }) => {
  const loaded: string[] = [];
  const nagi = await person('なぎ');
  nagi.page.on('request', (request) => void (request.resourceType() === 'script' && loaded.push(request.url())));
  await nagi.page.reload();
  await nagi.enter();
  await nagi.page.getByRole('button', { name: nagi.w.settings }).click();
  await expect(nagi.sheet).toBeVisible();
  const before = loaded.length;
  await nagi.page.getByRole('radio', { name: 'English' }).check();
  await expect.poll(() => loaded.length).toBe(before + 1);
});
