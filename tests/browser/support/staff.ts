/** A member of staff at their browser, and sessions that tests need to be there already. */
import { expect } from '@playwright/test';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { en } from '../../../client-web/src/i18n/staff/en';
import { easy } from '../../../client-web/src/i18n/staff/easy';
import { ja } from '../../../client-web/src/i18n/staff/ja';
import type { StaffWords } from '../../../client-web/src/i18n/staff/ja';
import type { Codes, KeptPlan, MakeCodes, Role, SessionPlan, Text } from '../../../client-web/src/protocol/types';
import { DESKTOP, PHONE, test as base } from './place';
import type { Lang } from './person';
import type { Server } from './server';

export const STAFF_WORDS: Record<Lang, StaffWords> = { ja, easy, en };
export const PASSPHRASE = 'なみのおと と ともしび 2026';

const API = '/api/v1/staff';

export class Staff {
  constructor(
    readonly page: Page,
    readonly name: string,
    readonly s: StaffWords,
    private readonly place: Server,
  ) {}

  /** Passkeys need a name of a host, not a number. */
  get url(): string {
    return this.place.url.replace('127.0.0.1', 'localhost');
  }

  /** A link as an operator gets it at the machine. */
  async invitation(role: Role = 'owner', rooms: readonly string[] = []): Promise<string> {
    const said = await this.place.command('staff', 'invite', '--role', role, ...(rooms.length > 0 ? ['--rooms', rooms.join()] : []));
    const token = /#invitation=(\S+)/.exec(said)?.[1];
    if (!token) throw new Error(`no link in: ${said}`);
    return `${this.url}/staff#invitation=${token}`;
  }

  async accept(link: string): Promise<void> {
    const { page, s } = this;
    await page.goto(link);
    await page.getByLabel(s.invitation.name).fill(this.name);
    const passphrase = page.getByRole('radio', { name: s.invitation.passphrase });
    await expect(page.getByRole('button', { name: s.invitation.accept })).toBeVisible();
    if (await passphrase.isVisible()) await passphrase.check();
    await page.getByRole('textbox', { name: s.invitation.passphrase }).fill(PASSPHRASE);
    await page.getByRole('button', { name: s.invitation.accept }).click();
    await this.isIn();
  }

  async signIn(): Promise<void> {
    const { page, s } = this;
    await page.goto(`${this.url}/staff`);
    await page.getByLabel(s.signIn.name, { exact: true }).fill(this.name);
    await page.getByLabel(s.signIn.passphrase, { exact: true }).fill(PASSPHRASE);
    await page.getByRole('button', { name: s.signIn.enter, exact: true }).click();
  }

  async isIn(): Promise<void> {
    await expect(this.menu).toBeVisible();
    await expect(this.page.getByText(this.name, { exact: true }).first()).toBeVisible();
  }

  get menu(): Locator {
    return this.page.getByRole('navigation', { name: this.s.menu });
  }

  async go(view: keyof StaffWords['views']): Promise<void> {
    // By its address: what waits at the desk is counted in its name.
    const link = this.menu.locator(`a[href="#${view}"]`);
    await expect(link).toContainText(this.s.views[view]);
    await link.click();
    await expect(link).toHaveAttribute('aria-current', 'page');
  }

  async signOut(): Promise<void> {
    await this.go('me');
    await this.page.getByRole('button', { name: this.s.me.signOut }).click();
    await expect(this.page.getByText(this.s.signIn.ended)).toBeVisible();
  }

  /** Plans a session past the form: for tests that are about something else. */
  async plan(change: Partial<SessionPlan> = {}): Promise<KeptPlan> {
    return this.call<KeptPlan>('plans', { ...PLAN, ...change });
  }

  async code(plan: string, kind: MakeCodes['kind'] = 'invitation'): Promise<string> {
    const { codes } = await this.call<Codes>('codes', { plan, kind, count: 1, days: 30 } satisfies MakeCodes);
    return codes[0] ?? '';
  }

  private async call<T>(path: string, body: unknown): Promise<T> {
    const [status, text] = await this.page.evaluate(
      async ([where, what]) => {
        const answer = await fetch(where ?? '', { method: 'POST', headers: { 'content-type': 'application/json' }, body: what ?? '' });
        return [answer.status, await answer.text()] as const;
      },
      [`${API}/${path}`, JSON.stringify(body)],
    );
    if (status >= 300) throw new Error(`${path}: ${status} ${text}`);
    return JSON.parse(text) as T;
  }
}

export function text(ja: string): Text {
  return { ja, easy: '', en: '' };
}

/** In three days' time, in the time zone of the place. */
function soon(): string {
  return new Date(Date.now() + 3 * 86_400_000 + 9 * 3_600_000).toISOString().slice(0, 10);
}

const PLAN: SessionPlan = {
  room: 'umibe',
  name: text('海辺の午後'),
  about: text('家から のんびり 集まります。'),
  takes_themes: true,
  date: soon(),
  time: '15:00',
  except: [],
  access: 'open',
  observers: false,
  capacity: 10,
  staff_needed: 1,
  staff_or_shut: false,
  alone: 'watch',
  phases: [
    { kind: 'doors', name: text('入口をひらく'), about: text('操作で こまったら どうぞ。'), minutes: 30, can: ['react', 'write', 'tables'] },
    { kind: 'talk', name: text('話す時間'), about: text('話したい人が、話したいだけ。'), minutes: 60, can: ['react', 'write', 'tables', 'hand'] },
  ],
};

export const test = base.extend<{ staff: (name: string, how?: { phone?: boolean; lang?: Lang }) => Promise<Staff> }>({
  staff: async ({ browser, place }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (name, { phone = false, lang = 'ja' } = {}) => {
      const context = await browser.newContext({ viewport: phone ? PHONE : DESKTOP, hasTouch: phone, locale: lang === 'en' ? 'en-GB' : 'ja-JP' });
      contexts.push(context);
      return new Staff(await context.newPage(), name, STAFF_WORDS[lang], place);
    });
    for (const context of contexts) await context.close();
  },
});
