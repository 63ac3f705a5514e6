/** What is said first, when there is more than one thing to say: help before everything, then the newest. Pure. */
import type { Told } from '../state/safety';

export function inOrder(told: readonly Told[]): Told[] {
  const rank = ({ notice: { notice } }: Told): number => (notice === 'help_card' || notice === 'help_is_there' ? 0 : 1);
  return [...told].reverse().sort((a, b) => rank(a) - rank(b));
}
