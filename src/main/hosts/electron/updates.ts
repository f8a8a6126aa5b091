import type { AppUpdater } from 'electron-updater';
import type { Logger } from 'pino';

/** `ready`: downloaded and checked. `planned`: the agent wants it once the ticket in hand is done. */
export type UpdateStage = 'none' | 'ready' | 'planned';

const CHECK_EVERY_MS = 4 * 60 * 60 * 1000;

type Updater = Pick<
  AppUpdater,
  | 'setFeedURL'
  | 'checkForUpdates'
  | 'quitAndInstall'
  | 'on'
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'allowDowngrade'
  | 'allowPrerelease'
  | 'disableWebInstaller'
  | 'logger'
>;

interface UpdatesOptions {
  updater: Updater;
  /** The company's own server, without a trailing slash. */
  server: string;
  hasTicketInHand: () => boolean;
  changed: (stage: UpdateStage) => void;
  log: Logger;
}

/**
 * New versions come from the company's own server, are checked by electron-updater (hash, publisher, never an older one) and
 * wait until the agent says so: nothing restarts while a ticket is being called or attended.
 */
export function createUpdates({ updater, server, hasTicketInHand, changed, log }: UpdatesOptions) {
  let stage: UpdateStage = 'none';
  let timer: NodeJS.Timeout | undefined;

  updater.autoDownload = true;
  // Quitting at the end of the day is a good moment; the restart is the agent's.
  updater.autoInstallOnAppQuit = true;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  updater.logger = null;
  updater.setFeedURL({ provider: 'generic', url: `${server}/updates` });

  const become = (next: UpdateStage): void => {
    stage = next;
    changed(next);
  };
  const check = (): void => {
    updater.checkForUpdates().catch((error: unknown) => log.info({ err: error }, 'no answer about updates'));
  };
  const install = (): void => updater.quitAndInstall(true, true);

  updater.on('update-downloaded', ({ version }) => {
    log.info({ version }, 'an update is ready');
    if (stage === 'none') become('ready');
  });
  updater.on('error', (error) => log.warn({ err: error }, 'an update failed'));

  return {
    stage: (): UpdateStage => stage,
    start: (): void => {
      check();
      timer = setInterval(check, CHECK_EVERY_MS);
      timer.unref();
    },
    stop: (): void => clearInterval(timer),
    /** Restarts into the new version; while a ticket is in hand, only once it is done. */
    install: (): void => {
      if (stage === 'none') return;
      if (hasTicketInHand()) become('planned');
      else install();
    },
    /** The ticket in hand may have ended. */
    ticketChanged: (): void => {
      if (stage === 'planned' && !hasTicketInHand()) install();
    },
  };
}

export type Updates = ReturnType<typeof createUpdates>;
