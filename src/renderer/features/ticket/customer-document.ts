import type { TicketView } from '../../../bridge/facts.ts';
import { formatDocument, maskedDocument } from '../../../texts/format-document.ts';

/** The customer's document as this screen may show it; null when none is known. */
export function customerDocument({ contact, header }: Pick<TicketView, 'contact' | 'header'>): string | null {
  if (contact?.documentNumber != null) return formatDocument(contact.documentType, contact.documentNumber);
  return header.documentLast4 === null ? null : maskedDocument(header.documentType, header.documentLast4);
}
