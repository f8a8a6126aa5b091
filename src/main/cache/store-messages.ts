import type { DeskStore, StoreOperation } from './desk-store.ts';
import type { OpenReport, StoreFolder } from './open-store.ts';

/** What the worker opens. `key`: 32 bytes, null where there is no safe place for one. */
export interface OpenOrder extends StoreFolder {
  key: Uint8Array | null;
  /** How many closed tickets of a branch, the newest; 100,000 when left out. */
  headersKept?: number | undefined;
}

export type StoreRequest =
  | { [Name in StoreOperation]: { id: number; name: Name; input: Parameters<DeskStore[Name]> } }[StoreOperation]
  /** What comes first, once. */
  | { id: number; name: 'open'; order: OpenOrder }
  /** Ends the thread with its files closed, after all that was asked before. */
  | { id: number; name: 'close' };

export type StoreAnswer =
  | { type: 'opened'; report: OpenReport }
  | { type: 'refused'; reason: 'newer' | 'inUse'; detail: string }
  | { type: 'answer'; id: number; output: unknown }
  | { type: 'failure'; id: number; code: 'DISK_FULL' | 'INTERNAL'; detail: string };
