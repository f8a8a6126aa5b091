import { sql } from 'kysely';
import type { Reader, Writer } from './database.ts';

/** `dispatch` of a branch; `acknowledge` and `noAnswer` of an attention; `transfer` of an offer. */
export type DueKind = 'dispatch' | 'acknowledge' | 'noAnswer' | 'transfer';

export interface Due {
  kind: DueKind;
  subjectId: string;
  branchId: string;
}

export async function setDue(tx: Writer, due: Due, at: number): Promise<void> {
  const values = { kind: due.kind, subject_id: due.subjectId, branch_id: due.branchId, at: new Date(at) };
  await tx
    .insertInto('due')
    .values(values)
    .onConflict((conflict) => conflict.columns(['kind', 'subject_id']).doUpdateSet({ at: values.at }))
    .execute();
}

export async function dropDue(tx: Writer, kinds: readonly DueKind[], subjectId: string): Promise<void> {
  await tx.deleteFrom('due').where('kind', 'in', kinds).where('subject_id', '=', subjectId).execute();
}

/** Whether a due row is there and its hour has come. */
export async function isDue(tx: Writer, due: Pick<Due, 'kind' | 'subjectId'>, now: number): Promise<boolean> {
  const row = await tx
    .selectFrom('due')
    .select('at')
    .where('kind', '=', due.kind)
    .where('subject_id', '=', due.subjectId)
    .where('at', '<=', new Date(now))
    .executeTakeFirst();
  return row !== undefined;
}

/** What is due at `until`, the first first. */
export async function readDue(db: Reader, until: number): Promise<(Due & { at: number })[]> {
  const rows = await db
    .selectFrom('due')
    .selectAll()
    .where('at', '<=', new Date(until))
    .orderBy('at')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    kind: row.kind as DueKind,
    subjectId: row.subject_id,
    branchId: row.branch_id,
    at: row.at.getTime(),
  }));
}

/** The mark of the wish that stands for a branch, another one with each wish; null when there is none. */
export async function readWish(tx: Writer, branchId: string): Promise<string | null> {
  const { rows } = await sql<{ mark: string }>`
    SELECT xmin::text AS mark FROM due WHERE kind = 'dispatch' AND subject_id = ${branchId}`.execute(tx);
  return rows[0]?.mark ?? null;
}

/**
 * The look is done: its wish goes, unless somebody has wished anew. With `isAll` nothing else was done: nobody waits until that is
 * durable, for a wish that a crash brings back is looked at once more.
 */
export async function dropWish(tx: Writer, branchId: string, mark: string, isAll: boolean): Promise<void> {
  const relaxed = isAll ? sql`SET LOCAL synchronous_commit TO off`.execute(tx) : null;
  const dropped =
    sql`DELETE FROM due WHERE kind = 'dispatch' AND subject_id = ${branchId} AND xmin = ${mark}::xid`.execute(tx);
  await Promise.all([relaxed, dropped]);
}
