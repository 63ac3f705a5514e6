/** What is changed in session descriptions (RFC 8866) on their way. Pure. */

/** Takes out where this device can be reached: the server needs none of it, and refuses an offer that shows an address. */
export function withoutAddresses(sdp: string): string {
  return sdp
    .split('\r\n')
    .filter((line) => !/^a=(candidate|end-of-candidates)/.test(line))
    .join('\r\n');
}

/**
 * Asks our own encoder to send next to nothing in silence (DTX) and to help over a lost packet (FEC): browsers read that
 * in the answer's parameters of Opus (RFC 7587).
 */
export function sparing(answer: string): string {
  const opus = new Set([...answer.matchAll(/^a=rtpmap:(\d+) opus\//gim)].map(([, number]) => number));
  return answer.replace(/^a=fmtp:(\d+) ([^\r\n]*)/gm, (line, number: string, said: string) => {
    if (!opus.has(number)) return line;
    const missing = ['usedtx=1', 'useinbandfec=1'].filter((one) => !said.includes(one));
    return `a=fmtp:${number} ${[said, ...missing].join(';')}`;
  });
}
