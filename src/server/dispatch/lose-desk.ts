import type { Work } from '../changes/work.ts';
import { sayPresence } from '../commands/say-presence.ts';
import { lockStatuses, setConnection } from '../store/status-rows.ts';
import { isSeen } from './is-seen.ts';

/**
 * Marks an agent's desk as gone since it was last seen, where the process that held its socket has ended and could not say
 * so. Nothing is done when another process did it, or the desk is back.
 */
export async function loseDesk(work: Work, agentId: string): Promise<void> {
  const row = (await lockStatuses(work.tx, [agentId], work.now)).get(agentId);
  if (!row || row.connectionId === null || row.seenAt === null || isSeen(row, work.now)) return;
  await setConnection(work.tx, agentId, null, row.seenAt);
  await sayPresence(work, agentId, null);
}
