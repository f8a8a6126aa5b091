import { useMemo } from 'react';
import type { ContactField } from '../../../protocol/contact.ts';
import type { ErrorBody } from '../../../protocol/error-codes.ts';
import type { ContactId } from '../../../protocol/ids.ts';
import { useDeskState } from '../../start/desk-context.ts';
import { refusedFields } from './refused-fields.ts';

/** Why fields of this contact were refused: edits that still lie in "No enviado", and those taken up again. */
export function useContactErrors(contactId: ContactId): Partial<Record<ContactField, ErrorBody>> {
  const taken = useDeskState(({ contactErrors }) => contactErrors[contactId]);
  const refused = useDeskState(({ outbox }) => outbox?.refused);
  return useMemo(() => {
    const lying = (refused ?? []).flatMap(({ act, error }) =>
      act.type === 'contact.edit' && act.contactId === contactId ? [refusedFields(act.changes, error)] : [],
    );
    return Object.assign({}, ...lying, taken) as Partial<Record<ContactField, ErrorBody>>;
  }, [contactId, refused, taken]);
}
