/** Voice: people hear one another where they hear one another's words, and nobody else, and nobody's address travels. */
import { H, atDoor, enterAsStaff, panel, part, signIn } from './support/host';
import { Office, inMinutes, phase, same } from './support/office';
import { SEA } from './support/person';
import type { Person } from './support/person';
import { expect, test } from './support/place';
import type { How } from './support/place';
import { MAY_SPEAK, V, flow, hearsNothing, hearsVoices, isConnected, isTold, mic, micOff, micOn, microphones, says, watch } from './support/voice';

type Come = (nick: string, how?: How) => Promise<Person>;

/** Comes in with ears and a mouth. */
async function speaker(person: Come, nick: string, more: How = {}): Promise<Person> {
  const one = await person(nick, { ...MAY_SPEAK, ...more });
  await watch(one.page);
  await one.enter();
  await isConnected(one, one.way);
  return one;
}

/** What a person can do with another one: in their sheet. */
async function about(one: Person, nick: string, button: string): Promise<void> {
  await one.listed(nick).click();
  await one.sheet.getByRole('button', { name: button, exact: true }).click();
  await expect(one.sheet).toContainText(V.done);
  await one.page.keyboard.press('Escape');
  await expect(one.sheet).toHaveCount(0);
}

test('three hear one another, see who speaks, and hear nobody who is silent, elsewhere or gone', async ({ person }) => {
  const [nagi, haru, sora] = [await speaker(person, 'なぎ'), await speaker(person, 'はる'), await speaker(person, 'そら')];
  const everybody = [nagi, haru, sora];
  await hearsNothing(...everybody);
  await micOn(...everybody);
  await hearsVoices(...everybody);
  await expect(nagi.avatar('はる')).toHaveAccessibleName(`はる、${nagi.w.speaks}`);
  await expect(nagi.listed('そら')).toHaveAccessibleName(`そら、${nagi.w.speaks}`);
  await expect(nagi.reach).toContainText(nagi.w.reachVoice);

  await micOff(haru, sora);
  await hearsNothing(nagi);
  await hearsVoices(haru, sora);
  await isTold(nagi);
  await expect(nagi.avatar('はる')).toHaveAccessibleName('はる');

  // Another table is another talk.
  await sora.settlesAt(SEA.cups);
  await hearsNothing(sora);
  await hearsVoices(haru);
  await sora.settlesAt(SEA.hall);
  await hearsVoices(sora);

  // In the rest corner nothing is heard, and nothing said.
  await nagi.settlesAt(SEA.rest);
  await expect(says(nagi)).toHaveText(V.says.quiet);
  await hearsNothing(...everybody);
  await nagi.settlesAt(SEA.hall);
  await expect(mic(nagi)).toHaveAttribute('aria-pressed', 'false');
  await micOn(nagi);
  await hearsVoices(haru, sora);

  await nagi.leave();
  await hearsNothing(haru, sora);
  expect((await microphones(nagi)).live).toBe(0);
});

test('somebody who only reads sees who speaks, and loads nothing for it', async ({ person }) => {
  const nagi = await speaker(person, 'なぎ');
  const haru = await person('はる');
  const loaded: string[] = [];
  haru.page.on('request', (request) => loaded.push(request.url()));
  await haru.enter();
  await micOn(nagi);
  await expect(haru.avatar('なぎ')).toHaveAccessibleName(`なぎ、${haru.w.speaks}`);
  await expect(haru.listed('なぎ')).toHaveAccessibleName(`なぎ、${haru.w.speaks}`);
  await expect(haru.page.locator('.sc-av.sc-speaks')).toHaveCount(1);
  expect(loaded.filter((url) => url.includes('/voice-'))).toEqual([]);
  await micOff(nagi);
  await expect(haru.page.locator('.sc-speaks')).toHaveCount(0);
});

