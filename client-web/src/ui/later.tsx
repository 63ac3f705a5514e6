/** Parts of the page that come when they are needed. On a weak line they are asked for again until they are here. */
import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Lang } from '../i18n';
import { firstWords } from '../i18n/first';
import { hostWords } from '../i18n/host';
import { sessionWords } from '../i18n/session';
import { voiceWords } from '../i18n/voice';
import { useApp } from './app';

const AGAIN_MS = 4000;

function later<P extends object>(load: (lang: Lang) => Promise<FunctionComponent<P>>): FunctionComponent<P> {
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
    return Part && <Part {...props} />;
  };
}

type Session = typeof import('./session');

/** Only where a session is on, or somebody comes to its door. */
function ofSession<K extends keyof Session>(name: K): Session[K] {
  return later(async (lang) => {
    const [parts] = await Promise.all([import('./session'), sessionWords.load(lang)]);
    return parts[name] as FunctionComponent<object>;
  }) as Session[K];
}

export const Now = ofSession('Now');
export const SessionDoor = ofSession('SessionDoor');
export const Lobby = ofSession('Lobby');
export const SessionSheet = ofSession('SessionSheet');

type Voice = typeof import('../voice');

/** Only for those who listen, speak or practise. */
function ofVoice<K extends keyof Voice>(name: K): Voice[K] {
  return later(async (lang) => {
    const [parts] = await Promise.all([import('../voice'), voiceWords.load(lang)]);
    return parts[name] as FunctionComponent<object>;
  }) as Voice[K];
}

export const Mic = ofVoice('Mic');
export const VoiceLine = ofVoice('VoiceLine');
export const VoiceSheet = ofVoice('VoiceSheet');

/** Only for those who ask. */
export const PersonSheet = later(async (lang) => {
  const [{ PersonSheet }] = await Promise.all([import('./person-sheet'), voiceWords.load(lang)]);
  return PersonSheet;
});

export const LooksSheet = later(async () => (await import('./looks-sheet')).LooksSheet);

export const FirstSheet = later(async (lang) => {
  const [{ FirstSheet }] = await Promise.all([import('./first'), firstWords.load(lang)]);
  return FirstSheet;
});

/** Only for staff: nobody else ever loads it. */
export const Host = later(async (lang) => {
  const [{ Host }] = await Promise.all([import('../host'), hostWords.load(lang), sessionWords.load(lang)]);
  return Host;
});
