import { sql } from 'kysely';
import type { TurnCode } from '../../protocol/ticket.ts';
import type { Reader } from './database.ts';

/** The latest call of a ticket to a module. */
export interface CallRow {
  /** Of the event: each recall has its own. */
  id: string;
  turnCode: TurnCode;
  moduleName: string;
  firstName: string;
  lastName: string;
  at: number;
}

/**
 * The latest calls of a branch, newest first, one per ticket. A ticket that waits again is not among them: its call does not
 * hold any more; nor is a video, to which nobody goes, also once its customer is back at the counter.
 */
export async function readLatestCalls(
  db: Reader,
  branchId: string,
  { since, limit }: { since: number; limit: number },
): Promise<CallRow[]> {
  const { rows } = await sql<Omit<CallRow, 'at'> & { at: Date }>`
    SELECT * FROM (
      SELECT DISTINCT ON (e.ticket_id)
             e.id, t.turn_code AS "turnCode", e.fact ->> 'moduleName' AS "moduleName",
             coalesce(c.first_name, '') AS "firstName", coalesce(c.last_name, '') AS "lastName",
             e.occurred_at AS at, e.position
      FROM event e JOIN ticket t ON t.id = e.ticket_id LEFT JOIN contact c ON c.id = t.contact_id
      WHERE e.branch_id = ${branchId} AND e.received_at > ${new Date(since)}
        AND e.fact ->> 'type' IN ('ticket.called', 'ticket.recalled')
        AND e.fact ->> 'moduleName' IS NOT NULL AND t.state <> 'waiting' AND t.kind <> 'virtual'
        AND e.fact -> 'isVideo' IS NULL
      ORDER BY e.ticket_id, e.position DESC
    ) AS latest
    ORDER BY position DESC LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    turnCode: row.turnCode,
    moduleName: row.moduleName,
    firstName: row.firstName,
    lastName: row.lastName,
    at: row.at.getTime(),
  }));
}
