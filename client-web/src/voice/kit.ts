/** What the parts of voice share. */
import { voiceWords } from '../i18n/voice';
import type { VoiceWords } from '../i18n/voice';
import { useApp } from '../ui/app';
import type { App } from '../ui/app';
import { voiceOf } from './voice';
import type { Voice } from './voice';

export interface Here extends App {
  v: VoiceWords;
  voice: Voice;
}

export function useVoice(): Here {
  const app = useApp();
  return { ...app, v: voiceWords.of(app.settings.lang.value), voice: voiceOf(app.session, app.memory) };
}
