/** Which view is shown, and what the document itself says about it. */
import { useSignalEffect } from '@preact/signals';
import { LANG_TAGS } from '../i18n';
import { useApp, useWords } from './app';
import { Entrance } from './entrance';
import { Entering, Goodbye, Loading } from './farewells';
import { HelpSheet } from './help-sheet';
import { Closed, DecidedSheet, FirstSheet, Lobby, LooksSheet, Papers, PersonSheet, SentAway, SettingsSheet, Taken, ThemesSheet, VoiceSheet, WatchSheet, WaySheet } from './later';
import { ListSheet } from './people';
import { Room } from './room';
import { closeSheet, sheet } from './sheets';

export function Page() {
  const { session, settings } = useApp();
  const { w, read } = useWords();
  const place = session.place.value;
  const plan = session.store.plan.value;
  const view = session.view.value;

  useSignalEffect(() => {
    const { body, documentElement: html } = document;
    html.lang = LANG_TAGS[settings.lang.value];
    body.dataset.mood = settings.mood.value;
    body.toggleAttribute('data-calm', settings.calm.value);
    const colour = getComputedStyle(body).getPropertyValue('--bg').trim();
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', colour);
  });
  useSignalEffect(() => {
    // A sheet of the room does not outlive it.
    if (session.view.value !== 'room' && sheet.peek()?.name !== 'help') closeSheet();
  });
  const shut = view === 'closed' && place?.rooms.find(({ id }) => id === session.roomId.value);
  document.title = [view === 'room' && plan ? read(plan.name) : shut ? read(shut.name) : '', place ? read(place.name) : w.title].filter(Boolean).join(' — ');

  return (
    <>
      <View />
      <OpenSheet />
    </>
  );
}

function View() {
  const { session } = useApp();
  const place = session.place.value;
  switch (session.view.value) {
    case 'entrance':
      return place ? <Entrance place={place} /> : <Loading />;
    case 'entering':
      return <Entering />;
    case 'lobby':
      return <Lobby />;
    case 'room':
      return <Room />;
    case 'goodbye':
      return <Goodbye />;
    case 'taken':
      return <Taken />;
    case 'closed':
      return session.refusal.value?.door ? <SentAway door={session.refusal.value.door} /> : <Closed rooms={place?.rooms ?? []} />;
  }
}

function OpenSheet() {
  const open = sheet.value;
  if (!open) return null;
  switch (open.name) {
    case 'help':
      return <HelpSheet key="help" />;
    case 'first':
      return <FirstSheet key="first" />;
    case 'settings':
      return <SettingsSheet key="settings" />;
    case 'way':
      return <WaySheet key="way" hint={open.hint} />;
    case 'looks':
      return <LooksSheet key="looks" />;
    case 'list':
      return <ListSheet key="list" />;
    case 'person':
      return <PersonSheet key={`person${open.who}`} who={open.who} words={open.words} />;
    case 'themes':
      return <ThemesSheet key="themes" />;
    case 'decided':
      return <DecidedSheet key="decided" />;
    case 'watch':
      return <WatchSheet key="watch" />;
    case 'sound':
    case 'practice':
      return <VoiceSheet key={open.name} which={open.name} />;
    default:
      return <Papers key={open.name} which={open.name} />;
  }
}
