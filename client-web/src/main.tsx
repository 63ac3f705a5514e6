/** Puts the parts together: the browser's clock, storage and events on one side, the page on the other. */
import { render } from 'preact';
import { loadWords } from './i18n';
import { createClock } from './net/clock';
import { http } from './net/http';
import { openSocket } from './net/socket';
import { bringIcons, bringThings, fetchFigures } from './scene/art';
import { browserMemory } from './state/memory';
import { createSession } from './state/session';
import { createSettings } from './state/settings';
import { AppContext } from './ui/app';
import { Page } from './ui/page';
import './ui/styles';

const AGAIN_MS = 2000;
const memory = browserMemory();
const settings = createSettings(memory, new Date().getHours(), navigator.language);
const session = createSession({
  open: openSocket,
  // Not the wall clock: that one jumps when the device sets it.
  clock: createClock(() => performance.timeOrigin + performance.now()),
  timers: { set: (run, ms) => window.setTimeout(run, ms), clear: (id) => window.clearTimeout(id) },
  random: Math.random,
  http,
  memory,
});

window.addEventListener('online', () => session.online());
document.addEventListener('visibilitychange', () => session.visible(document.visibilityState === 'visible'));

/** The part of the page that the keyboard of a phone leaves free. */
function fit(): void {
  const view = window.visualViewport;
  if (!view || view.scale > 1.05) return;
  document.documentElement.style.setProperty('--free', `${Math.round(view.height)}px`);
  document.documentElement.style.setProperty('--free-top', `${Math.round(view.offsetTop)}px`);
  document.body.toggleAttribute('data-short', view.height < 540);
}
window.visualViewport?.addEventListener('resize', fit);
window.visualViewport?.addEventListener('scroll', fit);
fit();

const asked = new URLSearchParams(location.search).get('room');
const seat = memory.seat();
void session.loadPlace();
// A reload, or a second tab of the same person: straight back to the seat. A link to another room asks first.
if (seat && (!asked || asked === seat.room)) session.comeBack();

/** They are asked for again until they are here: without them nobody would have a face. */
async function figures(): Promise<void> {
  await fetchFigures().catch(() => new Promise((resolve) => setTimeout(resolve, AGAIN_MS)).then(figures));
}

const host = document.getElementById('page');
void Promise.all([loadWords(settings.lang.value), figures(), bringIcons()]).then(() => {
  // At the door nobody waits for them; in the room they are then here.
  void bringThings();
  if (!host) return;
  render(
    <AppContext.Provider value={{ session, settings, memory }}>
      <Page />
    </AppContext.Provider>,
    host,
  );
});
