import { z } from 'zod';
import { Contact } from './contact.ts';
import { TicketEvent } from './event.ts';
import { TicketId, TopicId } from './ids.ts';

/** What only the holder's desk gets of a ticket: the customer, the timeline and what was chosen. */
export const TicketContent = z.object({
  ticketId: TicketId,
  contact: Contact.nullable(),
  topicIds: z.array(TopicId),
  events: z.array(TicketEvent),
});
export type TicketContent = z.infer<typeof TicketContent>;
