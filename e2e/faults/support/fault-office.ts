import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { OfficeFile } from '../../../src/server/admin/office-file.ts';
import { setUpOffice } from '../../../src/server/admin/set-up-office.ts';
import { ChangeHub } from '../../../src/server/changes/change-hub.ts';
import { RefusalLog } from '../../../src/server/commands/refusal-log.ts';
import { Takes } from '../../../src/server/commands/takes.ts';
import { createDispatcher } from '../../../src/server/dispatch/dispatcher.ts';
import { connect, type Store } from '../../../src/server/store/connect.ts';
import { testDatabase } from '../../../src/server/testing/test-database.ts';
import { freePort } from '../../support/free-port.ts';
import { startProcess, type Running } from '../../support/start-process.ts';

export const PASSWORD = 'lluvia sobre el patio';
export const TOKEN = 'ficha-de-las-fallas-1234567890-abcdefghijk';

/** A server process on the office's database. It keeps its port when it is started again. */
export interface FaultServer {
  url: string;
  /** SIGKILL by default; resolves when it is gone. */
  kill: (signal?: NodeJS.Signals) => Promise<void>;
  start: () => Promise<void>;
  /** Resolves when it is there: at once, or after the next start. */
  up: () => Promise<void>;
}

/** One office, one PostgreSQL database, several server processes. */
export interface FaultOffice {
  store: Store;
  databaseUrl: string;
  servers: FaultServer[];
  /** E-mails of its agents; each has a module of their own. */
  agents: string[];
  /** Where desks may keep their data. */
  folder: string;
  close: () => Promise<void>;
}

const officeOf = (agents: string[]): OfficeFile =>
  OfficeFile.parse({
    company: { slug: 'fallas', name: 'Fallas', locale: 'es-CO', country: 'CO' },
    branches: [
      {
        slug: 'centro',
        name: 'Sucursal Centro',
        timeZone: 'America/Bogota',
        departments: [
          {
            name: 'Atención',
            services: [
              { slug: 'caja', name: 'Caja', letter: 'C', topics: ['Pago'] },
              { slug: 'asesoria', name: 'Asesoría', letter: 'A', kind: 'video' },
            ],
          },
        ],
        modules: agents.map((_, index) => `Módulo ${index + 1}`),
      },
    ],
    agents: agents.map((email, index) => ({
      email,
      firstName: `Agente${index + 1}`,
      lastName: 'Rojas',
      branches: ['centro'],
      main: ['caja'],
      support: ['asesoria'],
    })),
    integrations: ['Quiosco'],
  });

/**
 * Opens an office of `agents` agents on `servers` built server processes.
 * @param databaseUrlOf where each server finds the database, by its index: a wire may be laid between
 * @param environmentOf what the process of each server gets beside its own, by its index
 */
export async function openFaultOffice({
  agents: count,
  servers: processes,
  databaseUrlOf = (url) => url,
  environmentOf = () => ({}),
}: {
  agents: number;
  servers: number;
  databaseUrlOf?: (url: string, index: number) => string | Promise<string>;
  environmentOf?: (index: number) => Record<string, string>;
}): Promise<FaultOffice> {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-faults-'));
  const database = await testDatabase();
  const lost: unknown[] = [];
  const store = connect(database.url, (error) => lost.push(error));
  const agents = Array.from({ length: count }, (_, index) => `agente${index + 1}@fallas.test`);
  const log = pino({ level: 'silent' });
  const context = {
    store,
    clock: Date.now,
    log,
    publicUrl: 'http://127.0.0.1',
    hub: new ChangeHub(store, log),
    dispatcher: createDispatcher(),
    takes: new Takes(),
    refusals: new RefusalLog(store),
  };
  await setUpOffice(context, officeOf(agents), {
    password: () => ({ password: PASSWORD, mustChange: false }),
    token: () => TOKEN,
  });
  const servers = await Promise.all(
    Array.from({ length: processes }, async (_, index) =>
      openFaultServer(
        join(folder, `server-${index + 1}`),
        await databaseUrlOf(database.url, index),
        environmentOf(index),
      ),
    ),
  );
  return {
    store,
    databaseUrl: database.url,
    servers,
    agents,
    folder,
    close: async () => {
      await Promise.all(servers.map(({ kill }) => kill('SIGTERM')));
      await store.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openFaultServer(
  dataFolder: string,
  databaseUrl: string,
  environment: Record<string, string>,
): Promise<FaultServer> {
  const port = await freePort();
  const begin = (): Promise<Running<unknown>> =>
    startProcess('out/server/server.js', {
      VENTANILLA_DATA: dataFolder,
      VENTANILLA_PORT: String(port),
      VENTANILLA_DATABASE_URL: databaseUrl,
      ...environment,
    });
  let running: Running<unknown> | null = await begin();
  let up = Promise.withResolvers<void>();
  up.resolve();
  return {
    url: `http://127.0.0.1:${port}`,
    kill: async (signal = 'SIGKILL') => {
      const ending = running;
      running = null;
      up = Promise.withResolvers<void>();
      await ending?.stop(signal);
    },
    start: async () => {
      running = await begin();
      up.resolve();
    },
    up: () => up.promise,
  };
}
