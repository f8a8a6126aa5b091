import type { OutboxFact } from '../../../bridge/facts.ts';
import type { Act } from '../../../bridge/act.ts';
import { ContactField } from '../../../protocol/contact.ts';
import type { TicketId } from '../../../protocol/ids.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import { keptNote } from '../../stores/kept-note.ts';
import { keptWriting } from '../../stores/kept-writing.ts';
import { writingPlace } from '../../stores/writing-place.ts';
import type { ContactEdits } from '../../stores/writing-slice.ts';
import { refusedFields } from '../contact/refused-fields.ts';

/** Whether a refused act holds something written that has a place to be written again. A mark's is in its own call alone. */
export function isEditable(act: Act, inHandId: TicketId | null): boolean {
  if (act.type === 'mark.add') return act.ticketId === inHandId;
  return act.type === 'ticket.attendNow' || writingPlace(act) !== null;
}

/** Whole lines: a short text may well stand inside another word. */
const hasLines = (written: string, text: string): boolean => `\n${written}\n`.includes(`\n${text}\n`);

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
        if (!hasLines(written, act.text))
          state.noteWritten(act.ticketId, [written, act.text].filter(Boolean).join('\n'));
        return;
      }
      case 'mark.add': {
        const { ticketId, attentionId, momentMs, text } = act;
        const begun = keptWriting(state, ticketId, 'mark');
        if (begun?.text === text) return;
        const both = [begun?.text, text].filter(Boolean).join(' ');
        state.writingPut(ticketId, 'mark', { kind: 'mark', attentionId, momentMs, text: both });
        return;
      }
      case 'message.send': {
        const { ticketId, text } = act;
        const written = keptWriting(state, ticketId, 'message')?.text ?? '';
        if (hasLines(written, text)) return;
        state.writingPut(ticketId, 'message', { kind: 'message', text: [written, text].filter(Boolean).join('\n') });
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
    if (act.type !== 'note.add' && act.type !== 'mark.add' && act.type !== 'message.send') showOutbox(false);
    show(act.ticketId);
  };
}
