/** Parts of the page that come when they are needed. On a weak line they are asked for again until they are here. */
import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Lang } from '../i18n';
import type { Shelf } from '../i18n/shelf';
import { sessionWords } from '../i18n/session';
import { voiceWords } from '../i18n/voice';
import { useApp } from './app';
import { Loading } from './farewells';

const AGAIN_MS = 4000;
type Words = Pick<Shelf<unknown>, 'load'>;

/** `While`: what a whole view shows until it is here. */
function later<P extends object>(load: (lang: Lang) => Promise<FunctionComponent<P>>, While?: FunctionComponent): FunctionComponent<P> {
  const here = signal<FunctionComponent<P> | null>(null);
  let asked = false;
  function ask(lang: Lang): void {
    if (asked) return;
    asked = true;
    load(lang).then(
      (part) => (here.value = part),
      () => setTimeout(() => ask(lang), AGAIN_MS, (asked = false)),
    );
  }
  return function Later(props) {
    const lang = useApp().settings.lang.value;
    useEffect(() => ask(lang), []);
    const Part = here.value;
    return Part ? <Part {...props} /> : While ? <While /> : null;
  };
}

/**
 * The parts of a module that comes whole, with the words that it needs. What few load brings its words itself: then not
 * even their names are in the page of everybody else.
 */
function partsOf<M extends object>(load: () => Promise<M>, ...words: readonly Words[]) {
  return <K extends keyof M>(name: K, While?: FunctionComponent): M[K] =>
    later(async (lang) => {
      const [parts] = await Promise.all([load(), ...words.map((one) => one.load(lang))]);
      await Promise.all((parts as { words?: readonly Words[] }).words?.map((one) => one.load(lang)) ?? []);
      return parts[name] as FunctionComponent<object>;
    }, While) as M[K];
}

/** Only where a session is on, or somebody comes to its door. */
const ofSession = partsOf(() => import('./session'), sessionWords);
export const Now = ofSession('Now');
export const SessionDoor = ofSession('SessionDoor');
/** Only where one is asked to wait. */
export const Lobby = partsOf(() => import('./session/lobby'), sessionWords)('Lobby');
export const ThemesSheet = ofSession('ThemesSheet');
export const Papers = partsOf(() => import('./session/sheets'), sessionWords)('Papers');

/** Only for those who listen, speak or practise. */
const ofVoice = partsOf(() => import('../voice'), voiceWords);
export const Mic = ofVoice('Mic');
export const VoiceLine = ofVoice('VoiceLine');
export const VoiceSheet = ofVoice('VoiceSheet');

/** Only where staff decided something about somebody, or look at their words first; or where a door does not open. */
const ofSafety = partsOf(() => import('../safety'));
export const Safe = ofSafety('Safe');
export const HeldWords = ofSafety('HeldWords');
export const EditFirst = ofSafety('EditFirst');
export const DecidedSheet = ofSafety('DecidedSheet');
export const SentAway = ofSafety('SentAway', Loading);
export const Closed = ofSafety('Closed', Loading);
export const Taken = ofSafety('Taken', Loading);

/** Only for staff: what they keep the room safe with. */
const ofWatch = partsOf(() => import('../watch'));
export const Locked = ofWatch('Locked');
export const Watch = ofWatch('Watch');
export const WatchSheet = ofWatch('WatchSheet');
export const Measures = ofWatch('Measures');

/** Only for staff: their way in, and the panel of the host. */
const ofHost = partsOf(() => import('../host'));
export const AsStaff = ofHost('AsStaff');
export const Host = ofHost('Host');

/** Only for those who ask. */
export const PersonSheet = partsOf(() => import('./person-sheet'), voiceWords)('PersonSheet');
export const WaySheet = partsOf(() => import('./way-sheet'))('WaySheet');
export const FirstSheet = partsOf(() => import('./first'))('FirstSheet');export const LooksSheet = partsOf(() => import('./looks-sheet'))('LooksSheet');
export const SettingsSheet = partsOf(() => import('./settings-sheet'))('SettingsSheet');
