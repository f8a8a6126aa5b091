import type { LiveState, LiveView } from '../live/live-view.ts';

/** A live view that says what the test tells it. */
export function fakeLiveView<State>(now: () => number): LiveView<State> & {
  show: (change: Partial<LiveState<State>>) => void;
} {
  const listeners = new Set<() => void>();
  let live: LiveState<State> = { state: null, refusal: null, isSilent: false, heardAt: null };
  return {
    get: () => live,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    now,
    wake: () => undefined,
    prove: () => undefined,
    say: () => undefined,
    close: () => undefined,
    show: (change) => {
      live = { ...live, ...change };
      for (const listener of listeners) listener();
    },
  };
}
