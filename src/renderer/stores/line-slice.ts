import type { StateCreator } from 'zustand';
import type { LineFact } from '../../bridge/facts.ts';

export interface LineSlice {
  /** Null until the desk has told it. */
  line: LineFact | null;
  lineChanged: (fact: LineFact) => void;
}

export const createLineSlice: StateCreator<LineSlice> = (set) => ({
  line: null,
  lineChanged: (line) => set({ line }),
});
