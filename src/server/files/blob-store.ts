import type { Readable } from 'node:stream';

/** Bytes that are being put together, or that are kept. */
export interface StoredBlob {
  name: string;
  /** Last written, in ms. */
  changedAt: number;
  bytes: number;
}

/**
 * Where the bytes of files lie. A name is an id of ours, with `.preview` behind it for a small picture; it never holds anything
 * that a person wrote. What resolves has been written to the disk. Shared by all processes of a server.
 */
export interface BlobStore {
  /** Writes a part of a draft at `offset`. */
  writeDraft: (id: string, offset: number, bytes: Buffer) => Promise<void>;
  /**
   * Hands a copy of a draft to `use`, as a file of this machine: nobody writes to it any more, whatever comes for the draft. What
   * `use` makes beside it, under names that begin with its path, goes with it.
   * @throws MissingBlobError
   */
  withDraft: <Result>(id: string, use: (path: string) => Promise<Result>) => Promise<Result>;
  dropDraft: (id: string) => Promise<void>;
  drafts: () => AsyncIterable<StoredBlob[]>;
  /** Keeps a file of this machine under `name`, in place of what had it. The file itself is gone then. */
  put: (name: string, path: string) => Promise<void>;
  /** Its size, and its bytes from `from` to `to`, both included; null for none. */
  open: (
    name: string,
  ) => Promise<{ bytes: number; read: (from: number, to: number) => Readable; close: () => Promise<void> } | null>;
  remove: (name: string) => Promise<void>;
  /** All that is kept, some at a time. */
  blobs: () => AsyncIterable<StoredBlob[]>;
}

export class MissingBlobError extends Error {
  constructor(name: string) {
    super(`There are no bytes of ${name}.`);
    this.name = 'MissingBlobError';
  }
}
