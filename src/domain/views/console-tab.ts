import type { AgentId } from '../../protocol/ids.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';

/** Esperando, Atendiendo, Pausado, Fuera de horario (S3-02). */
export type ConsoleTab = 'waiting' | 'attending' | 'paused' | 'outOfHours';

/** The tab of column 1 in which this agent sees the ticket [VW1]; null when in none. */
export function consoleTab(ticket: Pick<TicketHeader, 'state' | 'holder'>, viewerId: AgentId): ConsoleTab | null {
  const isMine = ticket.holder?.agentId === viewerId;
  switch (ticket.state) {
    case 'waiting':
      return 'waiting';
    case 'outOfHours':
      return 'outOfHours';
    case 'calling':
    case 'attending':
      return isMine ? 'attending' : null;
    case 'paused':
      return isMine ? 'paused' : null;
    case 'scheduled':
    case 'bot':
    case 'closed':
      return null;
  }
}
