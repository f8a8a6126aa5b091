/**
 * A double of Electron's main process, for the built bundles under plain Node: minimal, faithful in what our code relies on,
 * and able to misbehave. An API of Electron that is missing here fails where it is imported, so that there are no silent gaps.
 *
 * It cannot prove: the sandbox and the isolation of processes and worlds (the preload script runs in the page's own world, or
 * in a context of Node), the real prompts for permissions, what desktop and system really do with tray, notices, badge, links
 * and keyring, what a captured window shows, that a page draws into a window that it opened and that such a window stays on top, the updater's installers, asar and fuses at run time. `e2e/electron` says that wherever the program is present.
 */
import { DoubleWindow } from './window.ts';
import { DoubleFrame } from './frame.ts';
import { app, settings } from './machine.ts';
import { openNodePage } from './node-page.ts';
import { protocol, session } from './session.ts';
import { dialogs, Menu, nativeTheme, Notification, onDesktop, opened, powerMonitor, Tray } from './desktop.ts';
import { closeChromium } from './chromium-page.ts';

export { app, settings } from './machine.ts';
export { DoubleWindow as BrowserWindow } from './window.ts';
export { net, protocol, session } from './session.ts';
export {
  desktopCapturer,
  dialog,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  safeStorage,
  screen,
  shell,
  Tray,
} from './desktop.ts';

/** What a test sees and moves; the product does not know it. */
export const double = {
  app,
  settings,
  protocol,
  session,
  dialogs,
  opened,
  onDesktop,
  powerMonitor,
  nativeTheme,
  Menu,
  DoubleFrame,
  openNodePage,
  closeChromium,
  windows: DoubleWindow.all,
  /** The first window, which must be there. */
  get window(): DoubleWindow {
    return mustBe(DoubleWindow.all[0]);
  },
  get tray(): Tray {
    return mustBe(Tray.all[0]);
  },
  trays: Tray.all,
  notices: Notification.shown,
};
function mustBe<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('there is none yet');
  return value;
}
export type ElectronDouble = typeof double;
