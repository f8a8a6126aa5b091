import { noDevices } from '../../web/peer/devices-view.ts';
import type { VisitState, VisitStep } from './visit-state.ts';
import { noReadiness } from './create-readiness.ts';
import { noTerms } from './create-terms.ts';
import type { TurnView } from './create-turn-way.ts';

export type VisitStore = ReturnType<typeof createVisitStore>;

/** What the page shows; the parts of a visit write it, each its own. */
export function createVisitStore(step: VisitStep, turn: TurnView) {
  const listeners = new Set<() => void>();
  let state: VisitState = {
    step,
    guest: null,
    isSilent: false,
    heardAt: null,
    devices: noDevices,
    isAsking: false,
    isWanted: { camera: true, microphone: true },
    isMicrophoneMuted: false,
    call: null,
    callId: null,
    next: null,
    isRelayed: false,
    talkingSince: null,
    terms: noTerms,
    readiness: noReadiness,
    turn,
  };
  return {
    get: () => state,
    show: (change: Partial<VisitState>): void => {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
