import { useMemo } from 'react';
import type { ContactField } from '../../../protocol/contact.ts';
import type { ErrorBody } from '../../../protocol/error-codes.ts';
import type { ContactId } from '../../../protocol/ids.ts';
import { useDeskState } from '../../start/desk-context.ts';
import { refusedFields } from './refused-fields.ts';

/** Why fields of this contact were refused: edits that lie in "No enviado", and those being corrected. */
export function useContactErrors(contactId: ContactId): Partial<Record<ContactField, ErrorBody>> {
  const corrected = useDeskState(({ contactErrors }) => contactErrors[contactId]);
  const takenUp = useDeskState((state) => state.takenUp[`contact ${contactId}`]);
  const refused = useDeskState(({ outbox }) => outbox?.refused);
  return useMemo(() => {
    const lying = (refused ?? []).flatMap(({ id, act, error }) =>
      act.type === 'contact.edit' && act.contactId === contactId && !takenUp?.includes(id)
        ? [refusedFields(act.changes, error)]
        : [],
    );
    return Object.assign({}, ...lying, corrected) as Partial<Record<ContactField, ErrorBody>>;
  }, [contactId, refused, takenUp, corrected]);
}
