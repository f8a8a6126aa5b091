import { readdirSync, readFileSync } from 'node:fs';

/** Of Linux's tick, in which it counts the time of processes. */
const TICK_MS = 10;

interface Process {
  parent: number;
  milliseconds: number;
}

/**
 * CPU time so far of a process, of all its threads, of the living processes under it, and of those under it that have ended; user
 * and system, ms, by tens. Reads `/proc`.
 */
export function treeCpu(pid: number): number {
  const processes = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    const each = /^\d+$/.test(name) ? readProcess(name) : null;
    if (each) processes.set(Number(name), each);
  }
  const root = processes.get(pid);
  if (!root) throw new Error(`There is no process ${pid}.`);
  const isUnder = (each: Process): boolean => {
    const parent = processes.get(each.parent);
    return each.parent === pid || (parent !== undefined && isUnder(parent));
  };
  let sum = root.milliseconds;
  for (const each of processes.values()) if (isUnder(each)) sum += each.milliseconds;
  return sum;
}

/** Null when it has ended meanwhile. */
function readProcess(pid: string): Process | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the name, which may have any letters: state, parent, …; times from the fourteenth field on.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { parent: Number(fields[1]), milliseconds: ticks * TICK_MS };
  } catch {
    return null;
  }
}
