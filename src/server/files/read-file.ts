import { Refusal } from '../policies/refusal.ts';
import { readableTicket } from '../queries/ticket-content.ts';
import type { ServerContext } from '../start/server-context.ts';
import { insertAudit } from '../store/audit-rows.ts';
import { readAuthor } from '../store/author-rows.ts';
import { readFile, readGuestFile, type FileRow } from '../store/file-rows.ts';
import { SEEN_AFTER_END_MS } from '../video/guest-links.ts';
import type { Asker } from './asker.ts';
import { refuseReported } from './refuse-reported.ts';

/**
 * A file for whoever may have it: the guest who is in its ticket, if it was shared with them; agents who may read the ticket's
 * content.
 * @throws Refusal NOT_FOUND for everybody else (trust T12), GUEST_BLOCKED for a guest who was reported
 */
export async function readFileFor(context: ServerContext, asker: Asker, id: string): Promise<FileRow> {
  const { db } = context.store;
  const row =
    asker.type === 'guest'
      ? await readGuestFile(db, id, asker.browserHash, seenSince(context))
      : await readFile(db, id);
  if (!row) throw new Refusal('NOT_FOUND', { field: 'file' });
  await refuseReported(db, asker, row.companyId, context.clock());
  if (asker.type === 'agent') {
    const { agentId, companyId, deviceId, sessionId } = asker;
    const author = await readAuthor(db, { agentId, deviceId, sessionId }, context.clock());
    if (!author || row.companyId !== companyId) throw new Refusal('NOT_FOUND', { field: 'file' });
    await readableTicket(context, author, row.file.ticketId).catch((error: unknown) => {
      throw error instanceof Refusal ? new Refusal('NOT_FOUND', { field: 'file' }) : error;
    });
  }
  return row;
}

/** A page that is still open after the end shows what was shared. */
const seenSince = ({ clock }: ServerContext): number => clock() - SEEN_AFTER_END_MS;

/** An agent gets the bytes of a file, or the small picture of it (trust T11). */
export async function auditFile({ store, clock }: ServerContext, asker: Asker, id: string): Promise<void> {
  if (asker.type !== 'agent') return;
  const { agentId, companyId, deviceId } = asker;
  await insertAudit(store.db, { companyId, agentId, deviceId, act: 'file.read', subject: id, at: clock() });
}

/** Whether a guest may have it. */
export async function mayReadFile(
  context: ServerContext,
  { browserHash }: Extract<Asker, { type: 'guest' }>,
  id: string,
): Promise<boolean> {
  return (await readGuestFile(context.store.db, id, browserHash, seenSince(context))) !== null;
}
