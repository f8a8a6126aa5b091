import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DoubleSettings } from '../settings.ts';
import { startDouble, type RunningDouble } from '../start-double.ts';

export const root = join(import.meta.dirname, '../../..');
const parts = ['out/main/index.js', 'out/main/cache-worker.cjs', 'out/preload/index.cjs', 'out/renderer/index.html'];

export interface BuiltDesk extends RunningDouble {
  folder: string;
  /** SIGTERM, unless it has ended; then its files are removed. */
  close: () => Promise<void>;
}

interface BuiltDeskOptions {
  /** Of the server; without it the desk has no line. */
  serverUrl?: string;
  settings?: Partial<DoubleSettings>;
  args?: string[];
  /** Of an earlier desk, to start in the same place. */
  folder?: string;
  environment?: Record<string, string>;
}

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';

/** Starts the built desk of Electron on the double; `node tools/run.mjs build` builds it. */
export function startBuiltDesk({
  serverUrl = NOWHERE,
  settings,
  args,
  folder,
  environment,
}: BuiltDeskOptions = {}): BuiltDesk {
  const missing = parts.filter((path) => !existsSync(join(root, path)));
  if (missing.length > 0) throw new Error(`Not built: ${missing.join(', ')}. Run: node tools/run.mjs build`);
  const place = folder ?? mkdtempSync(join(tmpdir(), 'ventanilla-electron-'));
  const desk = startDouble({
    entry: join(root, 'out/main/index.js'),
    ...(args && { args }),
    settings: { appData: place, ...settings },
    environment: { VENTANILLA_DATA: join(place, 'data'), VENTANILLA_SERVER: serverUrl, ...environment },
  });
  return {
    ...desk,
    folder: place,
    close: async () => {
      desk.signal('SIGTERM');
      await desk.ended;
      rmSync(place, { recursive: true, force: true });
    },
  };
}
