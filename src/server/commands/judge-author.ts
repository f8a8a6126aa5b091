import { judgeOccurredAt } from '../../domain/occurred-at/judge-occurred-at.ts';
import type { AgentCommand, CommandResult } from '../../protocol/commands/agent-command.ts';
import type { ActTime } from '../changes/work.ts';
import { Refusal } from '../policies/refusal.ts';
import type { DeliveringAuthor } from '../store/author-rows.ts';

/**
 * Whether a command may be delivered in the name of its author, and when it happened; or the answer that it got before.
 * `bodyHash`: the same id with another body is another command.
 */
export function judgeAuthor(
  agent: DeliveringAuthor | null,
  { companyId }: { companyId: string },
  { sessionId, occurredAt }: AgentCommand,
  { bodyHash, now }: { bodyHash: Buffer; now: number },
): { known: CommandResult } | { agent: DeliveringAuthor; time: ActTime } {
  if (agent?.known) {
    if (!agent.known.bodyHash.equals(bodyHash)) throw new Refusal('KEY_REUSED', { field: 'id' });
    return { known: agent.known.answer };
  }
  if (!agent || agent.companyId !== companyId || agent.isDisabled) throw new Refusal('FORBIDDEN');
  if (agent.sessionId !== sessionId) throw new Refusal('NOT_FOUND', { field: 'sessionId' });
  const previousAt = Math.max(agent.sessionSince, agent.previousActAt ?? 0);
  return { agent, time: judgeOccurredAt({ claimedAt: occurredAt, previousAt, now }) };
}
