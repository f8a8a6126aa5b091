import { useTranslation } from 'react-i18next';
import type { ContactField } from '../../../protocol/contact.ts';
import type { ErrorBody } from '../../../protocol/error-codes.ts';
import { useErrorWords } from '../../start/use-error-words.ts';
import type { ContactEdits } from '../../stores/writing-slice.ts';
import { refusedFields } from './refused-fields.ts';

/** What is missing from, or was refused about, a contact being written, in words by field. */
export function useNewContactErrors(values: ContactEdits, error: ErrorBody | null, isTried: boolean) {
  const { t } = useTranslation('contact');
  const errorWords = useErrorWords();
  const isNameless = !values.firstName?.trim();
  const refused = Object.entries(error === null ? {} : refusedFields({}, error));
  const errors: Partial<Record<ContactField, string>> = {
    ...Object.fromEntries(refused.map(([field, body]) => [field, errorWords(body)])),
    ...(isTried && isNameless && { firstName: t('create.firstNameRequired') }),
  };
  return { errors, isNameless };
}
