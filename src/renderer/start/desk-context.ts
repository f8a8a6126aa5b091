import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Toasts } from '../../web/ui/create-toasts.ts';
import type { Uploads } from '../features/files/create-uploads.ts';
import type { Video } from '../features/video/video.ts';
import type { DeskClient } from '../bridge/desk-client.ts';
import type { DeskState, DeskStore } from '../stores/create-desk-store.ts';
import type { Clock } from './clock.ts';

/** What every screen works with; made once by `start`. */
export interface DeskServices {
  desk: DeskClient;
  store: DeskStore;
  clock: Clock;
  toasts: Toasts;
  video: Video;
  uploads: Uploads;
  /** Plays the chime of a call, 0 to 1. */
  playChime: (volume: number) => void;
}

export const DeskContext = createContext<DeskServices | null>(null);

export function useDeskServices(): DeskServices {
  const services = useContext(DeskContext);
  if (!services) throw new Error('a screen stands outside of DeskContext');
  return services;
}

export function useDesk(): DeskClient {
  return useDeskServices().desk;
}

export function useDeskState<Chosen>(choose: (state: DeskState) => Chosen): Chosen {
  return useStore(useDeskServices().store, choose);
}

/** Server time in whole milliseconds, ticking once a second, and once at `exactlyAt` where something begins then. */
export function useNow(exactlyAt: number | null = null): number {
  const { clock } = useDeskServices();
  const offset = useDeskState(({ line }) => line?.clockOffset ?? 0);
  useEffect(() => (exactlyAt === null ? undefined : clock.tickAt(exactlyAt - offset)), [clock, exactlyAt, offset]);
  return useSyncExternalStore(clock.subscribe, clock.now) + offset;
}
