/** The part of the page that comes with a session. */
import './session.css';

export { SessionDoor } from './door';
export { Lobby } from './lobby';
export { Now } from './now';
export { SessionSheet } from './sheets';
