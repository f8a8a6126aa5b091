import type { StateCreator } from 'zustand';
import type { OutboxFact } from '../../bridge/facts.ts';

export interface OutboxSlice {
  /** Null until the desk has told it. */
  outbox: OutboxFact | null;
  outboxChanged: (fact: OutboxFact) => void;
}

export const createOutboxSlice: StateCreator<OutboxSlice> = (set) => ({
  outbox: null,
  outboxChanged: (outbox) => set({ outbox }),
});
