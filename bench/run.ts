/**
 * `npm run bench`: each work beside its floor and its peers in the same run, as ratios. `--quick` leaves the peers out; names of
 * rows measure only those.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { exitCode, onStop } from '../tools/processes.mjs';
import { printRow, printTable } from './print-row.ts';
import { ROW_DEADLINE_MS } from './row-time.ts';
import type { Row } from './row.ts';
import { installPeers } from './support/peers.ts';
import { endGroup } from './support/process-group.ts';

const ROWS = [
  'cold-sync',
  'cold-sync-sizes',
  'loop-delay',
  'live-ticket',
  'big-branch',
  'contended-takes',
  'outbox-replay',
  'many-desks',
  'list-and-search',
  'server-search',
  'start',
  'first-frame',
  'ten-calls',
  'video-transfer',
];
const GRACE_MS = 20_000;
const GROUP_GRACE_MS = 5_000;

process.exitCode = await main();

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  const options = words.filter((word) => word.startsWith('--'));
  const names = words.filter((word) => !word.startsWith('--'));
  if (options.some((option) => option !== '--quick') || names.some((name) => !ROWS.includes(name))) {
    console.error(`Usage: npm run bench -- [--quick] [${ROWS.join('|')} …]`);
    return 2;
  }
  console.log(`Node ${process.version} · ${cpus().length} × ${cpus()[0]?.model ?? '?'} · load ${load()}`);
  if (!options.includes('--quick')) installPeers();
  const rows: Row[] = [];
  const failed: string[] = [];
  const start = performance.now();
  const stopped = new AbortController();
  onStop((signal) => stopped.abort(signal));
  for (const name of names.length > 0 ? names : ROWS) {
    const row = await measureApart(name, options, stopped.signal);
    if (stopped.signal.aborted) return exitCode(null, stopped.signal.reason as NodeJS.Signals);
    if (row) rows.push(row);
    else failed.push(name);
    console.log(`\n${row ? printRow(row) : `${name}: FAILED`}\n  load ${load()}`);
  }
  console.log(`\n${printTable(rows)}\n\n${((performance.now() - start) / 60_000).toFixed(1)} minutes`);
  for (const name of failed) console.log(`✗ ${name} was not measured`);
  return failed.length === 0 ? 0 : 1;
}

/** Undefined where the row failed, or did not end in time; nothing that it started is left then. */
async function measureApart(name: string, options: string[], stopped: AbortSignal): Promise<Row | undefined> {
  const child = fork(join(import.meta.dirname, 'run-row.ts'), [name, ...options], { detached: true });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  let row: Row | undefined;
  child.on('message', (message) => (row = message as Row));
  const late = Promise.withResolvers<void>();
  // The row alone: it ends in order what it has started.
  const end = (): void => {
    child.kill('SIGTERM');
    setTimeout(late.resolve, GRACE_MS).unref();
  };
  const deadline = setTimeout(end, ROW_DEADLINE_MS);
  stopped.addEventListener('abort', end);
  if (stopped.aborted) end();
  await Promise.race([exited, late.promise]);
  clearTimeout(deadline);
  stopped.removeEventListener('abort', end);
  if (child.pid !== undefined) await endGroup(child.pid, GROUP_GRACE_MS);
  const [code] = await exited;
  return code === 0 ? row : undefined;
}

function load(): string {
  return loadavg()[0]?.toFixed(2) ?? '?';
}
