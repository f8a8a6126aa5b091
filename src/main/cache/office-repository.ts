import type { Database } from 'better-sqlite3';
import { AgentStatus } from '../../protocol/agent-status.ts';
import { Presence } from '../../protocol/change.ts';
import type { AgentId, BranchId } from '../../protocol/ids.ts';
import { Office } from '../../protocol/office.ts';

interface Row {
  json: string;
}

/** The company's configuration, who sits where and whether their desks are there, and the states of agents. */
export function officeRepository(db: Database) {
  const putOffice = db.prepare<[string, string]>(
    'INSERT INTO office (company_id, json) VALUES (?, ?) ON CONFLICT (company_id) DO UPDATE SET json = excluded.json',
  );
  const offices = db.prepare<[], Row>('SELECT json FROM office');
  const removeOffice = db.prepare<[string]>('DELETE FROM office WHERE company_id = ?');
  const putPresence = db.prepare<[string, string, string]>(
    `INSERT INTO presences (branch_id, agent_id, json) VALUES (?, ?, ?)
     ON CONFLICT (branch_id, agent_id) DO UPDATE SET json = excluded.json`,
  );
  const presences = db.prepare<[string], Row>('SELECT json FROM presences WHERE branch_id = ?');
  const removePresences = db.prepare('DELETE FROM presences');
  const putStatus = db.prepare<[string, string]>(
    'INSERT INTO statuses (agent_id, json) VALUES (?, ?) ON CONFLICT (agent_id) DO UPDATE SET json = excluded.json',
  );
  const status = db.prepare<[string], Row>('SELECT json FROM statuses WHERE agent_id = ?');
  return {
    putOffice: (office: Office): void => {
      putOffice.run(office.companyId, JSON.stringify(office));
    },
    /** The office in which this branch is; null before it has come. */
    officeOf: (branchId: BranchId): Office | null =>
      offices
        .all()
        .map((row) => Office.parse(JSON.parse(row.json)))
        .find((office) => office.branches.some((branch) => branch.id === branchId)) ?? null,
    removeOffice: (companyId: string): void => {
      removeOffice.run(companyId);
    },
    putPresence: (presence: Presence): void => {
      putPresence.run(presence.branchId, presence.agentId, JSON.stringify(presence));
    },
    presences: (branchId: BranchId): Presence[] =>
      presences.all(branchId).map((row) => Presence.parse(JSON.parse(row.json))),
    /** Of the attached branch. */
    removePresences: (): void => {
      removePresences.run();
    },
    putStatus: (value: AgentStatus): void => {
      putStatus.run(value.agentId, JSON.stringify(value));
    },
    status: (agentId: AgentId): AgentStatus | null => {
      const row = status.get(agentId);
      return row ? AgentStatus.parse(JSON.parse(row.json)) : null;
    },
  };
}

export type OfficeRepository = ReturnType<typeof officeRepository>;
