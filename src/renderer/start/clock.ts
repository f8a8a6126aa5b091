const SECOND_MS = 1_000;

/** This machine's clock, ticking once a second while anything on screen counts. */
export interface Clock {
  /** Whole milliseconds. Between two ticks always the same. */
  now: () => number;
  subscribe: (listener: () => void) => () => void;
}

export function createClock(read: () => number = Date.now): Clock {
  const listeners = new Set<() => void>();
  let now = read();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = (): void => {
    now = read();
    for (const listener of listeners) listener();
  };
  return {
    now: () => now,
    subscribe: (listener) => {
      listeners.add(listener);
      if (timer === undefined) {
        now = read();
        timer = setInterval(tick, SECOND_MS);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}
