import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StoreRefusedError } from './cache/store-client.ts';
import { startBrowserHost, type BrowserHost } from './hosts/browser-host.ts';
import { browserKeyStore } from './hosts/browser-key-store.ts';
import {
  EnvironmentError,
  EXIT_ENVIRONMENT,
  readDeskEnvironment,
  type DeskEnvironment,
} from './start/desk-environment.ts';
import { deskFolders } from './start/desk-folders.ts';
import type { Desk } from './start/desk.ts';
import { startDesk } from './start/start-desk.ts';
import { languageOf } from '../texts/create-texts.ts';
import { createLog } from './start/log.ts';

const STOP_WITHIN_MS = 4_500;

/** The workstation without Electron: serves desks to browsers of this machine until it is told to stop. */

const isBuilt = import.meta.filename.endsWith('.js');
const workerUrl = pathToFileURL(join(import.meta.dirname, isBuilt ? 'cache-worker.js' : 'cache/worker.ts'));
const pageFolder = join(import.meta.dirname, isBuilt ? '../renderer' : '../../out/renderer');
const log = createLog();
const running: { desk: Desk; host: BrowserHost }[] = [];

async function startOne(environment: DeskEnvironment, number: number): Promise<{ desk: Desk; host: BrowserHost }> {
  const { keyPath, ...folders } = deskFolders(environment.dataFolder, number);
  const desk = await startDesk({
    ...folders,
    serverUrl: environment.serverUrl,
    headersKept: environment.headersKept,
    deskName: `${hostname().slice(0, 60)} · ${number}`,
    machineLanguage: languageOf(Intl.DateTimeFormat().resolvedOptions().locale),
    keyStore: browserKeyStore(keyPath),
    workerUrl,
    log: log.child({ desk: number }),
    onFatal: (error) => {
      log.fatal({ err: error }, 'the store of a desk ended');
      void stop(1);
    },
  });
  const host = await startBrowserHost({ port: number === 1 ? environment.port : 0, pageFolder, attach: desk.attach });
  return { desk, host };
}

let isStopping = false;
async function stop(exitCode: number): Promise<void> {
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
}

async function start(): Promise<void> {
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
}

process.on('SIGTERM', () => void stop(0));
process.on('SIGINT', () => void stop(0));
start().catch((error: unknown) => {
  process.stderr.write(`${lineOf(error)}\n`);
  void stop(error instanceof EnvironmentError ? EXIT_ENVIRONMENT : 1);
});

function lineOf(error: unknown): string {
  if (error instanceof EnvironmentError || error instanceof StoreRefusedError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE' || code === 'EACCES') return `VENTANILLA_DESK_PORT: ${message}`;
  return `The desk could not start: ${message}`;
}
