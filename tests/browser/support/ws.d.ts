/** The little of `ws` that is used here; it brings no types of its own. */
declare module 'ws' {
  export class WebSocket {
    constructor(url: string, protocol: string, options: { origin: string });
    binaryType: 'arraybuffer';
    onopen: (() => void) | null;
    onclose: ((event: { code: number }) => void) | null;
    onerror: ((event: unknown) => void) | null;
    onmessage: ((event: { data: ArrayBuffer }) => void) | null;
    send(bytes: Uint8Array): void;
    close(code?: number): void;
  }
}
