import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { vi } from 'vitest';
import type { AgentState } from '../../protocol/agent-status.ts';
import type { Change, ChangeBody } from '../../protocol/change.ts';
import type { CommandBody, CommandResult } from '../../protocol/commands/agent-command.ts';
import type { IssuedTicket, IssueTicket } from '../../protocol/http/public-api.ts';
import type { AgentRole, QueueRules } from '../../protocol/office.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { ChangeHub } from '../changes/change-hub.ts';
import { deliverCommands } from '../commands/deliver-commands.ts';
import { issueTicket } from '../commands/issue-ticket.ts';
import { createDispatcher } from '../dispatch/dispatcher.ts';
import type { Refusal } from '../policies/refusal.ts';
import { hashSecret, newSecret } from '../sessions/secrets.ts';
import { createLog } from '../start/log.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readChanges } from '../store/change-rows.ts';
import { connect } from '../store/connect.ts';
import { readBranch, type BranchRow } from '../store/service-rows.ts';
import { readTicket } from '../store/ticket-rows.ts';
import { testDatabase, type TestDatabase } from './test-database.ts';

/** 2026-03-04, 09:00 in Bogotá. */
export const NINE = Date.UTC(2026, 2, 4, 14, 0);

export interface TestServer {
  database: TestDatabase;
  context: ServerContext;
  /** What `context.clock()` says; tests move it. */
  clock: { now: number };
  /** What was logged as an error and not expected: `close` throws when there is any. */
  errors: string[];
  close: () => Promise<void>;
}

/** A server process without doors, on a database of its own or on that of `beside`: hub, dispatcher, settable clock. */
export async function openServer(options: { beside?: TestServer; dispatches?: boolean } = {}): Promise<TestServer> {
  const database = options.beside?.database ?? (await testDatabase());
  const clock = options.beside?.clock ?? { now: NINE };
  const errors: string[] = [];
  const store = connect(database.url, (error) => void errors.push(String(error)));
  const log = createLog({ write: (line) => void errors.push(line) });
  log.level = 'error';
  const hub = new ChangeHub(store, log);
  const dispatcher = createDispatcher();
  const context: ServerContext = {
    store,
    clock: () => clock.now,
    log,
    publicUrl: 'http://ventanilla.test',
    hub,
    dispatcher,
  };
  if (options.dispatches) dispatcher.start(context);
  const close = async (): Promise<void> => {
    await dispatcher.stop();
    await hub.settled();
    await store.close();
    // What the drop does to a connection that is still closing is no fault.
    const logged = [...errors];
    if (!options.beside) await database.drop();
    if (logged.length > 0) throw new Error(`The server logged errors:\n${logged.join('\n')}`);
  };
  return { database, context, clock, errors, close };
}

