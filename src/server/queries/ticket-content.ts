import type { TicketContent } from '../../protocol/ticket-content.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readCloser } from '../store/attention-rows.ts';
import { insertAudit } from '../store/audit-rows.ts';
import type { SessionAuthor } from '../store/author-rows.ts';
import { attendsInDepartment } from '../store/service-rows.ts';
import { readTicket, type TicketRow } from '../store/ticket-rows.ts';
import { CONTENT_LASTS_MS } from './read-snapshot.ts';
import { readTicketContent } from './read-ticket-content.ts';

/**
 * The content of a ticket, read on demand and audited (design.md, "Pushed and read").
 * @throws Refusal as `readableTicket`
 */
export async function ticketContent(
  context: ServerContext,
  asker: SessionAuthor,
  ticketId: string,
): Promise<TicketContent> {
  const { db } = context.store;
  const row = await readableTicket(context, asker, ticketId);
  const { companyId, agentId, deviceId } = asker;
  await insertAudit(db, { companyId, agentId, deviceId, act: 'ticket.read', subject: ticketId, at: context.clock() });
  return readTicketContent(db, row);
}

/**
 * A ticket whose content this agent may read: who holds it, agents of its department while nobody holds it, who closed it, for as
 * long as their desk has it, and who supervises.
 * @throws Refusal NOT_FOUND, FORBIDDEN
 */
export async function readableTicket(
  { store: { db }, clock }: ServerContext,
  asker: SessionAuthor,
  ticketId: string,
): Promise<TicketRow> {
  const row = await readTicket(db, asker.companyId, ticketId);
  if (!row || !asker.branches.includes(row.branchId)) throw new Refusal('NOT_FOUND', { field: 'ticketId' });
  const { holder, serviceId, closedAt, epoch } = row.header;
  if (asker.role !== 'agent' || holder?.agentId === asker.agentId) return row;
  if (holder) throw new Refusal('FORBIDDEN');
  if (await attendsInDepartment(db, asker.agentId, serviceId)) return row;
  const isRecent = closedAt !== null && closedAt > clock() - CONTENT_LASTS_MS;
  if (isRecent && (await readCloser(db, row.id, epoch)) === asker.agentId) return row;
  throw new Refusal('FORBIDDEN');
}
