import type { StateCreator } from 'zustand';
import type { TransferFact } from '../../bridge/facts.ts';

export interface TransferSlice {
  /** Null until the desk has told it. */
  transfer: TransferFact | null;
  transferChanged: (fact: TransferFact) => void;
}

export const createTransferSlice: StateCreator<TransferSlice> = (set) => ({
  transfer: null,
  transferChanged: (transfer) => set({ transfer }),
});
