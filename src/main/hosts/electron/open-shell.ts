import { join } from 'node:path';
import { nativeTheme, Notification, powerMonitor, screen, session } from 'electron';
import type { Logger } from 'pino';
import { createErrorWords } from '../../bridge/error-body.ts';
import { APP_ENTRY } from './app-address.ts';
import type { Desk } from '../../start/desk.ts';
import { createCallNotice } from './call-notice.ts';
import { createCallWindow } from './call-window.ts';
import { createWindow } from './create-window.ts';
import { createLinkInbox, type LinkInbox } from './link-inbox.ts';
import { guardNavigation } from './navigation-guard.ts';
import { createExternalOpener } from './open-external.ts';
import { decidePermissions } from './permissions.ts';
import { createQuitGate } from './quit-gate.ts';
import { refuseNetwork } from './refuse-network.ts';
import { reopenAfterCrash } from './reopen-after-crash.ts';
import { serveApp } from './serve-app.ts';
import { serveIpc } from './serve-ipc.ts';
import { readShellMemory, writeShellMemory, type ShellMemory } from './shell-memory.ts';
import { setShellMenu } from './shell-menu.ts';
import { createShellTray } from './shell-tray.ts';
import type { ShellView } from './shell-view.ts';
import { shellWords, type ShellWords } from './shell-words.ts';
import type { Updates, UpdateStage } from './updates.ts';
import { showWaiting } from './show-waiting.ts';
import { createDeskWatch } from './watch-desk.ts';
import type { Bounds } from './window-bounds.ts';

interface ShellOptions {
  desk: Desk;
  /** Built parts, absolute. */
  paths: { preload: string; renderer: string; resources: string };
  /** File in which the window remembers its place. */
  memoryPath: string;
  hasDevTools: boolean;
  /** Null where this machine takes no updates from us. */
  createUpdates: ((hooks: { hasTicketInHand: () => boolean; changed: (stage: UpdateStage) => void }) => Updates) | null;
  log: Logger;
}

export interface Shell {
  links: LinkInbox;
  show: () => void;
}

/** Joins window, tray, notices and the rest of the desktop around a desk. Resolves once the page is loaded. */
export async function openShell(options: ShellOptions): Promise<Shell> {
  const { desk, paths, hasDevTools, log } = options;
  const memory = readShellMemory(options.memoryPath);
  const remember = (changes: Partial<ShellMemory>): void => {
    Object.assign(memory, changes);
    writeShellMemory(options.memoryPath, memory);
  };
  nativeTheme.themeSource = memory.theme;
  serveApp(paths.renderer);
  decidePermissions(session.defaultSession, () => ({
    isInCall: desk.isInVideo(),
    isTrying: desk.isTryingDevices(),
  }));
  refuseNetwork(session.defaultSession, hasDevTools);
  setShellMenu(hasDevTools);

  const window = createWindow({
    preload: paths.preload,
    icon: join(paths.resources, 'icon.png'),
    bounds: memory.bounds,
    isMaximized: memory.isMaximized,
    workAreas: workAreas(),
    hasDevTools,
  });
  const show = (): void => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  const notice = createCallNotice(window, show);
  const watch = createDeskWatch({
    changed: (view, before) => follow(view, before),
    called: ({ turnCode }) => notice.tell(words()('call', { code: turnCode })),
  });
  const words = (): ShellWords => shellWords(watch.view().language);
  const hasTicketInHand = (): boolean => watch.view().inHand !== null;

  const gate = createQuitGate({
    window: () => (window.isDestroyed() ? null : window),
    view: watch.view,
    words,
    stop: async () => {
      updates?.stop();
      await desk.stop();
    },
    log,
  });
  const updates = options.createUpdates?.({ hasTicketInHand, changed: () => draw() }) ?? null;
  const tray = createShellTray({
    folder: paths.resources,
    show,
    quit: gate.quit,
    chooseState: watch.chooseState,
    update: () => updates?.install(),
  });
  const draw = (): void => tray.show(watch.view(), words(), updates?.stage() ?? 'none');
  const follow = (view: ShellView, before: ShellView): void => {
    draw();
    if (view.waiting !== before.waiting && !window.isDestroyed()) showWaiting(window, paths.resources, view.waiting);
    if (view.theme !== nativeTheme.themeSource) {
      nativeTheme.themeSource = view.theme;
      remember({ theme: view.theme });
    }
    updates?.ticketChanged();
    links.deliver();
  };

  const openExternal = createExternalOpener({ mayCall: false, mayMail: false }, words);
  const openCallWindow = createCallWindow({
    contents: window.webContents,
    mayOpen: () => desk.isInVideo(),
    icon: join(paths.resources, 'icon.png'),
    hasDevTools,
  });
  guardNavigation(window.webContents, (address) => void openExternal(address, window), openCallWindow);
  reopenAfterCrash(window.webContents, log);
  const page = serveIpc({
    contents: window.webContents,
    serve: desk.attach,
    listening: () => links.deliver(),
    errorBody: createErrorWords(() => watch.view().language),
    log,
  });
  const links = createLinkInbox({
    show,
    isWorking: () => watch.view().session === 'working',
    open: (ticketId) => {
      if (!page.isListening()) return false;
      desk.showLinkedTicket(ticketId);
      return true;
    },
  });

  window.on('close', (event) => {
    remember({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized() });
    if (gate.isLeaving()) return;
    event.preventDefault();
    window.hide();
    if (!memory.knowsTray) tellOfTray(words());
    remember({ knowsTray: true });
  });
  window.on('session-end', gate.leave);
  powerMonitor.on('shutdown', gate.leave);
  // Linux says nothing of a locked screen to programs (Electron's powerMonitor); sleep is said everywhere.
  powerMonitor.on('lock-screen', desk.machineLocked);
  powerMonitor.on('suspend', desk.machineLocked);
  powerMonitor.on('resume', watch.retryLine);
  powerMonitor.on('unlock-screen', watch.retryLine);
  nativeTheme.on('updated', draw);

  draw();
  watch.start(desk.attach);
  await window.loadURL(APP_ENTRY);
  updates?.start();
  return { links, show };
}

/** Of every screen, the main one first. */
function workAreas(): Bounds[] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
}

function tellOfTray(words: ShellWords): void {
  new Notification({ title: words('tray.hintTitle'), body: words('tray.hint'), silent: true }).show();
}
