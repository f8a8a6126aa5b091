import type { Act } from '../../../bridge/act.ts';
import { ContactField, type Contact } from '../../../protocol/contact.ts';
import type { ContactEdits } from '../../stores/writing-slice.ts';
import { shownContact } from './shown-contact.ts';

type Changes = Extract<Act, { type: 'contact.edit' }>['changes'];

/** What the agent really changed, each with the stored value that they saw; a cleared field becomes null. */
export function contactChanges(contact: Contact, edits: ContactEdits): Changes {
  const shown = shownContact(contact);
  const changes: Changes = {};
  for (const field of ContactField.options) {
    const text = edits[field]?.trim();
    if (text === undefined || text === shown[field]) continue;
    changes[field] = { from: contact[field] === '' ? null : contact[field], to: text === '' ? null : text };
  }
  return changes;
}
