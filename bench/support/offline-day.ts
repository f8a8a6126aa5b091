import type { Act } from '../../src/bridge/act.ts';
import type { Fact } from '../../src/bridge/contract.ts';
import type { ServiceId } from '../../src/protocol/ids.ts';
import type { CoreDesk } from './core-desk.ts';

/** Acts of one customer: attended, whose case it is, what was said, a correction, the end, and the agent's pauses. */
export const ACTS_A_CUSTOMER = 10;
const NOTES = 4;

/**
 * What an agent does at the counter while the line is away: one customer after another. Returns the texts of the notes, in
 * their order.
 */
export async function actOffline(
  desk: CoreDesk,
  services: readonly { id: ServiceId; topicId: string }[],
  customers: number,
  day: number,
): Promise<string[]> {
  const notes: string[] = [];
  const act = (input: unknown): ReturnType<typeof desk.call<'act'>> => desk.call('act', input as Act);
  for (let customer = 0; customer < customers; customer += 1) {
    const { id: serviceId, topicId } = services[customer % services.length] ?? { id: '', topicId: '' };
    const number = 10_000_000 + day * 10_000 + customer;
    const contact = {
      documentType: 'CC',
      documentNumber: String(number),
      firstName: 'Rosa',
      lastName: `Peralta ${customer}`,
      phone: '3001234567',
    };
    await act({ type: 'ticket.attendNow', serviceId, customer: { type: 'new', contact } });
    const inHand = ({ ticket }: Fact<'current.changed'>): boolean => ticket?.contact?.documentNumber === String(number);
    const { ticket } = await desk.until('current.changed', inHand);
    const ticketId = ticket?.header.id;
    await act({ type: 'topics.choose', ticketId, topicIds: [topicId] });
    for (let note = 0; note < NOTES; note += 1) {
      const text = `Cliente ${day}.${customer}, nota ${note}: pregunta por el cobro de la factura y pide una copia.`;
      notes.push(text);
      await act({ type: 'note.add', ticketId, text });
    }
    const changes = { phone: { from: contact.phone, to: '3007654321' } };
    await act({ type: 'contact.edit', ticketId, contactId: ticket?.contact?.id, changes });
    await act({ type: 'attention.finish', ticketId });
    await act({ type: 'status.choose', state: 'documenting' });
    await act({ type: 'status.choose', state: 'online' });
  }
  return notes;
}
