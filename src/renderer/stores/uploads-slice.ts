import type { StateCreator } from 'zustand';
import type { UploadsFact } from '../../bridge/facts.ts';
import type { ErrorBody } from '../../protocol/error-codes.ts';
import type { TicketId } from '../../protocol/ids.ts';

/** A file that was picked in this window and of which nothing was sent. */
export interface UnsentFile {
  id: string;
  ticketId: TicketId;
  name: string;
  /** Null where this window itself could not read it. */
  error: ErrorBody | null;
}

/** A file that waits until those before it are sent. */
export interface QueuedFile {
  id: string;
  ticketId: TicketId;
  name: string;
  bytes: number;
}

export interface UploadsSlice {
  /** Null until the desk has told it. */
  uploads: UploadsFact | null;
  unsentFiles: readonly UnsentFile[];
  /** In the order of sending. */
  queuedFiles: readonly QueuedFile[];
  uploadsChanged: (fact: UploadsFact) => void;
  fileUnsent: (file: UnsentFile) => void;
  unsentSeen: (id: string) => void;
  filesQueued: (files: readonly QueuedFile[]) => void;
  /** It is being sent, or shall not be sent. */
  queuedGone: (id: string) => void;
}

export const createUploadsSlice: StateCreator<UploadsSlice> = (set) => ({
  uploads: null,
  unsentFiles: [],
  queuedFiles: [],
  uploadsChanged: (uploads) => set({ uploads }),
  fileUnsent: (file) => set(({ unsentFiles }) => ({ unsentFiles: [...unsentFiles, file] })),
  unsentSeen: (id) => set(({ unsentFiles }) => ({ unsentFiles: unsentFiles.filter((each) => each.id !== id) })),
  filesQueued: (files) => set(({ queuedFiles }) => ({ queuedFiles: [...queuedFiles, ...files] })),
  queuedGone: (id) => set(({ queuedFiles }) => ({ queuedFiles: queuedFiles.filter((each) => each.id !== id) })),
});
