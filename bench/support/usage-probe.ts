/**
 * Loaded into a server by `--import`: on SIGUSR2 it writes its memory after a collection, and its CPU time so far, as one line of
 * JSON behind the others in the file `USAGE`.
 */
import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

export interface Usage {
  /** Bytes. */
  rss: number;
  heap: number;
  /** Of buffers, outside of the heap. */
  external: number;
  /** User and system, ms, before the collection and after it. */
  cpuBefore: number;
  cpuAfter: number;
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const path = process.env['USAGE'];
if (isMainThread && path !== undefined) {
  process.on('SIGUSR2', () => {
    const cpuBefore = cpu();
    // The one that also gives pages back: what is left is what is held.
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    const { rss, heapUsed, external } = process.memoryUsage();
    const usage: Usage = { rss, heap: heapUsed, external, cpuBefore, cpuAfter: cpu() };
    appendFileSync(path, `${JSON.stringify(usage)}\n`);
  });
}
