import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { pino, type Logger } from 'pino';
import { demoOffice } from '../start/demo-office.ts';
import { setUpOffice } from '../admin/set-up-office.ts';
import { ChangeHub } from '../changes/change-hub.ts';
import { createEvidenceBook } from '../evidence/evidence-book.ts';
import { RefusalLog } from '../commands/refusal-log.ts';
import { Takes } from '../commands/takes.ts';
import { createDispatcher } from '../dispatch/dispatcher.ts';
import { SignedIn } from '../../protocol/http/desk-api.ts';
import type { Office } from '../../protocol/office.ts';
import { createApp, type AppOptions } from '../start/app.ts';
import { createInspector } from '../files/inspect/create-inspector.ts';
import { openBlobFolder } from '../files/open-blob-folder.ts';
import { createMetrics } from '../start/metrics.ts';
import { inspectorUrl } from '../start/product.ts';
import type { ServerContext } from '../start/server-context.ts';
import { connect } from '../store/connect.ts';
import { readOffice } from '../store/office-rows.ts';
import { newSecret } from '../sessions/secrets.ts';
import { ignore, testDatabase, type TestDatabase } from './test-database.ts';

export const TEST_PASSWORD = 'lluvia sobre el patio';

/** A server with the demo office on a database of its own; not listening, asked by `inject`. */
export interface TestServer {
  app: FastifyInstance;
  context: ServerContext;
  database: TestDatabase;
  office: Office;
  /** Good for every branch. */
  deviceToken: string;
  /** By slug of the branch. */
  kioskTokens: Record<string, string>;
  /** Where its journal is. */
  evidenceFolder: string;
  /** Moves the server's clock. */
  advance: (milliseconds: number) => void;
  close: () => Promise<void>;
}

export async function testServer({
  log = pino({ level: 'silent' }),
  ...options
}: Partial<Omit<AppOptions, 'context'>> & { log?: Logger } = {}): Promise<TestServer> {
  const database = await testDatabase();
  const store = connect(database.url, ignore);
  let skew = 0;
  const evidenceFolder = mkdtempSync(join(tmpdir(), 'ventanilla-evidence-'));
  const clock = (): number => Date.now() + skew;
  const evidence = createEvidenceBook({ store, log, clock, folder: evidenceFolder });
  const context: ServerContext = {
    store,
    clock,
    log,
    publicUrl: 'http://127.0.0.1:7420',
    hub: new ChangeHub(store, log),
    dispatcher: createDispatcher(),
    takes: new Takes(),
    refusals: new RefusalLog(store),
    evidence,
  };
  const kioskTokens: Record<string, string> = {};
  const deviceToken = newSecret();
  const { companyId } = await setUpOffice(context, demoOffice, {
    password: () => ({ password: TEST_PASSWORD, mustChange: false }),
    token: (branch) => (branch === null ? deviceToken : (kioskTokens[branch] = newSecret())),
  });
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-files-'));
  context.files = {
    blobs: await openBlobFolder(folder),
    inspector: createInspector({ workerUrl: inspectorUrl() }),
  };
  const app = await createApp({
    version: '0.0.0',
    tls: null,
    trustedProxies: [],
    customerFolder: null,
    metrics: createMetrics(store, log),
    metricsToken: 'figures',
    disk: { isFull: () => Promise.resolve(false) },
    isStopping: () => false,
    ...options,
    context,
  });
  return {
    app,
    context,
    database,
    office: await readOffice(store.db, companyId),
    deviceToken,
    kioskTokens,
    evidenceFolder,
    advance: (milliseconds) => {
      skew += milliseconds;
    },
    close: async () => {
      await app.close();
      context.files?.inspector.stop();
      await context.dispatcher.stop();
      await context.hub.settled();
      await evidence.close();
      rmSync(evidenceFolder, { recursive: true });
      await store.close();
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

type Method = NonNullable<InjectOptions['method']>;

/** Asks as anybody. */
export const ask = (
  server: TestServer,
  method: Method,
  url: string,
  payload?: object,
  headers: Record<string, string> = {},
): Promise<LightMyRequestResponse> =>
  server.app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });

export interface SignedInDesk extends SignedIn {
  /** `<id>.<secret>`. */
  deviceKey: string;
  /** Of the session. */
  headers: Record<string, string>;
}

/** Signs in at a new desk, or at the one whose key is given. */
export async function signInAt(server: TestServer, email: string, deviceKey?: string): Promise<SignedInDesk> {
  const headers: Record<string, string> = deviceKey === undefined ? {} : { authorization: `Device ${deviceKey}` };
  const input = { email, password: TEST_PASSWORD, deskName: 'Mostrador' };
  const response = await ask(server, 'POST', '/v1/sessions', input, headers);
  if (response.statusCode !== 201) throw new Error(`signing ${email} in: ${response.body}`);
  const signedIn = SignedIn.parse(response.json());
  const key = deviceKey ?? `${signedIn.device?.id}.${signedIn.device?.secret}`;
  return {
    ...signedIn,
    deviceKey: key,
    headers: { authorization: `Bearer ${signedIn.sessionToken}`, 'x-device': key },
  };
}

/** Ids of a branch and of its nth module (from 1). */
export function seatOf(server: TestServer, slug: string, place: number): { branchId: string; moduleId: string } {
  const branch = server.office.branches.find((found) => found.slug === slug);
  const modules = server.office.modules.filter(({ branchId }) => branchId === branch?.id);
  const module = modules[place - 1];
  if (!branch || !module) throw new Error(`no module ${place} in ${slug}`);
  return { branchId: branch.id, moduleId: module.id };
}

/** Signs in and sits down. */
export async function seatAt(server: TestServer, email: string, slug: string, place: number): Promise<SignedInDesk> {
  const desk = await signInAt(server, email);
  const response = await ask(server, 'POST', '/v1/sessions/current/seat', seatOf(server, slug, place), desk.headers);
  if (response.statusCode !== 204) throw new Error(`seating ${email}: ${response.body}`);
  return desk;
}
