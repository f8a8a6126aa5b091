import type { ChatView, OutboxFact } from '../../../bridge/facts.ts';
import type { TicketId } from '../../../protocol/ids.ts';

export type RefusedMessage = OutboxFact['refused'][number];

/** The chat of a ticket as far as the screen counts in it. */
export interface ChatCounts {
  /** `seq` of the guest's latest message; 0 for none. */
  lastOfGuest: number;
  /** Messages of the guest's that the agent has not seen. */
  unread: number;
}

export function countChat(chat: ChatView | undefined): ChatCounts {
  const seqs = chat?.messages.flatMap(({ message }) => (message.from === 'guest' ? [message.seq] : [])) ?? [];
  return { lastOfGuest: seqs.at(-1) ?? 0, unread: seqs.filter((seq) => seq > (chat?.read.byAgent ?? 0)).length };
}

/** Messages of this ticket's chat that were refused, oldest first. */
export function refusedMessages(outbox: OutboxFact | null, ticketId: TicketId): RefusedMessage[] {
  return outbox?.refused.filter(({ act }) => act.type === 'message.send' && act.ticketId === ticketId) ?? [];
}
