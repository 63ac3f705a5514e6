/** The fixtures: an open place for each test, and people who come to it. */
import { rm } from 'node:fs/promises';
import { test as base } from '@playwright/test';
import type { BrowserContext, BrowserContextOptions } from '@playwright/test';
import type { Way } from '../../../client-web/src/protocol/types';
import { Line } from './line';
import { Person, WORDS } from './person';
import type { Lang } from './person';
import { roomsWith } from './rooms';
import type { Changes } from './rooms';
import { Server } from './server';
import type { Settings } from './server';

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };

export interface How {
  phone?: boolean;
  /** How to take part; writing unless told. */
  way?: Way;
  lang?: Lang;
  /** With a hand on the line. */
  line?: boolean;
  /** Another tab of somebody who is there already. */
  beside?: Person;
  context?: BrowserContextOptions;
}

export interface Fixtures {
  /** Rooms that differ from the shipped ones. */
  rooms: Readonly<Record<string, Changes>> | null;
  /** What differs from the program as it comes. */
  settings: Settings;
  place: Server;
  person: (nick: string, how?: How) => Promise<Person>;
}

export const test = base.extend<Fixtures>({
  rooms: [null, { option: true }],
  settings: [{}, { option: true }],
  // A server starts in a blink, and one for each test means that nobody meets the people of another test.
  place: async ({ rooms, settings }, use) => {
    const folder = rooms && (await roomsWith(rooms));
    const server = await Server.open(folder, settings);
    await use(server);
    await server.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  },
  person: async ({ place, browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (nick, how = {}) => {
      const { phone = false, way = 'write', lang = 'ja', beside } = how;
      const context =
        beside?.page.context() ??
        (await browser.newContext({
          baseURL: place.url,
          viewport: phone ? PHONE : DESKTOP,
          hasTouch: phone,
          locale: lang === 'en' ? 'en-GB' : 'ja-JP',
          ...how.context,
        }));
      if (!beside) contexts.push(context);
      const page = await context.newPage();
      const line = how.line ? await Line.of(page) : null;
      await page.goto('/');
      return new Person(page, nick, phone, way, line, WORDS[lang]);
    });
    for (const context of contexts) await context.close();
  },
});

export { expect } from '@playwright/test';
