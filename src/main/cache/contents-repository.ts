import type { Database } from 'better-sqlite3';
import type { TicketEvent } from '../../protocol/event.ts';
import type { AgentId, TicketId } from '../../protocol/ids.ts';
import { TicketContent } from '../../protocol/ticket-content.ts';
import type { Sealer } from './sealer.ts';

/** The content of the agent's own tickets, sealed. One that cannot be unsealed counts as absent. */
export function contentsRepository(db: Database, sealer: Sealer) {
  const put = db.prepare<[string, string, Buffer]>(
    `INSERT INTO contents (ticket_id, stream, sealed) VALUES (?, ?, ?)
     ON CONFLICT (ticket_id) DO UPDATE SET stream = excluded.stream, sealed = excluded.sealed`,
  );
  const get = db.prepare<[string], { stream: string; sealed: Buffer }>(
    'SELECT stream, sealed FROM contents WHERE ticket_id = ?',
  );
  const remove = db.prepare<[string, string]>('DELETE FROM contents WHERE ticket_id = ? AND stream = ?');
  const forget = db.prepare<[string]>('DELETE FROM contents WHERE ticket_id = ?');
  const idsIn = db
    .prepare<[string], TicketId>(
      'SELECT c.ticket_id FROM contents AS c JOIN headers AS h ON h.id = c.ticket_id WHERE h.branch_id = ?',
    )
    .pluck();
  const removeStream = db.prepare<[string]>('DELETE FROM contents WHERE stream = ?');
  const keepStream = db.prepare<[string]>('DELETE FROM contents WHERE stream <> ?');
  const write = (stream: string, content: TicketContent): void => {
    put.run(content.ticketId, stream, sealer.seal(`content ${content.ticketId}`, content));
  };
  const read = (id: TicketId): { stream: string; content: TicketContent } | null => {
    const row = get.get(id);
    if (!row) return null;
    try {
      return { stream: row.stream, content: TicketContent.parse(sealer.unseal(`content ${id}`, row.sealed)) };
    } catch {
      return null;
    }
  };
  return {
    put: write,
    get: (id: TicketId): TicketContent | null => read(id)?.content ?? null,
    /** Adds a line to a timeline that this desk has; the same event twice is one. */
    addEvent: (stream: string, event: TicketEvent): void => {
      const found = read(event.ticketId);
      if (found?.stream !== stream || found.content.events.some(({ id }) => id === event.id)) return;
      write(stream, { ...found.content, events: [...found.content.events, event] });
    },
    remove: (stream: string, id: TicketId): void => {
      remove.run(id, stream);
    },
    /** Tickets of a branch whose content this desk has. */
    idsIn: (branchId: string): TicketId[] => idsIn.all(branchId),
    /** The desk no longer keeps these tickets. */
    forget: (ids: readonly TicketId[]): void => {
      for (const id of ids) forget.run(id);
    },
    removeStream: (stream: string): void => {
      removeStream.run(stream);
    },
    /** The contents of every other agent leave the desk. */
    keepOnly: (agentId: AgentId): void => {
      keepStream.run(`agent:${agentId}`);
    },
  };
}

export type ContentsRepository = ReturnType<typeof contentsRepository>;
