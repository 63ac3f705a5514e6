/** Telling somebody who looks elsewhere that they are needed: two soft tones, a word in the tab. Only if they want it. */

export type Call = 'soft' | 'urgent';

/** How long the tab says the one and then the other, in milliseconds: slow enough to be no flicker (WCAG 2.3.1). */
export const BLINK_MS = 1500;
/** Not more often than this, in milliseconds: twenty newcomers at once are one thing to look at. */
export const REST_MS = 4000;

const NOTES: Readonly<Record<Call, readonly number[]>> = {
  // A fifth, falling: somebody knocks. The urgent one knocks twice, and a little higher.
  soft: [659, 440],
  urgent: [880, 587, 880, 587],
};

export interface BellMeans {
  now(): number;
  /** Whether somebody looks at the page at this moment. */
  watched(): boolean;
  play(notes: readonly number[]): void;
  title: { get(): string; set(title: string): void };
  set(run: () => void, ms: number): number;
  clear(timer: number): void;
}

export interface Bell {
  call(call: Call, want: { sound: boolean; blink: boolean }, title: string): void;
  /** Somebody looks. */
  seen(): void;
}

export function createBell(means: BellMeans): Bell {
  let rang = { at: Number.NEGATIVE_INFINITY, call: 'soft' as Call };
  let usual: string | null = null;
  let timer: number | null = null;

  function blink(title: string): void {
    usual ??= means.title.get();
    if (timer !== null) means.clear(timer);
    const turn = (on: boolean): void => {
      means.title.set(on ? title : (usual ?? title));
      timer = means.set(() => turn(!on), BLINK_MS);
    };
    turn(true);
  }

  return {
    call: (call, want, title) => {
      const rests = means.now() - rang.at < REST_MS && !(call === 'urgent' && rang.call === 'soft');
      if (want.sound && !rests) {
        rang = { at: means.now(), call };
        means.play(NOTES[call]);
      }
      // Who looks at the page sees it there.
      if (want.blink && !means.watched()) blink(title);
    },
    seen: () => {
      if (timer !== null) means.clear(timer);
      if (usual !== null) means.title.set(usual);
      [timer, usual] = [null, null];
    },
  };
}

/** How long a tone is and how far the next one is from it, in seconds. */
const TONE_S = 0.35;
const APART_S = 0.22;
/** A voice in the same room stays louder. */
const LOUDNESS = 0.12;

let context: AudioContext | null = null;

/** Without sound in the browser, or before anybody has touched the page, it stays silent. */
function play(notes: readonly number[]): void {
  try {
    context ??= new AudioContext();
    void context.resume();
    for (const [i, pitch] of notes.entries()) {
      const from = context.currentTime + i * APART_S;
      const [tone, loud] = [context.createOscillator(), context.createGain()];
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0, from);
      loud.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
      loud.gain.exponentialRampToValueAtTime(0.001, from + TONE_S);
      tone.connect(loud).connect(context.destination);
      tone.start(from);
      tone.stop(from + TONE_S);
    }
  } catch {
    // A machine without sound: the page shows it anyway.
  }
}

export const browserBell: BellMeans = {
  now: () => performance.now(),
  watched: () => document.visibilityState === 'visible' && document.hasFocus(),
  play,
  title: { get: () => document.title, set: (title) => void (document.title = title) },
  set: (run, ms) => window.setTimeout(run, ms),
  clear: (timer) => window.clearTimeout(timer),
};
