/**
 * Imported into a process under test, into each of its threads: whoever connects to the socket that `MEASURED_SOCKET` names is
 * told, in one line of JSON, what is in use after a collection of all garbage. Nothing of it keeps the process alive.
 */
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { getHeapSpaceStatistics } from 'node:v8';
import { BroadcastChannel, isMainThread, threadId, type Worker } from 'node:worker_threads';

interface Used {
  heap: number;
  code: number;
  outside: number;
}

const { gc } = globalThis as { gc?: (options: Record<string, string>) => void };
if (!gc) throw new Error('needs --expose-gc');
// Compiled code that has not run for a moment goes too: else it grows for long, as more and more of it has run.
const collect = (): void => gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
const asks = new BroadcastChannel('memory.ask');
const answers = new BroadcastChannel('memory.answer');
asks.unref();
answers.unref();

const dataOf = (event: Event): unknown => (event as MessageEvent).data;

/** Where V8 keeps byte code and machine code, and nothing that a program makes. */
const CODE_SPACES = ['code_space', 'code_large_object_space', 'trusted_space', 'trusted_large_object_space'];

async function inUse(): Promise<Used> {
  collect();
  // What is let go of at the end of the first.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  const { heapUsed, external } = process.memoryUsage();
  const code = getHeapSpaceStatistics()
    .filter(({ space_name: name }) => CODE_SPACES.includes(name))
    .reduce((sum, { space_used_size: used }) => sum + used, 0);
  return { heap: heapUsed - code, code, outside: external };
}

if (isMainThread) answerForAll(process.env['MEASURED_SOCKET'] ?? '');
else {
  asks.addEventListener('message', (event) => {
    if (dataOf(event) !== threadId) return;
    void inUse().then((used) => answers.postMessage({ thread: threadId, used }));
  });
}

function answerForAll(path: string): void {
  const threads = new Set<Worker>();
  const waiting = new Map<number, (used: Used) => void>();
  process.on('worker', (worker) => {
    const { threadId: thread } = worker;
    threads.add(worker);
    worker.once('exit', () => {
      threads.delete(worker);
      waiting.get(thread)?.({ heap: 0, code: 0, outside: 0 });
    });
  });
  answers.addEventListener('message', (event) => {
    const { thread, used } = dataOf(event) as { thread: number; used: Used };
    waiting.get(thread)?.(used);
  });

  const ask = ({ threadId: thread }: Worker): Promise<Used> =>
    new Promise((resolve) => {
      waiting.set(thread, resolve);
      asks.postMessage(thread);
    });

  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    void Promise.all([inUse(), ...[...threads].map(ask)]).then((parts) => {
      waiting.clear();
      const total = (of: keyof Used) => parts.reduce((sum, part) => sum + part[of], 0);
      const resources = process.getActiveResourcesInfo().length;
      const memory = {
        resident: process.memoryUsage.rss(),
        heap: total('heap'),
        code: total('code'),
        outside: total('outside'),
        resources,
      };
      socket.end(`${JSON.stringify(memory)}\n`);
    });
  });
  server.unref();
  // One that was killed has left its own behind.
  rmSync(path, { force: true });
  server.listen(path);
}
