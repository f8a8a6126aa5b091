import type { Selectable } from 'kysely';
import type { QueueRules, Service, ServiceKind } from '../../protocol/office.ts';
import { isCleanText } from '../../protocol/text.ts';
import type { Database, Reader, Writer } from './database.ts';

export interface BranchRow {
  id: string;
  companyId: string;
  slug: string;
  name: string;
  timeZone: string;
  queueRules: QueueRules;
  showsNames: boolean;
  companyName: string;
  locale: string;
  country: string;
  isDemo: boolean;
}

export const branches = (db: Reader) =>
  db
    .selectFrom('branch')
    .innerJoin('company', 'company.id', 'branch.company_id')
    .select([
      'branch.id',
      'branch.company_id as companyId',
      'branch.slug',
      'branch.name',
      'branch.time_zone as timeZone',
      'branch.queue_rules as queueRules',
      'branch.shows_names as showsNames',
      'company.name as companyName',
      'company.locale',
      'company.country',
      'company.is_demo as isDemo',
    ]);

export const readBranch = (db: Reader, id: string): Promise<BranchRow | undefined> =>
  branches(db).where('branch.id', '=', id).executeTakeFirst();

/**
 * Reads a branch and locks it against another look at its line. References to it (a new ticket) are not held up.
 */
export const lockBranch = (tx: Writer, id: string): Promise<BranchRow | undefined> =>
  branches(tx).where('branch.id', '=', id).forNoKeyUpdate('branch').executeTakeFirst();

/** A branch by the name in its pages' addresses. With several companies the slug is prefixed: `company.branch`. */
export async function readBranchBySlug(db: Reader, slug: string): Promise<BranchRow | undefined> {
  if (!isCleanText(slug)) return undefined;
  const [first, second] = slug.split('.', 2);
  const query =
    second === undefined
      ? branches(db).where('branch.slug', '=', slug)
      : branches(db)
          .where('branch.slug', '=', second)
          .where('company.slug', '=', first ?? '');
  const found = await query.limit(2).execute();
  return found.length === 1 ? found[0] : undefined;
}

export interface ServiceRow {
  id: string;
  branchId: string;
  letter: string;
  kind: ServiceKind;
}

export const readService = (db: Reader, id: string): Promise<ServiceRow | undefined> =>
  db
    .selectFrom('service')
    .select(['id', 'branch_id as branchId', 'letter', 'kind'])
    .where('id', '=', id)
    .executeTakeFirst();

/** The services of a branch in their order, with their topics. */
export async function readServices(db: Reader, branchId: string): Promise<Service[]> {
  const found = db
    .selectFrom('service')
    .selectAll()
    .where('branch_id', '=', branchId)
    .orderBy('position')
    .orderBy('name')
    .execute();
  const [services, topics] = await Promise.all([found, readTopics(db, branchId)]);
  return services.map((row) => serviceOf(row, topics));
}

/** A service as clients know it; `topics` may be of other services too. */
export function serviceOf(row: Selectable<Database['service']>, topics: readonly TopicRow[]): Service {
  return {
    id: row.id as Service['id'],
    branchId: row.branch_id as Service['branchId'],
    departmentId: row.department_id as Service['departmentId'],
    slug: row.slug,
    name: row.name,
    letter: row.letter,
    kind: row.kind,
    ...(row.is_also_video && { isAlsoVideo: true }),
    minutes: row.minutes,
    latenessMinutes: row.lateness_minutes,
    topics: topics
      .filter((topic) => topic.service_id === row.id)
      .map((topic) => ({ id: topic.id as Service['topics'][number]['id'], name: topic.name })),
  };
}

export interface TopicRow {
  id: string;
  name: string;
  service_id: string;
}

/** The topics of all services of a branch. */
export async function readTopics(db: Reader, branchId: string): Promise<TopicRow[]> {
  return db
    .selectFrom('topic')
    .innerJoin('service', 'service.id', 'topic.service_id')
    .select(['topic.id', 'topic.name', 'topic.service_id'])
    .where('service.branch_id', '=', branchId)
    .orderBy('topic.position')
    .orderBy('topic.name')
    .execute();
}

/** Whether an agent attends a service of the department of this one. */
export async function attendsInDepartment(db: Reader, agentId: string, serviceId: string): Promise<boolean> {
  const row = await db
    .selectFrom('agent_service')
    .innerJoin('service as mine', 'mine.id', 'agent_service.service_id')
    .innerJoin('service as theirs', 'theirs.department_id', 'mine.department_id')
    .select('mine.id')
    .where('agent_service.agent_id', '=', agentId)
    .where('theirs.id', '=', serviceId)
    .executeTakeFirst();
  return row !== undefined;
}
