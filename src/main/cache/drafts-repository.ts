import type { Database } from 'better-sqlite3';
import type { AgentId, TicketId } from '../../protocol/ids.ts';
import type { Sealer } from './sealer.ts';

/** What an agent has begun to write on a ticket, sealed. An empty draft is no draft. */
export function draftsRepository(db: Database, sealer: Sealer) {
  const get = db.prepare<[string, string], { sealed: Buffer }>(
    'SELECT sealed FROM drafts WHERE agent_id = ? AND ticket_id = ?',
  );
  const put = db.prepare<[string, string, Buffer]>(
    `INSERT INTO drafts (agent_id, ticket_id, sealed) VALUES (?, ?, ?)
     ON CONFLICT (agent_id, ticket_id) DO UPDATE SET sealed = excluded.sealed`,
  );
  const remove = db.prepare<[string, string]>('DELETE FROM drafts WHERE agent_id = ? AND ticket_id = ?');
  const place = (agentId: AgentId, ticketId: TicketId): string => `draft ${agentId} ${ticketId}`;
  return {
    get: (agentId: AgentId, ticketId: TicketId): string => {
      const row = get.get(agentId, ticketId);
      return row ? String(sealer.unseal(place(agentId, ticketId), row.sealed)) : '';
    },
    save: (agentId: AgentId, ticketId: TicketId, text: string): void => {
      if (text === '') remove.run(agentId, ticketId);
      else put.run(agentId, ticketId, sealer.seal(place(agentId, ticketId), text));
    },
  };
}
