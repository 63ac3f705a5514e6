/** The only place that touches an RTCPeerConnection: one section that sends, six that receive, and never anything new. */
import type { IceServer } from '../protocol/types';
import { sparing, withoutAddresses } from './sdp';

export type PeerIs = 'connected' | 'disconnected' | 'failed';

export interface Peer {
  /** What the server is told: nothing in it says where this device is. */
  offer(): Promise<string>;
  accept(answer: string): Promise<void>;
  /** What is sent from now on; null: nothing. Needs no word to the server. */
  put(track: MediaStreamTrack | null): void;
  /** The section of each ear, in their order; known after the offer. */
  mids(): readonly string[];
  /** After this nothing is told any more. */
  close(): void;
}

export function createPeer(iceServers: readonly IceServer[], ears: readonly HTMLAudioElement[], told: (is: PeerIs) => void): Peer {
  const pc = new RTCPeerConnection({ iceServers: [...iceServers], bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' });
  const mouth = pc.addTransceiver('audio', { direction: 'sendonly' });
  const slots = ears.map((ear) => {
    const slot = pc.addTransceiver('audio', { direction: 'recvonly' });
    ear.srcObject = new MediaStream([slot.receiver.track]);
    return slot;
  });
  const opus = RTCRtpReceiver.getCapabilities?.('audio')?.codecs.filter((codec) => codec.mimeType.toLowerCase() === 'audio/opus');
  // Browsers without this offer other codecs too; the server then chooses.
  if (opus?.length) for (const one of [mouth, ...slots]) one.setCodecPreferences?.(opus);

  const look = (): void => {
    // Firefox before 113 only knows the state of its ICE.
    const now = pc.connectionState ?? pc.iceConnectionState;
    if (now === 'connected' || (now as string) === 'completed') told('connected');
    else if (now === 'disconnected' || now === 'failed') told(now);
  };
  pc.onconnectionstatechange = look;
  pc.oniceconnectionstatechange = () => pc.connectionState === undefined && look();

  return {
    offer: async () => {
      await pc.setLocalDescription(await pc.createOffer());
      return withoutAddresses(pc.localDescription?.sdp ?? '');
    },
    accept: (answer) => pc.setRemoteDescription({ type: 'answer', sdp: sparing(answer) }),
    put: (track) => void mouth.sender.replaceTrack(track).catch(() => undefined),
    mids: () => slots.map(({ mid }) => mid ?? ''),
    close: () => {
      pc.onconnectionstatechange = null;
      pc.oniceconnectionstatechange = null;
      pc.close();
      for (const ear of ears) ear.srcObject = null;
    },
  };
}
