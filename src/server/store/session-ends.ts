import type { Reader } from './database.ts';

/** Which of these sessions are over, and why. */
export async function readEndedSessions(db: Reader, ids: string[], now: number): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'end_cause', 'ended_at'])
    .where('id', 'in', ids)
    .where((where) => where.or([where('ended_at', 'is not', null), where('expires_at', '<=', new Date(now))]))
    .execute();
  return new Map(rows.map((row) => [row.id, row.ended_at ? (row.end_cause ?? 'revoked') : 'expired']));
}
