/** The part of the page that comes when staff decided something about somebody, or look at their words first; or when a door does not open. */
import './safety.css';
import { safetyWords } from '../i18n/safety';
import { shutWords } from '../i18n/shut';

export { DecidedSheet } from './decided';
export { EditFirst, HeldWords } from './held';
export { Safe } from './safe';
export { SentAway } from './sent-away';
export { Closed, Taken } from '../ui/shut';
export const words = [safetyWords, shutWords];
