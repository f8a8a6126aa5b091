import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { pino } from 'pino';
import type { CallInput, CallName, CallOutput, Fact, FactName } from '../../src/bridge/contract.ts';
import type { DownFrame } from '../../src/bridge/frame.ts';
import { beginStoreThread } from '../../src/main/cache/store-thread.ts';
import { createBrowserFiles } from '../../src/main/hosts/browser-files.ts';
import { deskFolders } from '../../src/main/start/desk-folders.ts';
import { startDesk } from '../../src/main/start/start-desk.ts';

const workerUrl = new URL('../../out/main/cache-worker.cjs', import.meta.url);
/** Below what a window may call at once. */
const CALLS_A_WINDOW = 50;

/** The main process of a workstation, in this process, with a window on it. */
export interface CoreDesk {
  call: <Name extends CallName>(name: Name, input: CallInput<Name>) => Promise<CallOutput<Name>>;
  /** The first fact of this name, told already or still to come, of which `holds` is true. */
  until: <Name extends FactName>(name: Name, holds: (fact: Fact<Name>) => boolean) => Promise<Fact<Name>>;
  stop: () => Promise<void>;
}

/** A new desk in `folder`, with its files sealed as on a machine with a key store. */
export async function openCoreDesk(folder: string, serverUrl: string): Promise<CoreDesk> {
  mkdirSync(folder, { recursive: true });
  const key = randomBytes(32);
  const desk = await startDesk({
    ...deskFolders(folder, 1),
    serverUrl: new URL(serverUrl),
    deskName: 'Banco',
    machineLanguage: () => 'es',
    keyStore: { key: () => Promise.resolve(key), forget: () => Promise.resolve() },
    fileHost: createBrowserFiles(),
    startThread: () => beginStoreThread(workerUrl),
    log: pino({ level: 'silent' }),
    onFatal: (error) => {
      throw error;
    },
  });
  const latest = new Map<FactName, unknown>();
  const watchers = new Set<() => void>();
  const waiting = new Map<number, { resolve: (output: never) => void; reject: (error: Error) => void }>();
  let listener: (frame: unknown) => void = () => undefined;
  let detach: () => void = () => undefined;
  let calls = 0;
  let callsBefore = 0;

  const take = (frame: DownFrame): void => {
    if (frame.t === 'fact') {
      latest.set(frame.name as FactName, frame.fact);
      for (const watcher of watchers) watcher();
      return;
    }
    if (!('id' in frame)) return;
    if (frame.t === 'answer') waiting.get(frame.id)?.resolve(frame.output as never);
    else waiting.get(frame.id)?.reject(new Error(JSON.stringify(frame)));
    waiting.delete(frame.id);
  };
  const openWindow = (): void => {
    detach();
    callsBefore = calls;
    detach = desk.attach({
      post: take,
      listen: (next) => {
        listener = next;
        return () => undefined;
      },
    });
  };
  openWindow();

  return {
    call: (name, input) =>
      new Promise<never>((resolve, reject) => {
        // A window that goes takes the answers with it that it still waits for.
        if (calls - callsBefore >= CALLS_A_WINDOW && waiting.size === 0) openWindow();
        calls += 1;
        waiting.set(calls, { resolve, reject });
        listener({ t: 'call', id: calls, name, input });
      }),
    until: (name, holds) =>
      new Promise((resolve) => {
        const look = (): void => {
          const fact = latest.get(name) as never;
          if (fact === undefined || !holds(fact)) return;
          watchers.delete(look);
          resolve(fact);
        };
        watchers.add(look);
        look();
      }),
    stop: () => desk.stop(),
  };
}
