import { useSyncExternalStore } from 'react';
import type { Visit } from './create-visit.ts';
import type { VisitState } from './visit-state.ts';

export function useVisit(visit: Visit): VisitState {
  return useSyncExternalStore(visit.subscribe, visit.get);
}
