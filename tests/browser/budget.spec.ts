/** What the page costs and what it gives away: weight, requests, addresses. */
import { gzipSync } from 'node:zlib';
import { SEA } from './support/person';
import { expect, test } from './support/place';

const SCRIPT_KB = 60;

test('a whole visit: light, quiet, and with nothing of it in any address', async ({ person, place }) => {
  const nagi = await person('ひみつのなまえ', { line: true });
  const { page } = nagi;
  const asked: string[] = [];
  const complaints: string[] = [];
  const scripts = new Map<string, number>();
  const answers: Promise<void>[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    answers.push(response.body().then((bytes) => void scripts.set(response.url(), gzipSync(bytes, { level: 9 }).length)));
  });
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
  await Promise.all(answers);

  expect(complaints).toEqual([]);
  expect(asked.filter((url) => new URL(url).origin !== place.url && !url.startsWith('data:'))).toEqual([]);
  const tokens = nagi.line.heard.flatMap((message) => (message.t === 'welcome' ? [message.token] : []));
  expect(tokens.length).toBeGreaterThan(0);
  for (const secret of [...tokens, nagi.nick, 'だれにも言わない']) {
    for (const form of [secret, encodeURIComponent(secret)]) expect(asked.filter((url) => url.includes(form))).toEqual([]);
  }
  const kb = [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0) / 1024;
  console.log(`JavaScript of entrance and room: ${kb.toFixed(1)} KB gzipped in ${scripts.size} files`);
  expect(scripts.size).toBeGreaterThan(0);
  expect(kb).toBeLessThanOrEqual(SCRIPT_KB);
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
  const before = loaded.length;
  await nagi.page.getByRole('button', { name: nagi.w.settings }).click();
  await nagi.page.getByRole('radio', { name: 'English' }).check();
  await expect.poll(() => loaded.length).toBe(before + 1);
});
