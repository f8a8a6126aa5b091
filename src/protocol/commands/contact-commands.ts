import { z } from 'zod';
import { ContactField } from '../contact.ts';
import { ContactId, TicketId } from '../ids.ts';
import { optionalText } from '../text.ts';
import { TicketCustomer } from './ticket-customer.ts';

/** One field's edit: `from` is what the agent saw, so that nobody's text is overwritten unseen (trust R20). */
export const ContactChange = z.strictObject({ from: z.string().nullable(), to: optionalText(254).nullable() });
export type ContactChange = z.infer<typeof ContactChange>;

/** Edits a contact field by field. May wait for the line. */
export const ContactEdit = z.strictObject({
  type: z.literal('contact.edit'),
  contactId: ContactId,
  ticketId: TicketId,
  changes: z.partialRecord(ContactField, ContactChange),
});

/** Says whose an anonymous ticket is. May wait for the line. */
export const ContactLink = z.strictObject({
  type: z.literal('contact.link'),
  ticketId: TicketId,
  customer: TicketCustomer,
});
