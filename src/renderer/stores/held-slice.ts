import type { StateCreator } from 'zustand';
import type { HeldFact, HeldRow } from '../../bridge/facts.ts';

/** The part of "En atención" that the screen has asked for. */
export interface HeldWindow {
  version: number;
  from: number;
  rows: readonly HeldRow[];
}

export interface HeldSlice {
  /** Null until the desk has told it. */
  held: HeldFact | null;
  /** Rows in view and around it; they stay until newer ones have come. */
  heldWindow: HeldWindow;
  heldChanged: (fact: HeldFact) => void;
  heldWindowLoaded: (window: HeldWindow) => void;
}

export const createHeldSlice: StateCreator<HeldSlice> = (set) => ({
  held: null,
  heldWindow: { version: -1, from: 0, rows: [] },
  heldChanged: (held) => set({ held }),
  heldWindowLoaded: (heldWindow) => set({ heldWindow }),
});
