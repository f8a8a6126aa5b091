import type { Office } from '../../protocol/office.ts';
import type { Reader } from './database.ts';
import { serviceOf } from './service-rows.ts';
import { readTermsInForce } from './terms-rows.ts';

/** The configuration of a company as its stream carries it. Runs inside a transaction: one query after the other. */
export async function readOffice(db: Reader, companyId: string): Promise<Office> {
  const company = await db.selectFrom('company').selectAll().where('id', '=', companyId).executeTakeFirstOrThrow();
  const branches = await db
    .selectFrom('branch')
    .selectAll()
    .where('company_id', '=', companyId)
    .orderBy('position')
    .orderBy('name')
    .execute();
  const ofCompany = db.selectFrom('branch').select('branch.id').where('branch.company_id', '=', companyId);
  const departments = await db
    .selectFrom('department')
    .selectAll()
    .where('branch_id', 'in', ofCompany)
    .orderBy('position')
    .orderBy('name')
    .execute();
  const services = await db
    .selectFrom('service')
    .selectAll()
    .where('branch_id', 'in', ofCompany)
    .orderBy('position')
    .orderBy('name')
    .execute();
  const topics = await db
    .selectFrom('topic')
    .innerJoin('service', 'service.id', 'topic.service_id')
    .select(['topic.id', 'topic.name', 'topic.service_id'])
    .where('service.branch_id', 'in', ofCompany)
    .orderBy('topic.position')
    .orderBy('topic.name')
    .execute();
  const modules = await db
    .selectFrom('module')
    .selectAll()
    .where('branch_id', 'in', ofCompany)
    .orderBy('position')
    .orderBy('name')
    .execute();
  const terms = await readTermsInForce(db, companyId);
  return {
    companyId: company.id as Office['companyId'],
    companyName: company.name,
    companySlug: company.slug,
    locale: company.locale,
    country: company.country,
    isDemo: company.is_demo,
    branches: branches.map((row) => ({
      id: row.id as Office['branches'][number]['id'],
      slug: row.slug,
      name: row.name,
      kind: row.kind,
      timeZone: row.time_zone,
      queueRules: row.queue_rules,
      showsNames: row.shows_names,
    })),
    departments: departments.map((row) => ({
      id: row.id as Office['departments'][number]['id'],
      branchId: row.branch_id as Office['departments'][number]['branchId'],
      name: row.name,
    })),
    services: services.map((row) => serviceOf(row, topics)),
    modules: modules.map((row) => ({
      id: row.id as Office['modules'][number]['id'],
      branchId: row.branch_id as Office['modules'][number]['branchId'],
      name: row.name,
    })),
    agents: await readColleagues(db, companyId),
    ...(terms.length > 0 && { terms }),
  };
}

export async function hasCompany(db: Reader): Promise<boolean> {
  return (await db.selectFrom('company').select('id').limit(1).executeTakeFirst()) !== undefined;
}

export async function hasDemo(db: Reader): Promise<boolean> {
  return (await db.selectFrom('company').select('id').where('is_demo', '=', true).executeTakeFirst()) !== undefined;
}

async function readColleagues(db: Reader, companyId: string): Promise<Office['agents']> {
  const agents = await db
    .selectFrom('agent')
    .select(['id', 'first_name', 'last_name', 'role'])
    .where('company_id', '=', companyId)
    .where('disabled_at', 'is', null)
    .orderBy('first_name')
    .orderBy('last_name')
    .orderBy('id')
    .execute();
  const services = await db
    .selectFrom('agent_service')
    .innerJoin('agent', 'agent.id', 'agent_service.agent_id')
    .innerJoin('service', 'service.id', 'agent_service.service_id')
    .select(['agent_service.agent_id', 'agent_service.service_id', 'agent_service.level'])
    .where('agent.company_id', '=', companyId)
    .orderBy('service.position')
    .execute();
  const servicesOf = (agentId: string, level: 'main' | 'support'): Office['agents'][number]['mainServices'] =>
    services
      .filter((row) => row.agent_id === agentId && row.level === level)
      .map((row) => row.service_id as Office['services'][number]['id']);
  return agents.map((agent) => ({
    id: agent.id as Office['agents'][number]['id'],
    name: `${agent.first_name} ${agent.last_name}`.trim(),
    role: agent.role,
    mainServices: servicesOf(agent.id, 'main'),
    supportServices: servicesOf(agent.id, 'support'),
  }));
}
