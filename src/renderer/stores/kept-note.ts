import type { TicketId } from '../../protocol/ids.ts';
import type { DeskState } from './create-desk-store.ts';

/** The draft of a ticket's note that the desk keeps; empty where there is none. */
export function keptNote({ current, handled }: Pick<DeskState, 'current' | 'handled'>, ticketId: TicketId): string {
  if (current?.ticket?.header.id === ticketId) return current.draft;
  return handled?.drafts.find((draft) => draft.ticketId === ticketId)?.text ?? '';
}
