import type { Instant } from '../../protocol/instant.ts';

/** The server's time as this desk knows it: the last heard plus what this machine's monotonic clock counted since. */
export interface ServerClock {
  /** The server said its time just now. */
  heard: (serverTime: Instant) => void;
  /** An answer was dated so, to the second: better than this machine's clock until the server says its time. */
  dated: (serverTime: Instant) => void;
  /** Never goes back, but for what the server says first in this run: it replaces what was only a guess. */
  now: () => Instant;
  /** Server time minus this machine's clock, in ms. */
  offset: () => number;
  /** Milliseconds of this process, whole; comparable within one run only. */
  monotonic: () => number;
}

/** `offsetAtStart`: from an earlier run; holds until the server is heard. */
export function createServerClock(
  offsetAtStart: number,
  wall: () => Instant = Date.now,
  monotonic: () => number = () => performance.now(),
): ServerClock {
  let base = { serverTime: wall() + offsetAtStart, monotonicAt: monotonic() };
  let isHeard = false;
  let latest = Number.NEGATIVE_INFINITY;
  const now = (): Instant => {
    latest = Math.max(latest, Math.round(base.serverTime + monotonic() - base.monotonicAt));
    return latest;
  };
  return {
    heard: (serverTime) => {
      if (!isHeard) latest = Number.NEGATIVE_INFINITY;
      isHeard = true;
      base = { serverTime, monotonicAt: monotonic() };
    },
    dated: (serverTime) => {
      if (isHeard || Number.isNaN(serverTime)) return;
      latest = Number.NEGATIVE_INFINITY;
      base = { serverTime, monotonicAt: monotonic() };
    },
    now,
    offset: () => now() - wall(),
    monotonic: () => Math.round(monotonic()),
  };
}
