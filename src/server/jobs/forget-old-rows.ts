import type { ServerContext } from '../start/server-context.ts';
import { forgetAddresses } from '../store/guest-block-rows.ts';
import { forgetRows } from '../store/forget-rows.ts';

const DAY = 24 * 3_600_000;
const EVERY_MS = 3_600_000;

/** A desk whose cursor is older than the log starts over. */
const CHANGES_KEPT = 14 * DAY;
const IDEMPOTENCY_KEYS_KEPT = 2 * DAY;
/** What became of one stands in the timeline. */
const OFFERS_KEPT = 30 * DAY;
/** Redelivery of a command has one effect for this long (trust R9). */
const COMMANDS_KEPT = 400 * DAY;

/** Once an hour, deletes what only served for a time. Several processes may do so at once. */
export function startForgetting(context: ServerContext): { stop: () => Promise<void> } {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= forgetOldRows(context)
      .catch((error: unknown) => context.log.error({ error }, 'old rows were not deleted'))
      .finally(() => (running = null));
  }, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

export async function forgetOldRows({ store, clock }: ServerContext): Promise<void> {
  const now = clock();
  await forgetRows(store.db, {
    changes: now - CHANGES_KEPT,
    idempotencyKeys: now - IDEMPOTENCY_KEYS_KEPT,
    commands: now - COMMANDS_KEPT,
    socketTickets: now,
    offers: now - OFFERS_KEPT,
  });
  await forgetAddresses(store.db, now);
}
