import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { layChaosWire, type ChaosWire } from '../../e2e/faults/support/chaos-wire.ts';
import type { ServerReady } from '../../e2e/support/office.ts';
import { startProcess } from '../../e2e/support/start-process.ts';
import { openCoreDesk, type CoreDesk } from './core-desk.ts';
import type { OfflineService } from './offline-day.ts';

/** The built server on the PostgreSQL that it starts for itself, and a desk on a wire with its agent at work. */
export interface ReplayOffice {
  databaseUrl: string;
  folder: string;
  database: pg.Client;
  wire: ChaosWire;
  desk: CoreDesk;
  /** What the agent attends: five services, so that the reserved numbers reach for 100 customers without the line. */
  services: OfflineService[];
  close: () => Promise<void>;
}

export async function openReplayOffice(): Promise<ReplayOffice> {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-bench-'));
  const closes: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const each of closes.splice(0).toReversed()) await each();
  };
  try {
    const environment = { VENTANILLA_DATA: folder, VENTANILLA_PORT: '0' };
    const office = await startProcess<ServerReady>('out/server/server.js', environment);
    closes.push(() => office.stop());
    const databaseUrl = (await readFile(join(folder, 'database-url'), 'utf8')).trim();
    const database = new pg.Client({ connectionString: databaseUrl });
    await database.connect();
    closes.push(() => database.end());
    const services = await openCounters(database);
    const wire = await layChaosWire(office.ready.server);
    closes.push(() => wire.close());
    const desk = await openCoreDesk(join(folder, 'desk'), wire.url);
    closes.push(() => desk.stop());
    await desk.until('session.changed', ({ state }) => state === 'signedOut');
    await desk.call('session.signIn', { email: 'ana@demo.test', password: office.ready.demo.password });
    const fact = await desk.until('session.changed', ({ state }) => state === 'choosingSeat');
    const seat = fact.state === 'choosingSeat' ? fact.seats[0] : undefined;
    const module = seat?.modules[0];
    if (!seat || !module) throw new Error('Nowhere to sit.');
    await desk.call('session.takeSeat', { branchId: seat.branchId, moduleId: module.id });
    await desk.until('line.changed', ({ state }) => state === 'up');
    return { databaseUrl, folder, database, wire, desk, services, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Gives the agent of the demo all counters of the branch, and the branch a fifth one. */
async function openCounters(database: pg.Client): Promise<OfflineService[]> {
  await database.query(`
    INSERT INTO service (id, branch_id, department_id, slug, name, letter, kind, minutes, lateness_minutes, position)
    SELECT gen_random_uuid(), branch_id, department_id, 'tramites', 'Trámites', 'T', kind, minutes, lateness_minutes, 9
    FROM service WHERE slug = 'caja' AND branch_id = (SELECT id FROM branch WHERE slug = 'centro')`);
  await database.query(`
    INSERT INTO topic (id, service_id, name) SELECT gen_random_uuid(), id, 'Copia' FROM service WHERE slug = 'tramites'`);
  await database.query(`
    INSERT INTO agent_service (agent_id, service_id, level)
    SELECT agent.id, service.id, 'support' FROM agent, service JOIN branch ON branch.id = service.branch_id
    WHERE agent.email = 'ana@demo.test' AND branch.slug = 'centro' AND service.kind = 'counter' ON CONFLICT DO NOTHING`);
  const { rows } = await database.query<OfflineService>(`
    SELECT service.id, min(topic.id::text) AS "topicId" FROM service JOIN branch ON branch.id = service.branch_id
    JOIN topic ON topic.service_id = service.id WHERE branch.slug = 'centro' AND service.kind = 'counter' GROUP BY service.id`);
  return rows;
}
