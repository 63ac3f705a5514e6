/** How loud a stream of this device is, for the eye alone: nothing of it is played or sent. */

/** Twenty times a second is even to the eye. */
const LOOK_MS = 50;
/** Speech close to a microphone, as the root mean square of its samples, fills the meter. */
const FULL = 0.25;
/** It falls slowly, so that it does not flicker. */
const FALL = 0.8;

/** `show` gets 0 to 1. Returns how to stop. */
export function meter(stream: MediaStream, show: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let shown = 0;
  void context.resume();
  const timer = window.setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const loud = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    shown = Math.max(Math.min(1, loud / FULL), shown * FALL);
    show(shown);
  }, LOOK_MS);
  return () => {
    window.clearInterval(timer);
    void context.close();
  };
}
