import type { BlobStore, StoredBlob } from '../files/blob-store.ts';
import { UPLOAD_LASTS_MS } from '../../protocol/files/file-limits.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readFileIds } from '../store/file-rows.ts';
import { deleteStaleUploads, readUploadIds } from '../store/upload-rows.ts';

const EVERY_MS = 10 * 60_000;
/** All that is kept is looked at less often: a server that was killed in between leaves little. */
const BLOBS_EVERY_MS = 6 * 3_600_000;

type Context = Pick<ServerContext, 'store' | 'clock' | 'log'>;

/** Forgets uploads that nobody goes on with, and bytes that no row knows. Several processes may do so at once. */
export function startSweeping(context: Context, blobs: BlobStore): { stop: () => Promise<void> } {
  let running: Promise<void> | null = null;
  let sweptAt = Number.NEGATIVE_INFINITY;
  const sweep = async (): Promise<void> => {
    await sweepUploads(context, blobs);
    if (context.clock() - sweptAt < BLOBS_EVERY_MS) return;
    sweptAt = context.clock();
    await sweepBlobs(context, blobs);
  };
  const run = (): void => {
    running ??= sweep()
      .catch((error: unknown) => context.log.error({ error }, 'files were not swept'))
      .finally(() => (running = null));
  };
  const timer = setInterval(run, EVERY_MS);
  run();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

/** Uploads without a new part for an hour, with their bytes; and drafts that no upload knows. */
export async function sweepUploads({ store: { db }, clock }: Context, blobs: BlobStore): Promise<void> {
  const before = clock() - UPLOAD_LASTS_MS;
  for (const id of await deleteStaleUploads(db, before)) await blobs.dropDraft(id);
  for await (const drafts of blobs.drafts()) {
    const old = drafts.filter(({ changedAt }) => changedAt < before).map(({ name }) => name);
    const known = await readUploadIds(db, old);
    for (const id of old) if (!known.has(id)) await blobs.dropDraft(id);
  }
}

/** Bytes are kept before their row says so: those whose row never came are removed, the young ones not yet. */
export async function sweepBlobs({ store: { db }, clock }: Context, blobs: BlobStore): Promise<void> {
  const before = clock() - UPLOAD_LASTS_MS;
  for await (const found of blobs.blobs()) {
    const old = found.filter(({ changedAt }) => changedAt < before);
    const known = await readFileIds(db, [...new Set(old.map(fileOf))]);
    for (const blob of old) if (!known.has(fileOf(blob))) await blobs.remove(blob.name);
  }
}

/** The file that a blob is of, itself or as its preview. */
export const fileOf = ({ name }: StoredBlob): string => name.slice(0, 36);
