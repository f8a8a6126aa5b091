import type { TicketState } from '../../protocol/ticket.ts';

/** llamando, then atendiendo (S2-26). */
export type CallState = 'calling' | 'attending';

/** The state of the call card [VW3]; null when the ticket is neither called nor attended. */
export function callState(ticket: { state: TicketState }): CallState | null {
  return ticket.state === 'calling' || ticket.state === 'attending' ? ticket.state : null;
}
