import type { TicketView } from '../../bridge/facts.ts';
import type { PendingMark } from '../../domain/pending/desk-view.ts';
import type { TicketContent } from '../../protocol/ticket-content.ts';

/** The chat of a ticket as the screen shows it; nothing where there is none. */
export function chatOf(
  content: Pick<TicketContent, 'messages' | 'messagesRead'> | undefined,
  marks: readonly PendingMark[],
): Pick<TicketView, 'chat'> {
  if (!content?.messages) return {};
  const pending = new Set(marks.flatMap((mark) => (mark.type === 'message' ? [mark.messageId] : [])));
  const messages = content.messages.map((message) => ({ message, isPending: pending.has(message.id) }));
  return { chat: { messages, read: content.messagesRead ?? { byAgent: 0, byGuest: 0 } } };
}
