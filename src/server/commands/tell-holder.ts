import type { TicketEvent } from '../../protocol/event.ts';
import type { Work } from '../changes/work.ts';
import { CONTENT_LASTS_MS } from '../queries/read-snapshot.ts';
import { readCloser } from '../store/attention-rows.ts';
import type { TicketRow } from '../store/ticket-rows.ts';
import { sayContent } from './say-content.ts';

/** Tells a new line of the timeline to whoever has the content. */
export async function tellEvent(work: Work, row: TicketRow, event: TicketEvent): Promise<void> {
  const agentId = await contentHolder(work, row);
  if (agentId) work.say('agent', agentId, { type: 'event.added', event });
}

/** Tells the content, its new line included, to whoever has it: something else of it changed too. */
export async function tellContent(work: Work, row: TicketRow): Promise<void> {
  const agentId = await contentHolder(work, row);
  if (agentId) await sayContent(work, agentId, row);
}

/** Whose stream has the content of a ticket: its holder's, or for 30 days that of who closed it; null: nobody's. */
async function contentHolder(work: Work, { id, header }: TicketRow): Promise<string | null> {
  if (header.holder) return header.holder.agentId;
  if (header.closedAt === null || header.closedAt <= work.now - CONTENT_LASTS_MS) return null;
  return readCloser(work.tx, id, header.epoch);
}
