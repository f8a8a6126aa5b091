import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startProcess, type Running } from '../../e2e/support/start-process.ts';
import { OfficeFile } from '../../src/server/admin/office-file.ts';
import { setUpOffice } from '../../src/server/admin/set-up-office.ts';
import { ChangeHub } from '../../src/server/changes/change-hub.ts';
import { RefusalLog } from '../../src/server/commands/refusal-log.ts';
import { Takes } from '../../src/server/commands/takes.ts';
import { createDispatcher } from '../../src/server/dispatch/dispatcher.ts';
import { startEmbeddedPostgres } from '../../src/server/start/embedded-postgres.ts';
import { connect } from '../../src/server/store/connect.ts';
import { migrate } from '../../src/server/store/migrate.ts';

export const PASSWORD = 'lluvia sobre el patio';

/** Built server processes on one PostgreSQL, as the product starts it for itself, and one branch, `centro`. */
export interface BenchOffice {
  databaseUrl: string;
  /** Addresses of the servers. */
  servers: string[];
  /** Ids of their processes, and of PostgreSQL's. */
  serverPids: number[];
  postgresPid: number;
  /** Of kiosks and integrations: one may issue 600 tickets in a minute. */
  deviceTokens: string[];
  /** Where the row may keep its own files. */
  folder: string;
  close: () => Promise<void>;
}

/**
 * `agents`: each is `agente<n>@banco.test` with a module of their own, `Módulo <n>`, 1 first; all attend `caja`, which is a service
 * by video for `isVideo`.
 */
export async function openOffice(size: {
  agents: number;
  servers: number;
  devices?: number;
  isVideo?: boolean;
}): Promise<BenchOffice> {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-bench-'));
  const postgres = await startEmbeddedPostgres(join(folder, 'postgres'), () => undefined);
  const deviceTokens = Array.from({ length: size.devices ?? 1 }, (_, index) => `ficha-${index + 1}-${'x'.repeat(32)}`);
  const servers: Running<{ server: string }>[] = [];
  const close = async (): Promise<void> => {
    for (const server of servers) await server.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const file = officeOf(size.agents, deviceTokens.length, size.isVideo === true);
    await fill(postgres.url, file, deviceTokens);
    for (let index = 0; index < size.servers; index += 1) {
      const variables = {
        VENTANILLA_DATA: join(folder, `server-${index + 1}`),
        VENTANILLA_PORT: '0',
        VENTANILLA_DATABASE_URL: postgres.url,
      };
      servers.push(await startProcess<{ server: string }>('out/server/server.js', variables));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    databaseUrl: postgres.url,
    servers: servers.map(({ ready }) => ready.server),
    serverPids: servers.map(({ child }) => child.pid ?? 0),
    postgresPid: postgres.pid,
    deviceTokens,
    folder,
    close,
  };
}

async function fill(url: string, file: OfficeFile, deviceTokens: string[]): Promise<void> {
  const store = connect(url, () => undefined);
  const log = pino({ level: 'silent' });
  try {
    await migrate(store.db);
    const context = {
      store,
      clock: Date.now,
      log,
      publicUrl: '',
      hub: new ChangeHub(store, log),
      dispatcher: createDispatcher(),
      takes: new Takes(),
      refusals: new RefusalLog(store),
    };
    const left = [...deviceTokens];
    await setUpOffice(context, file, {
      password: () => ({ password: PASSWORD, mustChange: false }),
      token: () => left.shift() ?? '',
    });
  } finally {
    await store.close();
  }
}

const officeOf = (agents: number, devices: number, isVideo: boolean): OfficeFile =>
  OfficeFile.parse({
    company: { slug: 'banco', name: 'Banco', locale: 'es-CO', country: 'CO' },
    branches: [
      {
        slug: 'centro',
        name: 'Sucursal Centro',
        timeZone: 'America/Bogota',
        departments: [
          {
            name: 'Atención',
            services: [
              { slug: 'caja', name: 'Caja', letter: 'C', topics: ['Pago'], kind: isVideo ? 'video' : 'counter' },
            ],
          },
        ],
        modules: Array.from({ length: agents }, (_, index) => `Módulo ${index + 1}`),
      },
    ],
    agents: Array.from({ length: agents }, (_, index) => ({
      email: `agente${index + 1}@banco.test`,
      firstName: `Agente${index + 1}`,
      lastName: 'Rojas',
      branches: ['centro'],
      main: ['caja'],
    })),
    integrations: Array.from({ length: devices }, (_, index) => `Programa ${index + 1}`),
  });
