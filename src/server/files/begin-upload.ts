import { v7 as uuidv7 } from 'uuid';
import { cleanFileName } from '../../domain/files/clean-file-name.ts';
import { extensionOf, kindOfName, type FileKind } from '../../domain/files/file-kinds.ts';
import { MAXIMUM_FILE_BYTES, MAXIMUM_FILES, MAXIMUM_TOTAL_BYTES } from '../../protocol/files/file-limits.ts';
import type { BeginGuestUpload, BeginUpload } from '../../protocol/files/upload.ts';
import { runWork, type Work } from '../changes/work.ts';
import { ownTicket } from '../policies/may-touch-ticket.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readAuthor } from '../store/author-rows.ts';
import { countFiles } from '../store/file-rows.ts';
import { isBrowserBlocked } from '../store/guest-block-rows.ts';
import { readLinkOf } from '../store/guest-link-rows.ts';
import { lockTicket, type TicketRow } from '../store/ticket-rows.ts';
import { insertUpload, readUpload, type UploadRow } from '../store/upload-rows.ts';
import { findGuest } from '../video/guest-links.ts';
import type { Asker } from './asker.ts';
import { foundInstead } from './inspect/create-inspector.ts';

type Declared = Pick<BeginUpload, 'name' | 'bytes'>;

/**
 * An agent begins to send a file in the video that they hold.
 * @throws Refusal NOT_FOUND for a ticket that they do not hold, STALE_EPOCH for another attention of it, WRONG_STATE without
 * video; FILE_TYPE, EMPTY, FILE_TOO_LARGE, QUOTA
 */
export async function beginUpload(
  context: ServerContext,
  { agentId, companyId, deviceId, sessionId }: Extract<Asker, { type: 'agent' }>,
  input: BeginUpload,
): Promise<UploadRow> {
  const kind = judge(input);
  return begin(context, input, kind, async (work) => {
    const [author, found] = await Promise.all([
      readAuthor(work.tx, { agentId, deviceId, sessionId }, work.now),
      lockTicket(work.tx, companyId, input.ticketId),
    ]);
    if (!author) throw new Refusal('NOT_FOUND', { field: 'ticketId' });
    const row = ownTicket(author, found);
    const { holder } = row.header;
    if (holder?.agentId !== agentId) throw new Refusal('NOT_FOUND', { field: 'ticketId' });
    if (holder.attentionId !== input.attentionId) throw new Refusal('STALE_EPOCH');
    if (row.header.kind !== 'virtual') throw new Refusal('WRONG_STATE');
    const link = await readLinkOf(work.tx, row.id);
    return { row, agentId, guestLinkId: link?.browserHash ? link.id : null };
  });
}

/**
 * A guest begins to send a file. `browser`: what their cookie says; null without one.
 * @throws Refusal LINK_INVALID for whoever is not in by this link, and at the end; FILE_TYPE, EMPTY, FILE_TOO_LARGE, QUOTA
 */
export async function beginGuestUpload(
  context: ServerContext,
  browser: string | null,
  input: BeginGuestUpload,
): Promise<UploadRow> {
  const guest = browser === null ? null : await findGuest(context, input.token, browser);
  if (!guest) throw new Refusal('LINK_INVALID');
  const kind = judge(input);
  return begin(context, input, kind, async (work) => {
    const row = await lockTicket(work.tx, guest.companyId, guest.ticketId);
    const link = row && (await readLinkOf(work.tx, row.id));
    if (!row || link?.id !== guest.id || row.header.state === 'closed') throw new Refusal('LINK_INVALID');
    if (await isBrowserBlocked(work.tx, guest, work.now)) throw new Refusal('GUEST_BLOCKED');
    return { row, agentId: null, guestLinkId: link.id };
  });
}

/** What name and size say already. */
function judge({ name, bytes }: Declared): FileKind {
  const kind = kindOfName(name);
  if (!kind)
    throw new Refusal('FILE_TYPE', { values: foundInstead(/^[\w-]{1,16}$/.exec(extensionOf(name))?.[0] ?? '?') });
  if (bytes === 0) throw new Refusal('EMPTY');
  if (bytes > MAXIMUM_FILE_BYTES) throw new Refusal('FILE_TOO_LARGE');
  return kind;
}

async function begin(
  context: ServerContext,
  { name, bytes }: Declared,
  kind: FileKind,
  lockSender: (work: Work) => Promise<{ row: TicketRow; agentId: string | null; guestLinkId: string | null }>,
): Promise<UploadRow> {
  const id = uuidv7();
  await runWork(context, async (work) => {
    const { row, agentId, guestLinkId } = await lockSender(work);
    const attentionId = row.header.holder?.attentionId ?? null;
    const taken = await countFiles(work.tx, row.id, attentionId);
    if (taken.count >= MAXIMUM_FILES || taken.bytes + bytes > MAXIMUM_TOTAL_BYTES) throw new Refusal('QUOTA');
    const upload = {
      id,
      ticketId: row.id,
      attentionId,
      agentId,
      guestLinkId,
      name: cleanFileName(name, kind.extensions[0]),
      kind: kind.type,
      bytes,
    };
    work.write(insertUpload(work.tx, upload, work.now));
  });
  const begun = await readUpload(context.store.db, id);
  if (!begun) throw new Error('an upload that was begun is there');
  return begun;
}
