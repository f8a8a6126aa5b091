import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

/** Deletes what only served for a time: the log of changes, idempotency keys, answers of commands, used-up tickets, offers that are over. */
export async function forgetRows(
  db: Kysely<Database>,
  before: { changes: number; idempotencyKeys: number; commands: number; socketTickets: number; offers: number },
): Promise<void> {
  await db.deleteFrom('change').where('at', '<', new Date(before.changes)).execute();
  await db.deleteFrom('idempotency_key').where('received_at', '<', new Date(before.idempotencyKeys)).execute();
  await db.deleteFrom('command').where('received_at', '<', new Date(before.commands)).execute();
  await db.deleteFrom('transfer_offer').where('ended_at', '<', new Date(before.offers)).execute();
  await db.deleteFrom('socket_ticket').where('expires_at', '<', new Date(before.socketTickets)).execute();
}