test('to listen, no microphone is ever asked for; from there to speaking and back is one tap', async ({ person }) => {
  const nagi = await speaker(person, 'なぎ');
  const haru = await speaker(person, 'はる', { way: 'listen', phone: true, context: {} });
  await micOn(nagi);
  await hearsVoices(haru);
  expect(await microphones(haru)).toEqual({ asked: 0, live: 0 });

  await haru.page.context().grantPermissions(['microphone']);
  await haru.bar.getByRole('button', { name: V.speak, exact: true }).click();
  await expect(says(haru)).toHaveText(V.says.off);
  expect((await microphones(haru)).asked).toBe(0);
  await micOn(haru);
  await hearsVoices(nagi, haru);
  await haru.page.getByRole('button', { name: V.onlyListen }).click();
  await expect(says(haru)).toHaveText(V.says.listening);
  await hearsNothing(nagi);
  await hearsVoices(haru);
  // The light of the microphone tells the truth.
  await expect.poll(async () => (await microphones(haru)).live).toBe(0);
  // None of this was negotiated anew.
  expect(haru.line.sent.filter(({ t }) => t === 'offer')).toHaveLength(1);
});

test('who said no to the browser goes on hearing, and is told so kindly', async ({ person }) => {
  const nagi = await speaker(person, 'なぎ', { context: {} });
  await mic(nagi).click();
  await expect(says(nagi)).toHaveText(V.trouble.denied);
  await expect(mic(nagi)).toHaveAttribute('aria-pressed', 'false');
  expect(nagi.line.sent.filter(({ t }) => t === 'mic')).toEqual([]);
});

test('fifty times on and off: it ends as it was left, on one connection', async ({ person }) => {
  test.setTimeout(120_000);
  const [nagi, haru] = [await speaker(person, 'なぎ'), await speaker(person, 'はる')];
  for (let i = 0; i < 25; i++) {
    await micOn(nagi);
    await micOff(nagi);
  }
  await hearsNothing(haru);
  await micOn(nagi);
  await hearsVoices(haru);
  expect(nagi.line.sent.filter(({ t }) => t === 'offer')).toHaveLength(1);
  expect(nagi.line.sent.filter(({ t }) => t === 'mic').length).toBeGreaterThanOrEqual(51);
});

test('slots are used again and again', async ({ person }) => {
  const haru = await speaker(person, 'はる', { way: 'listen', context: {} });
  for (const nick of ['なぎ', 'そら', 'みなも']) {
    const one = await speaker(person, nick);
    await micOn(one);
    await hearsVoices(haru);
    await one.leave();
    await hearsNothing(haru);
  }
  const mids = haru.line.heard.flatMap((message) => (message.t === 'frame' ? message.ev : [])).flatMap((event) => (event.t === 'slots' ? event.slots : []));
  expect(new Set(mids.map(({ who }) => who)).size).toBe(3);
  expect(new Set(mids.map(({ mid }) => mid)).size).toBeLessThanOrEqual(6);
  expect(haru.line.sent.filter(({ t }) => t === 'offer')).toHaveLength(1);
});

test('keys: M turns on and off, Space is held to speak, and neither while one writes or does not want them', async ({ person }) => {
  const nagi = await speaker(person, 'なぎ');
  const { keyboard } = nagi.page;
  await nagi.page.locator('h1').focus();
  await keyboard.press('m');
  await expect(mic(nagi)).toHaveAttribute('aria-pressed', 'true');
  await keyboard.press('m');
  await expect(mic(nagi)).toHaveAttribute('aria-pressed', 'false');
  await keyboard.down('Space');
  await expect(mic(nagi)).toHaveAttribute('aria-pressed', 'true');
  await keyboard.up('Space');
  await expect(mic(nagi)).toHaveAttribute('aria-pressed', 'false');
  await nagi.field.pressSequentially('m m');
  await expect(nagi.field).toHaveValue('m m');
  await nagi.page.getByRole('button', { name: V.sound, exact: true }).click();
  await nagi.sheet.getByRole('checkbox', { name: V.keys }).uncheck();
  await nagi.page.keyboard.press('Escape');
  await nagi.page.locator('h1').focus();
  const before = nagi.line.sent.filter(({ t }) => t === 'mic').length;
  await keyboard.press('m');
  await keyboard.press('/');
  await expect(nagi.field).toBeFocused();
  expect(nagi.line.sent.filter(({ t }) => t === 'mic')).toHaveLength(before);
});

