import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 100;
/** What was killed is gone as soon as its parent has taken notice. */
const GONE_WITHIN_MS = 20_000;

/**
 * Ends what is left of a group of processes, whether its leader lives or not, and resolves when none of it is left: SIGTERM first,
 * SIGKILL for whoever is still there after the grace.
 * @throws when even that leaves some
 */
export async function endGroup(leader: number, graceMs: number): Promise<void> {
  if (!signal(leader, 'SIGTERM') || (await isGone(leader, graceMs))) return;
  signal(leader, 'SIGKILL');
  if (!(await isGone(leader, GONE_WITHIN_MS))) throw new Error(`Processes of the group ${leader} cannot be ended.`);
}

async function isGone(leader: number, withinMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + withinMs;
  while (signal(leader, 0)) {
    if (performance.now() > giveUpAt) return false;
    await delay(LOOK_EVERY_MS);
  }
  return true;
}

/** False when nobody of the group is there. */
function signal(leader: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, name);
  } catch {
    return false;
  }
}
