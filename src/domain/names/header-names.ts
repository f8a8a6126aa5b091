import type { TicketHeader } from '../../protocol/ticket.ts';
import { displayName, documentLast4 } from './display-name.ts';

/** What a header says of its customer. */
export type HeaderNames = Pick<TicketHeader, 'displayName' | 'documentType' | 'documentLast4'>;

export const noHeaderNames: HeaderNames = { displayName: null, documentType: null, documentLast4: null };

/** The little of a contact that every desk of the branch may know [NM1]. Takes a contact or what was written about one. */
export function headerNames(contact: {
  firstName?: string | undefined;
  lastName?: string | undefined;
  documentType?: string | null | undefined;
  documentNumber?: string | null | undefined;
}): HeaderNames {
  const last4 = contact.documentNumber == null ? null : documentLast4(contact.documentNumber);
  return {
    displayName: displayName(contact.firstName ?? '', contact.lastName ?? ''),
    documentType: last4 === null ? null : (contact.documentType ?? null),
    documentLast4: last4,
  };
}
