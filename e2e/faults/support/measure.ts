import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

/** What a process uses after a collection of all garbage; bytes, but for the last. */
export interface Memory {
  /** Of the machine's memory, whatever for. */
  resident: number;
  /** Objects that are alive, in all threads, but for code. */
  heap: number;
  /** What of the program has been compiled, and is so still: the more of it has run, and the more often, the more. */
  code: number;
  /** What such objects hold outside of the heap. */
  outside: number;
  /** Sockets, timers and the like that are open. */
  resources: number;
}

const preloaded = (name: string): string => `--import=${pathToFileURL(join(import.meta.dirname, name)).href}`;

/**
 * What a process under test needs so that it can be measured by this socket.
 * @param more files beside this one that it loads first
 */
export const measurable = (socketPath: string, more: string[] = []): Record<string, string> => ({
  NODE_OPTIONS: ['--expose-gc', ...['measured-process.ts', ...more].map(preloaded)].join(' '),
  MEASURED_SOCKET: socketPath,
});

export async function measure(socketPath: string): Promise<Memory> {
  return JSON.parse(await text(connect(socketPath))) as Memory;
}
