import type { Database } from 'better-sqlite3';
import type { AgentId, BranchId, TicketId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import { TicketHeader } from '../../protocol/ticket.ts';
import { rowReader, type StoredRow } from './row-reader.ts';

/** The headers of tickets, as the branch streams carry them. */
export function headersRepository(db: Database) {
  const put = db.prepare(
    `INSERT INTO headers (id, branch_id, service_id, state, holder_id, number, turn_code, business_day, waiting_since, closed_at, json)
     VALUES (@id, @branchId, @serviceId, @state, @holderId, @number, @turnCode, @businessDay, @waitingSince, @closedAt, @json)
     ON CONFLICT (id) DO UPDATE SET branch_id = excluded.branch_id, service_id = excluded.service_id,
       state = excluded.state, holder_id = excluded.holder_id, number = excluded.number, turn_code = excluded.turn_code,
       business_day = excluded.business_day, waiting_since = excluded.waiting_since, closed_at = excluded.closed_at,
       json = excluded.json`,
  );
  const columns = "rowid, json, 'branch:' || branch_id AS stream";
  const get = db.prepare<[string], StoredRow>(`SELECT ${columns} FROM headers WHERE id = ?`);
  const open = db.prepare<[string], StoredRow>(
    `SELECT ${columns} FROM headers WHERE branch_id = ? AND closed_at IS NULL`,
  );
  const withContent = db.prepare<[string, number], StoredRow>(
    `SELECT h.rowid, h.json, 'branch:' || h.branch_id AS stream FROM contents AS c JOIN headers AS h ON h.id = c.ticket_id WHERE c.stream = ?
     ORDER BY h.closed_at IS NOT NULL, h.closed_at DESC, h.waiting_since DESC LIMIT ?`,
  );
  const removeBranch = db.prepare<[string]>('DELETE FROM headers WHERE branch_id = ?');
  const forgetClosed = db.prepare<[number], TicketId>('DELETE FROM headers WHERE closed_at < ? RETURNING id').pluck();
  const forgetOldest = db
    .prepare<[number], TicketId>(
      `DELETE FROM headers WHERE closed_at < (
         SELECT closed_at FROM headers WHERE closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT 1 OFFSET ?) RETURNING id`,
    )
    .pluck();
  const rows = rowReader(db, 'headers');
  const parse = (row: StoredRow): TicketHeader | null => rows.read(TicketHeader, row);
  const parseAll = (found: StoredRow[]): TicketHeader[] => found.map(parse).filter((header) => header !== null);
  return {
    put: (header: TicketHeader): void => {
      const { id, branchId, serviceId, state, number, turnCode, businessDay, waitingSince, closedAt } = header;
      const holderId = header.holder?.agentId ?? null;
      const json = JSON.stringify(header);
      put.run({
        id,
        branchId,
        serviceId,
        state,
        holderId,
        number,
        turnCode,
        businessDay,
        waitingSince,
        closedAt,
        json,
      });
    },
    get: (id: TicketId): TicketHeader | null => {
      const row = get.get(id);
      return row ? parse(row) : null;
    },
    open: (branchId: BranchId): TicketHeader[] => parseAll(open.all(branchId)),
    /** Those whose content the agent's stream carries: held now first, then the last closed. */
    handled: (agentId: AgentId, limit: number): TicketHeader[] => parseAll(withContent.all(`agent:${agentId}`, limit)),
    removeBranch: (branchId: string): void => {
      removeBranch.run(branchId);
    },
    setApart: rows.setApart,
    /** Keeps closed tickets from `from` on, and of them the last `limit`; gives those that went. */
    prune: (from: Instant, limit: number): TicketId[] => [...forgetClosed.all(from), ...forgetOldest.all(limit)],
  };
}

export type HeadersRepository = ReturnType<typeof headersRepository>;
