import type { StateCreator } from 'zustand';
import type { ContactField } from '../../protocol/contact.ts';
import type { ErrorBody } from '../../protocol/error-codes.ts';
import type { CommandId, ContactId, TicketId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { WritingPlace } from './writing-place.ts';

export interface NoteDraft {
  text: string;
  /** When the desk had it safe; null while it has not. */
  savedAt: Instant | null;
  /** The desk refused to keep it. */
  isRefused: boolean;
}

export type ContactEdits = { [Field in ContactField]?: string | undefined };

/** What the agent has written and not yet handed over. It outlives the column in which it is written. */
export interface WritingSlice {
  notes: Readonly<Record<TicketId, NoteDraft>>;
  contactEdits: Readonly<Record<ContactId, ContactEdits>>;
  /** Why a field was refused, until the agent writes in it again. */
  contactErrors: Readonly<Record<ContactId, Partial<Record<ContactField, ErrorBody>>>>;
  /** The contact being written for a ticket that has none. */
  newContacts: Readonly<Record<TicketId, ContactEdits>>;
  /** Refused acts whose words stand there to be corrected: they lie in "No enviado" until what is there is sent. */
  takenUp: Readonly<Partial<Record<WritingPlace, readonly CommandId[]>>>;
  noteWritten: (ticketId: TicketId, text: string) => void;
  noteSaved: (ticketId: TicketId, text: string, savedAt: Instant) => void;
  noteSaveRefused: (ticketId: TicketId) => void;
  contactWritten: (contactId: ContactId, field: ContactField, text: string) => void;
  contactGone: (contactId: ContactId) => void;
  contactRefused: (contactId: ContactId, edits: ContactEdits, errors: Partial<Record<ContactField, ErrorBody>>) => void;
  newContactWritten: (ticketId: TicketId, edits: ContactEdits) => void;
  newContactGone: (ticketId: TicketId) => void;
  refusedTakenUp: (place: WritingPlace, id: CommandId) => void;
  refusedReplaced: (place: WritingPlace) => void;
}

export const createWritingSlice: StateCreator<WritingSlice> = (set) => ({
  notes: {},
  contactEdits: {},
  contactErrors: {},
  newContacts: {},
  takenUp: {},
  noteWritten: (ticketId, text) =>
    set(({ notes, takenUp }) => ({
      notes: { ...notes, [ticketId]: { text, savedAt: null, isRefused: false } },
      // Whoever deletes the words has stopped correcting them.
      ...(text === '' && { takenUp: without(takenUp, `note ${ticketId}`) }),
    })),
  noteSaved: (ticketId, text, savedAt) =>
    set(({ notes }) =>
      // Saved is what was sent: later letters are not.
      notes[ticketId]?.text === text ? { notes: { ...notes, [ticketId]: { text, savedAt, isRefused: false } } } : {},
    ),
  noteSaveRefused: (ticketId) =>
    set(({ notes }) => {
      const note = notes[ticketId];
      return note ? { notes: { ...notes, [ticketId]: { ...note, isRefused: true } } } : {};
    }),
  contactWritten: (contactId, field, text) =>
    set(({ contactEdits, contactErrors }) => ({
      contactEdits: { ...contactEdits, [contactId]: { ...contactEdits[contactId], [field]: text } },
      contactErrors: { ...contactErrors, [contactId]: without(contactErrors[contactId] ?? {}, field) },
    })),
  contactGone: (contactId) =>
    set(({ contactEdits, contactErrors, takenUp }) => ({
      contactEdits: without(contactEdits, contactId),
      contactErrors: without(contactErrors, contactId),
      takenUp: without(takenUp, `contact ${contactId}`),
    })),
  contactRefused: (contactId, edits, errors) =>
    set(({ contactEdits, contactErrors }) => ({
      contactEdits: { ...contactEdits, [contactId]: { ...contactEdits[contactId], ...edits } },
      contactErrors: { ...contactErrors, [contactId]: { ...contactErrors[contactId], ...errors } },
    })),
  newContactWritten: (ticketId, edits) =>
    set(({ newContacts }) => ({ newContacts: { ...newContacts, [ticketId]: { ...newContacts[ticketId], ...edits } } })),
  newContactGone: (ticketId) =>
    set(({ newContacts, takenUp }) => ({
      newContacts: without(newContacts, ticketId),
      takenUp: without(takenUp, `newContact ${ticketId}`),
    })),
  refusedTakenUp: (place, id) =>
    set(({ takenUp }) => ({ takenUp: { ...takenUp, [place]: [...(takenUp[place] ?? []), id] } })),
  refusedReplaced: (place) => set(({ takenUp }) => ({ takenUp: without(takenUp, place) })),
});

function without<Key extends string, Value>(
  record: Readonly<Partial<Record<Key, Value>>>,
  key: Key,
): Record<Key, Value> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key)) as Record<Key, Value>;
}
