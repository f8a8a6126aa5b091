import type { StateCreator } from 'zustand';
import type { Writing, WritingKind } from '../../bridge/writing.ts';
import type { TicketId } from '../../protocol/ids.ts';

export type WritingKey = `${WritingKind} ${TicketId}`;

export interface WrittenHere {
  ticketId: TicketId;
  kind: WritingKind;
  /** Null when nothing is left of it. */
  writing: Writing | null;
  /** The desk refused to keep it. */
  isRefused: boolean;
}

/** What the agent has begun to write in videos beside the notes. Where nothing is, what the desk keeps holds (`keptWriting`). */
export interface WritingsSlice {
  writings: Readonly<Partial<Record<WritingKey, WrittenHere>>>;
  writingPut: (ticketId: TicketId, kind: WritingKind, writing: Writing | null) => void;
  writingRefused: (key: WritingKey) => void;
}

export const createWritingsSlice: StateCreator<WritingsSlice> = (set) => ({
  writings: {},
  writingPut: (ticketId, kind, writing) =>
    set(({ writings }) => ({
      writings: { ...writings, [`${kind} ${ticketId}`]: { ticketId, kind, writing, isRefused: false } },
    })),
  writingRefused: (key) =>
    set(({ writings }) => {
      const entry = writings[key];
      return entry ? { writings: { ...writings, [key]: { ...entry, isRefused: true } } } : {};
    }),
});
