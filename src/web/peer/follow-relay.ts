import type { CallView } from './call-view.ts';
import { hasRelay } from './ice-configuration.ts';

/** A relay that is there has given an address by then, in milliseconds. */
const ANSWERS_MS = 5_000;

/**
 * What a call knows of its relay, over all of its connections: `opened` and `closed` tell of each of them, `heard` what the
 * browser says of the relay meanwhile.
 */
export function followRelay(now: () => number, show: (relay: CallView['relay']) => void) {
  let relay: CallView['relay'] = 'none';
  /** From when on the relay was asked for an address, while it has neither given one nor none. */
  let askedAt: number | null = null;
  const become = (next: CallView['relay']): void => {
    relay = next;
    show(next);
  };
  return {
    opened: (ways: RTCConfiguration): void => {
      askedAt = hasRelay(ways) ? now() : null;
      if (askedAt === null) become('none');
      // What the connection before knew of it stays until this one knows.
      else if (relay === 'none') become('unknown');
    },
    heard: (isThere: boolean): void => {
      askedAt = null;
      become(isThere ? 'there' : 'silent');
    },
    closed: (): void => {
      // The browser itself says so only after some ten seconds in a row, which fresh credentials may interrupt.
      if (askedAt !== null && now() - askedAt >= ANSWERS_MS) become('silent');
      askedAt = null;
    },
  };
}
