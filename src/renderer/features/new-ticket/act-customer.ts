import type { ActCustomer } from '../../../bridge/act.ts';
import { contactInput } from '../contact/contact-input.ts';
import type { ChosenCustomer } from './customer-choice.tsx';

/** What the form says about the customer; null while it is not complete. */
export function actCustomer({ kind, match, values }: ChosenCustomer): ActCustomer | null {
  switch (kind) {
    case 'none':
      return { type: 'none' };
    case 'existing':
      return match && { type: 'existing', contactId: match.id };
    case 'new':
      return values.firstName?.trim() ? { type: 'new', contact: contactInput(values) } : null;
  }
}
