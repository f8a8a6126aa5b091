import { ContactField } from '../../../protocol/contact.ts';
import type { ErrorBody } from '../../../protocol/error-codes.ts';

/** At which fields a refused edit is explained: the one that the refusal names, else every field that was edited. */
export function refusedFields(
  changes: Readonly<Partial<Record<ContactField, unknown>>>,
  error: ErrorBody,
): Partial<Record<ContactField, ErrorBody>> {
  const named = ContactField.options.filter((field) => field === error.field);
  const fields = named.length > 0 ? named : ContactField.options.filter((field) => field in changes);
  return Object.fromEntries(fields.map((field) => [field, error]));
}
