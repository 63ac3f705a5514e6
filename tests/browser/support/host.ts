/** A host at their browser, and what everybody in a session sees. */
import { expect } from '@playwright/test';
import type { Locator } from '@playwright/test';
import { ja as host } from '../../../client-web/src/i18n/host/ja';
import { ja as papers } from '../../../client-web/src/i18n/papers/ja';
import { ja as session } from '../../../client-web/src/i18n/session/ja';
import { ja as staff } from '../../../client-web/src/i18n/staff/ja';
import type { Office } from './office';
import { ROOMS } from './person';
import type { Person, RoomId } from './person';

export const H = host;
export const S = { ...session, ...papers };

/** The line below the name of the room. */
export function now(one: Person): Locator {
  return one.page.getByRole('region', { name: S.title });
}

export function panel(one: Person): Locator {
  return one.page.getByRole('complementary', { name: H.title });
}

/** A part of the panel, unfolded. */
export async function part(one: Person, name: string): Promise<Locator> {
  if (one.phone && !(await panel(one).isVisible())) await now(one).getByRole('button', { name: S.host, exact: true }).click();
  const found = panel(one).locator('details.part').filter({ has: one.page.locator('summary').getByText(name, { exact: true }) });
  if ((await found.getAttribute('open')) === null) await found.locator('summary').first().click();
  return found;
}

/** Accepts an invitation on the page of the staff, and goes to the door. */
export async function signIn(one: Person, office: Office, role: 'facilitator' | 'moderator' | 'peer_staff' | 'owner' = 'facilitator'): Promise<void> {
  await one.page.goto(await office.invite(role));
  await one.page.getByLabel(staff.invitation.name).fill(one.nick);
  const choice = one.page.getByRole('radio', { name: staff.invitation.passphrase });
  if (await choice.isVisible()) await choice.check();
  await one.page.getByRole('textbox', { name: staff.invitation.passphrase }).fill('まどべの ひだまりと ねこのひげ 8ほん');
  await one.page.getByRole('button', { name: staff.invitation.accept }).click();
  await expect(one.page.getByRole('heading', { name: staff.invitation.title })).toHaveCount(0);
  await one.page.goto('/');
}

/** Fills in the form of the door, at which a session is on. */
export async function atDoor(one: Person, name: string, room: RoomId = 'umibe'): Promise<Locator> {
  await one.page.goto(`/?room=${room}`);
  const door = one.page.getByRole('region', { name });
  await expect(door).toContainText(name);
  await one.fillIn(room);
  return door;
}

export async function enterAsStaff(one: Person, name: string, room: RoomId = 'umibe'): Promise<void> {
  const door = await atDoor(one, name, room);
  await expect(door.getByRole('checkbox', { name: S.staff })).toBeChecked();
  await one.knock();
  await one.isIn(room);
}

export async function waits(one: Person): Promise<void> {
  await one.knock();
  await expect(one.page.getByRole('heading', { level: 1, name: S.lobby })).toBeVisible();
}

/** In from the lobby, without doing anything for it. */
export async function comesIn(one: Person, room: RoomId = 'umibe'): Promise<void> {
  await expect(one.page.getByRole('heading', { level: 1, name: ROOMS[room] })).toBeVisible();
}

export async function isIn(phase: string, ...people: Person[]): Promise<void> {
  for (const one of people) await expect(now(one).locator('.now-phase')).toContainText(phase);
}
