/** What is done before an afternoon: staff are invited and sign in, a session is planned. As the page of the staff does it. */
import type { Can, Codes, KeptPlan, MakeCodes, Me, Phase, PhaseKind, Queue, Role, Seen, SessionPlan, Text } from '../../../client-web/src/protocol/types';
import type { Server } from './server';

const PASSPHRASE = 'なみのおとを きいている ねこ';
const TOKYO_MS = 9 * 3_600_000;

export const same = (ja: string): Text => ({ ja, easy: ja, en: ja });

export function phase(kind: PhaseKind, name: string, minutes: number, can: readonly Can[], about = `${name}の時間です。`): Phase {
  return { kind, name: same(name), about: same(about), minutes, can: [...can] };
}

/** Date and time of day in Tokyo, so many minutes from now. */
export function inMinutes(minutes: number): Pick<SessionPlan, 'date' | 'time'> {
  const there = new Date(Date.now() + TOKYO_MS + minutes * 60_000).toISOString();
  return { date: there.slice(0, 10), time: there.slice(11, 16) };
}

export class Office {
  private constructor(
    private readonly place: Server,
    private readonly cookie: string,
  ) {}

  /** The first owner comes in by the link that the program prints. */
  static async open(place: Server): Promise<Office> {
    const token = /#invitation=(\S+)/.exec(await place.command('staff', 'invite', '--role', 'owner'))?.[1] ?? '';
    const answer = await fetch(`${place.url}/api/v1/staff/invitation/passphrase`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: place.url },
      body: JSON.stringify({ token, name: '運営のたなか', passphrase: PASSPHRASE }),
    });
    if (!answer.ok) throw new Error(`the owner could not sign in: ${answer.status} ${await answer.text()}`);
    return new Office(place, (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.place.url}/api/v1/staff/${path}`, {
      method,
      headers: { 'content-type': 'application/json', origin: this.place.url, cookie: this.cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  me(): Promise<Me> {
    return this.call('GET', 'me');
  }

  /** The way to the page on which an invitation is accepted. */
  async invite(role: Role): Promise<string> {
    const { link } = await this.call<{ link: string }>('POST', 'invitations', { role, rooms: [], days: 1 });
    return `/staff${new URL(link).hash}`;
  }

  plan(plan: SessionPlan): Promise<KeptPlan> {
    return this.call('POST', 'plans', plan);
  }

  /** Codes of referral, each for one person. */
  async referrals(plan: KeptPlan, count: number): Promise<string[]> {
    const body: MakeCodes = { plan: plan.id, kind: 'referral', count, days: 1 };
    return (await this.call<Codes>('POST', 'codes', body)).codes;
  }

  /** Shows all words that wait. */
  async approveAll(): Promise<void> {
    const { cases } = await this.call<Queue>('GET', 'desk');
    for (const { id, version, matter } of cases) if (matter.matter === 'hold') await this.call('POST', `desk/cases/${id}/approve`, { version } satisfies Seen);
  }

  change(kept: KeptPlan, some: Partial<SessionPlan>): Promise<KeptPlan> {
    return this.call('PUT', `plans/${kept.id}`, { version: kept.version, plan: { ...kept.plan, ...some } });
  }
}