test('blocking: neither hears nor reads the other, neither is told, and it can be undone', async ({ person }) => {
  const [nagi, haru, sora] = [await speaker(person, 'なぎ'), await speaker(person, 'はる'), await speaker(person, 'そら')];
  await micOn(haru);
  await hearsVoices(nagi, sora);
  await about(nagi, 'はる', V.block);
  await hearsNothing(nagi);
  await hearsVoices(sora);
  await haru.say('聞こえますか');
  await sora.hears('聞こえますか');
  expect(await nagi.heard()).toEqual([]);
  expect(JSON.stringify(haru.line.heard)).not.toContain('blocked');
  // Nobody is counted among those who are reached who is not.
  await expect(nagi.reach).toContainText('ここの1人');
  await about(nagi, 'はる', V.unblock);
  await hearsVoices(nagi);
});

test('staff let a voice rest and allow it again; nobody but oneself turns a microphone on', async ({ person, place }) => {
  const name = 'こえの会';
  const office = await Office.open(place);
  await office.plan({
    room: 'umibe', name: same(name), about: same('声で話す会です。'), takes_themes: false, ...inMinutes(15), except: [], access: 'open', observers: false, capacity: 10, staff_needed: 0,
    staff_or_shut: false, alone: 'write', phases: [phase('doors', '開場', 30, ['react', 'write', 'speak', 'tables']), phase('talk', 'お話', 60, ['react', 'write', 'tables'])],
  });
  const host = await person('つきみ', MAY_SPEAK);
  await signIn(host, office);
  await watch(host.page);
  await enterAsStaff(host, name);
  await isConnected(host);
  const nagi = await person('なぎ', MAY_SPEAK);
  await watch(nagi.page);
  await atDoor(nagi, name);
  await nagi.knock();
  await nagi.isIn();
  await isConnected(nagi);
  await micOn(nagi);
  await hearsVoices(host);

  await about(host, 'なぎ', V.mute);
  await expect(says(nagi)).toHaveText(V.says.muted);
  await hearsNothing(host);
  await expect((await part(host, H.people)).getByRole('listitem').filter({ hasText: 'なぎ' })).toContainText(H.muted);
  await expect.poll(async () => (await microphones(nagi)).live).toBe(0);
  await about(host, 'なぎ', V.allow);
  await isConnected(nagi);
  await expect(mic(nagi)).toHaveAttribute('aria-pressed', 'false');
  expect((await flow(host)).packets).toBe(0);
  await micOn(nagi);
  await hearsVoices(host);

  // A time to listen: staff still speak, the others are told when.
  await panel(host).getByRole('button', { name: /お話/ }).first().click();
  await expect(says(nagi)).toHaveText(V.says.phase);
  await expect(mic(nagi)).toHaveCount(0);
  await hearsNothing(host);
  await micOn(host);
  await hearsVoices(nagi);
});

test('a lost line, twice, and a server that starts again: the voice is back by itself, and the microphone stays off', async ({ person, place }) => {
  test.setTimeout(150_000);
  const [nagi, haru] = [await speaker(person, 'なぎ'), await speaker(person, 'はる')];
  await micOn(nagi, haru);
  await hearsVoices(nagi, haru);
  for (let time = 1; time <= 2; time++) {
    await nagi.line.cut();
    await expect(nagi.page.getByText(nagi.w.lost)).toBeVisible();
    // No ghost goes on speaking.
    await hearsNothing(haru);
    nagi.line.mend();
    await isConnected(nagi);
    await hearsVoices(nagi);
    await micOn(nagi);
    await hearsVoices(haru);
    expect(nagi.line.sent.filter(({ t }) => t === 'offer')).toHaveLength(1 + time);
  }
  await place.stop('SIGTERM');
  await expect(nagi.page.getByText(nagi.w.lost)).toBeVisible();
  await place.start();
  for (const one of [nagi, haru]) await expect(says(one)).toHaveText(V.says.off, { timeout: 40_000 });
  await micOn(nagi, haru);
  await hearsVoices(nagi, haru);
});

