import type { Database } from 'better-sqlite3';
import { Writing, type WritingKind } from '../../bridge/writing.ts';
import type { AgentId, TicketId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { Sealer } from './sealer.ts';
import { writingPlace } from './writing-place.ts';

interface Row {
  agent_id: AgentId;
  ticket_id: TicketId;
  kind: string;
  sealed: Buffer;
  idle_since: Instant | null;
}

/** What an agent has begun to write on tickets beside their notes, sealed. */
export function writingsRepository(db: Database, sealer: Sealer) {
  const ofAgent = db.prepare<[string], Row>('SELECT * FROM writings WHERE agent_id = ? ORDER BY rowid');
  const all = db.prepare<[], Row>('SELECT * FROM writings');
  const put = db.prepare<[string, string, string, Buffer]>(
    `INSERT INTO writings (agent_id, ticket_id, kind, sealed) VALUES (?, ?, ?, ?)
     ON CONFLICT (agent_id, ticket_id, kind) DO UPDATE SET sealed = excluded.sealed, idle_since = NULL`,
  );
  const setIdle = db.prepare<[number | null, string, string, string]>(
    'UPDATE writings SET idle_since = ? WHERE agent_id = ? AND ticket_id = ? AND kind = ?',
  );
  const remove = db.prepare<[string, string, string]>(
    'DELETE FROM writings WHERE agent_id = ? AND ticket_id = ? AND kind = ?',
  );
  // Unsealing every one for every look would cost more than the look.
  let opened: { agentId: AgentId; writings: ReadonlyMap<TicketId, readonly Writing[]> } | null = null;

  const prune = db.transaction((isOpen: (id: TicketId) => boolean, now: Instant, from: Instant): void => {
    opened = null;
    for (const { agent_id: agentId, ticket_id: ticketId, kind, idle_since: before } of all.all()) {
      const idleSince = isOpen(ticketId) ? null : (before ?? now);
      if (idleSince !== null && idleSince < from) remove.run(agentId, ticketId, kind);
      else if (idleSince !== before) setIdle.run(idleSince, agentId, ticketId, kind);
    }
  });

  const open = (agentId: AgentId): ReadonlyMap<TicketId, readonly Writing[]> => {
    const writings = new Map<TicketId, Writing[]>();
    for (const { ticket_id: id, kind, sealed } of ofAgent.all(agentId)) {
      // A newer version of this desk may have kept what this one does not know: it stays where it is.
      const { data } = Writing.safeParse(sealer.unseal(writingPlace(agentId, id, kind), sealed));
      if (data) writings.set(id, [...(writings.get(id) ?? []), data]);
    }
    return writings;
  };

  return {
    /** Every writing of this agent's by its ticket, oldest first. */
    of: (agentId: AgentId): ReadonlyMap<TicketId, readonly Writing[]> => {
      if (opened?.agentId !== agentId) opened = { agentId, writings: open(agentId) };
      return opened.writings;
    },
    /** `writing`: null when nothing is left of it. */
    save: (agentId: AgentId, ticketId: TicketId, kind: WritingKind, writing: Writing | null): void => {
      opened = null;
      if (writing === null) remove.run(agentId, ticketId, kind);
      else put.run(agentId, ticketId, kind, sealer.seal(writingPlace(agentId, ticketId, kind), writing));
    },
    /** Removes those whose ticket was found closed or gone before `from` and in which nothing was written since. */
    prune: (isOpen: (id: TicketId) => boolean, now: Instant, from: Instant): void => prune(isOpen, now, from),
  };
}

export type WritingsRepository = ReturnType<typeof writingsRepository>;
