import type { Work } from '../changes/work.ts';
import { readPresencesOf } from '../store/presence-rows.ts';

/**
 * Tells where an agent sits now, and whether their desk is there, to each branch whose tickets they hold or in which they
 * sit; and to `alsoIn`, which they may have left.
 */
export async function sayPresence(work: Work, agentId: string, alsoIn: string | null): Promise<void> {
  for (const presence of await readPresencesOf(work.tx, agentId, alsoIn)) {
    work.say('branch', presence.branchId, { type: 'presence.put', presence });
  }
}
