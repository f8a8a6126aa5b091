import type { BrowserWindow, WebContents } from 'electron';
import { background, rights } from './create-window.ts';
import { guardNavigation, type OpenOwnWindow } from './navigation-guard.ts';

/** As the page names it (`renderer/features/floating`). */
const NAME = 'ventanilla-call';
const SIZE = { width: 360, height: 280 };
const SMALLEST = { minWidth: 240, minHeight: 180 };

interface Options {
  /** Of the desk's window, which draws into it. */
  contents: WebContents;
  /** Whether a video is on screen. */
  mayOpen: () => boolean;
  icon: string;
  hasDevTools: boolean;
}

/**
 * The small window of a call, on top of all others: empty, of the desk's own page, which draws into it. One at a time, in a video
 * alone, with the rights of the desk's window and without its way to main.
 */
export function createCallWindow({ contents, mayOpen, icon, hasDevTools }: Options): OpenOwnWindow {
  let window: BrowserWindow | null = null;

  contents.on('did-create-window', (made) => {
    window = made;
    made.setMenuBarVisibility(false);
    guardNavigation(made.webContents, () => undefined);
    made.once('closed', () => {
      window = null;
    });
  });
  // What drew into it is gone.
  contents.on('render-process-gone', () => window?.destroy());

  return ({ url, frameName }) => {
    if (url !== 'about:blank' || frameName !== NAME || window !== null || !mayOpen()) return null;
    return {
      action: 'allow',
      overrideBrowserWindowOptions: {
        ...SIZE,
        ...SMALLEST,
        icon,
        alwaysOnTop: true,
        minimizable: false,
        maximizable: false,
        fullscreenable: false,
        backgroundColor: background(),
        // An empty page is of no origin that the preload script knows: it gets nothing of it.
        webPreferences: rights(hasDevTools),
      },
    };
  };
}
