/** The room to try the controls in. */
import type { RoomSummary } from '../protocol/types';

export function isPractice(room: RoomSummary & { practice?: boolean }): boolean {
  return room.practice === true;
}
