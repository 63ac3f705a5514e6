/**
 * The microphone of this device. It is asked for only when somebody turns it on, silent the moment it is turned off, and
 * let go of soon after, so that the light that the browser or the device shows tells the truth.
 */

/** Off and at once on again, as with push-to-talk, is instant within this time. The page says so (`letsGo`). */
export const GRACE_MS = 5_000;

export type MicTrouble = 'denied' | 'missing';

export interface Microphone {
  /** Asks the browser for it, if it is not held. Fails with a `MicTrouble`. */
  take(): Promise<MediaStreamTrack>;
  /** Nothing of it is heard any more, from this moment on. */
  hush(): void;
  /** Let go of it: in a moment, or `now`. */
  rest(now?: boolean): void;
}

export function wanted(device: string | undefined): MediaTrackConstraints {
  return { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...(device ? { deviceId: device } : {}) };
}

export function troubleOf(error: unknown): MicTrouble {
  return error instanceof Error && (error.name === 'NotFoundError' || error.name === 'NotReadableError') ? 'missing' : 'denied';
}

/** `gone`: the device was unplugged or taken away. */
export function createMicrophone(device: () => string | undefined, gone: () => void): Microphone {
  let track: MediaStreamTrack | null = null;
  let letting: number | undefined;

  function drop(): void {
    track?.stop();
    track = null;
  }

  return {
    take: async () => {
      window.clearTimeout(letting);
      if (track?.readyState !== 'live') {
        // Without a secure page there are no devices at all.
        if (!navigator.mediaDevices) throw new DOMException('', 'NotFoundError');
        const stream = await navigator.mediaDevices.getUserMedia({ audio: wanted(device()) });
        track = stream.getAudioTracks()[0] ?? null;
        if (!track) throw new DOMException('', 'NotFoundError');
        track.onended = gone;
      }
      track.enabled = true;
      return track;
    },
    hush: () => {
      if (track) track.enabled = false;
    },
    rest: (now = false) => {
      window.clearTimeout(letting);
      if (now) drop();
      else letting = window.setTimeout(drop, GRACE_MS);
    },
  };
}
