import { BrowserWindow, nativeTheme, type WebPreferences } from 'electron';
import { placeWindow, SMALLEST, type Bounds } from './window-bounds.ts';

/** The `background` of the two themes (`web/ui/tokens.css`): the window has it before the page has painted. */
const BACKGROUND = { light: '#e8ecef', dark: '#0c1620' } as const;

interface WindowOptions {
  /** Built preload script, absolute. */
  preload: string;
  icon: string;
  bounds: Bounds | null;
  isMaximized: boolean;
  /** Of the screens, the main one first. */
  workAreas: readonly Bounds[];
  hasDevTools: boolean;
}

/** The window of the desk. It shows itself once it has something to show. */
export function createWindow(options: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...placeWindow(options.bounds, options.workAreas),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Ventanilla',
    icon: options.icon,
    show: false,
    backgroundColor: background(),
    webPreferences: { preload: options.preload, ...rights(options.hasDevTools) },
  });
  window.setMenuBarVisibility(false);
  const repaint = (): void => window.setBackgroundColor(background());
  nativeTheme.on('updated', repaint);
  window.once('closed', () => nativeTheme.off('updated', repaint));
  window.once('ready-to-show', () => {
    if (options.isMaximized) window.maximize();
    window.show();
  });
  return window;
}

/** Of every window that there is: none can have others than these. */
export function rights(hasDevTools: boolean): WebPreferences {
  return {
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    plugins: false,
    // The dictionaries would come from a server that is not the company's.
    spellcheck: false,
    safeDialogs: true,
    devTools: hasDevTools,
    // A call rings, and timers run, behind other windows too.
    backgroundThrottling: false,
  };
}

export function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}
