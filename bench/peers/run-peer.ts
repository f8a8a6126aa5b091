/**
 * What each peer's client is: a process that does the work once and prints what it took, after its server (and what that needs)
 * is there. `ROWS` names the headers, `FOLDER` an empty folder that the caller removes.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { hashHeaders, readHeaders, type Header } from './headers.ts';

export interface PeerWork {
  /** From the first word to the server to all headers being there, with indexes where they exist, in ms. */
  milliseconds: number;
  /** What is there then, read after the measuring. */
  headers: Iterable<Record<string, unknown>>;
}

export const folder = process.env['FOLDER'] ?? '';
export const rowsPath = process.env['ROWS'] ?? '';

/** Starts a server of this folder, which prints a line once it is there and ends with its standard input. */
export async function startServer(
  file: string,
  environment: Record<string, string> = {},
): Promise<{ line: string; stop: () => Promise<void> }> {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, file)], {
    env: { ...process.env, ...environment },
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (!child.stdout || !child.stdin) throw new Error('The server has no pipes.');
  const { stdin } = child;
  const lines = createInterface(child.stdout);
  const ended = once(child, 'exit');
  const line = await Promise.race([
    (once(lines, 'line') as Promise<[string]>).then(([text]) => text),
    ended.then(([code]) => {
      throw new Error(`${file} ended with ${String(code)}`);
    }),
  ]);
  return {
    line,
    stop: async () => {
      stdin.end();
      await ended;
    },
  };
}

/** Does the work and prints `{ milliseconds, count }`. @throws when other headers are there than were given */
export async function runPeer(work: (given: Header) => Promise<PeerWork>): Promise<void> {
  const given = readHeaders(rowsPath);
  const [first] = given;
  if (!first) throw new Error('There are no headers.');
  const fields = Object.keys(first);
  const expected = hashHeaders(given, fields);
  const count = given.length;
  given.length = 0;
  const { milliseconds, headers } = await work(first);
  if (hashHeaders(headers, fields) !== expected) throw new Error('The peer ended with other headers.');
  process.stdout.write(`${JSON.stringify({ milliseconds, count })}\n`);
}
