import type { StateCreator } from 'zustand';
import type { SessionFact } from '../../bridge/facts.ts';

export interface SessionSlice {
  /** Null until the desk has told it. */
  session: SessionFact | null;
  sessionChanged: (fact: SessionFact) => void;
}

export const createSessionSlice: StateCreator<SessionSlice> = (set) => ({
  session: null,
  sessionChanged: (session) => set({ session }),
});
