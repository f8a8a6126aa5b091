import { z } from 'zod';
import { ContactInput } from '../contact.ts';
import { ContactId } from '../ids.ts';

/** Whose ticket it is: somebody known, somebody new, or nobody said. */
export const TicketCustomer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('existing'), contactId: ContactId }),
  z.strictObject({ type: z.literal('new'), contactId: ContactId, contact: ContactInput }),
]);
export type TicketCustomer = z.infer<typeof TicketCustomer>;
