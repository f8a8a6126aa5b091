import type { Act } from '../../../bridge/act.ts';
import type { OutboxFact } from '../../../bridge/facts.ts';
import { ContactField } from '../../../protocol/contact.ts';
import type { TicketId } from '../../../protocol/ids.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import { useCall } from '../../start/use-call.ts';
import type { ContactEdits } from '../../stores/writing-slice.ts';
import { refusedFields } from '../contact/refused-fields.ts';

/** Whether a refused act holds something written that has a place to be written again. */
export function isEditable(act: Act): boolean {
  switch (act.type) {
    case 'note.add':
    case 'contact.edit':
    case 'ticket.attendNow':
      return true;
    case 'contact.link':
      return act.customer.type === 'new';
    default:
      return false;
  }
}

/** "Editar": takes a refused act out of the outbox and puts what the agent wrote back where it was written. */
export function useTakeBack() {
  const { store } = useDeskServices();
  const { run, error } = useCall('outbox.takeBack');

  const show = (ticketId: TicketId): void => {
    const { current, openTicket } = store.getState();
    openTicket(current?.ticket?.header.id === ticketId ? null : ticketId);
  };

  const putBack = (act: Act, refused: OutboxFact['refused'][number]): void => {
    const state = store.getState();
    switch (act.type) {
      case 'note.add': {
        const kept = state.current?.ticket?.header.id === act.ticketId ? state.current.draft : '';
        const written = state.notes[act.ticketId]?.text ?? kept;
        state.noteWritten(act.ticketId, [written, act.text].filter(Boolean).join('\n'));
        show(act.ticketId);
        return;
      }
      case 'contact.edit': {
        const edits: ContactEdits = Object.fromEntries(
          ContactField.options.flatMap((field) => {
            const change = act.changes[field];
            return change ? [[field, change.to ?? '']] : [];
          }),
        );
        state.contactRefused(act.contactId, edits, refusedFields(act.changes, refused.error));
        state.showOutbox(false);
        show(act.ticketId);
        return;
      }
      case 'contact.link':
        if (act.customer.type !== 'new') return;
        state.newContactWritten(act.ticketId, act.customer.contact);
        state.showOutbox(false);
        show(act.ticketId);
        return;
      case 'ticket.attendNow':
        state.openDialog({ type: 'attendNow', serviceId: act.serviceId, customer: act.customer });
        return;
      default:
        return;
    }
  };

  return {
    error,
    run: async (refused: OutboxFact['refused'][number]): Promise<void> => {
      const act = await run({ id: refused.id });
      if (act) putBack(act, refused);
    },
  };
}
