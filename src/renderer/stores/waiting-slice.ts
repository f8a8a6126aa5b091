import type { StateCreator } from 'zustand';
import type { WaitingFact, WaitingRow } from '../../bridge/facts.ts';

/** The part of the waiting list that the screen has asked for. */
export interface WaitingWindow {
  version: number;
  from: number;
  rows: readonly WaitingRow[];
}

export interface WaitingSlice {
  /** Null until the desk has told it. */
  waiting: WaitingFact | null;
  /** Rows in view and around it; they stay until newer ones have come. */
  waitingWindow: WaitingWindow;
  waitingChanged: (fact: WaitingFact) => void;
  waitingWindowLoaded: (window: WaitingWindow) => void;
}

export const createWaitingSlice: StateCreator<WaitingSlice> = (set) => ({
  waiting: null,
  waitingWindow: { version: -1, from: 0, rows: [] },
  waitingChanged: (waiting) => set({ waiting }),
  waitingWindowLoaded: (waitingWindow) => set({ waitingWindow }),
});
