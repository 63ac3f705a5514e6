/** A person at their browser: what they see and what they can do, in the words of the page. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { easy } from '../../../client-web/src/i18n/easy';
import { en } from '../../../client-web/src/i18n/en';
import { ja } from '../../../client-web/src/i18n/ja';
import type { Words as Main } from '../../../client-web/src/i18n/ja';
import { easy as shutEasy } from '../../../client-web/src/i18n/shut/easy';
import { en as shutEn } from '../../../client-web/src/i18n/shut/en';
import { ja as shutJa } from '../../../client-web/src/i18n/shut/ja';
import type { ShutWords } from '../../../client-web/src/i18n/shut/ja';
import type { Reaction, Way } from '../../../client-web/src/protocol/types';
import type { Line } from './line';

type Words = Main & ShutWords;

export const WORDS = { ja: { ...ja, ...shutJa }, easy: { ...easy, ...shutEasy }, en: { ...en, ...shutEn } } as const;
export type Lang = keyof typeof WORDS;

/** The rooms that come with the program, by their id. */
export const ROOMS = { dagashi: '駄菓子屋の広間', niwa: '庭の間', umibe: '海辺の居間' } as const;
export type RoomId = keyof typeof ROOMS;

/** Places of the room by the sea: what most of these tests are about. */
export const SEA = { hall: 'ひろま', snack: 'おやつの卓', books: '本の卓', cups: 'お茶の卓', rest: 'まどべ', quiet: 'しずかなはし' } as const;

export class Person {
  readonly bar: Locator;
  readonly stage: Locator;
  readonly log: Locator;
  readonly field: Locator;
  readonly sheet: Locator;
  readonly notice: Locator;

  constructor(
    readonly page: Page,
    public nick: string,
    readonly phone: boolean,
    readonly way: Way,
    /** A hand on the line, if one was asked for. */
    private readonly hand: Line | null,
    readonly w: Words = WORDS.ja,
  ) {
    this.bar = page.getByRole('navigation', { name: this.w.hands });
    this.stage = page.getByRole('region', { name: this.w.scene });
    this.log = page.getByRole('log');
    this.field = page.getByRole('textbox', { name: this.w.field });
    this.sheet = page.getByRole('dialog');
    this.notice = page.locator('.notice');
  }

  get line(): Line {
    if (!this.hand) throw new Error(`${this.nick} was opened without a hand on the line`);
    return this.hand;
  }

  // at the door

  async fillIn(room: RoomId = 'umibe'): Promise<void> {
    const { page, w } = this;
    await page.getByRole('radio', { name: ROOMS[room] }).check();
    await page.getByLabel(w.nick).fill(this.nick);
    await page.getByRole('group', { name: w.way }).getByRole('radio', { name: w.ways[this.way] }).check();
  }

  async knock(): Promise<void> {
    await this.page.getByRole('button', { name: this.w.enter, exact: true }).click();
  }

  async enter(room: RoomId = 'umibe'): Promise<void> {
    await this.fillIn(room);
    await this.knock();
    await this.isIn(room);
  }

