import { mkdirSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { ChangeHub } from '../changes/change-hub.ts';
import { startHints } from '../changes/hint.ts';
import { RefusalLog } from '../commands/refusal-log.ts';
import { Takes } from '../commands/takes.ts';
import { createDispatcher } from '../dispatch/dispatcher.ts';
import { startRecordingUnanswered } from '../evidence/record-unanswered.ts';
import { evidenceFolder } from '../evidence/claim-folder.ts';
import { watchEvidence } from '../evidence/watch-evidence.ts';
import { startEvidence } from '../evidence/start-evidence.ts';
import { createInspector } from '../files/inspect/create-inspector.ts';
import { filesFolder, openBlobFolder } from '../files/open-blob-folder.ts';
import { startForgetting } from '../jobs/forget-old-rows.ts';
import { startSweeping } from '../jobs/sweep-files.ts';
import { createBranchImages, type BranchImages } from '../jobs/snapshot/branch-images.ts';
import { findDevice } from '../sessions/device-access.ts';
import { endExpiredSessions } from '../sessions/end-session.ts';
import { newSecret } from '../sessions/secrets.ts';
import { redeemSocketTicket } from '../sessions/socket-tickets.ts';
import { attachSockets } from '../sockets/attach-sockets.ts';
import { migrate } from '../store/migrate.ts';
import { hasCompany } from '../store/office-rows.ts';
import { Rooms } from '../video/rooms.ts';
import { startRoomWire } from '../video/start-room-wire.ts';
import { createApp } from './app.ts';
import { readDataFile, writeDataFile } from './data-file.ts';
import { createDiskGuard } from './disk-guard.ts';
import { EnvironmentError, serverUrl, type Environment } from './environment.ts';
import { demoFacts, loadDemo, readDemo } from './load-demo.ts';
import { hasZstd } from '../../cache-file/has-zstd.ts';
import { createMetrics } from './metrics.ts';
import { openDatabase } from './open-database.ts';
import { customerFolder, imageWorkerUrl, inspectorUrl, productVersion } from './product.ts';
import type { ServerContext } from './server-context.ts';

const EXPIRE_EVERY_MS = 60_000;
/** Requests under way get this long to end; PostgreSQL needs the rest of the 10 s. */
const DRAIN_MS = 3_000;

export interface RunningServer {
  /** What the ready line says. */
  facts: Record<string, unknown>;
  /** Settles when the server can go on no longer: its database is gone. */
  lost: Promise<void>;
  /** Lets go of everybody and closes everything, within 10 s. */
  stop: () => Promise<void>;
}

type Close = () => void | Promise<void>;

/** Composes a server process and starts it. What was begun is taken back when a later step fails. */
export async function startServer(environment: Environment, log: Logger): Promise<RunningServer> {
  const closes: Close[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closes.splice(0).toReversed()) await close();
  };
  try {
    return await compose(environment, log, closes, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function compose(
  environment: Environment,
  log: Logger,
  closes: Close[],
  closeAll: () => Promise<void>,
): Promise<RunningServer> {
  const { dataFolder } = environment;
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const database = await openDatabase(environment, log);
  closes.push(database.close);
  const { store } = database;
  for (const migration of await migrate(store.db)) log.info({ migration }, 'migrated');

  const hub = new ChangeHub(store, log);
  const dispatcher = createDispatcher();
  const disk = createDiskGuard(dataFolder);
  const branchImages = (): BranchImages =>
    createBranchImages({
      store,
      databaseUrl: database.url,
      folder: join(dataFolder, 'images'),
      workerUrl: imageWorkerUrl(),
      clock: Date.now,
      log,
      disk,
      headersKept: environment.headersKept,
    });
  const evidence = await startEvidence({ store, log, clock: Date.now, dataFolder });
  closes.push(evidence.stop);
  const files = {
    blobs: await openBlobFolder(filesFolder(dataFolder)),
    inspector: createInspector({ workerUrl: inspectorUrl() }),
  };
  closes.push(files.inspector.stop);
  let publicUrl = environment.publicUrl ?? '';
  const metrics = createMetrics(store, log);
  const context: ServerContext = {
    store,
    clock: Date.now,
    log,
    hub,
    dispatcher,
    takes: new Takes(),
    refusals: new RefusalLog(store),
    headersKept: environment.headersKept,
    ...(environment.turn && { turn: environment.turn }),
    files,
    ...(hasZstd() && { images: branchImages() }),
    evidence: evidence.book,
    candidatesDropped: metrics.count(
      'ventanilla_signal_candidates_dropped_total',
      'Addresses for video that the other side may not try, and did not get',
    ),
    // Known when the port is.
    get publicUrl() {
      return publicUrl;
    },
  };
  if (database.isEmbedded) await loadDemo(context, dataFolder);
  else if (!(await hasCompany(store.db))) {
    log.warn('The database has no company yet: npm run admin -- setup --file office.yaml');
  }

  let isStopping = false;
  const pages = customerFolder();
  const app = await createApp({
    context,
    version: productVersion(),
    tls: environment.tls,
    trustedProxies: environment.trustedProxies,
    customerFolder: pages,
    metrics,
    metricsToken: metricsToken(dataFolder),
    disk,
    isStopping: () => isStopping,
  });
  const processId = uuidv7();
  closes.push(startHints({ url: database.url, hub, log, processId }).stop);
  const rooms = new Rooms();
  closes.push(startRoomWire({ url: database.url, rooms, log, processId }).stop);
  dispatcher.start(context);
  closes.push(dispatcher.stop);
  closes.push(startForgetting(context).stop);
  closes.push(startRecordingUnanswered(context, evidence.book).stop);
  closes.push(startSweeping(context, files.blobs).stop);
  if (context.images) closes.push(context.images.stop);
  closes.push(every(EXPIRE_EVERY_MS, () => endExpiredSessions(context), log));
  const drain = drainer(app);
  const sockets = attachSockets(app.server, context, {
    deviceOf: (authorization) => findDevice(context, authorization),
    redeem: (ticket, deviceId) => redeemSocketTicket(context, ticket, deviceId),
    rooms,
    trustedProxies: environment.trustedProxies,
  });
  closes.push(async () => {
    isStopping = true;
    await Promise.all([sockets.stop(), drain()]);
  });
  metrics.watch('ventanilla_desks', 'Desks with an open socket', () => sockets.desks.count());
  watchEvidence(metrics, store.db, evidenceFolder(dataFolder));
  metrics.watch('ventanilla_pages', 'Customers’ pages with an open socket', () => sockets.pages());

  const port = await listen(app, environment);
  const url = serverUrl(environment, port);
  publicUrl ||= url;
  const demo = await readDemo(context, dataFolder);
  const kiosk = demo?.kioskTokens['centro'];
  const facts = {
    server: url,
    ...(pages !== null && kiosk !== undefined && { kiosk: `${url}/kiosk/centro#token=${kiosk}` }),
    ...(pages !== null && demo && { display: `${url}/display/centro` }),
    docs: `${url}/docs`,
    ...(demo && { demo: demoFacts(demo) }),
  };
  return { facts, lost: database.lost, stop: closeAll };
}

async function listen(app: FastifyInstance, { host, port }: Environment): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new EnvironmentError('VENTANILLA_PORT', `${port} is in use by another program`);
    if (code === 'EACCES') throw new EnvironmentError('VENTANILLA_PORT', `${port} may not be used by this account`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new EnvironmentError('VENTANILLA_HOST', `${host} is no address of this machine`);
    }
    throw error;
  }
  return (app.server.address() as AddressInfo).port;
}

/** No new request is taken; those under way get some time, then everybody is cut off, sockets that do not say goodbye too. */
function drainer(app: FastifyInstance): () => Promise<void> {
  const connections = new Set<Socket>();
  app.server.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
  });
  return async () => {
    const late = setTimeout(() => {
      for (const connection of connections) connection.destroy();
    }, DRAIN_MS);
    await app.close();
    clearTimeout(late);
  };
}

function every(milliseconds: number, act: () => Promise<void>, log: Logger): () => void {
  const timer = setInterval(() => {
    act().catch((error: unknown) => log.error({ error }, 'a regular task failed'));
  }, milliseconds);
  return () => clearInterval(timer);
}

/** Made once; whoever may read the data folder may read the figures from elsewhere. */
function metricsToken(dataFolder: string): string {
  const path = join(dataFolder, 'metrics-token');
  const known = readDataFile(path)?.trim();
  if (known) return known;
  const token = newSecret();
  writeDataFile(path, `${token}\n`);
  return token;
}
