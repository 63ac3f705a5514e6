/** What is read over HTTP: the place, the plan of a room and its drawing. */
import type { Place, RoomPlan, Voice } from '../protocol/types';

async function get(path: string): Promise<Response> {
  const answer = await fetch(path, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

export const http = {
  place: async (): Promise<Place> => (await get('/api/v1/place')).json(),
  voice: async (): Promise<Voice> => (await get('/api/v1/voice')).json(),
  plan: async (id: string): Promise<RoomPlan> => (await get(`/api/v1/rooms/${encodeURIComponent(id)}`)).json(),
  drawing: async (path: string): Promise<string> => (await get(path)).text(),
};

export type Http = typeof http;
