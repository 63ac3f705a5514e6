/** One's own voice, there and back: an answer of the server that reaches nobody else. */
import { call } from '../net/api';
import { http } from '../net/http';
import type { Practice, Practising } from '../protocol/types';
import { createPeer } from './peer';

/** Plays in `ear` what the track sends, until it is closed or the server ends it. Fails when it cannot be. */
export async function echo(track: MediaStreamTrack, ear: HTMLAudioElement, ended: () => void): Promise<() => void> {
  const { ice_servers } = await http.voice();
  const peer = createPeer(ice_servers, [ear], (is) => is !== 'connected' && close());
  let timer = 0;

  function close(): void {
    window.clearTimeout(timer);
    peer.close();
    ended();
  }

  try {
    peer.put(track);
    const { sdp, seconds } = await call<Practising>('POST', '/api/v1/practice', { sdp: await peer.offer() } satisfies Practice);
    await peer.accept(sdp);
    await ear.play();
    timer = window.setTimeout(close, seconds * 1000);
    return close;
  } catch (error) {
    peer.close();
    throw error;
  }
}
