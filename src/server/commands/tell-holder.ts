import type { TicketEvent } from '../../protocol/event.ts';
import type { SharedFile } from '../../protocol/files/shared-file.ts';
import type { Work } from '../changes/work.ts';
import { CONTENT_LASTS_MS } from '../queries/read-snapshot.ts';
import { consentOf } from '../queries/consent-views.ts';
import { readCloser } from '../store/attention-rows.ts';
import { readConsent } from '../store/consent-rows.ts';
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

/** Tells an asking as it is by now to whoever has the content, and the guest's page that it should look again. */
export async function tellConsent(work: Work, row: TicketRow, consentId: string): Promise<void> {
  const [agentId, consent] = await Promise.all([contentHolder(work, row), readConsent(work.tx, consentId)]);
  if (agentId && consent) work.say('agent', agentId, { type: 'consent.put', consent: consentOf(consent) });
  work.say('branch', row.branchId, { type: 'ticket.put', header: row.header });
}

/** Tells a file, and the line about it, to whoever has the content; pages that watch the ticket look at its files again. */
export async function tellFile(work: Work, row: TicketRow, event: TicketEvent, file: SharedFile): Promise<void> {
  const agentId = await contentHolder(work, row);
  if (agentId) {
    work.say('agent', agentId, { type: 'event.added', event });
    work.say('agent', agentId, { type: 'file.put', file });
  }
  work.say('branch', row.branchId, { type: 'ticket.put', header: row.header });
}

/** Whose stream has the content of a ticket: its holder's, or for 30 days that of who closed it; null: nobody's. */
async function contentHolder(work: Work, { id, header }: TicketRow): Promise<string | null> {
  if (header.holder) return header.holder.agentId;
  if (header.closedAt === null || header.closedAt <= work.now - CONTENT_LASTS_MS) return null;
  return readCloser(work.tx, id, header.epoch);
}
