import type { BlobStore } from './blob-store.ts';
import type { Inspector } from './inspect/create-inspector.ts';

/** What a server process shares files with. */
export interface ServerFiles {
  blobs: BlobStore;
  inspector: Inspector;
}
