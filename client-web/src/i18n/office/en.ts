/** English: refusals that only staff at their own page meet. */
import type { OfficeWords } from './ja';

export const en: OfficeWords = {
  signin: 'Sign in to go on.',
  signin_failed: 'Name, passphrase or key does not match.',
  signin_code: 'Please give the six digits too.',
  name_taken: 'Somebody has this name already.',
  weak: 'Please choose a longer one that is hard to guess.',
  bad_rule: 'Please have another look at how it repeats.',
  bad_date: 'Please have another look at the date and time.',
  in_use: 'It is still needed, so it was left as it is.',
  already_handled: 'A colleague looks after this.',
  stale: 'Somebody changed this meanwhile. Please look again.',
  about_you: 'Somebody else of the staff looks after what is about yourself.',
  never_an_offence: 'Asking for help is no offence. Nothing can be decided from here.',
  harsher: 'A second look never makes it worse.',
  decided_by_you: 'Somebody else of the staff looks at this.',
};
