import type { StatusEvent } from '../../domain/agent-status/next-status.ts';
import { saysNow } from '../../domain/agent-status/says-now.ts';
import { changeStatus } from './change-status.ts';
import type { Acting } from './command-handler.ts';

/** Applies an event to the author's own status, unless it came too late to say how they are now (SPEC ST9). Returns whether it did. */
export async function changeOwnStatus(
  { work, author, elsewhereAt, time }: Acting,
  event: StatusEvent,
): Promise<boolean> {
  const isNow = saysNow({
    occurredAt: time.occurredAt,
    isSessionOpen: author.hasSession,
    elsewhereAt,
  });
  if (isNow) await changeStatus(work, author.agentId, event, time);
  return isNow;
}
