import type { StateCreator } from 'zustand';
import type { StatusFact } from '../../bridge/facts.ts';

export interface StatusSlice {
  /** Null until the desk has told it. */
  status: StatusFact | null;
  statusChanged: (fact: StatusFact) => void;
}

export const createStatusSlice: StateCreator<StatusSlice> = (set) => ({
  status: null,
  statusChanged: (status) => set({ status }),
});
