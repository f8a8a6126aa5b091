import type { StateCreator } from 'zustand';
import type { PipeState } from '../bridge/desk-pipe.ts';

export interface PipeSlice {
  pipe: PipeState;
  pipeChanged: (pipe: PipeState) => void;
}

export const createPipeSlice: StateCreator<PipeSlice> = (set) => ({
  pipe: 'connecting',
  pipeChanged: (pipe) => set({ pipe }),
});
