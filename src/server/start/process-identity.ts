import { readFileSync } from 'node:fs';

/** Whether a process of this number runs on this machine, whoever owns it. One that only waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return process.platform !== 'linux' || !['Z', 'X', undefined].includes(statOf(pid)?.[0]);
}

/**
 * When the process began, in clock ticks since boot, so that a number given to another process later is not taken for it.
 * Undefined where the system does not say (anything but Linux) or when no such process exists.
 */
export function startTicksOf(pid: number): number | undefined {
  const ticks = statOf(pid)?.[19];
  return ticks === undefined ? undefined : Number(ticks);
}

/** Linux's fields of the process from its state on. Before it stands the name in brackets, which may hold spaces. */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
