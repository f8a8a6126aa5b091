import { z } from 'zod';
import { AttentionId, BlockId, BranchId, ServiceId, TicketId, TopicId } from '../ids.ts';
import { optionalText, requiredText } from '../text.ts';
import { Priority } from '../ticket.ts';
import { TicketCustomer } from './ticket-customer.ts';

/** "Generar Ticket": a turn made by hand. Needs the line. */
export const TicketCreate = z.strictObject({
  type: z.literal('ticket.create'),
  ticketId: TicketId,
  branchId: BranchId,
  serviceId: ServiceId,
  priority: Priority,
  customer: TicketCustomer,
});

/** "Atender ahora": a new ticket for the person at the counter, attended by the desk that made it; works without the line. */
export const TicketAttendNow = z.strictObject({
  type: z.literal('ticket.attendNow'),
  ticketId: TicketId,
  attentionId: AttentionId,
  serviceId: ServiceId,
  customer: TicketCustomer,
  blockId: BlockId,
  number: z.int().positive(),
  turn: z.int().positive(),
});

/** Calls a waiting ticket by hand. Needs the line. */
export const TicketCall = z.strictObject({
  type: z.literal('ticket.call'),
  ticketId: TicketId,
  attentionId: AttentionId,
});

/** Moves a waiting ticket to another service, keeping its clock. Needs the line. */
export const TicketTransfer = z.strictObject({
  type: z.literal('ticket.transfer'),
  ticketId: TicketId,
  serviceId: ServiceId,
  comment: optionalText(500),
});

/** Puts a waiting ticket back, halving its wait so far. Needs the line. */
export const TicketRequeue = z.strictObject({ type: z.literal('ticket.requeue'), ticketId: TicketId });

/** Cancels a waiting ticket. Needs the line. */
export const TicketCancel = z.strictObject({ type: z.literal('ticket.cancel'), ticketId: TicketId });

/** A supervisor ends this attention, whose desk is silent or stuck: the ticket waits again. Needs the line. */
export const TicketFree = z.strictObject({
  type: z.literal('ticket.free'),
  ticketId: TicketId,
  attentionId: AttentionId,
  reason: requiredText(500),
});

/** A note on the timeline. May wait for the line. */
export const NoteAdd = z.strictObject({ type: z.literal('note.add'), ticketId: TicketId, text: requiredText(4000) });

/** The whole set of topics chosen on a ticket. May wait for the line. */
export const TopicsChoose = z.strictObject({
  type: z.literal('topics.choose'),
  ticketId: TicketId,
  topicIds: z.array(TopicId).max(100),
});
