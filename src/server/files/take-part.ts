import { MAXIMUM_CHUNK_BYTES } from '../../protocol/files/file-limits.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { advanceUpload, deleteUpload, readUpload, type UploadRow } from '../store/upload-rows.ts';
import type { Asker } from './asker.ts';
import { refuseReported } from './refuse-reported.ts';
import type { ServerFiles } from './server-files.ts';

/**
 * An upload of whoever asks; what is not theirs does not exist (trust T12).
 * @throws Refusal NOT_FOUND, GUEST_BLOCKED
 */
export async function ownUpload({ store, clock }: ServerContext, asker: Asker, id: string): Promise<UploadRow> {
  const upload = await readUpload(store.db, id);
  if (!upload || !isOwn(upload, asker)) throw new Refusal('NOT_FOUND', { field: 'upload' });
  await refuseReported(store.db, asker, upload.companyId, clock());
  return upload;
}

export function isOwn({ agentId, browserHash, isRevoked, isClosed }: UploadRow, asker: Asker): boolean {
  if (asker.type === 'agent') return agentId === asker.agentId;
  return agentId === null && !isRevoked && !isClosed && browserHash !== null && browserHash.equals(asker.browserHash);
}

/**
 * Takes the next bytes of an upload: on the disk before they count.
 * @throws Refusal NOT_FOUND, GUEST_BLOCKED, BAD_OFFSET, BAD_REQUEST for more than was said, or nothing
 */
export async function takePart(
  context: ServerContext,
  { blobs }: ServerFiles,
  asker: Asker,
  part: { id: string; offset: number; bytes: Buffer },
): Promise<UploadRow> {
  const upload = await ownUpload(context, asker, part.id);
  const to = part.offset + part.bytes.length;
  if (part.offset !== upload.received) throw new Refusal('BAD_OFFSET', { values: { offset: upload.received } });
  if (part.bytes.length === 0 || part.bytes.length > MAXIMUM_CHUNK_BYTES || to > upload.bytes) {
    throw new Refusal('BAD_REQUEST', { field: 'bytes' });
  }
  await blobs.writeDraft(upload.id, part.offset, part.bytes);
  const at = context.clock();
  if (await advanceUpload(context.store.db, { id: upload.id, from: part.offset, to, at })) {
    return { ...upload, received: to };
  }
  const { received } = await ownUpload(context, asker, part.id);
  throw new Refusal('BAD_OFFSET', { values: { offset: received } });
}

/** Nothing of it is left. One that is gone already is no error. */
export async function cancelUpload(
  context: ServerContext,
  { blobs }: ServerFiles,
  asker: Asker,
  id: string,
): Promise<void> {
  const upload = await readUpload(context.store.db, id);
  if (!upload || !isOwn(upload, asker)) return;
  await deleteUpload(context.store.db, upload.id);
  await blobs.dropDraft(upload.id);
}
