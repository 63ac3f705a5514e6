/** The desk, as it is loaded when it is opened. */
export { loadDeskWords } from '../../i18n/desk';
export { DeskView } from './view';
export { SanctionsView } from './sanctions';
