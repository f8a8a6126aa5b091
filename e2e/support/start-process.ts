import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const READY = 'VENTANILLA READY ';

// A test that failed may leave some behind: they end in order when this process does.
const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill();
});

export interface Running<Ready> {
  ready: Ready;
  child: ChildProcess;
  /** Lines of the log that say that something failed inside. */
  errors: () => string[];
  /** SIGTERM, or the signal given, then its exit code; null when the signal ended it. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Starts one of our processes and waits for its ready line. Throws with its log when it ends before. */
export async function startProcess<Ready>(
  entry: string,
  environment: Record<string, string>,
  args: string[] = [],
): Promise<Running<Ready>> {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', TZ: 'UTC', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const log: string[] = [];
  createInterface(child.stderr).on('line', (line) => log.push(line));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const ready = new Promise<Ready>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      if (line.startsWith(READY)) resolve(JSON.parse(line.slice(READY.length)) as Ready);
    });
  });
  const value = await Promise.race([
    ready,
    exited.then(([code]) => {
      throw new Error(`${entry} ended with ${code} before it was ready:\n${log.join('\n')}`);
    }),
  ]);
  return {
    ready: value,
    child,
    errors: () => log.filter((line) => /"level":"(?:error|fatal)"|^\s+at /.test(line)),
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      const [code] = await exited;
      return code;
    },
  };
}
