/** The staff's page: the browser's storage and address on one side, the views on the other. */
import { render } from 'preact';
import { loadWords } from '../i18n';
import { officeWords } from '../i18n/office';
import { loadStaffWords } from '../i18n/staff';
import { browserMemory } from '../state/memory';
import { createSettings } from '../state/settings';
import { StaffContext, createStaff } from './app';
import { takeInvitation, takeRefusal } from './address';
import { Page } from './page';
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/choices.css';
import './staff.css';

const memory = browserMemory();
const settings = createSettings(memory, new Date().getHours(), navigator.language);
const staff = createStaff(settings, memory);
// Before anything else: an invitation does not stay where it can be read over a shoulder or from the history.
const invitation = takeInvitation(location, history);
const refusal = takeRefusal(location, history);

void staff.begin();
const { value: lang } = settings.lang;
void Promise.allSettled([loadWords(lang), loadStaffWords(lang), officeWords.load(lang)]).then(() => {
  const host = document.getElementById('page');
  if (!host) return;
  render(
    <StaffContext.Provider value={staff}>
      <Page invitation={invitation} refusal={refusal} />
    </StaffContext.Provider>,
    host,
  );
});
