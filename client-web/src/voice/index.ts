/** The part of the page that comes when somebody listens, speaks or practises. */
import './voice.css';

export { Mic } from './mic-button';
export { VoiceSheet } from './sheets';
export { VoiceLine } from './voice-line';
