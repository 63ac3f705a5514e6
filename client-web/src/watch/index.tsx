/** The part of the page that comes to staff: what waits for them, and what they keep a room safe with. */
import '../safety/safety.css';
import './watch.css';
import { safetyWords } from '../i18n/safety';
import { watchWords } from '../i18n/watch';

export { Locked } from './locked';
export { Measures } from './measures';
export { Watch, WatchSheet } from './watch';
export const words = [watchWords, safetyWords];
