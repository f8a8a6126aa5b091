import type { AnnouncementQueue } from '../../domain/display/announcement-queue.ts';
import type { DisplayCall } from '../../protocol/http/public-api.ts';

const EARLIER_SHOWN = 5;

/**
 * The call shown large and those before it, newest first. A call that waits to be announced is not shown yet, so that screen
 * and voice always say the same.
 */
export function callsShown(
  calls: readonly DisplayCall[],
  { current, waiting }: Pick<AnnouncementQueue, 'current' | 'waiting'>,
): { called: DisplayCall | null; earlier: DisplayCall[] } {
  const unheard = new Set(waiting.map(({ id }) => id));
  const heard = calls.filter(({ id }) => !unheard.has(id));
  const called = current ?? heard[0] ?? null;
  const earlier = heard.filter(({ code }) => code !== called?.code).slice(0, EARLIER_SHOWN);
  return { called, earlier };
}
