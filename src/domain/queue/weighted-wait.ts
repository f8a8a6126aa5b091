import type { Instant } from '../../protocol/instant.ts';
import type { QueueRules, Service } from '../../protocol/office.ts';
import type { QueueReason } from '../../protocol/queue-reason.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { lineSince } from './line-since.ts';

const MINUTE = 60_000;

/** Milliseconds waited times the ticket's weight [QU2]; the greatest is served first. */
export function weightedWait(
  ticket: TicketHeader,
  service: Pick<Service, 'latenessMinutes'> | undefined,
  rules: QueueRules,
  now: Instant,
): number {
  return weight(ticket, service?.latenessMinutes ?? 0, rules) * Math.max(0, now - lineSince(ticket));
}

/** What the ticket itself says about its place, without the agent. */
export function waitReasons(ticket: TicketHeader, now: Instant): QueueReason[] {
  const reasons: QueueReason[] = [];
  if (ticket.appointmentAt !== null && ticket.checkedInAt !== null) {
    const lateMinutes = Math.floor((ticket.checkedInAt - ticket.appointmentAt) / MINUTE);
    reasons.push({ type: 'appointment', at: ticket.appointmentAt, lateMinutes });
  }
  if (ticket.priority === 'preferente') reasons.push({ type: 'preferente' });
  if (ticket.requeues > 0) reasons.push({ type: 'requeued', times: ticket.requeues });
  if (ticket.transferredFrom !== null) reasons.push({ type: 'transferred' });
  reasons.push({ type: 'waited', minutes: Math.floor(Math.max(0, now - lineSince(ticket)) / MINUTE) });
  return reasons;
}

/**
 * The customer's own lateness at the check-in decides, not the branch's: once in the line a weight never falls, so that
 * nobody is overtaken for having waited.
 */
function weight(ticket: TicketHeader, latenessMinutes: number, rules: QueueRules): number {
  const weights = [1];
  if (ticket.priority === 'preferente') weights.push(rules.preferenteWeight);
  const isTimelyAppointment =
    ticket.appointmentAt !== null &&
    ticket.checkedInAt !== null &&
    ticket.checkedInAt <= ticket.appointmentAt + latenessMinutes * MINUTE;
  if (isTimelyAppointment) weights.push(rules.appointmentWeight);
  return Math.max(...weights);
}
