import type { TicketContent } from '../../protocol/ticket-content.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { insertAudit } from '../store/audit-rows.ts';
import type { SessionAuthor } from '../store/author-rows.ts';
import { attendsInDepartment } from '../store/service-rows.ts';
import { readTicket } from '../store/ticket-rows.ts';
import { readTicketContent } from './read-ticket-content.ts';

/**
 * The content of a ticket, read on demand and audited (design.md, "Pushed and read"): by who holds it, by agents of its
 * department while nobody holds it, by who supervises.
 */
export async function ticketContent(
  context: ServerContext,
  asker: SessionAuthor,
  ticketId: string,
): Promise<TicketContent> {
  const { db } = context.store;
  const row = await readTicket(db, asker.companyId, ticketId);
  if (!row || !asker.branches.includes(row.branchId)) throw new Refusal('NOT_FOUND', { field: 'ticketId' });
  const { holder } = row.header;
  if (asker.role === 'agent' && holder?.agentId !== asker.agentId) {
    const inDepartment = await attendsInDepartment(db, asker.agentId, row.header.serviceId);
    if (holder || !inDepartment) throw new Refusal('FORBIDDEN');
  }
  const { companyId, agentId, deviceId } = asker;
  await insertAudit(db, { companyId, agentId, deviceId, act: 'ticket.read', subject: ticketId, at: context.clock() });
  return readTicketContent(db, row);
}
