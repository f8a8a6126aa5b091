import { z } from 'zod';
import { ContactId } from './ids.ts';
import { Instant } from './instant.ts';
import { optionalText, requiredText } from './text.ts';

/** Kind of identity document, by its usual letters: CC, CE, DNI, RUT, CPF, PASAPORTE … */
export const DocumentType = z.string().regex(/^[A-Z]{2,12}$/);
export type DocumentType = z.infer<typeof DocumentType>;

/** What a person writes about a contact; the server normalises and checks document, phone and email. */
export const ContactInput = z.strictObject({
  documentType: DocumentType.optional(),
  documentNumber: optionalText(32).optional(),
  firstName: optionalText(80).optional(),
  lastName: optionalText(80).optional(),
  phone: optionalText(32).optional(),
  email: optionalText(254).optional(),
});
export type ContactInput = z.infer<typeof ContactInput>;

export const ContactField = z.enum(['documentType', 'documentNumber', 'firstName', 'lastName', 'phone', 'email']);
export type ContactField = z.infer<typeof ContactField>;

/** The customer, whole: only on the stream of the agent who holds or lately closed a ticket of theirs. */
export const Contact = z.object({
  id: ContactId,
  version: z.int().positive(),
  documentType: z.string().nullable(),
  documentNumber: z.string().nullable(),
  firstName: z.string(),
  lastName: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  updatedByName: z.string().nullable(),
});
export type Contact = z.infer<typeof Contact>;

/** A line of the search for an existing customer: enough to choose, the document masked. */
export const ContactMatch = z.object({
  id: ContactId,
  name: z.string(),
  documentType: z.string().nullable(),
  documentLast4: z.string().nullable(),
  phoneLast4: z.string().nullable(),
});
export type ContactMatch = z.infer<typeof ContactMatch>;

export const SearchText = requiredText(80);
