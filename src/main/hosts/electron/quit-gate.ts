import { app, dialog, type BrowserWindow } from 'electron';
import type { Logger } from 'pino';
import type { ShellWords } from './shell-words.ts';
import type { ShellView } from './shell-view.ts';

const STOP_WITHIN_MS = 5_000;

interface QuitGateOptions {
  window: () => BrowserWindow | null;
  view: () => ShellView;
  words: () => ShellWords;
  /** Writes and closes everything. */
  stop: () => Promise<void>;
  log: Logger;
}

/**
 * The way out. With a ticket in hand the agent is asked; a signal, or the end of the system's session, is not. Then the desk
 * stops in order, within five seconds.
 */
export function createQuitGate({ window, view, words, stop, log }: QuitGateOptions) {
  let isLeaving = false;
  let isCertain = false;
  let isAsking = false;
  let stopped: Promise<void> | null = null;

  const leave = (): void => {
    isCertain = true;
    app.quit();
  };

  const ask = async (turnCode: string): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    try {
      const say = words();
      const options: Electron.MessageBoxOptions = {
        type: 'question',
        message: say('quit.title', { code: turnCode }),
        detail: say('quit.detail'),
        buttons: [say('quit.stay'), say('quit.leave')],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      };
      const parent = window();
      const { response } = parent ? await dialog.showMessageBox(parent, options) : await dialog.showMessageBox(options);
      if (response === 1) leave();
    } finally {
      isAsking = false;
    }
  };

  app.on('before-quit', (event) => {
    const { inHand } = view();
    if (inHand && !isCertain) {
      event.preventDefault();
      void ask(inHand.turnCode);
      return;
    }
    isLeaving = true;
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (stopped) return;
    const late = setTimeout(() => app.exit(0), STOP_WITHIN_MS);
    stopped = stop()
      .catch((error: unknown) => log.error({ err: error }, 'the desk did not stop in order'))
      .finally(() => {
        clearTimeout(late);
        app.exit(0);
      });
  });
  process.on('SIGTERM', leave);
  process.on('SIGINT', leave);

  return {
    quit: (): void => app.quit(),
    /** Whether a window that closes now closes for good. */
    isLeaving: (): boolean => isLeaving,
    /** Without asking: the system's session ends. */
    leave,
  };
}

export type QuitGate = ReturnType<typeof createQuitGate>;
