/** The part of the page that comes with a session. */
import './session.css';

export { SessionDoor } from './door';
export { Now } from './now';
export { Themes as ThemesSheet } from './themes';
