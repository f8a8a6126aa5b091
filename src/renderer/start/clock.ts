const SECOND_MS = 1_000;

/** This machine's clock, ticking once a second while anything on screen counts. */
export interface Clock {
  /** Whole milliseconds. Between two ticks always the same. */
  now: () => number;
  subscribe: (listener: () => void) => () => void;
  /** One tick more, at this very instant. Returns how to leave it out. */
  tickAt: (at: number) => () => void;
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
    tickAt: (at) => {
      let once: ReturnType<typeof setTimeout>;
      const arm = (): void => {
        once = setTimeout(
          () => {
            tick();
            // A timer may be early by a fraction of a millisecond.
            if (now < at) arm();
          },
          Math.max(1, at - read()),
        );
      };
      if (at > read()) arm();
      return () => clearTimeout(once);
    },
  };
}
