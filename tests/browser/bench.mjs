/**
 * How busy fifty people who walk about keep an old phone: the share of the main thread over ten seconds, on a processor
 * slowed four times, with the whole room in view and with a phone's part of it. Prints and writes target/bench-page.json.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { decode, encode } from '@msgpack/msgpack';
import { chromium } from '@playwright/test';
import { WebSocket } from 'ws';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM =
  process.env.IBASHO_BIN ?? ['release', 'debug'].map((kind) => join(REPOSITORY, 'target', kind, 'ibasho')).find((path) => existsSync(path)) ?? '';
const ROOM = 'umibe';
const WALKERS = 50;
const STEP_MS = 2_000;
const MEASURE_MS = 10_000;
const SLOWER = 4;

const folder = await mkdtemp(join(tmpdir(), 'ibasho-bench-'));
const stops = [() => rm(folder, { recursive: true, force: true })];

/** A server in whose room sixty people have a place. */
async function open() {
  const rooms = join(folder, 'rooms');
  await cp(join(REPOSITORY, 'server/rooms'), rooms, { recursive: true });
  const file = join(rooms, `${ROOM}.toml`);
  await writeFile(file, (await readFile(file, 'utf8')).replace(/^capacity = .*$/m, 'capacity = 60'));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('IBASHO_')));
  env.IBASHO_VOICE__LISTEN = '127.0.0.1:0';
  const server = spawn(
    PROGRAM,
    ['serve', '--listen', '127.0.0.1:0', '--admin', '127.0.0.1:0', '--data', join(folder, 'data'), '--rooms', rooms],
    { env, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  stops.unshift(() => server.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    let said = '';
    server.once('error', reject);
    server.once('exit', () => reject(new Error('the server did not open')));
    server.stdout.on('data', (bytes) => {
      said += bytes;
      const url = /ibasho is open: +(\S+)/.exec(said)?.[1];
      if (url) resolve(url);
    });
  });
}

/** The middles of the free cells, in tenths of a cell. */
async function floorOf(url) {
  const plan = await (await fetch(`${url}/api/v1/rooms/${ROOM}`)).json();
  return plan.grid.flatMap((row, y) => [...row].flatMap((cell, x) => (cell === '.' ? [[x * 10 + 5, y * 10 + 5]] : [])));
}

/** Somebody who enters and then goes somewhere else every two seconds. */
function walker(url, number, floor) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, 'ibasho.v1', { origin: url });
  const send = (message) => socket.send(encode(message));
  stops.unshift(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.on('open', () => {
      const look = { figure: number % 16, colour: number % 8 };
      send({ t: 'hello', v: 1, room: ROOM, enter: { new: { nick: `${number}番`, look, way: 'watch' } } });
    });
    socket.on('message', (bytes) => {
      const message = decode(bytes);
      if (message.t === 'refused') reject(new Error(`${number}: ${message.code}`));
      if (message.t !== 'welcome') return;
      send({ t: 'ready' });
      let n = message.next_n;
      const walk = () => send({ t: 'walk', n: n++, to: { point: floor[Math.floor(Math.random() * floor.length)] } });
      // Spread over the time, so that they do not all turn in one and the same moment.
      const first = setTimeout(() => {
        walk();
        const timer = setInterval(walk, STEP_MS);
        stops.unshift(() => clearInterval(timer));
      }, (number * STEP_MS) / WALKERS);
      stops.unshift(() => clearTimeout(first));
      resolve();
    });
  });
}

async function measure(browser, url, viewport) {
  const context = await browser.newContext({ viewport, locale: 'ja-JP' });
  const page = await context.newPage();
  const scripts = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body().then((bytes) => gzipSync(bytes, { level: 9 }).length));
  });
  await page.goto(`${url}/?room=${ROOM}`);
  // By night there is the most to draw.
  await page.getByRole('radio', { name: 'よる' }).check();
  await page.getByRole('button', { name: '入る', exact: true }).click();
  await page.locator('.sc-av').nth(WALKERS).waitFor();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  // Time of the processor: what else the machine does meanwhile shall not count.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const look = async () => new Map((await devtools.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  // The first moments still hold what entering costs.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const before = await look();
  await new Promise((resolve) => setTimeout(resolve, MEASURE_MS));
  const after = await look();
  const moved = (name) => after.get(name) - before.get(name);
  const bytes = (await Promise.all(scripts)).reduce((sum, one) => sum + one, 0);
  await page.getByRole('button', { name: '帰る', exact: true }).click();
  await context.close();
  return { kb: bytes / 1024, share: moved('TaskDuration') / moved('Timestamp') };
}

const round = (value, digits) => Number(value.toFixed(digits));

try {
  const url = await open();
  const floor = await floorOf(url);
  await Promise.all(Array.from({ length: WALKERS }, (_, number) => walker(url, number, floor)));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  stops.unshift(() => browser.close());
  const desk = await measure(browser, url, { width: 1280, height: 800 });
  const phone = await measure(browser, url, { width: 360, height: 740 });
  const result = {
    page: {
      js_gzip_kb: round(desk.kb, 1),
      main_thread_share_50_avatars: round(Math.max(desk.share, phone.share), 3),
      main_thread_share_50_avatars_desk: round(desk.share, 3),
      main_thread_share_50_avatars_phone: round(phone.share, 3),
    },
  };
  await mkdir(join(REPOSITORY, 'target'), { recursive: true });
  await writeFile(join(REPOSITORY, 'target/bench-page.json'), `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
} finally {
  for (const stop of stops) await stop();
}
