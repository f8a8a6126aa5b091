import type { FileId, TicketId, AttentionId } from '../../protocol/ids.ts';
import type { SharedFile } from '../../protocol/files/shared-file.ts';
import { nobody, runWork, type Actor, type Work } from '../changes/work.ts';
import { tellFile } from '../commands/tell-holder.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readAuthor } from '../store/author-rows.ts';
import { insertFile, readFile, type FileRow } from '../store/file-rows.ts';
import { lockTicket, type TicketRow } from '../store/ticket-rows.ts';
import { deleteUpload, lockUpload, readUpload, type UploadRow } from '../store/upload-rows.ts';
import type { Asker } from './asker.ts';
import { MissingBlobError } from './blob-store.ts';
import type { Inspected } from './inspect/inspect-file.ts';
import { mayReadFile } from './read-file.ts';
import { refuseReported } from './refuse-reported.ts';
import type { ServerFiles } from './server-files.ts';
import { cancelUpload, isOwn } from './take-part.ts';

/** Each upload is looked through once, however often that is asked for. */
const underWay = new Map<string, Promise<SharedFile>>();

/**
 * A file with the id of this upload, if whoever asks has sent it; null else.
 * @throws Refusal GUEST_BLOCKED
 */
export async function sharedOf(context: ServerContext, asker: Asker, id: string): Promise<SharedFile | null> {
  const row = await readFile(context.store.db, id);
  if (!row) return null;
  const isOwnFile =
    asker.type === 'agent'
      ? row.agentId === asker.agentId
      : row.agentId === null && (await mayReadFile(context, asker, id));
  if (!isOwnFile) return null;
  await refuseReported(context.store.db, asker, row.companyId, context.clock());
  return row.file;
}

/**
 * All bytes are there: looks them through, keeps them and tells both sides. Done before, it is there already.
 * @throws Refusal NOT_FOUND, BAD_REQUEST while bytes are missing; FILE_TYPE, IMAGE_TOO_LARGE and FILE_DAMAGED, and the upload is
 * gone then; STALE_EPOCH for an agent whose attention it is no longer, GUEST_BLOCKED for a guest who was reported; UNAVAILABLE while too many are looked through
 */
export async function completeUpload(
  context: ServerContext,
  files: ServerFiles,
  asker: Asker,
  id: string,
): Promise<SharedFile> {
  const upload = await readUpload(context.store.db, id);
  if (!upload) return (await sharedOf(context, asker, id)) ?? notFound();
  if (!isOwn(upload, asker)) return notFound();
  await refuseReported(context.store.db, asker, upload.companyId, context.clock());
  if (upload.received < upload.bytes) throw new Refusal('BAD_REQUEST', { field: 'bytes' });
  const completing = underWay.get(upload.id) ?? complete(context, files, asker, upload);
  underWay.set(upload.id, completing);
  return completing.finally(() => underWay.delete(upload.id));
}

async function complete(
  context: ServerContext,
  files: ServerFiles,
  asker: Asker,
  upload: UploadRow,
): Promise<SharedFile> {
  try {
    const inspected = await keep(files, upload);
    const { result: file } = await runWork(context, (work) => share(work, asker, upload, inspected));
    await files.blobs.dropDraft(upload.id);
    return file;
  } catch (error) {
    if (error instanceof MissingBlobError) return notFound();
    const isForGood = error instanceof Refusal && error.code !== 'UNAVAILABLE';
    if (isForGood) await cancelUpload(context, files, asker, upload.id);
    throw error;
  }
}

/** Its bytes lie under its id before any row says so: what is not said in the end is swept away later. */
const keep = ({ blobs, inspector }: ServerFiles, { id, kind }: UploadRow): Promise<Inspected> =>
  blobs.withDraft(id, async (path) => {
    const inspected = await inspector.inspect({ path, type: kind });
    if (inspected.preview) await blobs.put(`${id}.preview`, inspected.preview.path);
    await blobs.put(id, inspected.path);
    return inspected;
  });

async function share(work: Work, asker: Asker, upload: UploadRow, inspected: Inspected): Promise<SharedFile> {
  // A ticket is always locked before its uploads.
  const row = await lockTicket(work.tx, upload.companyId, upload.ticketId);
  const still = await lockUpload(work.tx, upload.id);
  // Another process was quicker, or it was cancelled.
  if (!row || !still || !isOwn(still, asker)) return (await readFile(work.tx, upload.id))?.file ?? notFound();
  // It may have been reported while the file was looked through.
  await refuseReported(work.tx, asker, still.companyId, work.now);
  const actor = await actorOf(work, asker, row, still);
  const file: SharedFile = {
    id: still.id as FileId,
    ticketId: still.ticketId as TicketId,
    attentionId: still.attentionId as AttentionId | null,
    from: asker.type,
    agentName: actor.agentName,
    name: still.name,
    kind: still.kind,
    bytes: inspected.bytes,
    sha256: inspected.sha256,
    width: inspected.width,
    height: inspected.height,
    hasPreview: inspected.preview !== null,
    wasCleaned: inspected.wasCleaned,
    sharedAt: work.now,
  };
  const { agentId, guestLinkId } = still;
  const previewSha256 = inspected.preview?.sha256 ?? null;
  work.write(insertFile(work.tx, { file, agentId, guestLinkId, previewSha256 } satisfies Omit<FileRow, 'companyId'>));
  work.write(deleteUpload(work.tx, still.id));
  const { id: fileId, name, kind, bytes, wasCleaned } = file;
  const event = work.record(row, actor, { type: 'file.shared', fileId, name, kind, bytes, wasCleaned });
  await tellFile(work, row, event, file);
  return file;
}

async function actorOf(work: Work, asker: Asker, { header }: TicketRow, { attentionId }: UploadRow): Promise<Actor> {
  if (asker.type === 'guest') return nobody;
  const { agentId, deviceId, sessionId } = asker;
  const { holder } = header;
  const author = await readAuthor(work.tx, { agentId, deviceId, sessionId }, work.now);
  if (!author || holder?.agentId !== agentId || holder.attentionId !== attentionId) throw new Refusal('STALE_EPOCH');
  return { agentId, agentName: author.name, eventId: null };
}

function notFound(): never {
  throw new Refusal('NOT_FOUND', { field: 'upload' });
}
