import { v7 as uuidv7 } from 'uuid';
import type { Message } from '../../protocol/video/message.ts';
import type { Work } from '../changes/work.ts';
import { insertMessage } from '../store/message-rows.ts';
import type { TicketRow } from '../store/ticket-rows.ts';

interface NewMessage {
  /** Null: the server names it. */
  id: string | null;
  /** Null for the guest. */
  sender: { agentId: string; agentName: string } | null;
  /** Of the guest who wrote it or is in; null while nobody is. */
  guestLinkId: string | null;
  clientKey: string | null;
  text: string;
}

/**
 * Writes a line of the chat of a ticket that somebody calls or attends, and tells its holder. Sender, hour and place are said here
 * and by nobody else (trust T3). The ticket is locked.
 */
export async function putMessage(
  work: Work,
  { id: ticketId, header }: TicketRow,
  written: NewMessage,
): Promise<Message> {
  const { holder } = header;
  if (!holder) throw new Error('nobody holds the ticket of a message');
  const { sender, guestLinkId, clientKey, text } = written;
  const id = written.id ?? uuidv7();
  const { attentionId } = holder;
  const agentId = sender?.agentId ?? null;
  const row = { id, ticketId, attentionId, agentId, guestLinkId, clientKey, text, at: work.now };
  const message: Message = {
    id: id as Message['id'],
    ticketId: header.id,
    seq: await insertMessage(work.tx, row),
    from: sender ? 'agent' : 'guest',
    agentId: agentId as Message['agentId'],
    agentName: sender?.agentName ?? null,
    text,
    sentAt: work.now,
  };
  work.say('agent', holder.agentId, { type: 'message.put', message });
  return message;
}
