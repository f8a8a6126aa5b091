import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { AgentState } from '../../protocol/agent-status.ts';
import type { AgentRole, QueueRules } from '../../protocol/office.ts';
import { hashSecret, newSecret } from '../sessions/secrets.ts';
import { readBranch, type BranchRow } from '../store/service-rows.ts';
import type { TestServer } from './open-server.ts';

export const SERVICES = {
  caja: { name: 'Caja', letter: 'C', kind: 'counter' },
  reclamos: { name: 'Reclamos', letter: 'R', kind: 'counter', is_also_video: true },
  ventas: { name: 'Ventas', letter: 'V', kind: 'counter' },
  asesoria: { name: 'Asesoría virtual', letter: 'A', kind: 'video' },
} as const;
export type ServiceSlug = keyof typeof SERVICES;

export interface TestOffice {
  server: TestServer;
  companyId: string;
  branch: BranchRow;
  services: Record<ServiceSlug, string>;
  /** One topic of each service. */
  topics: Record<ServiceSlug, string>;
  modules: string[];
  /** Of the kiosk, with its key `<id>.<secret>`. */
  deviceId: string;
  deviceKey: string;
}

/** A company of its own with one branch, one department, four services and four modules; in Bogotá by default. */
export async function newOffice(
  server: TestServer,
  options: { timeZone?: string; country?: string; showsNames?: boolean; rules?: Partial<QueueRules> } = {},
): Promise<TestOffice> {
  const { db } = server.context.store;
  const companyId = uuidv7();
  const slug = randomBytes(6).toString('hex');
  const { country = 'CO' } = options;
  await db
    .insertInto('company')
    .values({ id: companyId, slug, name: 'Telecom', locale: 'es-CO', country, is_demo: false })
    .execute();
  const office = await newBranch(server, companyId, options);
  office.deviceKey = await insertDevice(office, 'kiosk', office.deviceId);
  return office;
}

/** Another branch of a company. */
export async function newBranch(
  server: TestServer,
  companyId: string,
  options: { timeZone?: string; showsNames?: boolean; rules?: Partial<QueueRules> } = {},
): Promise<TestOffice> {
  const { db } = server.context.store;
  const branchId = uuidv7();
  const rules = {
    appointmentWeight: 3,
    preferenteWeight: 2,
    maximumCalls: 3,
    recallPauseSeconds: 15,
    ...options.rules,
  };
  await db
    .insertInto('branch')
    .values({
      id: branchId,
      company_id: companyId,
      slug: randomBytes(6).toString('hex'),
      name: 'Sucursal Centro',
      kind: 'office',
      time_zone: options.timeZone ?? 'America/Bogota',
      queue_rules: JSON.stringify(rules),
      shows_names: options.showsNames ?? false,
    })
    .execute();
  const departmentId = uuidv7();
  await db.insertInto('department').values({ id: departmentId, branch_id: branchId, name: 'Atención' }).execute();
  const slugs = Object.keys(SERVICES) as ServiceSlug[];
  const services = Object.fromEntries(slugs.map((slug) => [slug, uuidv7()])) as TestOffice['services'];
  const topics = Object.fromEntries(slugs.map((slug) => [slug, uuidv7()])) as TestOffice['topics'];
  await db
    .insertInto('service')
    .values(
      slugs.map((slug, position) => ({
        id: services[slug],
        branch_id: branchId,
        department_id: departmentId,
        slug,
        ...SERVICES[slug],
        minutes: 5,
        lateness_minutes: 15,
        position,
      })),
    )
    .execute();
  await db
    .insertInto('topic')
    .values(slugs.map((slug) => ({ id: topics[slug], service_id: services[slug], name: `Tema de ${slug}` })))
    .execute();
  const modules = [1, 2, 3, 4].map(() => uuidv7());
  await db
    .insertInto('module')
    .values(modules.map((id, index) => ({ id, branch_id: branchId, name: `Módulo ${index + 1}`, position: index })))
    .execute();
  const branch = await readBranch(db, branchId);
  if (!branch) throw new Error('no branch');
  return { server, companyId, branch, services, topics, modules, deviceId: uuidv7(), deviceKey: '' };
}

