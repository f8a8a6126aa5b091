import type { TicketId } from '../../../protocol/ids.ts';
import { useSharedWith } from './use-shared-with.ts';

/** A customer sees this screen, and the ticket is not theirs: nothing is named or quoted of it (SPEC MK3). */
export function useIsOthers(ticketId: TicketId | null | undefined): boolean {
  const sharedWith = useSharedWith();
  return sharedWith !== null && sharedWith !== ticketId;
}
