import { v7 as uuidv7 } from 'uuid';
import type { AgentRole, QueueRules, ServiceKind } from '../../protocol/office.ts';
import type { Writer } from './database.ts';

/** Each writes one thing of the office, known by its slug, name or e-mail, and returns its id. */

export async function upsertCompany(
  tx: Writer,
  company: { slug: string; name: string; locale: string; country: string; isDemo: boolean },
): Promise<string> {
  const values = { name: company.name, locale: company.locale, country: company.country, is_demo: company.isDemo };
  const { id } = await tx
    .insertInto('company')
    .values({ id: uuidv7(), slug: company.slug, ...values })
    .onConflict((conflict) => conflict.column('slug').doUpdateSet(values))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function upsertBranch(
  tx: Writer,
  companyId: string,
  branch: {
    slug: string;
    name: string;
    kind: 'office' | 'remote';
    timeZone: string;
    queueRules: QueueRules;
    showsNames: boolean;
    position: number;
  },
): Promise<string> {
  const values = {
    name: branch.name,
    kind: branch.kind,
    time_zone: branch.timeZone,
    queue_rules: JSON.stringify(branch.queueRules),
    shows_names: branch.showsNames,
    position: branch.position,
  };
  const { id } = await tx
    .insertInto('branch')
    .values({ id: uuidv7(), company_id: companyId, slug: branch.slug, ...values })
    .onConflict((conflict) => conflict.columns(['company_id', 'slug']).doUpdateSet(values))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function upsertDepartment(tx: Writer, branchId: string, name: string, position: number): Promise<string> {
  const { id } = await tx
    .insertInto('department')
    .values({ id: uuidv7(), branch_id: branchId, name, position })
    .onConflict((conflict) => conflict.columns(['branch_id', 'name']).doUpdateSet({ position }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function upsertService(
  tx: Writer,
  place: { branchId: string; departmentId: string; position: number },
  service: {
    slug: string;
    name: string;
    letter: string;
    kind: ServiceKind;
    isAlsoVideo: boolean;
    minutes: number;
    latenessMinutes: number;
    topics: string[];
  },
): Promise<string> {
  const values = {
    department_id: place.departmentId,
    name: service.name,
    letter: service.letter,
    kind: service.kind,
    is_also_video: service.isAlsoVideo,
    minutes: service.minutes,
    lateness_minutes: service.latenessMinutes,
    position: place.position,
  };
  const { id } = await tx
    .insertInto('service')
    .values({ id: uuidv7(), branch_id: place.branchId, slug: service.slug, ...values })
    .onConflict((conflict) => conflict.columns(['branch_id', 'slug']).doUpdateSet(values))
    .returning('id')
    .executeTakeFirstOrThrow();
  await addTopics(tx, id, service.topics);
  return id;
}

/** Topics that tickets have chosen stay; those named are in the order named. */
async function addTopics(tx: Writer, serviceId: string, names: string[]): Promise<void> {
  const known = await tx.selectFrom('topic').select(['id', 'name']).where('service_id', '=', serviceId).execute();
  for (const [position, name] of names.entries()) {
    const topic = known.find((found) => found.name === name);
    await (topic
      ? tx.updateTable('topic').set({ position }).where('id', '=', topic.id).execute()
      : tx.insertInto('topic').values({ id: uuidv7(), service_id: serviceId, name, position }).execute());
  }
}

export async function upsertModule(tx: Writer, branchId: string, name: string, position: number): Promise<void> {
  await tx
    .insertInto('module')
    .values({ id: uuidv7(), branch_id: branchId, name, position })
    .onConflict((conflict) => conflict.columns(['branch_id', 'name']).doUpdateSet({ position }))
    .execute();
}

export interface AgentAccount {
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  role: AgentRole;
}

/** Null when an agent of another company has this e-mail. A known agent keeps the password. */
export async function upsertAgent(
  tx: Writer,
  companyId: string,
  agent: AgentAccount,
  passwordHash: string,
  mustChangePassword: boolean,
): Promise<{ id: string; isNew: boolean } | null> {
  const values = { first_name: agent.firstName, last_name: agent.lastName, phone: agent.phone, role: agent.role };
  const known = await tx
    .selectFrom('agent')
    .select(['id', 'company_id'])
    .where('email', '=', agent.email)
    .executeTakeFirst();
  if (known && known.company_id !== companyId) return null;
  if (known) {
    await tx.updateTable('agent').set(values).where('id', '=', known.id).execute();
    return { id: known.id, isNew: false };
  }
  const id = uuidv7();
  await tx
    .insertInto('agent')
    .values({
      id,
      company_id: companyId,
      email: agent.email,
      password_hash: passwordHash,
      must_change_password: mustChangePassword,
      ...values,
    })
    .execute();
  return { id, isNew: true };
}

/** Puts an agent into exactly these branches (the home first) and services. */
export async function assignAgent(
  tx: Writer,
  agentId: string,
  { branchIds, main, support }: { branchIds: string[]; main: string[]; support: string[] },
): Promise<void> {
  await tx.deleteFrom('agent_branch').where('agent_id', '=', agentId).execute();
  await tx.deleteFrom('agent_service').where('agent_id', '=', agentId).execute();
  await tx
    .insertInto('agent_branch')
    .values(branchIds.map((branch_id, index) => ({ agent_id: agentId, branch_id, is_home: index === 0 })))
    .execute();
  const services = [
    ...main.map((service_id) => ({ agent_id: agentId, service_id, level: 'main' as const })),
    ...support.map((service_id) => ({ agent_id: agentId, service_id, level: 'support' as const })),
  ];
  if (services.length > 0) await tx.insertInto('agent_service').values(services).execute();
}

/** Whether a live kiosk or integration of this name is there already. */
export async function hasKiosk(tx: Writer, companyId: string, branchId: string | null, name: string): Promise<boolean> {
  const row = await tx
    .selectFrom('device')
    .select('id')
    .where('company_id', '=', companyId)
    .where('branch_id', branchId === null ? 'is' : '=', branchId)
    .where('kind', '=', 'kiosk')
    .where('name', '=', name)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
