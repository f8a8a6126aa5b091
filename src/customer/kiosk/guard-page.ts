import { flushSync } from 'react-dom';
import type { Kiosk } from './create-kiosk.ts';

/** What the kiosk's page makes of a hand: a touch says that somebody is there, a page that is left forgets them (trust T20). */
export function guardPage(kiosk: Pick<Kiosk, 'touch' | 'reset'>): void {
  for (const touch of ['pointerdown', 'keydown', 'wheel']) {
    document.addEventListener(touch, kiosk.touch, { capture: true });
  }
  // A long press opens no menu of the browser.
  document.addEventListener('contextmenu', (event) => event.preventDefault());
  // The browser keeps a page that is left as it was, to show it again on "back".
  window.addEventListener('pagehide', () => flushSync(kiosk.reset));
}
