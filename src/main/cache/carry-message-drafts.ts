import type { Database } from 'better-sqlite3';
import type { Writing } from '../../bridge/writing.ts';
import type { Sealer } from './sealer.ts';
import { EARLIER_MESSAGE, writingPlace } from './writing-place.ts';

interface Row {
  agent_id: string;
  ticket_id: string;
  sealed: Buffer;
  idle_since: number | null;
}

/** Makes of what an older desk kept of a chat the `Writing` that it is now. What was begun since goes before it. */
export function carryMessageDrafts(db: Database, sealer: Sealer): void {
  const put = db.prepare<[string, string, Buffer, number | null]>(
    `INSERT OR IGNORE INTO writings (agent_id, ticket_id, kind, sealed, idle_since) VALUES (?, ?, 'message', ?, ?)`,
  );
  db.transaction(() => {
    const rows = db.prepare<[string], Row>('SELECT * FROM writings WHERE kind = ? ORDER BY rowid').all(EARLIER_MESSAGE);
    for (const { agent_id: agentId, ticket_id: ticketId, sealed, idle_since: idleSince } of rows) {
      const text = String(sealer.unseal(writingPlace(agentId, ticketId, EARLIER_MESSAGE), sealed));
      const writing: Writing = { kind: 'message', text };
      put.run(agentId, ticketId, sealer.seal(writingPlace(agentId, ticketId, writing.kind), writing), idleSince);
    }
    db.prepare<[string]>('DELETE FROM writings WHERE kind = ?').run(EARLIER_MESSAGE);
  })();
}
