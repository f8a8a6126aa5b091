import '../../web/without-eval.ts';
import { createRoot } from 'react-dom/client';
import '../../web/ui/base.css';
import { branchOfPath } from '../branch-of-path.ts';
import { keepPage } from '../offline/keep-page.ts';
import { createKiosk } from './create-kiosk.ts';
import { deviceToken } from './device-token.ts';
import { guardPage } from './guard-page.ts';
import { createKioskApi } from './kiosk-api.ts';
import { KioskPage } from './kiosk-page.tsx';
import './kiosk.css';

const branch = branchOfPath(location.pathname);
const token = deviceToken(branch, {
  hash: location.hash,
  storage: () => localStorage,
  clearHash: () => history.replaceState(null, '', location.pathname),
});
// The pairing address opened in a browser that shows the kiosk already changes the fragment alone.
window.addEventListener('hashchange', () => location.reload());

const kiosk = createKiosk(token === null ? null : createKioskApi(branch, token, fetch.bind(window)));
kiosk.start();

guardPage(kiosk);

keepPage();

const page = document.getElementById('page');
if (page) {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  createRoot(page).render(<KioskPage kiosk={kiosk} timeZone={timeZone} />);
}
