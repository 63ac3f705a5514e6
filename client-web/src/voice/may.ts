/** Who may let somebody's voice rest. As the table of roles in PROTOCOL.md has it; the server decides. Pure. */
import type { Role } from '../protocol/types';

const RANKS: Partial<Record<Role, number>> = { peer_staff: 1, consultant: 1, facilitator: 2, moderator: 3, owner: 4 };
const MUTE: readonly Role[] = ['facilitator', 'moderator', 'owner'];

export function mayMute(actor: Role, target: Role): boolean {
  return MUTE.includes(actor) && (RANKS[actor] ?? 0) > (RANKS[target] ?? 0);
}
