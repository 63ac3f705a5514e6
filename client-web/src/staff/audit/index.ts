/** The record, as it is loaded when it is opened. */
export { loadAuditWords } from '../../i18n/audit';
export { AuditView } from './view';
