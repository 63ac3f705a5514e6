/** A real server with a folder and ports of its own, which can be stopped and started again on the same ones. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));
const PROGRAM = process.env['IBASHO_BIN'] ?? join(REPOSITORY, 'target/debug/ibasho');
/** Without settings of whoever runs the tests. */
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('IBASHO_')));
const OPEN = /ibasho is open: +(http:\/\/\S+)/;
const ADMIN = /metrics: +(http:\/\/\S+)/;

/** It takes 8 s at most, on a machine that has nothing else to do. */
const STOP_MS = 25_000;

/** What the operator configured, as the environment says it: `IBASHO_SAFETY__NEWCOMER_MINUTES`. */
export type Settings = Readonly<Record<string, string>>;

export class Server {
  url = '';
  private metrics = '';
  private child: ChildProcess | null = null;

  private constructor(private readonly data: string, private readonly rooms: string | null, private readonly settings: Settings) {}

  static async open(rooms: string | null, settings: Settings = {}): Promise<Server> {
    const server = new Server(await mkdtemp(join(tmpdir(), 'ibasho-')), rooms, settings);
    await server.start();
    return server;
  }

  /** The first time on free ports, after that on the same. */
  async start(): Promise<void> {
    const [listen, admin] = [this.url, this.metrics].map((url) => (url ? new URL(url).host : '127.0.0.1:0'));
    const child = spawn(
      PROGRAM,
      ['serve', '--listen', listen ?? '', '--admin', admin ?? '', '--data', this.data, ...(this.rooms ? ['--rooms', this.rooms] : [])],
      { cwd: this.data, env: { IBASHO_VOICE__LISTEN: '127.0.0.1:0', IBASHO_SAFETY__FEW_STAFF: 'nothing', ...ENVIRONMENT, ...this.settings }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.child = child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
      child.stderr.on('data', (bytes: Buffer) => void (said += bytes.toString()));
      child.stdout.on('data', (bytes: Buffer) => {
        said += bytes.toString();
        const [url, metrics] = [OPEN.exec(said)?.[1], ADMIN.exec(said)?.[1]];
        if (!url || !metrics) return;
        [this.url, this.metrics] = [url, metrics];
        resolve();
      });
    });
  }

  /** SIGTERM lets it say goodbye, which takes it seconds at most; SIGKILL is the power cut. */
  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const stop = new AbortController();
    const gone = once(child, 'exit').then(() => true);
    const late = setTimeout(STOP_MS, false, { signal: stop.signal }).catch(() => false);
    child.kill(signal);
    const ended = await Promise.race([gone, late]);
    stop.abort();
    if (!ended) throw new Error(`the server did not end within ${STOP_MS / 1000} s of ${signal}`);
  }

  /** What the operator does at the machine itself: `staff invite --role owner`. Returns what is printed. */
  async command(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(PROGRAM, [...args, '--data', this.data], { cwd: this.data, env: ENVIRONMENT });
    return stdout;
  }

  /** How many lines the server holds now. */
  async lines(): Promise<number> {
    const text = await (await fetch(this.metrics)).text();
    return Number(/^ibasho_lines (\d+)$/m.exec(text)?.[1] ?? Number.NaN);
  }

  async close(): Promise<void> {
    await this.stop('SIGKILL');
    await rm(this.data, { recursive: true, force: true });
  }
}
