import type { StateCreator } from 'zustand';
import type { ShiftFact } from '../../bridge/facts.ts';

export interface ShiftSlice {
  /** Null until the desk has told it. */
  shift: ShiftFact | null;
  shiftChanged: (fact: ShiftFact) => void;
}

export const createShiftSlice: StateCreator<ShiftSlice> = (set) => ({
  shift: null,
  shiftChanged: (shift) => set({ shift }),
});
