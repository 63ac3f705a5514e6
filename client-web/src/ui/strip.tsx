/** The line, in a sentence: only when it is lost, and for a moment when it is back. */
import { useApp, useWords } from './app';
import { Icon } from './drawn';

export function Strip() {
  const { session } = useApp();
  const { w } = useWords();
  const line = session.line.value;
  return (
    <div class="strip-host" role="status">
      {line === 'lost' && (
        <div class="strip">
          <Icon id="i-wifi" />
          <div><b>{w.lost}</b>{w.lostNote}</div>
        </div>
      )}
      {line === 'back' && (
        <div class="strip">
          <Icon id="i-lantern" />
          <div><b>{w.backAgain}</b></div>
        </div>
      )}
    </div>
  );
}
