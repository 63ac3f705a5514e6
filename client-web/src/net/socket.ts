/** The only place that touches a WebSocket. */
import { SUBPROTOCOL } from '../protocol/types';

export interface SocketEvents {
  opened(): void;
  closed(code: number): void;
  heard(bytes: ArrayBuffer): void;
}

export interface Socket {
  send(bytes: Uint8Array<ArrayBuffer>): void;
  /** After this no event arrives any more. */
  close(): void;
}

export type OpenSocket = (events: SocketEvents) => Socket;

export const openSocket: OpenSocket = (events) => {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(`${scheme}//${location.host}/ws`, SUBPROTOCOL);
  let over = false;
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => !over && events.opened();
  socket.onclose = (event) => !over && events.closed(event.code);
  socket.onmessage = (event: MessageEvent<unknown>) => {
    if (!over && event.data instanceof ArrayBuffer) events.heard(event.data);
  };
  return {
    send: (bytes) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes);
    },
    close: () => {
      over = true;
      socket.close(1000);
    },
  };
};
