import type { AgentCommand, CommandBody } from '../../protocol/commands/agent-command.ts';
import { readElsewhereAt } from '../store/author-rows.ts';
import type { Writer } from '../store/database.ts';
import { lockFreeTicket, lockTicket, readTicket, type TicketRow } from '../store/ticket-rows.ts';

export interface Ahead {
  ticket: TicketRow | null;
  elsewhereAt: number | null;
}

/**
 * What the handler of a command needs first (`Acting`), sent right behind the locks of statuses: it comes with the author. Who may
 * do what with it is decided after: a desk of the company that names a stranger holds a ticket's lock for one round trip.
 */
export async function readAhead(tx: Writer, companyId: string, command: AgentCommand, now: number): Promise<Ahead> {
  const { authorId: agentId, sessionId, occurredAt, body } = command;
  const isOfStatus = body.type.startsWith('status.') || body.type === 'attention.finish';
  const after = Math.min(occurredAt ?? now, now);
  const [ticket, elsewhereAt] = await Promise.all([
    readTicketOf(tx, companyId, body),
    isOfStatus ? readElsewhereAt(tx, { agentId, sessionId, after }) : null,
  ]);
  return { ticket, elsewhereAt };
}

/** Null for none of this company. */
function readTicketOf(tx: Writer, companyId: string, body: CommandBody): Promise<TicketRow | null> {
  switch (body.type) {
    case 'status.choose':
    case 'status.chooseNext':
    case 'status.setManual':
    case 'ticket.create':
    case 'ticket.attendNow':
      return Promise.resolve(null);
    case 'contact.edit':
    case 'contact.link':
      // The contact is locked before its tickets.
      return readTicket(tx, companyId, body.ticketId);
    case 'ticket.call':
      return lockToTake(tx, companyId, body.ticketId);
    default:
      return lockTicket(tx, companyId, body.ticketId);
  }
}

/** What somebody holds is read without its lock: it is refused. What nobody holds is locked. */
async function lockToTake(tx: Writer, companyId: string, ticketId: string): Promise<TicketRow | null> {
  const [free, found] = await Promise.all([
    lockFreeTicket(tx, companyId, ticketId),
    readTicket(tx, companyId, ticketId),
  ]);
  // Given back between the two: it is free after all.
  return free ?? (found?.header.holder ? found : lockTicket(tx, companyId, ticketId));
}
