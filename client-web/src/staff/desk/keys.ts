/** Keys of the desk. What is pressed in a field belongs to the field, and no key decides what is grave. */
export type Order = { go: 'next' | 'previous' | 'away' | 'take' | 'back' | 'hand' | 'help' } | { answer: number };

const KEYS: Readonly<Record<string, Order>> = {
  j: { go: 'next' },
  k: { go: 'previous' },
  Escape: { go: 'away' },
  t: { go: 'take' },
  u: { go: 'back' },
  h: { go: 'hand' },
  '?': { go: 'help' },
};

/** The part of a keyboard event that counts. */
export type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'repeat'>;

/** What a key orders; `null` when it is none of ours. Enter is not among them: the focus is on a line, and Enter presses it. */
export function orderOf(press: Press, busy: boolean): Order | null {
  if (busy || press.isComposing || press.ctrlKey || press.metaKey || press.altKey) return null;
  // Who holds a key down wants to go through the list, and to decide nothing twice.
  const moves = press.key === 'j' || press.key === 'k';
  if (press.repeat && !moves) return null;
  if (/^[1-9]$/.test(press.key)) return { answer: Number(press.key) };
  // With the shift key or without; Japanese keyboards write full-width letters only while something is composed.
  return KEYS[press.key.length === 1 ? press.key.toLowerCase() : press.key] ?? null;
}

/** Whether what has the focus needs its keys for itself. */
function isBusy(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable], dialog[open]') !== null;
}

export function listenToKeys(obey: (order: Order) => boolean): () => void {
  function down(event: KeyboardEvent): void {
    const order = orderOf(event, event.defaultPrevented || isBusy(event.target));
    if (order && obey(order)) event.preventDefault();
  }
  addEventListener('keydown', down);
  return () => removeEventListener('keydown', down);
}
