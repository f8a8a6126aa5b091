import { ContactField, type ContactInput } from '../../../protocol/contact.ts';
import type { ContactEdits } from '../../stores/writing-slice.ts';

/** What was written about a new contact; empty fields are left out, and so is a document's type without a number. */
export function contactInput(values: ContactEdits): ContactInput {
  const hasDocument = Boolean(values.documentNumber?.trim());
  return Object.fromEntries(
    ContactField.options.flatMap((field) => {
      const text = values[field]?.trim() ?? '';
      return text === '' || (field === 'documentType' && !hasDocument) ? [] : [[field, text]];
    }),
  );
}
