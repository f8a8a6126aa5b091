import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { ElectronDouble } from './electron.ts';
import type { Answer, Question } from './listen-to-test.ts';
import type { DoubleSettings } from './settings.ts';

export interface RunningDouble {
  /** Resolves with the ready line's facts; rejects with the log when the process ends before. */
  ready: Promise<Record<string, unknown>>;
  /** Runs a function in the process of main; nothing of its surroundings goes with it, only `argument`. */
  evaluate: <Argument, Result>(
    run: (double: ElectronDouble, argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ) => Promise<Result>;
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  log: () => string;
  signal: (name: NodeJS.Signals) => void;
}

interface StartOptions {
  /** Built main script, absolute. */
  entry: string;
  args?: string[];
  settings: Partial<DoubleSettings>;
  environment?: Record<string, string>;
}

const READY = 'VENTANILLA READY ';

/** Runs a built main script under plain Node with the double of Electron. */
export function startDouble({ entry, args = [], settings, environment = {} }: StartOptions): RunningDouble {
  const register = pathToFileURL(join(import.meta.dirname, 'register.ts')).href;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', register, entry, ...args],
    {
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: process.env['HOME'] ?? '',
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        TZ: 'UTC',
        ELECTRON_DOUBLE: JSON.stringify(settings),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  let log = '';
  child.stderr?.on('data', (data: Buffer) => (log += data.toString()));
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 0));
  });
  const ready = new Promise<Record<string, unknown>>((resolve, reject) => {
    if (child.stdout === null) return;
    createInterface(child.stdout).on('line', (line) => {
      if (line.startsWith(READY)) resolve(JSON.parse(line.slice(READY.length)) as Record<string, unknown>);
      else log += `${line}\n`;
    });
    void ended.then((code) => reject(new Error(`it ended (${code}) before it was ready:\n${log}`)));
  });
  ready.catch(() => undefined);

  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  child.on('message', (answer: Answer) => {
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('error' in answer) one?.reject(new Error(answer.error));
    else one?.resolve(answer.result as never);
  });
  void ended.then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`it ended while it was asked:\n${log}`));
  });

  return {
    ready,
    evaluate: (run, argument) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        const question: Question = { id: lastId, source: run.toString(), argument: argument ?? null };
        child.send(question, (error) => {
          if (error) reject(error);
        });
      }),
    ended,
    log: () => log,
    signal: (name) => void child.kill(name),
  };
}
