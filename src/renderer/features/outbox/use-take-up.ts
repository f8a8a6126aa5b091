import type { OutboxFact } from '../../../bridge/facts.ts';
import type { Act } from '../../../bridge/act.ts';
import { ContactField } from '../../../protocol/contact.ts';
import type { TicketId } from '../../../protocol/ids.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import { keptNote } from '../../stores/kept-note.ts';
import { writingPlace } from '../../stores/writing-place.ts';
import type { ContactEdits } from '../../stores/writing-slice.ts';
import { refusedFields } from '../contact/refused-fields.ts';

/** Whether a refused act holds something written that has a place to be written again. */
export function isEditable(act: Act): boolean {
  return act.type === 'ticket.attendNow' || writingPlace(act) !== null;
}

/**
 * "Editar": puts what a refused act says back where it was written. The act itself stays in "No enviado" until what is
 * there is sent, so that nothing is lost in between.
 */
export function useTakeUp() {
  const { store } = useDeskServices();

  const show = (ticketId: TicketId): void => {
    const { current, openTicket } = store.getState();
    openTicket(current?.ticket?.header.id === ticketId ? null : ticketId);
  };

  const putBack = ({ act, error }: OutboxFact['refused'][number]): void => {
    const state = store.getState();
    switch (act.type) {
      case 'note.add': {
        const written = state.notes[act.ticketId]?.text ?? keptNote(state, act.ticketId);
        // A window that was closed meanwhile has left the words in the draft.
        if (!written.includes(act.text))
          state.noteWritten(act.ticketId, [written, act.text].filter(Boolean).join('\n'));
        return;
      }
      case 'contact.edit': {
        const edits: ContactEdits = Object.fromEntries(
          ContactField.options.flatMap((field) => {
            const change = act.changes[field];
            return change ? [[field, change.to ?? '']] : [];
          }),
        );
        state.contactRefused(act.contactId, edits, refusedFields(act.changes, error));
        return;
      }
      case 'contact.link':
        if (act.customer.type === 'new') state.newContactWritten(act.ticketId, act.customer.contact);
        return;
      default:
        return;
    }
  };

  return (refused: OutboxFact['refused'][number]): void => {
    const { id, act } = refused;
    const { takenUp, refusedTakenUp, openDialog, showOutbox } = store.getState();
    if (act.type === 'ticket.attendNow') {
      openDialog({ type: 'attendNow', serviceId: act.serviceId, customer: act.customer, replaces: [id] });
      return;
    }
    const place = writingPlace(act);
    if (place === null || !('ticketId' in act)) return;
    if (!takenUp[place]?.includes(id)) {
      putBack(refused);
      refusedTakenUp(place, id);
    }
    // What is corrected in column 3 needs it.
    if (act.type !== 'note.add') showOutbox(false);
    show(act.ticketId);
  };
}
