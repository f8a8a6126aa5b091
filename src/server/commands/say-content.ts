import type { Work } from '../changes/work.ts';
import { readTicketContent } from '../queries/read-ticket-content.ts';
import type { TicketRow } from '../store/ticket-rows.ts';

/** Says the content of a ticket to an agent, with the lines of this transaction. */
export async function sayContent(work: Work, agentId: string, row: TicketRow): Promise<void> {
  work.writeEvents();
  work.say('agent', agentId, { type: 'content.put', content: await readTicketContent(work.tx, row) });
}
