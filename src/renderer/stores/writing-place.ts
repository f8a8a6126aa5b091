import type { Act } from '../../bridge/act.ts';
import type { ContactId, TicketId } from '../../protocol/ids.ts';

/** A field or form in which an agent writes. */
export type WritingPlace =
  `${'note' | 'mark' | 'message'} ${TicketId}` | `contact ${ContactId}` | `newContact ${TicketId}`;

/** Where what an act sends was written; null for an act whose words lie in no place that outlives a dialog. */
export function writingPlace(act: Act): WritingPlace | null {
  switch (act.type) {
    case 'note.add':
      return `note ${act.ticketId}`;
    case 'mark.add':
      return `mark ${act.ticketId}`;
    case 'message.send':
      return `message ${act.ticketId}`;
    case 'contact.edit':
      return `contact ${act.contactId}`;
    case 'contact.link':
      return act.customer.type === 'new' ? `newContact ${act.ticketId}` : null;
    default:
      return null;
  }
}
