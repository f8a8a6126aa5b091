import type { AgentStatus } from '../../protocol/agent-status.ts';
import type { CommandBody } from '../../protocol/commands/agent-command.ts';

/**
 * What a desk does in the agent's name when its machine is locked or goes to sleep, so that no customer is called to an empty
 * counter: En línea becomes Descansando, at once or after the ticket in hand. Null where nobody would be called anyway. The
 * agent comes back by hand [ST7].
 */
export function actOfLock(status: AgentStatus, hasTicketInHand: boolean): CommandBody | null {
  if (status.state !== 'online') return null;
  if (!hasTicketInHand) return { type: 'status.choose', state: 'resting', cause: 'lock' };
  return status.nextState === 'online' ? { type: 'status.chooseNext', state: 'resting' } : null;
}
