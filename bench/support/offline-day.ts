import { randomUUID } from 'node:crypto';
import type { Act } from '../../src/bridge/act.ts';
import type { ServiceId, TopicId } from '../../src/protocol/ids.ts';
import type { CoreDesk } from './core-desk.ts';

/** Whose case it is, four notes, a correction, the end, and the agent's pause: what one customer leaves in the outbox. */
export const ACTS_A_CUSTOMER = 10;
const NOTES = 4;
const PHONE = '3001234567';
const changes = { phone: { from: PHONE, to: '3007654321' } };

export interface OfflineService {
  id: ServiceId;
  topicId: TopicId;
}

const contactOf = (customer: number) => ({
  documentType: 'CC',
  documentNumber: String(10_000_000 + customer),
  firstName: 'Rosa',
  lastName: `Peralta ${customer}`,
  phone: PHONE,
});

const noteOf = (customer: number, note: number): string =>
  `Cliente ${customer}, nota ${note}: pregunta por el cobro de la factura y pide una copia por correo.`;

/** The texts of the notes of customers `from` to `to`, in the order in which they are written. */
export const notesOf = (from: number, to: number): string[] =>
  Array.from({ length: (to - from) * NOTES }, (_, index) => noteOf(from + Math.floor(index / NOTES), index % NOTES));

/** An agent at the counter while the line is away: customers `from` to `to`, one after another. */
export async function actOffline(
  desk: CoreDesk,
  services: readonly OfflineService[],
  { from, to }: { from: number; to: number },
): Promise<void> {
  const act = (input: Act): Promise<unknown> => desk.call('act', input);
  for (let customer = from; customer < to; customer += 1) {
    const service = services[customer % services.length];
    if (!service) throw new Error('Nothing to attend.');
    const contact = contactOf(customer);
    await act({ type: 'ticket.attendNow', serviceId: service.id, customer: { type: 'new', contact } });
    const { ticket } = await desk.until(
      'current.changed',
      (fact) => fact.ticket?.contact?.documentNumber === contact.documentNumber,
    );
    if (!ticket?.contact) throw new Error('Nobody is attended.');
    const ticketId = ticket.header.id;
    await act({ type: 'topics.choose', ticketId, topicIds: [service.topicId] });
    for (let note = 0; note < NOTES; note += 1) {
      await act({ type: 'note.add', ticketId, text: noteOf(customer, note) });
    }
    await act({ type: 'contact.edit', ticketId, contactId: ticket.contact.id, changes });
    await act({ type: 'attention.finish', ticketId });
    await act({ type: 'status.choose', state: 'documenting' });
    await act({ type: 'status.choose', state: 'online' });
  }
}

/** The same customer as bodies of commands, for who has no desk. */
export function bodiesOf(customer: number): object[] {
  const ticketId = randomUUID();
  const contactId = randomUUID();
  const attention = { ticketId, attentionId: randomUUID(), epoch: 1 };
  const number = 1_000_000 + customer;
  const header = { id: ticketId, number, state: 'attending', displayName: `Rosa Peralta ${customer}`, ...attention };
  const shown = { createdAt: number, waitingSince: number, calledAt: number, attendingSince: number, callCount: 1 };
  return [
    {
      type: 'ticket.attendNow',
      ...attention,
      serviceId: randomUUID(),
      customer: { type: 'new', contactId, contact: contactOf(customer) },
      number,
      header: { ...header, ...shown, priority: 'normal', origin: 'desk', kind: 'turn', documentLast4: '0417' },
    },
    { type: 'topics.choose', ticketId, topicIds: [randomUUID()] },
    ...Array.from({ length: NOTES }, (_, note) => ({ type: 'note.add', ticketId, text: noteOf(customer, note) })),
    { type: 'contact.edit', ticketId, contactId, changes },
    { type: 'attention.finish', ...attention },
    { type: 'status.choose', state: 'documenting', cause: 'agent' },
    { type: 'status.choose', state: 'online', cause: 'agent' },
  ];
}
