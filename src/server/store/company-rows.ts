import { sql } from 'kysely';
import type { Reader, Writer } from './database.ts';

export interface CompanyRow {
  id: string;
  slug: string;
  name: string;
  country: string;
  isDemo: boolean;
}

export const readCompanies = (db: Reader): Promise<CompanyRow[]> =>
  db.selectFrom('company').select(['id', 'slug', 'name', 'country', 'is_demo as isDemo']).orderBy('slug').execute();

/** Branches of a company and their services, by slug. */
export async function readPlaces(
  db: Reader,
  companyId: string,
): Promise<Map<string, { id: string; services: Map<string, string> }>> {
  const branches = await db.selectFrom('branch').select(['id', 'slug']).where('company_id', '=', companyId).execute();
  const services = await db
    .selectFrom('service')
    .innerJoin('branch', 'branch.id', 'service.branch_id')
    .select(['service.id', 'service.slug', 'service.branch_id'])
    .where('branch.company_id', '=', companyId)
    .execute();
  return new Map(
    branches.map(({ id, slug }) => {
      const own = services.filter((service) => service.branch_id === id);
      return [slug, { id, services: new Map(own.map((service) => [service.slug, service.id])) }];
    }),
  );
}

/** Removes a company and everything that ever was of it. */
export async function deleteCompany(tx: Writer, companyId: string): Promise<void> {
  const branches = sql`(SELECT id FROM branch WHERE company_id = ${companyId})`;
  const agents = sql`(SELECT id FROM agent WHERE company_id = ${companyId})`;
  const devices = sql`(SELECT id FROM device WHERE company_id = ${companyId})`;
  const services = sql`(SELECT id FROM service WHERE branch_id IN ${branches})`;
  const streams = sql`(SELECT ${`company:${companyId}`} UNION ALL SELECT 'branch:' || id FROM branch
    WHERE company_id = ${companyId} UNION ALL SELECT 'agent:' || id FROM agent WHERE company_id = ${companyId})`;
  const tickets = sql`(SELECT id FROM ticket WHERE company_id = ${companyId})`;
  const consents = sql`(SELECT id FROM consent WHERE ticket_id IN ${tickets})`;
  const conditions: [string, ReturnType<typeof sql>][] = [
    ['change', sql`stream IN ${streams}`],
    ['stream', sql`name IN ${streams}`],
    ['due', sql`branch_id IN ${branches}`],
    ['idempotency_key', sql`device_id IN ${devices}`],
    ['command', sql`author_id IN ${agents}`],
    ['number_block', sql`branch_id IN ${branches}`],
    ['turn_counter', sql`service_id IN ${services}`],
    ['audit', sql`company_id = ${companyId}`],
    ['consent_record', sql`consent_id IN ${consents}`],
    ['consent', sql`id IN ${consents}`],
    ['terms', sql`company_id = ${companyId}`],
    ['event', sql`company_id = ${companyId}`],
    ['message', sql`ticket_id IN ${tickets}`],
    ['conversation', sql`ticket_id IN ${tickets}`],
    ['shared_file', sql`ticket_id IN ${tickets}`],
    ['upload', sql`ticket_id IN ${tickets}`],
    ['transfer_offer', sql`ticket_id IN ${tickets}`],
    ['guest_block', sql`ticket_id IN ${tickets}`],
    ['guest_link', sql`ticket_id IN ${tickets}`],
    ['attention', sql`branch_id IN ${branches}`],
    ['ticket', sql`company_id = ${companyId}`],
    ['contact', sql`company_id = ${companyId}`],
    ['status_ledger', sql`agent_id IN ${agents}`],
    ['agent_status', sql`agent_id IN ${agents}`],
    ['socket_ticket', sql`session_id IN (SELECT id FROM session WHERE agent_id IN ${agents})`],
    ['seat', sql`session_id IN (SELECT id FROM session WHERE agent_id IN ${agents})`],
    ['session', sql`agent_id IN ${agents}`],
    ['office_address', sql`company_id = ${companyId}`],
    ['device', sql`company_id = ${companyId}`],
    ['agent_service', sql`agent_id IN ${agents}`],
    ['agent_branch', sql`agent_id IN ${agents}`],
    ['agent', sql`company_id = ${companyId}`],
    ['module', sql`branch_id IN ${branches}`],
    ['topic', sql`service_id IN ${services}`],
    ['service', sql`branch_id IN ${branches}`],
    ['department', sql`branch_id IN ${branches}`],
    ['branch', sql`company_id = ${companyId}`],
    ['company', sql`id = ${companyId}`],
  ];
  for (const [table, condition] of conditions) {
    await sql`DELETE FROM ${sql.table(table)} WHERE ${condition}`.execute(tx);
  }
}
