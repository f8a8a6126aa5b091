import Database, { type Database as Db } from 'better-sqlite3';
import { HEADER_COLUMNS, HEADER_JSON, headerRow, INSERT_HEADER, type HeaderRow } from '../../cache-file/header-row.ts';
import type { AgentId, BranchId, TicketId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import { TicketHeader } from '../../protocol/ticket.ts';
import { rowReader, type StoredRow } from './row-reader.ts';

/** The headers of tickets, as the stream of the attached branch carries them, and the search in them. */
export function headersRepository(db: Db) {
  const changed = HEADER_COLUMNS.filter((name) => name !== 'id').map((name) => `${name} = excluded.${name}`);
  const put = db.prepare<[HeaderRow]>(`${INSERT_HEADER} ON CONFLICT (id) DO UPDATE SET ${changed.join(', ')}`);
  const columns = `h.rowid, ${HEADER_JSON} AS json, 'branch:' || h.branch_id AS stream`;
  const get = db.prepare<[string], StoredRow>(`SELECT ${columns} FROM headers AS h WHERE id = ?`);
  const searched = db.prepare<[string], Pick<TicketHeader, 'number' | 'turnCode' | 'displayName' | 'documentLast4'>>(
    `SELECT number, turn_code AS turnCode, display_name AS displayName, document_last4 AS documentLast4
     FROM headers WHERE id = ?`,
  );
  const open = db.prepare<[string], StoredRow>(
    `SELECT ${columns} FROM headers AS h WHERE branch_id = ? AND closed_at IS NULL`,
  );
  const openIds = db.prepare<[], TicketId>('SELECT id FROM headers WHERE closed_at IS NULL').pluck();
  const withContent = db.prepare<[string, number], StoredRow>(
    `SELECT ${columns} FROM contents AS c JOIN headers AS h ON h.id = c.ticket_id WHERE c.stream = ?
     ORDER BY h.closed_at IS NOT NULL, h.closed_at DESC, h.waiting_since DESC LIMIT ?`,
  );
  const closedBefore = db.prepare<[number], TicketId>('SELECT id FROM headers WHERE closed_at < ?').pluck();
  const closedBeyond = db
    .prepare<[number], TicketId>(
      `SELECT id FROM headers WHERE closed_at <= (
         SELECT closed_at FROM headers WHERE closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT 1 OFFSET ?)`,
    )
    .pluck();
  const remove = db.prepare<[string]>('DELETE FROM headers WHERE id = ?');
  const find = db.prepare<[string, number], StoredRow>(
    `SELECT ${columns} FROM headers_search AS s JOIN headers AS h ON h.number = s.rowid
     WHERE headers_search MATCH ? ORDER BY s.rowid DESC LIMIT ?`,
  );
  // Before the row changes: the index takes out what the row says that it put in.
  const unindex = db.prepare<[string]>(
    'DELETE FROM headers_search WHERE rowid = (SELECT number FROM headers WHERE id = ?)',
  );
  const index = db.prepare<[number, string | null, string, string | null]>(
    'INSERT INTO headers_search (rowid, display_name, turn_code, document_last4) VALUES (?, ?, ?, ?)',
  );
  const rows = rowReader(db, 'headers');
  const parse = (row: StoredRow): TicketHeader | null => rows.read(TicketHeader, row);
  const parseAll = (found: StoredRow[]): TicketHeader[] => found.map(parse).filter((header) => header !== null);
  return {
    put: (header: TicketHeader): void => {
      const { id, number, turnCode, displayName, documentLast4 } = header;
      const before = searched.get(id);
      const isIndexed =
        before?.number === number &&
        before.turnCode === turnCode &&
        before.displayName === displayName &&
        before.documentLast4 === documentLast4;
      if (before && !isIndexed) unindex.run(id);
      put.run(headerRow(header));
      if (!isIndexed) index.run(number, displayName, turnCode, documentLast4);
    },
    get: (id: TicketId): TicketHeader | null => {
      const row = get.get(id);
      return row ? parse(row) : null;
    },
    open: (branchId: BranchId): TicketHeader[] => parseAll(open.all(branchId)),
    openIds: (): TicketId[] => openIds.all(),
    /** Those whose content the agent's stream carries: held now first, then the last closed. */
    handled: (agentId: AgentId, limit: number): TicketHeader[] => parseAll(withContent.all(`agent:${agentId}`, limit)),
    /** The newest in which every word begins a word of the name (accents aside), of the turn or of the last four. */
    search: (text: string, limit: number): TicketHeader[] => {
      const words = text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];
      if (words.length === 0) return [];
      try {
        return parseAll(find.all(words.map((word) => `"${word}"*`).join(' '), limit));
      } catch (error) {
        // A letter of a newer Unicode than the index knows parts a word in two; no name in it has it whole.
        if (error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR') return [];
        throw error;
      }
    },
    setApart: rows.setApart,
    clear: (): void => {
      db.exec("INSERT INTO headers_search (headers_search) VALUES ('delete-all'); DELETE FROM headers");
    },
    /** Those closed before `from`, and of the others closed all but the last `limit`. */
    outdated: (from: Instant, limit: number): TicketId[] => [
      ...new Set([...closedBefore.all(from), ...closedBeyond.all(limit)]),
    ],
    remove: (ids: readonly TicketId[]): void => {
      for (const id of ids) {
        unindex.run(id);
        remove.run(id);
      }
    },
  };
}

export type HeadersRepository = ReturnType<typeof headersRepository>;
