import { v7 as uuidv7 } from 'uuid';
import type { Reader } from './database.ts';

/**
 * Who looked at what (trust T11), or did what to accounts and desks. `subject` is the id of what was seen or changed, null for a
 * search; `agentId` is null for an administrator at the command line.
 */
export interface AuditEntry {
  companyId: string;
  agentId: string | null;
  /** Null for an administrator too. */
  deviceId: string | null;
  act: string;
  subject: string | null;
  at: number;
}

export async function insertAudit(db: Reader, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      id: uuidv7(),
      company_id: entry.companyId,
      agent_id: entry.agentId,
      device_id: entry.deviceId,
      act: entry.act,
      subject: entry.subject,
      at: new Date(entry.at),
    })
    .execute();
}
