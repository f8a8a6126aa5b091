import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Starts a program of `floors/` that prints its port and ends with its standard input. */
export async function startFloor(
  file: string,
  environment: Record<string, string>,
): Promise<{ port: number; pid: number; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../floors', file)], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [port] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    port: Number(port),
    pid: child.pid ?? 0,
    stop: async () => {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
