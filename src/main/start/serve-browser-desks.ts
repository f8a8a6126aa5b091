import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { StoreRefusedError } from '../cache/store-client.ts';
import { createBrowserFiles } from '../hosts/browser-files.ts';
import { startBrowserHost, type BrowserHost } from '../hosts/browser-host.ts';
import { browserKeyStore } from '../hosts/browser-key-store.ts';
import { languageOf } from '../../texts/create-texts.ts';
import { EnvironmentError, EXIT_ENVIRONMENT, readDeskEnvironment, type DeskEnvironment } from './desk-environment.ts';
import { deskFolders } from './desk-folders.ts';
import type { DeskOptions } from './desk-options.ts';
import type { Desk } from './desk.ts';
import { createLog } from './log.ts';
import { startDesk } from './start-desk.ts';

interface ServeOptions extends Pick<DeskOptions, 'startThread'> {
  /** Of the built renderer, absolute. */
  pageFolder: string;
}

interface RunningDesk {
  desk: Desk;
  host: BrowserHost;
}

const STOP_WITHIN_MS = 4_500;

/** Serves desks to browsers of this machine until the process is told to stop. */
export function serveBrowserDesks({ startThread, pageFolder }: ServeOptions): void {
  const log = createLog();
  const running: RunningDesk[] = [];

  const startOne = async (environment: DeskEnvironment, number: number): Promise<RunningDesk> => {
    const { keyPath, ...folders } = deskFolders(environment.dataFolder, number);
    const files = createBrowserFiles();
    const opening = startDesk({
      ...folders,
      serverUrl: environment.serverUrl,
      headersKept: environment.headersKept,
      deskName: `${hostname().slice(0, 60)} · ${number}`,
      machineLanguage: () => languageOf(Intl.DateTimeFormat().resolvedOptions().locale),
      keyStore: browserKeyStore(keyPath),
      fileHost: files,
      startThread,
      log: log.child({ desk: number }),
      onFatal: (error) => {
        log.fatal({ err: error }, 'the store of a desk ended');
        void stop(1);
      },
    });
    const port = number === 1 ? environment.port : 0;
    const starting = startBrowserHost({ port, pageFolder, files, attach: attachOnceOpen(opening) });
    const [desk, host] = await Promise.all([opening, starting]);
    return { desk, host };
  };

  let isStopping = false;
  const stop = async (exitCode: number): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    const late = setTimeout(() => process.exit(exitCode), STOP_WITHIN_MS);
    await Promise.allSettled(
      running.map(async ({ desk, host }) => {
        await host.stop();
        await desk.stop();
      }),
    );
    clearTimeout(late);
    process.exit(exitCode);
  };

  const start = async (): Promise<void> => {
    const environment = readDeskEnvironment(process.env);
    try {
      mkdirSync(environment.dataFolder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new EnvironmentError('VENTANILLA_DATA', `cannot be used (${(error as NodeJS.ErrnoException).code})`);
    }
    for (let number = 1; number <= environment.desks; number += 1) {
      running.push(await startOne(environment, number));
    }
    process.stdout.write(`VENTANILLA READY ${JSON.stringify({ desks: running.map(({ host }) => host.url) })}\n`);
  };

  process.on('SIGTERM', () => void stop(0));
  process.on('SIGINT', () => void stop(0));
  start().catch((error: unknown) => {
    process.stderr.write(`${lineOf(error)}\n`);
    void stop(error instanceof EnvironmentError ? EXIT_ENVIRONMENT : 1);
  });
}

/** The door is open before the desk is, so that both come up at once; nobody has the key of it before the ready line. */
function attachOnceOpen(opening: Promise<Desk>): Desk['attach'] {
  return (wire) => {
    let letGo: (() => void) | null = null;
    let isGone = false;
    opening.then(
      (desk) => {
        if (!isGone) letGo = desk.attach(wire);
      },
      () => undefined, // The process ends.
    );
    return () => {
      isGone = true;
      letGo?.();
    };
  };
}

function lineOf(error: unknown): string {
  if (error instanceof EnvironmentError || error instanceof StoreRefusedError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE' || code === 'EACCES') return `VENTANILLA_DESK_PORT: ${message}`;
  return `The desk could not start: ${message}`;
}
