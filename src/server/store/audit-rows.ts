import { sql, type RawBuilder } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { Reader } from './database.ts';

/**
 * Who looked at what (trust T11), or did what to accounts and desks. `subject` is the id of what was seen or changed, null for a
 * search; `agentId` is null for an administrator at the command line.
 */
export interface AuditEntry {
  companyId: string;
  agentId: string | null;
  deviceId: string;
  act: string;
  subject: string | null;
  at: number;
}

/** The statement that writes it down, by itself or within another. */
export const auditInsert = ({ companyId, agentId, deviceId, act, subject, at }: AuditEntry): RawBuilder<unknown> => sql`
  INSERT INTO audit (id, company_id, agent_id, device_id, act, subject, at)
  VALUES (${uuidv7()}, ${companyId}, ${agentId}, ${deviceId}, ${act}, ${subject}, ${new Date(at)})`;

export async function insertAudit(db: Reader, entry: AuditEntry): Promise<void> {
  await auditInsert(entry).execute(db);
}