/** Returns its key, `<id>.<secret>`. */
export async function insertDevice(office: TestOffice, kind: 'desk' | 'kiosk', id: string): Promise<string> {
  const secret = newSecret();
  await office.server.context.store.db
    .insertInto('device')
    .values({
      id,
      company_id: office.companyId,
      branch_id: kind === 'kiosk' ? office.branch.id : null,
      kind,
      name: kind,
      secret_hash: hashSecret(secret),
    })
    .execute();
  return `${id}.${secret}`;
}

export interface TestAgent {
  office: TestOffice;
  id: string;
  name: string;
  deviceId: string;
  /** As the desk shows it: `<id>.<secret>`. */
  deviceKey: string;
  sessionId: string;
  moduleId: string;
}

interface AgentOptions {
  firstName?: string;
  role?: AgentRole;
  main?: ServiceSlug[];
  support?: ServiceSlug[];
  state?: AgentState;
  isManual?: boolean;
  isConnected?: boolean;
  freeSince?: number;
}

export function takeModule(office: TestOffice): string {
  const moduleId = office.modules.shift();
  if (moduleId === undefined) throw new Error('the office has four modules');
  return moduleId;
}

/** An agent with a session at a desk of their own and a seat at the next free module; En línea and connected by default. */
export async function newAgent(office: TestOffice, options: AgentOptions = {}): Promise<TestAgent> {
  const { context, clock } = office.server;
  const { db } = context.store;
  const { firstName = 'Ana', main = ['caja'], support = [], state = 'online' } = options;
  const agent: TestAgent = {
    office,
    id: uuidv7(),
    name: `${firstName} Rojas`,
    deviceId: uuidv7(),
    deviceKey: '',
    sessionId: uuidv7(),
    moduleId: takeModule(office),
  };
  await db
    .insertInto('agent')
    .values({
      id: agent.id,
      company_id: office.companyId,
      email: `${agent.id}@telecom.test`,
      first_name: firstName,
      last_name: 'Rojas',
      phone: null,
      role: options.role ?? 'agent',
      password_hash: 'none',
    })
    .execute();
  await db
    .insertInto('agent_branch')
    .values({ agent_id: agent.id, branch_id: office.branch.id, is_home: true })
    .execute();
  const levels = [...main.map((slug) => [slug, 'main'] as const), ...support.map((slug) => [slug, 'support'] as const)];
  if (levels.length > 0) {
    await db
      .insertInto('agent_service')
      .values(levels.map(([slug, level]) => ({ agent_id: agent.id, service_id: office.services[slug], level })))
      .execute();
  }
  agent.deviceKey = await insertDevice(office, 'desk', agent.deviceId);
  await db
    .insertInto('session')
    .values({
      id: agent.sessionId,
      agent_id: agent.id,
      device_id: agent.deviceId,
      token_hash: randomBytes(32),
      branch_id: office.branch.id,
      module_id: agent.moduleId,
      created_at: new Date(clock.now),
      expires_at: new Date(clock.now + 12 * 3_600_000),
      end_cause: null,
    })
    .execute();
  await db
    .insertInto('seat')
    .values({
      session_id: agent.sessionId,
      taken_at: new Date(clock.now),
      branch_id: office.branch.id,
      module_id: agent.moduleId,
    })
    .execute();
  await db
    .insertInto('agent_status')
    .values({
      agent_id: agent.id,
      state,
      next_state: 'online',
      is_manual: options.isManual ?? false,
      since: new Date(clock.now),
      cause: 'agent',
      branch_id: office.branch.id,
      module_id: agent.moduleId,
      free_since: new Date(options.freeSince ?? clock.now),
      connection_id: options.isConnected === false ? null : uuidv7(),
      // A desk of a test stays seen however far its clock is moved.
      seen_at: options.isConnected === false ? null : new Date(clock.now + 24 * 3_600_000),
    })
    .execute();
  return agent;
}
