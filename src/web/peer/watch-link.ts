import type { MediaSource } from '../../protocol/video/signal.ts';
import type { PeerLink } from './create-peer-link.ts';
import { createStatsReader, packetsIn } from './create-stats-reader.ts';
import type { LinkStats } from './create-stats-reader.ts';

export type WatchHandlers = {
  sourceOf: (trackId: string) => MediaSource | null;
  /** Whether the other side says that it sends something. */
  isSpokenTo: () => boolean;
  isLineUp: () => boolean;
  onStats: (stats: LinkStats) => void;
  /** Nothing comes although something is sent; said again with each reading. */
  onSilent: () => void;
  onHeard: () => void;
  /** An offer has no answer although the line is up: it was lost, and would bar every later one. */
  onStuck: () => void;
};

/** In milliseconds. */
const readEvery = 1_000;
const silenceAllowed = 4_000;
const negotiationAllowed = 8_000;

/** Reads a connection that is up once a second. Gives back how to stop it. */
export function watchLink(link: PeerLink, handlers: WatchHandlers): () => void {
  const readStats = createStatsReader(handlers.sourceOf);
  let packets = { count: 0, since: performance.now() };
  let negotiatingSince: number | null = null;
  let isStopped = false;
  let timer = setTimeout(read, readEvery);

  function read(): void {
    link
      .stats()
      .then((report) => !isStopped && take(readStats(report)))
      // A connection that has just been closed gives none; the machine hears that by itself.
      .catch(() => undefined)
      .finally(() => {
        if (!isStopped) timer = setTimeout(read, readEvery);
      });
  }

  function take(stats: LinkStats): void {
    const at = performance.now();
    handlers.onStats(stats);
    watchSilence(packetsIn(stats), at);
    watchNegotiation(at);
  }

  function watchSilence(count: number, at: number): void {
    if (count === packets.count && handlers.isSpokenTo()) {
      if (at - packets.since >= silenceAllowed) handlers.onSilent();
      return;
    }
    packets = { count, since: at };
    handlers.onHeard();
  }

  function watchNegotiation(at: number): void {
    if (!link.isNegotiating() || !handlers.isLineUp()) {
      negotiatingSince = null;
      return;
    }
    negotiatingSince ??= at;
    if (at - negotiatingSince >= negotiationAllowed) handlers.onStuck();
  }

  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
