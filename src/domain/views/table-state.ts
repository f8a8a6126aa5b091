import type { AgentId } from '../../protocol/ids.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';

export interface TableState {
  /** ABIERTO, CERRADO, EN VIVO (S0-07). */
  openness: 'open' | 'closed' | 'live';
  /** LIBRE, TOMADO, MIO (S0-08). */
  taking: 'free' | 'taken' | 'mine';
}

/**
 * The two states of a row of the tables, as this viewer sees them [VW2]. A closed ticket has no holder any more:
 * `hasAttended` says whether the viewer was the last one (its content is on their stream).
 */
export function tableState(
  ticket: Pick<TicketHeader, 'state' | 'holder' | 'epoch'>,
  viewer: { agentId: AgentId; hasAttended: boolean },
): TableState {
  if (ticket.state === 'bot') return { openness: 'live', taking: 'free' };
  if (ticket.state === 'closed') {
    return { openness: 'closed', taking: viewer.hasAttended ? 'mine' : ticket.epoch > 0 ? 'taken' : 'free' };
  }
  if (ticket.holder === null) return { openness: 'open', taking: 'free' };
  return { openness: 'open', taking: ticket.holder.agentId === viewer.agentId ? 'mine' : 'taken' };
}
