import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startProcess } from './start-process.ts';

const run = promisify(execFile);
const STARTED = 'E2E_STARTED';

/** Before all tests: the data folder of a server that was started once and stopped, which every office begins from. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-e2e-'));
  const started = join(folder, 'server');
  const server = await startProcess('out/server/server.js', { VENTANILLA_DATA: started, VENTANILLA_PORT: '0' });
  const code = await server.stop();
  if (code !== 0) throw new Error(`The first start ended with ${code}`);
  process.env[STARTED] = started;
  return () => rm(folder, { recursive: true });
}

/** Owners stay: the database belongs to an account of its own. */
export async function copyStarted(folder: string): Promise<void> {
  const started = process.env[STARTED];
  if (started === undefined) throw new Error('No server was started before the tests');
  await run('cp', ['-a', started, folder]);
}
