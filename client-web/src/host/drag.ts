/** Dragging a name to another group, with a mouse, a pen or a finger: pointer events, which tablets have too. */
import { useSignal } from '@preact/signals';
import type { PersonId } from '../protocol/types';

export interface Grip {
  onPointerDown(event: PointerEvent): void;
  onPointerMove(event: PointerEvent): void;
  onPointerUp(event: PointerEvent): void;
  onPointerCancel(event: PointerEvent): void;
}

/** Below this a press is a press, in pixels. */
const STILL_PX = 6;

export function useDrag(drop: (who: PersonId, to: number) => void): { who: PersonId | null; grip: (who: PersonId) => Grip } {
  const held = useSignal<PersonId | null>(null);
  const from = useSignal<{ x: number; y: number; far: boolean } | null>(null);

  function under(event: PointerEvent): HTMLElement | null {
    const found = document.elementFromPoint(event.clientX, event.clientY);
    return found instanceof Element ? found.closest<HTMLElement>('[data-drop]') : null;
  }

  function mark(target: HTMLElement | null): void {
    for (const box of document.querySelectorAll('[data-drop]')) box.classList.toggle('over', box === target);
  }

  function end(event: PointerEvent): void {
    const element = event.currentTarget;
    if (element instanceof HTMLElement) {
      element.style.transform = '';
      element.style.pointerEvents = '';
    }
    mark(null);
    held.value = null;
    from.value = null;
  }

  return {
    who: held.value,
    grip: (who) => ({
      onPointerDown: (event) => {
        if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        from.value = { x: event.clientX, y: event.clientY, far: false };
      },
      onPointerMove: (event) => {
        const start = from.value;
        if (!start || !(event.currentTarget instanceof HTMLElement)) return;
        const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
        if (!start.far && Math.hypot(dx, dy) < STILL_PX) return;
        if (!start.far) {
          from.value = { ...start, far: true };
          held.value = who;
        }
        event.currentTarget.style.transform = `translate(${dx}px,${dy}px)`;
        // What lies below the finger is asked for, not the name that is carried.
        event.currentTarget.style.pointerEvents = 'none';
        mark(under(event));
      },
      onPointerUp: (event) => {
        const target = from.value?.far ? under(event) : null;
        end(event);
        if (target) drop(who, Number(target.dataset['drop']));
      },
      onPointerCancel: end,
    }),
  };
}
