import { sql } from 'kysely';
import type { Writer } from './database.ts';

/** Waits for a request with the same key that is under way, then gives what it left. */
export async function lockIdempotencyKey(
  tx: Writer,
  deviceId: string,
  key: string,
): Promise<{ bodyHash: Buffer; answer: object } | null> {
  const locked = sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${deviceId} ${key}`}, 1))`.execute(tx);
  const found = tx
    .selectFrom('idempotency_key')
    .select(['body_hash', 'answer'])
    .where('device_id', '=', deviceId)
    .where('key', '=', key)
    .executeTakeFirst();
  const [row] = await Promise.all([found, locked]);
  return row ? { bodyHash: row.body_hash, answer: row.answer } : null;
}

export async function insertIdempotencyKey(
  tx: Writer,
  row: { deviceId: string; key: string; bodyHash: Buffer; status: number; answer: object; receivedAt: number },
): Promise<void> {
  await tx
    .insertInto('idempotency_key')
    .values({
      device_id: row.deviceId,
      key: row.key,
      body_hash: row.bodyHash,
      status: row.status,
      answer: JSON.stringify(row.answer),
      received_at: new Date(row.receivedAt),
    })
    .execute();
}
