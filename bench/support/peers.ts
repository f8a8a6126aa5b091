import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages } from '../../tools/bootstrap.mjs';
import { untilStopped } from '../until-stopped.ts';

const folder = join(import.meta.dirname, '../peers');
const DEADLINE_MS = 150_000;
/** Since the row's process began; the bench ends it at 8 minutes, and its other figures with it. */
const ROW_BUDGET_MS = 440_000;

/** What a peer said of its work, done once. */
export interface PeerResult {
  milliseconds: number;
  /** How many headers it ended with: those that it was given, and no others. */
  count: number;
}

/** Installs the peers where they are not yet. Without them each row goes on and says so. */
export function installPeers(): void {
  if (!existsSync(join(folder, 'node_modules'))) console.log('The peers are installed into bench/peers, this once.');
  try {
    installPackages(folder);
  } catch (error) {
    console.log(`The peers could not be installed: ${String(error)}`);
  }
}

/**
 * Runs the client of a peer to its end.
 * @param file of `peers/`
 * @returns why there is no result, in words, where there is none
 */
export async function runPeer(file: string, rowsPath: string): Promise<PeerResult | string> {
  if (!existsSync(join(folder, 'node_modules', '.install-stamp'))) return 'not installed';
  const timeout = Math.min(DEADLINE_MS, Math.floor(ROW_BUDGET_MS - process.uptime() * 1_000));
  if (timeout <= 0) return 'no time was left';
  const own = await mkdtemp(join(tmpdir(), 'ventanilla-peer-'));
  const child = spawn(process.execPath, [join(folder, file)], {
    env: { ...process.env, FOLDER: own, ROWS: rowsPath },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout,
  });
  try {
    const said: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => said.push(part));
    const [code, signal] = await untilStopped(once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>);
    if (signal !== null) return `not done within ${Math.round(timeout / 1_000)} s`;
    if (code !== 0) return `failed with ${code}`;
    return JSON.parse(Buffer.concat(said).toString()) as PeerResult;
  } finally {
    child.kill();
    await rm(own, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
  }
}
