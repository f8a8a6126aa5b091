import { callState } from '../../../domain/views/call-state.ts';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import type { DeskState } from '../../stores/create-desk-store.ts';

/** The ticket in hand that is attended by video, open or not yet; null for none. */
export function videoInHand({ current }: Pick<DeskState, 'current'>): TicketHeader | null {
  const header = current?.ticket?.header;
  return header?.kind === 'virtual' && callState(header) !== null ? header : null;
}
