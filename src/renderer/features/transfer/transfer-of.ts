import type { TicketHeader } from '../../../protocol/ticket.ts';
import type { OpenDialog } from '../../stores/screen-slice.ts';

/** The dialog in which this ticket is passed on; `isInHand` when the agent attends or calls it. */
export const transferOf = ({ id, turnCode, serviceId }: TicketHeader, isInHand: boolean): OpenDialog => ({
  type: 'transfer',
  ticketId: id,
  turnCode,
  serviceId,
  isInHand,
});