  async isIn(room: RoomId = 'umibe'): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: ROOMS[room] })).toBeVisible();
    await expect(this.avatar(this.nick)).toBeAttached();
  }

  // in the picture

  /** The avatar as a reader names it: nickname, and then what else there is to say. */
  avatar(nick: string): Locator {
    return this.stage.getByRole('button', { name: called(nick) });
  }

  /** Where somebody is drawn, in points of the picture: the same on every screen. */
  async spot(nick: string): Promise<string> {
    return this.avatar(nick).evaluate((button) => {
      const { e, f } = new DOMMatrix(getComputedStyle(button).transform);
      return `${e.toFixed(1)} ${f.toFixed(1)}`;
    });
  }

  /** A click on the floor: in points of the picture. */
  async tap(x: number, y: number): Promise<void> {
    const world = this.page.locator('.sc-world');
    const at = await world.evaluate((element, [left, top]) => {
      const matrix = new DOMMatrix(getComputedStyle(element).transform);
      const box = element.parentElement?.getBoundingClientRect();
      const point = matrix.transformPoint({ x: left ?? 0, y: top ?? 0 });
      return { x: point.x + (box?.x ?? 0), y: point.y + (box?.y ?? 0) };
    }, [x, y]);
    if (this.phone) await this.page.touchscreen.tap(at.x, at.y);
    else await this.page.mouse.click(at.x, at.y);
  }

  bubbleCount(): Promise<number> {
    return this.page.locator('.sc-bubble i').count();
  }

  // in the list

  /** The list of places and people; on a phone it is a sheet. */
  get list(): Locator {
    return this.phone ? this.sheet : this.page.getByRole('region', { name: this.w.list, exact: true });
  }

  async openList(): Promise<void> {
    if (this.phone && !(await this.sheet.isVisible())) await this.page.getByRole('button', { name: this.w.list, exact: true }).click();
    await expect(this.list).toBeVisible();
  }

  listed(nick: string): Locator {
    return this.list.getByRole('button', { name: called(nick) });
  }

  /** The place of the list in which somebody stands. */
  placeOf(nick: string): Locator {
    return this.list.locator('section').filter({ has: this.page.getByRole('button', { name: called(nick) }) }).getByRole('heading');
  }

  async sees(nick: string, zone: string): Promise<void> {
    await this.openList();
    await expect(this.placeOf(nick)).toContainText(zone);
    await this.shut();
  }

  async goTo(zone: string): Promise<void> {
    await this.openList();
    await this.list.getByRole('button', { name: this.w.goTo(zone), exact: true }).click();
  }

  async sit(zone: string, seat: number): Promise<void> {
    await this.openList();
    const toggle = this.list.getByRole('button', { name: this.w.seatsOf(zone), exact: true });
    if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
    await this.list.getByRole('button', { name: this.w.seatWhole(zone, seat), exact: true }).click();
  }

  /** Goes there and is there, by the server's word. */
  async settlesAt(zone: string): Promise<void> {
    await this.goTo(zone);
    await this.sees(this.nick, zone);
  }

  /** A phone shows the list as a sheet over the room; put away, the room is there again. */
  async shut(): Promise<void> {
    if (!this.phone) return;
    await this.page.keyboard.press('Escape');
    await expect(this.sheet).toHaveCount(0);
  }

  // words and signs

  /** On a phone the field has to be asked for. */
  async openField(): Promise<void> {
    if (!(await this.field.isVisible())) await this.bar.getByRole('button', { name: this.w.write, exact: true }).click();
  }

  async say(text: string): Promise<void> {
    await this.openField();
    await this.field.fill(text);
    await this.field.press('Enter');
    await this.hears(text);
  }

  message(text: string): Locator {
    return this.log.getByRole('article').filter({ hasText: text });
  }

  async hears(text: string): Promise<void> {
    await expect(this.message(text)).toHaveCount(1);
  }

  /** Everything that stands in the log, oldest first. */
  async heard(): Promise<string[]> {
    return this.log.getByRole('article').locator('p').allTextContents();
  }

  async react(kind: Reaction): Promise<void> {
    if (this.phone) await this.bar.getByRole('button', { name: this.w.reactionsName, exact: true }).click();
    await this.bar.getByRole('button', { name: this.w.reactions[kind], exact: true }).click();
  }

  /** The reaction as a word beside the name; it is there for readers even when a bubble shows it. */
  reactionOf(nick: string): Locator {
    return this.list.getByRole('listitem').filter({ has: this.page.getByRole('button', { name: called(nick) }) }).locator('em');
  }

  get reach(): Locator {
    return this.page.locator('.reach');
  }

  async openWay(): Promise<void> {
    await this.bar.locator('.way').click();
    await expect(this.sheet.getByRole('heading', { name: this.w.way })).toBeVisible();
  }

  async choose(way: Way): Promise<void> {
    await this.openWay();
    await this.sheet.getByRole('radio', { name: this.w.ways[way] }).check();
    await this.sheet.getByRole('button', { name: this.w.keepThis }).click();
    await expect(this.sheet).toHaveCount(0);
  }

  // home

  get home(): Locator {
    return this.page.getByRole('button', { name: this.w.leave, exact: true });
  }

  async leave(): Promise<void> {
    await this.home.click();
    await expect(this.page.getByRole('heading', { level: 1, name: this.w.bye })).toBeVisible();
  }
}

/** A button named after a person: the nickname alone, or followed by what else is said of them. */
function called(nick: string): RegExp {
  return new RegExp(`^${nick.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(、|, |$)`);
}
