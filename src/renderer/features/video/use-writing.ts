import type { WritingKind, WritingOf } from '../../../bridge/writing.ts';
import type { TicketId } from '../../../protocol/ids.ts';
import { useDeskState } from '../../start/desk-context.ts';
import { keptWriting } from '../../stores/kept-writing.ts';

/** What the agent has begun to write on a ticket beside the note, and how it changes. */
export function useWriting<Kind extends WritingKind>(ticketId: TicketId, kind: Kind) {
  const writing = useDeskState((state) => keptWriting(state, ticketId, kind));
  const isRefused = useDeskState(({ writings }) => writings[`${kind} ${ticketId}`]?.isRefused ?? false);
  const put = useDeskState((state) => state.writingPut);
  return {
    writing,
    /** This desk cannot keep it: a window that closes takes it along. */
    isRefused,
    write: (next: WritingOf<Kind>): void => put(ticketId, kind, next),
    clear: (): void => put(ticketId, kind, null),
  };
}