export const SERVICES = {
  caja: { name: 'Caja', letter: 'C', kind: 'counter' },
  reclamos: { name: 'Reclamos', letter: 'R', kind: 'counter' },
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
async function insertDevice(office: TestOffice, kind: 'desk' | 'kiosk', id: string): Promise<string> {
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

function takeModule(office: TestOffice): string {
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

/** The error of a refusal with what tests ask for. */
export const describeRefusal = (refusal: Refusal) => ({
  code: refusal.code,
  title: refusal.code,
  ...(refusal.details.values && { detail: Object.values(refusal.details.values).join(' ') }),
  ...(refusal.details.field !== undefined && { field: refusal.details.field }),
  retryable: false,
  requestId: 'test',
});

type Loose<Body> = Body extends { type: infer Type }
  ? { type: Type } & { [Key in Exclude<keyof Body, 'type'>]: unknown }
  : never;

/** Delivers one command of an agent from the agent's desk. Ids are given as plain text. */
export async function deliver(
  agent: TestAgent,
  body: Loose<CommandBody>,
  options: { id?: string; occurredAt?: number; context?: ServerContext; deviceId?: string } = {},
): Promise<CommandResult> {
  const device = { id: options.deviceId ?? agent.deviceId, companyId: agent.office.companyId };
  const command = {
    id: options.id ?? uuidv7(),
    authorId: agent.id,
    occurredAt: options.occurredAt ?? null,
    body: body as CommandBody,
  } as Parameters<typeof deliverCommands>[2][number];
  const context = options.context ?? agent.office.server.context;
  const [result] = await deliverCommands(context, device, [command], describeRefusal);
  if (!result) throw new Error('no answer');
  return result;
}

/** Issues a ticket at the kiosk of the office. */
export function issue(
  office: TestOffice,
  input: Partial<IssueTicket> = {},
  options: { idempotency?: { key: string; bodyHash: Buffer }; context?: ServerContext } = {},
): Promise<IssuedTicket> {
  return issueTicket(options.context ?? office.server.context, {
    deviceId: office.deviceId,
    origin: 'kiosk',
    branch: office.branch,
    input: { service: 'caja', kind: 'turn', priority: 'normal', ...input },
    idempotency: options.idempotency ?? null,
  });
}

export async function headerOf(office: TestOffice, ticketId: string): Promise<TicketHeader> {
  const row = await readTicket(office.server.context.store.db, office.companyId, ticketId);
  if (!row) throw new Error(`no ticket ${ticketId}`);
  return row.header;
}

/** All changes of a stream after a cursor. */
export async function changesOf(server: TestServer, stream: string, after = 0): Promise<Change[]> {
  return (await readChanges(server.context.store.db, [[stream, after]], 100_000)).get(stream) ?? [];
}

/** Calls a ticket by hand and returns what its commands quote. */
export async function call(
  agent: TestAgent,
  ticketId: string,
): Promise<{ ticketId: string; attentionId: string; epoch: number }> {
  const attentionId = uuidv7();
  const result = await deliver(agent, { type: 'ticket.call', ticketId, attentionId });
  if (result.status !== 'accepted') throw new Error(`not called: ${JSON.stringify(result)}`);
  const { epoch } = await headerOf(agent.office, ticketId);
  return { ticketId, attentionId, epoch };
}

/** Calls a ticket by hand and begins its attention. */
export async function attend(
  agent: TestAgent,
  ticketId: string,
): Promise<{ ticketId: string; attentionId: string; epoch: number }> {
  const quoted = await call(agent, ticketId);
  const result = await deliver(agent, { type: 'attention.begin', ...quoted });
  if (result.status !== 'accepted') throw new Error(`not begun: ${JSON.stringify(result)}`);
  return quoted;
}

/** Resolves with the first change of a stream that is it, whether it came already or comes later. */
export function changeOf<Type extends ChangeBody['type']>(
  server: TestServer,
  stream: string,
  type: Type,
  isIt: (body: Extract<ChangeBody, { type: Type }>) => boolean = () => true,
): Promise<Extract<ChangeBody, { type: Type }>> {
  type Wanted = Extract<ChangeBody, { type: Type }>;
  return new Promise((resolve, reject) => {
    const stop = server.context.hub.subscribe(
      {
        stream,
        take: (changes) => {
          const found = changes
            .map(({ body }) => body)
            .find((body): body is Wanted => body.type === type && isIt(body as Wanted));
          if (!found) return;
          queueMicrotask(() => stop());
          resolve(found);
        },
        fail: () => reject(new Error(`nothing more of ${stream}`)),
      },
      0,
    );
  });
}

/** Resolves with the header of a ticket once it is so. */
export async function headerWhen(
  office: TestOffice,
  ticketId: string,
  isSo: (header: TicketHeader) => boolean,
): Promise<TicketHeader> {
  const stream = `branch:${office.branch.id}`;
  const { header } = await changeOf(
    office.server,
    stream,
    'ticket.put',
    (body) => body.header.id === ticketId && isSo(body.header),
  );
  return header;
}

/** Resolves once a connection to this database waits for a lock. */
export async function someoneWaits(server: TestServer): Promise<void> {
  await vi.waitFor(async () => {
    const { rowCount } = await server.context.store.pool.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rowCount !== 1) throw new Error(`${rowCount} connections wait`);
  });
}

/** What commands about the attention of a called or attended ticket quote. */
export function quoteOf(header: TicketHeader): { ticketId: string; attentionId: string; epoch: number } {
  if (!header.holder) throw new Error('nobody holds it');
  return { ticketId: header.id, attentionId: header.holder.attentionId, epoch: header.holder.epoch };
}
