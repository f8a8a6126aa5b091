import type { AgentStatus } from '../../protocol/agent-status.ts';
import type { OfferColleague } from '../../protocol/video/transfer-offer.ts';

/** What is known of a colleague besides their state. */
export interface ColleagueFacts {
  /** They call or attend somebody. */
  isHolding: boolean;
  /** Another offer to them is open. */
  isOffered: boolean;
  /** Their desk is there. */
  isSeen: boolean;
}

/** Why nothing can be offered to a colleague who sits in the branch; null where it can [TO4]. */
export function offerObstacle(
  { state, moduleId }: Pick<AgentStatus, 'state' | 'moduleId'>,
  { isHolding, isOffered, isSeen }: ColleagueFacts,
): OfferColleague['obstacle'] {
  if (isHolding) return 'busy';
  if (state !== 'online' || moduleId === null) return 'notOnline';
  if (!isSeen) return 'silent';
  return isOffered ? 'offered' : null;
}
