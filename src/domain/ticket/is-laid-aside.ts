import type { BranchId } from '../../protocol/ids.ts';

/**
 * Whether a ticket of "Atender ahora" that comes late is laid aside and not in its agent's hand [TK12]: another one is, or
 * the agent sits in another branch by now. `sitsIn`: null while they sit nowhere.
 */
export const isLaidAside = (
  ticket: { branchId: BranchId },
  agent: { hasTicketInHand: boolean; sitsIn: BranchId | null },
): boolean => agent.hasTicketInHand || (agent.sitsIn !== null && agent.sitsIn !== ticket.branchId);
