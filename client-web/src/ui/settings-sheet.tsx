/** How the page looks, and in which words. */
import { useWords } from './app';
import { CalmSwitch, LangSwitch, MoodRows } from './moods';
import { Sheet } from './sheet';
import { closeSheet, openSheet } from './sheets';

export function SettingsSheet() {
  const { w } = useWords();
  return (
    <Sheet title={w.settings} onClose={closeSheet}>
      <MoodRows />
      <div class="rows gap"><CalmSwitch /></div>
      <LangSwitch />
      <button type="button" class="btn quiet wide" onClick={() => openSheet({ name: 'first' })}>{w.firstTime}</button>
    </Sheet>
  );
}
