import { render } from 'preact';

const host = document.getElementById('page');
if (host) render(<main>居場所</main>, host);
