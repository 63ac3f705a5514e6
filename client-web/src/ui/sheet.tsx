/** A sheet: a native dialog, so that focus, Escape and readers behave as people know it. The way home stays in view. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon } from './drawn';
import { useApp, useWords } from './app';

export function Sheet(props: { title: string; onClose: () => void; children: ComponentChildren; shut?: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const title = useId();
  const { session } = useApp();
  const { w } = useWords();

  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    if (!element) return;
    // Phones of before 2022 do not know dialogs; there it is simply shown on top.
    if (typeof element.showModal === 'function') element.showModal();
    else element.setAttribute('open', '');
    heading.current?.focus();
    return () => {
      // While it is open, all else is out of reach, also for focus().
      if (typeof element.close === 'function') element.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onClick={(event) => event.target === dialog.current && props.onClose()}
    >
      <div class="sheet-body">
        <div class="sheet-head">
          <h2 id={title} ref={heading} tabIndex={-1}>{props.title}</h2>
          <button type="button" class="shut" aria-label={w.shut} onClick={props.onClose}>
            <Icon id="i-close" />
          </button>
        </div>
        {props.children}
        <div class="sheet-foot">
          {session.view.value === 'room' && (
            <button type="button" class="btn quiet" onClick={session.leave}>
              <Icon id="i-leave" />
              {w.leave}
            </button>
          )}
          <button type="button" class="btn quiet" onClick={props.onClose}>{props.shut ?? w.shut}</button>
        </div>
      </div>
    </dialog>
  );
}
