import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import type { SessionFact } from '../../bridge/facts.ts';
import type { StoreFolder } from '../cache/open-store.ts';
import { beginStoreThread } from '../cache/store-thread.ts';
import { createBrowserFiles } from '../hosts/browser-files.ts';
import type { Desk } from '../start/desk.ts';
import { startDesk } from '../start/start-desk.ts';
import { deskFolders } from '../start/desk-folders.ts';
import type { LineTimings } from '../sync/line-timings.ts';
import { branch, moduleOne, PASSWORD } from './fake-office.ts';
import type { FakeServer } from './fake-server.ts';
import { attachTestWindow, type TestWindow } from './test-window.ts';

/** Made by tools/testing/build-workers.ts. */
export const workerUrl = pathToFileURL(join(process.env['VENTANILLA_TEST_WORKERS'] ?? '', 'desk-store.js'));
export const quietLog = pino({ level: 'silent' });

/** Short tries, so that a test waits for events and not for patience. */
export const quickTimings: LineTimings = {
  ping: 50,
  silence: 2_000,
  handshake: 2_000,
  backoff: { base: 5, cap: 40 },
  directAct: 2_000,
};

export interface DeskHome extends StoreFolder {
  folder: string;
  key: Uint8Array | null;
  /** The key cannot be forgotten. */
  isKeyStuck: boolean;
  remove: () => void;
}

/** A data folder of its own; `remove` when the test is over. */
export function createDeskHome(key: Uint8Array | null = randomBytes(32)): DeskHome {
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-desk-'));
  const { databaseFolder, markerPath } = deskFolders(folder, 1);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  return { folder, databaseFolder, markerPath, key, isKeyStuck: false, remove };
}

/** The folder as a desk would find it that died at this moment. */
export function crashImageOf(home: DeskHome): DeskHome {
  const image = createDeskHome(home.key);
  cpSync(home.folder, image.folder, { recursive: true });
  return image;
}

export type OpenDesk = Desk & { window: TestWindow };

/** A desk on this home, with a window on it. */
export async function openTestDesk(
  home: DeskHome,
  server: Pick<FakeServer, 'url'>,
  timings = quickTimings,
  random = Math.random,
): Promise<OpenDesk> {
  const desk = await startDesk({
    serverUrl: server.url,
    deskName: 'Prueba',
    machineLanguage: () => 'pt',
    databaseFolder: home.databaseFolder,
    markerPath: home.markerPath,
    keyStore: {
      key: () => Promise.resolve(home.key),
      forget: async () => {
        if (home.isKeyStuck) throw new Error('The key is stuck.');
        home.key = home.key && randomBytes(32);
      },
    },
    fileHost: createBrowserFiles(),
    startThread: () => beginStoreThread(workerUrl),
    log: quietLog,
    onFatal: (error) => {
      throw error;
    },
    timings,
    random,
  });
  return { ...desk, window: attachTestWindow(desk.attach) };
}

/** Signs in, where nobody is. */
export async function signInAt(window: TestWindow, email = 'ana@demo.test', password = PASSWORD): Promise<void> {
  await window.until('session.changed', ({ state }) => state === 'signedOut');
  await window.call('session.signIn', { email, password });
}

/** Ana works at Módulo 1 and the line is up. */
export async function startWorking(window: TestWindow): Promise<Extract<SessionFact, { state: 'working' }>> {
  await signInAt(window);
  await window.call('session.takeSeat', { branchId: branch, moduleId: moduleOne });
  await window.until('line.changed', ({ state }) => state === 'up');
  await window.until('status.changed', () => true);
  const fact = await window.until('session.changed', ({ state }) => state === 'working');
  if (fact.state !== 'working') throw new Error(`The session is ${fact.state}.`);
  return fact;
}
