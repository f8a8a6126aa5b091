import type { DisplayCall } from '../../protocol/http/public-api.ts';
import type { Instant } from '../../protocol/instant.ts';

const NEWS_MILLISECONDS = 60_000;

/** What the waiting room has to hear. Start with `emptyAnnouncementQueue`. */
export interface AnnouncementQueue {
  /** False until the first list of calls has come. */
  isPrimed: boolean;
  /** Being shown large and spoken now. */
  current: DisplayCall | null;
  /** To be announced, in this order. */
  waiting: readonly DisplayCall[];
  /** Calls of the last minute already taken in; older ones are never announced, so they need no memory. */
  known: readonly Pick<DisplayCall, 'id' | 'at'>[];
}

export type AnnouncementEvent =
  /** `calls` as `DisplayState` carries them: newest first. */
  { type: 'callsReceived'; calls: readonly DisplayCall[] } | { type: 'announcementEnded' };

export const emptyAnnouncementQueue: AnnouncementQueue = { isPrimed: false, current: null, waiting: [], known: [] };

/** `now` is the server's time, as the calls' own. */
export function nextAnnouncementQueue(
  queue: AnnouncementQueue,
  event: AnnouncementEvent,
  now: Instant,
): AnnouncementQueue {
  switch (event.type) {
    case 'announcementEnded':
      return { ...queue, current: queue.waiting[0] ?? null, waiting: queue.waiting.slice(1) };
    case 'callsReceived': {
      const isNews = ({ at }: { at: Instant }) => now - at <= NEWS_MILLISECONDS;
      const knownIds = new Set(queue.known.map(({ id }) => id));
      const recent = event.calls.filter(isNews);
      const fresh = recent.filter(({ id }) => !knownIds.has(id));
      const waiting = queue.isPrimed ? fresh.toReversed().reduce(withCall, queue.waiting) : queue.waiting;
      const known = [...queue.known.filter(isNews), ...fresh.map(({ id, at }) => ({ id, at }))];
      return queue.current === null
        ? { isPrimed: true, current: waiting[0] ?? null, waiting: waiting.slice(1), known }
        : { isPrimed: true, current: queue.current, waiting, known };
    }
  }
}

/** A recall takes the place of its ticket's earlier call that nobody has heard yet. */
function withCall(waiting: readonly DisplayCall[], call: DisplayCall): readonly DisplayCall[] {
  const place = waiting.findIndex(({ code }) => code === call.code);
  return place === -1 ? [...waiting, call] : waiting.with(place, call);
}
