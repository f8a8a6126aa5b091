import type { Work } from '../changes/work.ts';
import { hasHeld } from '../store/attention-rows.ts';
import type { SessionAuthor } from '../store/author-rows.ts';
import { readService, type ServiceRow } from '../store/service-rows.ts';
import type { TicketRow } from '../store/ticket-rows.ts';
import { Refusal } from './refusal.ts';

/** A ticket that this agent may act on: of a branch of theirs. What is not theirs does not exist (trust T12). */
export function ownTicket(author: SessionAuthor, row: TicketRow | null): TicketRow {
  if (!row || !author.branches.includes(row.branchId)) throw new Refusal('NOT_FOUND', { field: 'ticketId' });
  return row;
}

/** A service of a branch of theirs, else refused. */
export async function ownService(work: Work, author: SessionAuthor, serviceId: string): Promise<ServiceRow> {
  const row = await readService(work.tx, serviceId);
  if (!row || !author.branches.includes(row.branchId)) throw new Refusal('NOT_FOUND', { field: 'serviceId' });
  return row;
}

/** Whether the agent attends this service, as main or support; who supervises attends all. */
export const attendsService = (author: SessionAuthor, serviceId: string): boolean =>
  author.role !== 'agent' || author.services.some((service) => service.id === serviceId);

/** Customer and topics are for who holds or held the ticket, those of its service while nobody does, and who supervises. */
export async function refuseStranger(work: Work, author: SessionAuthor, { id, header }: TicketRow): Promise<void> {
  if (author.role !== 'agent' || header.holder?.agentId === author.agentId) return;
  if (header.holder === null && attendsService(author, header.serviceId)) return;
  if (!(await hasHeld(work.tx, id, author.agentId))) throw new Refusal('FORBIDDEN');
}

/** A ticket in the line is moved or cancelled by those who attend its service. */
export function refuseOutsider(author: SessionAuthor, { header }: TicketRow): void {
  if (!attendsService(author, header.serviceId)) throw new Refusal('FORBIDDEN');
}
