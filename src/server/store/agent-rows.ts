import type { SeatChoice } from '../../protocol/http/desk-api.ts';
import type { AgentRole } from '../../protocol/office.ts';
import type { Reader, Writer } from './database.ts';

/** An agent as sign-in needs them. */
export interface AgentRow {
  id: string;
  companyId: string;
  companyName: string;
  isDemo: boolean;
  email: string;
  firstName: string;
  lastName: string;
  role: AgentRole;
  passwordHash: string;
  mustChangePassword: boolean;
  isDisabled: boolean;
}

const agents = (db: Reader) =>
  db
    .selectFrom('agent')
    .innerJoin('company', 'company.id', 'agent.company_id')
    .select([
      'agent.id',
      'agent.company_id as companyId',
      'company.name as companyName',
      'company.is_demo as isDemo',
      'agent.email',
      'agent.first_name as firstName',
      'agent.last_name as lastName',
      'agent.role',
      'agent.password_hash as passwordHash',
      'agent.must_change_password as mustChangePassword',
    ])
    .select((expression) => expression('agent.disabled_at', 'is not', null).$castTo<boolean>().as('isDisabled'));

/** `email` in any case. */
export const readAgentByEmail = (db: Reader, email: string): Promise<AgentRow | undefined> =>
  agents(db).where('agent.email', '=', email.toLowerCase()).executeTakeFirst();

export const readAgent = (db: Reader, id: string): Promise<AgentRow | undefined> =>
  agents(db).where('agent.id', '=', id).executeTakeFirst();

export async function savePassword(
  db: Reader,
  agentId: string,
  password: { hash: string; mustChange: boolean },
): Promise<void> {
  await db
    .updateTable('agent')
    .set({ password_hash: password.hash, must_change_password: password.mustChange })
    .where('id', '=', agentId)
    .execute();
}

/** Branches where an agent may sit: an agent's own, first the home; every one of the company for who supervises. */
export async function readSittableBranches(
  db: Reader,
  agent: Pick<AgentRow, 'id' | 'companyId' | 'role'>,
): Promise<{ id: string; name: string }[]> {
  let query = db
    .selectFrom('branch')
    .leftJoin('agent_branch', (join) =>
      join.onRef('agent_branch.branch_id', '=', 'branch.id').on('agent_branch.agent_id', '=', agent.id),
    )
    .select(['branch.id', 'branch.name'])
    .where('branch.company_id', '=', agent.companyId)
    .orderBy('agent_branch.is_home', (order) => order.desc().nullsLast())
    .orderBy('branch.position')
    .orderBy('branch.name');
  if (agent.role === 'agent') query = query.where('agent_branch.agent_id', 'is not', null);
  return query.execute();
}

/** The modules of these branches and who sits there now. */
export async function readSeatChoices(db: Reader, branches: { id: string; name: string }[]): Promise<SeatChoice[]> {
  if (branches.length === 0) return [];
  const modules = await db
    .selectFrom('module')
    .leftJoin('session', (join) => join.onRef('session.module_id', '=', 'module.id').on('session.ended_at', 'is', null))
    .leftJoin('agent', 'agent.id', 'session.agent_id')
    .select([
      'module.id',
      'module.name',
      'module.branch_id',
      'agent.id as agent_id',
      'agent.first_name',
      'agent.last_name',
    ])
    .where(
      'module.branch_id',
      'in',
      branches.map(({ id }) => id),
    )
    .orderBy('module.position')
    .orderBy('module.name')
    .execute();
  return branches.map((branch) => ({
    branchId: branch.id as SeatChoice['branchId'],
    branchName: branch.name,
    modules: modules
      .filter((module) => module.branch_id === branch.id)
      .map((module): SeatChoice['modules'][number] => ({
        id: module.id as SeatChoice['modules'][number]['id'],
        name: module.name,
        takenBy: takenBy(module),
      })),
  }));
}

type Taker = SeatChoice['modules'][number]['takenBy'];

const takenBy = (row: { agent_id: string | null; first_name: string | null; last_name: string | null }): Taker =>
  row.agent_id === null
    ? null
    : {
        agentId: row.agent_id as NonNullable<Taker>['agentId'],
        name: `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim(),
      };

/** Whether this module is one of this branch. */
export async function hasModule(tx: Writer, branchId: string, moduleId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('module')
    .select('id')
    .where('id', '=', moduleId)
    .where('branch_id', '=', branchId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function readModuleName(db: Reader, moduleId: string): Promise<string | null> {
  const row = await db.selectFrom('module').select('name').where('id', '=', moduleId).executeTakeFirst();
  return row?.name ?? null;
}

/** From now on nobody signs in with this account. */
export async function disableAgent(tx: Writer, agentId: string, at: number): Promise<void> {
  await tx
    .updateTable('agent')
    .set({ disabled_at: new Date(at) })
    .where('id', '=', agentId)
    .execute();
}
