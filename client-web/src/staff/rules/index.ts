/** The rules, as they are loaded when they are opened. */
export { loadRuleWords } from '../../i18n/rules';
export { RulesView } from './view';
