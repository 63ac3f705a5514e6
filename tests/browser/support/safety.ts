/** Keeping the place safe, at the browser: what people see of it, and what staff do in the room. */
import { expect } from '@playwright/test';
import type { Locator } from '@playwright/test';
import { ja as deskWords } from '../../../client-web/src/i18n/desk/ja';
import { ja as safety } from '../../../client-web/src/i18n/safety/ja';
import { ja as watch } from '../../../client-web/src/i18n/watch/ja';
import { H, enterAsStaff, panel, signIn } from './host';
import { Office, inMinutes, phase, same } from './office';
import type { Person } from './person';
import type { Server } from './server';
import type { Staff } from './staff';

export const T = safety;
export const K = watch;
export const D = deskWords;
/** The rules that come with the program let nobody's telephone number through. */
export const NUMBER = 'でんわは 090-1234-5678 です';
export const NAME = 'しずかな会';

const PHASES = [phase('doors', '開場', 30, ['react', 'write', 'tables']), phase('free', '自由な時間', 90, ['react', 'write', 'tables'])];

/** A session that is on, so that staff have a door to come in by. */
export async function opened(place: Server, capacity = 10): Promise<Office> {
  const office = await Office.open(place);
  await office.plan({
    room: 'umibe', name: same(NAME), about: same('みじかい会です。'), takes_themes: false, ...inMinutes(15), except: [], access: 'open', observers: false, capacity, staff_needed: 0,
    staff_or_shut: false, alone: 'write', phases: PHASES,
  });
  return office;
}

/** Staff in the room, with nothing of the host's panel in the way. */
export async function keeper(one: Person, office: Office, role: 'facilitator' | 'moderator' = 'facilitator'): Promise<void> {
  await signIn(one, office, role);
  await enterAsStaff(one, NAME);
  if (await panel(one).isVisible()) await panel(one).getByRole('button', { name: H.shut }).click();
}

/** Writes something of which one does not know whether it is said. */
export async function write(one: Person, text: string): Promise<void> {
  await one.openField();
  await one.field.fill(text);
  await one.field.press('Enter');
}

/** One's own words that wait. */
export function waiting(one: Person): Locator {
  return one.log.locator('.held');
}

export function news(one: Person): Locator {
  return one.page.locator('.news-card');
}

export function inForce(one: Person): Locator {
  return one.page.locator('button.in-force');
}

/** The sheet of a person, from the list. */
export async function about(one: Person, nick: string): Promise<void> {
  await one.openList();
  await one.listed(nick).click();
  await expect(one.sheet.getByRole('heading', { level: 2, name: nick })).toBeVisible();
}

/** The sheet about something that somebody wrote. */
export async function aboutWords(one: Person, nick: string, text: string): Promise<void> {
  await one.message(text).getByRole('button', { name: one.w.aboutWords(nick) }).click();
  await expect(one.sheet.locator('blockquote')).toContainText(text);
}

/** The steps of staff, in the sheet that is open; unfolded. */
export async function measures(one: Person): Promise<Locator> {
  const found = one.sheet.locator('details.measures');
  await found.locator('summary').click();
  return found;
}

export async function close(one: Person): Promise<void> {
  await one.page.keyboard.press('Escape');
  await expect(one.sheet).toHaveCount(0);
}

/** A moderator at the console. */
export async function atDesk(one: Staff): Promise<void> {
  await one.accept(await one.invitation('moderator'));
  await one.go('desk');
  await expect(one.page.getByText(D.lines.live)).toBeVisible();
}

/** Opens the first thing of this kind that waits there. */
export async function openCase(one: Staff, title: string): Promise<Locator> {
  await one.page.getByRole('region', { name: D.queue }).getByRole('button', { name: title }).first().tap();
  const pane = one.page.locator('.desk-case');
  await expect(pane).toBeVisible();
  return pane;
}

export function saidAtDesk(one: Staff): Locator {
  return one.page.locator('.desk-said');
}
