import type { StateCreator } from 'zustand';
import type { Preferences } from '../../bridge/facts.ts';

export interface PreferencesSlice {
  /** Null until the desk has told it. */
  preferences: Preferences | null;
  preferencesChanged: (fact: Preferences) => void;
}

export const createPreferencesSlice: StateCreator<PreferencesSlice> = (set) => ({
  preferences: null,
  preferencesChanged: (preferences) => set({ preferences }),
});
