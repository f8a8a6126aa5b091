/**
 * `npm run bench`: each work beside its floor and its peers in the same run, as ratios. `--quick` leaves the peers out; names of
 * rows measure only those.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { printRow, printTable } from './print-row.ts';
import type { Row } from './row.ts';
import { installPeers } from './support/peers.ts';

const ROWS = [
  'cold-sync',
  'cold-sync-sizes',
  'loop-delay',
  'live-ticket',
  'contended-takes',
  'outbox-replay',
  'many-desks',
  'list-and-search',
  'server-search',
  'start',
];
const ROW_DEADLINE_MS = 8 * 60_000;
const GRACE_MS = 20_000;

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
  for (const name of names.length > 0 ? names : ROWS) {
    const row = await measureApart(name, options);
    if (row) rows.push(row);
    else failed.push(name);
    console.log(`\n${row ? printRow(row) : `${name}: FAILED`}\n  load ${load()}`);
  }
  console.log(`\n${printTable(rows)}\n\n${((performance.now() - start) / 60_000).toFixed(1)} minutes`);
  for (const name of failed) console.log(`✗ ${name} was not measured`);
  return failed.length === 0 ? 0 : 1;
}

/** Undefined where the row failed, or did not end in time; what it started is ended with it. */
async function measureApart(name: string, options: string[]): Promise<Row | undefined> {
  const child = fork(join(import.meta.dirname, 'run-row.ts'), [name, ...options], { detached: true });
  let row: Row | undefined;
  child.on('message', (message) => (row = message as Row));
  const end = (signal: NodeJS.Signals) => () => child.pid !== undefined && process.kill(-child.pid, signal);
  const interrupted = end('SIGTERM');
  process.once('SIGINT', interrupted);
  const deadline = setTimeout(end('SIGTERM'), ROW_DEADLINE_MS);
  const killed = setTimeout(end('SIGKILL'), ROW_DEADLINE_MS + GRACE_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(deadline);
  clearTimeout(killed);
  process.off('SIGINT', interrupted);
  return code === 0 ? row : undefined;
}

function load(): string {
  return loadavg()[0]?.toFixed(2) ?? '?';
}
