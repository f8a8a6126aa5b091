import type { Instant } from '../../protocol/instant.ts';

export type ServerClock = ReturnType<typeof createServerClock>;

/**
 * The server's time between two words of the server. Of the device's two clocks the one that moved more counts: the
 * monotonic one stands still while the device sleeps, the wall clock can be set back.
 */
export function createServerClock() {
  let wallMark = Date.now();
  let monotonicMark = performance.now();
  let heardAt: Instant | null = null;

  const silence = (): number => Math.max(0, Date.now() - wallMark, performance.now() - monotonicMark);

  return {
    hear: (serverTime: Instant): void => {
      wallMark = Date.now();
      monotonicMark = performance.now();
      heardAt = serverTime;
    },
    /** Milliseconds since the server's last word, or since the page was opened. */
    silence,
    /** Server's time of its last word; null before the first. */
    heardAt: (): Instant | null => heardAt,
    /** The device's own time before the server's first word. */
    now: (): Instant => (heardAt === null ? Date.now() : Math.round(heardAt + silence())),
  };
}
