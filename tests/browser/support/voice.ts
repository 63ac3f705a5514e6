/** A page's ears and mouth, as the browser counts them: not what the page says of itself. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { ja } from '../../../client-web/src/i18n/voice/ja';
import type { Way } from '../../../client-web/src/protocol/types';
import type { Person } from './person';
import type { How } from './place';

export const V = ja;
/** Asked and granted, as by somebody who said yes to the browser. */
export const MAY_SPEAK: How = { way: 'voice', line: true, context: { permissions: ['microphone'] } };

interface Watched {
  peers: RTCPeerConnection[];
  asked: number;
  tracks: MediaStreamTrack[];
}

declare global {
  interface Window {
    watched: Watched;
  }
}

/** Before the page is opened again: remembers every connection, every question for a microphone and every track of one. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched: Watched = { peers: [], asked: 0, tracks: [] };
    window.watched = watched;
    const Native = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Native {
      constructor(how?: RTCConfiguration) {
        super(how);
        watched.peers.push(this);
      }
    };
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (what) => {
      watched.asked++;
      const stream = await ask(what);
      watched.tracks.push(...stream.getTracks());
      return stream;
    };
  });
  await page.reload();
}

export interface Counts {
  /** Packets that came in, and the energy of what they sounded like, over all slots. */
  packets: number;
  energy: number;
  /** Packets that went out. */
  sent: number;
}

/** What passes in a moment's time. */
export function flow(one: Person): Promise<Counts> {
  return one.page.evaluate(async () => {
    const WINDOW_MS = 1200;
    const look = async (): Promise<Counts> => {
      const counts = { packets: 0, energy: 0, sent: 0 };
      for (const peer of window.watched.peers.filter(({ connectionState }) => connectionState !== 'closed')) {
        (await peer.getStats()).forEach((stat: { type: string; packetsReceived?: number; totalAudioEnergy?: number; packetsSent?: number }) => {
          if (stat.type === 'inbound-rtp') {
            counts.packets += stat.packetsReceived ?? 0;
            counts.energy += stat.totalAudioEnergy ?? 0;
          } else if (stat.type === 'outbound-rtp') counts.sent += stat.packetsSent ?? 0;
        });
      }
      return counts;
    };
    const before = await look();
    await new Promise((resolve) => setTimeout(resolve, WINDOW_MS));
    const after = await look();
    return { packets: after.packets - before.packets, energy: after.energy - before.energy, sent: after.sent - before.sent };
  });
}

/** Waits until the server has told how much of somebody's voice it lost: from that the browser knows how much to repair. */
export async function isTold(one: Person): Promise<void> {
  const lost = () => one.page.evaluate(async () => {
    const shares: number[] = [];
    for (const peer of window.watched.peers) {
      (await peer.getStats()).forEach((stat: { type: string; fractionLost?: number }) => {
        if (stat.type === 'remote-inbound-rtp' && stat.fractionLost !== undefined) shares.push(stat.fractionLost);
      });
    }
    return shares;
  });
  await expect.poll(lost, { message: `${one.nick} is told`, timeout: 20_000 }).toEqual([0]);
}

export async function hearsVoices(...people: Person[]): Promise<void> {
  for (const one of people) {
    await expect.poll(async () => {
      const { packets, energy } = await flow(one);
      return packets > 10 && energy > 0;
    }, { message: `${one.nick} hears`, timeout: 20_000 }).toBe(true);
  }
}

export async function hearsNothing(...people: Person[]): Promise<void> {
  for (const one of people) await expect.poll(async () => (await flow(one)).packets, { message: `${one.nick} hears nothing`, timeout: 20_000 }).toBe(0);
}

export const says = (one: Person) => one.page.locator('#voice-says');
export const mic = (one: Person) => one.bar.getByRole('button', { name: V.mic, exact: true });

/** The voice is there; nothing of one's own is heard yet. */
export async function isConnected(one: Person, way: Way = 'voice'): Promise<void> {
  await expect(says(one)).toHaveText(way === 'voice' ? V.says.off : V.says.listening, { timeout: 20_000 });
}

export async function micOn(...people: Person[]): Promise<void> {
  for (const one of people) {
    await mic(one).click();
    await expect(mic(one)).toHaveAttribute('aria-pressed', 'true');
  }
}

export async function micOff(...people: Person[]): Promise<void> {
  for (const one of people) {
    await mic(one).click();
    await expect(mic(one)).toHaveAttribute('aria-pressed', 'false');
  }
}

/** How often the page asked for a microphone, and how many tracks of one are running now. */
export function microphones(one: Person): Promise<{ asked: number; live: number }> {
  return one.page.evaluate(() => ({ asked: window.watched.asked, live: window.watched.tracks.filter(({ readyState }) => readyState === 'live').length }));
}
