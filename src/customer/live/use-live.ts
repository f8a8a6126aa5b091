import { useSyncExternalStore } from 'react';
import type { LiveState, LiveView } from './live-view.ts';

export function useLive<State>(view: LiveView<State>): LiveState<State> {
  return useSyncExternalStore(view.subscribe, view.get);
}
