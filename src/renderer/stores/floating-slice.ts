import type { StateCreator } from 'zustand';

export interface FloatingSlice {
  /** The small window of the call; null while there is none. */
  floating: Window | null;
  floatingOpened: (opened: Window) => void;
  floatingClosed: (closed: Window) => void;
}

export const createFloatingSlice: StateCreator<FloatingSlice> = (set) => ({
  floating: null,
  floatingOpened: (floating) => set({ floating }),
  // One that was closed for another says so later.
  floatingClosed: (closed) => set(({ floating }) => (floating === closed ? { floating: null } : {})),
});
