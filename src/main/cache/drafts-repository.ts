import type { Database } from 'better-sqlite3';
import type { AgentId, TicketId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { Sealer } from './sealer.ts';

interface Row {
  agent_id: AgentId;
  ticket_id: TicketId;
  sealed: Buffer;
  idle_since: Instant | null;
}

/** Where a draft is sealed for. */
export const draftPlace = (agentId: string, ticketId: string): string => `draft ${agentId} ${ticketId}`;

/** The notes that an agent has begun to write on tickets, sealed. An empty draft is no draft. */
export function draftsRepository(db: Database, sealer: Sealer) {
  const ofAgent = db.prepare<[string], Row>('SELECT * FROM drafts WHERE agent_id = ? ORDER BY rowid');
  const all = db.prepare<[], Row>('SELECT * FROM drafts');
  const put = db.prepare<[string, string, Buffer]>(
    `INSERT INTO drafts (agent_id, ticket_id, sealed) VALUES (?, ?, ?)
     ON CONFLICT (agent_id, ticket_id) DO UPDATE SET sealed = excluded.sealed, idle_since = NULL`,
  );
  const setIdle = db.prepare<[number | null, string, string]>(
    'UPDATE drafts SET idle_since = ? WHERE agent_id = ? AND ticket_id = ?',
  );
  const remove = db.prepare<[string, string]>('DELETE FROM drafts WHERE agent_id = ? AND ticket_id = ?');
  // Unsealing every draft for every look would cost more than the look.
  let opened: { agentId: AgentId; drafts: ReadonlyMap<TicketId, string> } | null = null;

  const prune = db.transaction((isOpen: (id: TicketId) => boolean, now: Instant, from: Instant): void => {
    opened = null;
    for (const { agent_id: agentId, ticket_id: ticketId, idle_since: before } of all.all()) {
      const idleSince = isOpen(ticketId) ? null : (before ?? now);
      if (idleSince !== null && idleSince < from) remove.run(agentId, ticketId);
      else if (idleSince !== before) setIdle.run(idleSince, agentId, ticketId);
    }
  });

  return {
    /** Every draft of this agent's, oldest first. */
    of: (agentId: AgentId): ReadonlyMap<TicketId, string> => {
      if (opened?.agentId !== agentId) {
        const rows = ofAgent.all(agentId);
        const drafts = rows.map(
          ({ ticket_id: id, sealed }) => [id, String(sealer.unseal(draftPlace(agentId, id), sealed))] as const,
        );
        opened = { agentId, drafts: new Map(drafts) };
      }
      return opened.drafts;
    },
    save: (agentId: AgentId, ticketId: TicketId, text: string): void => {
      opened = null;
      if (text === '') remove.run(agentId, ticketId);
      else put.run(agentId, ticketId, sealer.seal(draftPlace(agentId, ticketId), text));
    },
    /** Removes drafts whose ticket was found closed or gone before `from` and in which nothing was written since. */
    prune: (isOpen: (id: TicketId) => boolean, now: Instant, from: Instant): void => prune(isOpen, now, from),
  };
}

export type DraftsRepository = ReturnType<typeof draftsRepository>;