test('when the connection itself ends, words are not touched, and the microphone stays as it was', async ({ person }) => {
  const [nagi, haru] = [await speaker(person, 'なぎ'), await speaker(person, 'はる')];
  await micOn(nagi);
  await hearsVoices(haru);
  // As a network would: the browser's own connection is gone, and nobody said so.
  await nagi.page.evaluate(() => {
    const peer = window.watched.peers.at(-1);
    Object.defineProperty(peer, 'connectionState', { value: 'failed' });
    peer?.dispatchEvent(new Event('connectionstatechange'));
  });
  await haru.say('書くほうは そのまま');
  await nagi.hears('書くほうは そのまま');
  await expect.poll(() => nagi.line.sent.filter(({ t }) => t === 'offer').length).toBe(2);
  await expect(mic(nagi)).toHaveAttribute('aria-pressed', 'true');
  await hearsVoices(haru);
  expect(nagi.line.knocks).toBe(1);
});

test('what plays only after a tap says so, and plays after it', async ({ person }) => {
  const [nagi, haru] = [await speaker(person, 'なぎ'), await speaker(person, 'はる', { way: 'listen', context: {} })];
  await micOn(nagi);
  await hearsVoices(haru);
  // As an iPhone does. (What a test evaluates counts as a tap for the browser's own rule.)
  await haru.page.addInitScript(() => {
    let tapped = false;
    addEventListener('pointerdown', () => (tapped = true), { capture: true });
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
      return tapped ? play.call(this) : Promise.reject(new DOMException('', 'NotAllowedError'));
    };
  });
  await haru.page.reload();
  await haru.isIn();
  const tap = haru.page.getByRole('button', { name: V.hear });
  await tap.click();
  await expect(tap).toHaveCount(0);
  await hearsVoices(haru);
});

test('no message holds an address of anybody', async ({ person }) => {
  const [nagi, haru, sora] = [await speaker(person, 'なぎ'), await speaker(person, 'はる'), await speaker(person, 'そら', { way: 'listen', context: {} })];
  const everybody = [nagi, haru, sora];
  await micOn(nagi, haru);
  await hearsVoices(...everybody);
  for (const one of everybody) {
    const addresses = await one.page.evaluate(async () => {
      const found: string[] = [];
      for (const peer of window.watched.peers) {
        (await peer.getStats()).forEach((stat: { type: string; address?: string; port?: number }) => {
          if (stat.type === 'local-candidate' && stat.address) found.push(stat.address);
        });
        // What the browser would have told, had it been let.
        for (const [, address] of (peer.localDescription?.sdp ?? '').matchAll(/^a=candidate:\S+ \d+ \S+ \d+ (\S+)/gm)) if (address) found.push(address);
      }
      return [...new Set(found)];
    });
    expect(addresses.length).toBeGreaterThan(0);
    expect(JSON.stringify(one.line.sent)).not.toContain('a=candidate');
    for (const address of addresses) {
      // The server of these tests listens on this machine alone; that is its own address, and it says so in its answers.
      const heard = (address === '127.0.0.1' ? [] : everybody).flatMap(({ line }) => line.heard);
      expect(JSON.stringify(heard)).not.toContain(address);
      expect(JSON.stringify(one.line.sent)).not.toContain(address === '127.0.0.1' ? '127.0.0.1:' : address);
    }
  }
});
