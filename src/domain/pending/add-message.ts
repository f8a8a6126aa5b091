import type { CommandId, MessageId, TicketId } from '../../protocol/ids.ts';
import type { Message } from '../../protocol/video/message.ts';
import { mark, type Draft } from './draft.ts';
import type { PendingCommand } from './pending-command.ts';

/** The id of a message that a desk can foresee [PD4]: that of the command which sends it. */
export const messageIdOf = (command: CommandId): MessageId => command as string as MessageId;

/** Adds a line behind the chat of a ticket whose content is here, once: its place is the server's to give. */
export function addMessage(
  draft: Draft,
  { command, actedAt, authorName }: PendingCommand,
  ticketId: TicketId,
  text: string,
): void {
  const content = draft.contents.get(ticketId);
  const id = messageIdOf(command.id);
  if (!content || content.messages?.some((message) => message.id === id)) return;
  const messages = content.messages ?? [];
  const message: Message = {
    id,
    ticketId,
    seq: (messages.at(-1)?.seq ?? 0) + 1,
    from: 'agent',
    agentId: command.authorId,
    agentName: authorName,
    text,
    sentAt: actedAt,
  };
  draft.contents.set(ticketId, { ...content, messages: [...messages, message] });
  mark(draft, { type: 'message', commandId: command.id, ticketId, messageId: id });
}
