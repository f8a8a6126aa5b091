import type { StateCreator } from 'zustand';
import type { HandledFact } from '../../bridge/facts.ts';

export interface HandledSlice {
  /** Null until the desk has told it. */
  handled: HandledFact | null;
  handledChanged: (fact: HandledFact) => void;
}

export const createHandledSlice: StateCreator<HandledSlice> = (set) => ({
  handled: null,
  handledChanged: (handled) => set({ handled }),
});
