import type { SavedFileId } from '../../bridge/contract.ts';

/** A file for the agent. Its name is clean [FI2]. */
export interface TakenFile {
  name: string;
  /** Media type. */
  kind: string;
  bytes: number;
  /** Its bytes as they come; throws when they cannot be had, or are not what was shared. */
  content: (stopped: AbortSignal) => AsyncIterable<Buffer>;
}

/** Where files go that the agent wants: to the browser, or into the machine's folder of downloads. Nothing is ever opened. */
export interface FileHost {
  take: (
    file: TakenFile,
  ) => Promise<{ type: 'address'; address: string } | { type: 'saved'; savedId: SavedFileId; name: string }>;
  /** Shows a saved file in its folder; nothing for one that is not known. */
  show: (id: SavedFileId) => void;
}
