import type { StateCreator } from 'zustand';
import type { CurrentFact } from '../../bridge/facts.ts';

export interface CurrentSlice {
  /** Null until the desk has told it. */
  current: CurrentFact | null;
  currentChanged: (fact: CurrentFact) => void;
}

export const createCurrentSlice: StateCreator<CurrentSlice> = (set) => ({
  current: null,
  currentChanged: (current) => set({ current }),
});
