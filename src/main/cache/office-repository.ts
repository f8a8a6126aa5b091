import type { Database } from 'better-sqlite3';
import { AgentStatus } from '../../protocol/agent-status.ts';
import { Presence } from '../../protocol/change.ts';
import type { AgentId, BranchId } from '../../protocol/ids.ts';
import { Office } from '../../protocol/office.ts';
import { rowReader, type StoredRow } from './row-reader.ts';

/** The company's configuration, who sits where and whether their desks are there, and the states of agents. */
export function officeRepository(db: Database) {
  const putOffice = db.prepare<[string, string]>(
    'INSERT INTO office (company_id, json) VALUES (?, ?) ON CONFLICT (company_id) DO UPDATE SET json = excluded.json',
  );
  const offices = db.prepare<[], StoredRow>("SELECT rowid, json, 'company:' || company_id AS stream FROM office");
  const removeOffice = db.prepare<[string]>('DELETE FROM office WHERE company_id = ?');
  const putPresence = db.prepare<[string, string, string]>(
    `INSERT INTO presences (branch_id, agent_id, json) VALUES (?, ?, ?)
     ON CONFLICT (branch_id, agent_id) DO UPDATE SET json = excluded.json`,
  );
  const presences = db.prepare<[string], StoredRow>(
    "SELECT rowid, json, 'branch:' || branch_id AS stream FROM presences WHERE branch_id = ?",
  );
  const removePresences = db.prepare('DELETE FROM presences');
  const putStatus = db.prepare<[string, string]>(
    'INSERT INTO statuses (agent_id, json) VALUES (?, ?) ON CONFLICT (agent_id) DO UPDATE SET json = excluded.json',
  );
  const status = db.prepare<[string], StoredRow>(
    "SELECT rowid, json, 'agent:' || agent_id AS stream FROM statuses WHERE agent_id = ?",
  );
  const readOffice = rowReader(db, 'office');
  const readPresence = rowReader(db, 'presences');
  const readStatus = rowReader(db, 'statuses');
  return {
    putOffice: (office: Office): void => {
      putOffice.run(office.companyId, JSON.stringify(office));
    },
    /** The office in which this branch is; null before it has come. */
    officeOf: (branchId: BranchId): Office | null =>
      offices
        .all()
        .map((row) => readOffice.read(Office, row))
        .find((office) => office?.branches.some((branch) => branch.id === branchId)) ?? null,
    removeOffice: (companyId: string): void => {
      removeOffice.run(companyId);
    },
    putPresence: (presence: Presence): void => {
      putPresence.run(presence.branchId, presence.agentId, JSON.stringify(presence));
    },
    presences: (branchId: BranchId): Presence[] =>
      presences
        .all(branchId)
        .map((row) => readPresence.read(Presence, row))
        .filter((presence) => presence !== null),
    /** Of the attached branch. */
    removePresences: (): void => {
      removePresences.run();
    },
    putStatus: (value: AgentStatus): void => {
      putStatus.run(value.agentId, JSON.stringify(value));
    },
    status: (agentId: AgentId): AgentStatus | null => {
      const row = status.get(agentId);
      return row ? readStatus.read(AgentStatus, row) : null;
    },
  };
}

export type OfficeRepository = ReturnType<typeof officeRepository>;
