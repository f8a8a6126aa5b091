import { v7 as uuidv7 } from 'uuid';
import type { Reader } from './database.ts';

/**
 * Writes down who looked at what (trust T11) and who did what to accounts and desks. `subject` is the id of what was seen or
 * changed, null for a search; `agentId` is null for an administrator at the command line.
 */
export async function insertAudit(
  db: Reader,
  entry: {
    companyId: string;
    agentId: string | null;
    deviceId: string;
    act: string;
    subject: string | null;
    at: number;
  },
): Promise<void> {
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
