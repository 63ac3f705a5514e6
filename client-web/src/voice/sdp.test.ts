import { expect, it } from 'vitest';
import { sparing, withoutAddresses } from './sdp';

it('says nowhere how this device can be reached', () => {
  const offer = ['v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 0.0.0.0', 'a=candidate:1 1 udp 2122260223 192.168.1.7 50000 typ host', 'a=end-of-candidates', 'a=mid:0', ''].join('\r\n');
  expect(withoutAddresses(offer)).toBe(['v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 0.0.0.0', 'a=mid:0', ''].join('\r\n'));
});

it('asks the encoder for silence in silence and help over losses, once, and only of Opus', () => {
  const answer = (fmtp: string): string => `a=rtpmap:111 opus/48000/2\r\na=fmtp:111 ${fmtp}\r\na=rtpmap:9 G722/8000\r\na=fmtp:9 x=1\r\n`;
  const asked = sparing(answer('minptime=10;useinbandfec=1'));
  expect(asked).toBe(answer('minptime=10;useinbandfec=1;usedtx=1'));
  expect(sparing(asked)).toBe(asked);
});
