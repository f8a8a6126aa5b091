import { z } from 'zod';
import { Contact } from './contact.ts';
import { TicketEvent } from './event.ts';
import { SharedFile } from './files/shared-file.ts';
import { TicketId, TopicId } from './ids.ts';
import { Consent } from './video/consent.ts';
import { Message, MessagesRead } from './video/message.ts';

/** What only the holder's desk gets of a ticket: the customer, the timeline and what was chosen. */
export const TicketContent = z.object({
  ticketId: TicketId,
  contact: Contact.nullable(),
  topicIds: z.array(TopicId),
  events: z.array(TicketEvent),
  /** Every asking for consent, in the order of asking. Absent for none. */
  consents: z.array(Consent).optional(),
  /** Oldest first; absent where there are none. */
  files: z.array(SharedFile).optional(),
  /** The chat, in its order, the last 500 of it. Absent for none. */
  messages: z.array(Message).optional(),
  messagesRead: MessagesRead.optional(),
});
export type TicketContent = z.infer<typeof TicketContent>;
