import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import type { ServerReady } from '../../e2e/support/office.ts';
import { startProcess } from '../../e2e/support/start-process.ts';
import { compare, compared } from '../compare.ts';
import { fillBranch } from '../fill-branch.ts';
import { figure, type Figure, type Measure } from '../row.ts';
import { seatCrowd } from '../support/crowd-sessions.ts';
import { startCrowd } from '../support/desk-crowd.ts';
import { openUsage } from '../support/read-usage.ts';
import { untilStopped } from '../until-stopped.ts';

const BRANCHES = 50;
const DESKS_A_BRANCH = 100;
const LISTENERS = 500;
const CHANGES_A_SECOND = 20;
const SAMPLE_SECONDS = 5;
/** The figure is CPU per delivery: a sample of seconds has tens of thousands of them. */
const LONG_SECONDS = 60;
const PAIRS = 2;
/** As `hint.ts` names it. */
const CHANNEL = 'ventanilla_changes';

/**
 * What a desk that only listens costs the server, and what it costs to hand it a change, beside a bare WebSocket server with as
 * many clients that is given each frame ready-made. The changes are written as another server process writes them, and hinted
 * at: to find, read, frame and send them is ours.
 */
export const measure: Measure = async ({ peers }) => {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-bench-'));
  const serverUsage = await openUsage(join(folder, 'usage-server'));
  const floorUsage = await openUsage(join(folder, 'usage-floor'));
  const office = await startProcess<ServerReady>('out/server/server.js', {
    VENTANILLA_DATA: folder,
    VENTANILLA_PORT: '0',
    ...serverUsage.environment,
  });
  const floor = spawn(process.execPath, [join(import.meta.dirname, '../floors/socket-server.ts')], {
    env: { ...process.env, ...floorUsage.environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const databaseUrl = (await readFile(join(folder, 'database-url'), 'utf8')).trim();
  const database = new pg.Client({ connectionString: databaseUrl });
  try {
    const [port] = (await once(createInterface(floor.stdout), 'line')) as [string];
    await database.connect();
    const sides = {
      ours: {
        url: `${office.ready.server.replace('http', 'ws')}/v1/desk/socket`,
        read: () => serverUsage.read(office.child.pid ?? 0),
      },
      theirs: { url: `ws://127.0.0.1:${port}/`, read: () => floorUsage.read(floor.pid ?? 0) },
    };

    const idle = async (side: keyof typeof sides): Promise<{ heap: number; rss: number }> => {
      const { url, read } = sides[side];
      const branches = await seatBranches(database, `${side}-`);
      const [warmUp, ...others] = branches;
      const crowd = startCrowd();
      await crowd.open(url, warmUp?.desks ?? []);
      const before = await read();
      for (const { desks } of others) await crowd.open(url, desks);
      const after = await read();
      await crowd.close();
      const desks = (BRANCHES - 1) * DESKS_A_BRANCH * 1_024;
      return {
        heap: (after.heap + after.external - before.heap - before.external) / desks,
        rss: (after.rss - before.rss) / desks,
      };
    };
    const memory = { ours: await untilStopped(idle('ours')), theirs: await untilStopped(idle('theirs')) };

    await fillBranch(databaseUrl, 'centro', 1);
    const { rows: tickets } = await database.query<{ header: unknown }>('SELECT header FROM ticket');
    const header = tickets[0]?.header;
    const listeners = await seatCrowd(database, 'oyentes', LISTENERS);
    const { stream } = listeners;
    const oursCrowd = startCrowd();
    await oursCrowd.open(sides.ours.url, listeners.desks);
    const theirsCrowd = startCrowd();
    const theirDesks = listeners.desks.map((desk) => ({ ...desk, cursors: { [stream]: 0 } }));
    await theirsCrowd.open(sides.theirs.url, theirDesks);
    let theirSeq = 0;
    let delivered = 0;
    const send = {
      ours: async (): Promise<number> => {
        const entries = JSON.stringify([{ stream, rank: 2, body: { type: 'ticket.put', header } }]);
        const { rows } = await database.query<{ seq: number }>('SELECT seq::int FROM write_changes($1::jsonb)', [
          entries,
        ]);
        await database.query('SELECT pg_notify($1, $2)', [
          CHANNEL,
          JSON.stringify({ from: 'bench', streams: [stream] }),
        ]);
        return rows[0]?.seq ?? 0;
      },
      theirs: (): Promise<number> => {
        theirSeq += 1;
        const changes = [{ seq: theirSeq, body: { type: 'ticket.put', header } }];
        floor.stdin.write(`${JSON.stringify({ type: 'changes', stream, changes })}\n`);
        return Promise.resolve(theirSeq);
      },
    };
    /** CPU of the server for each change that reached a desk, in µs. */
    const fanOut = async (side: keyof typeof sides, seconds: number): Promise<number> => {
      const crowd = side === 'ours' ? oursCrowd : theirsCrowd;
      const before = await sides[side].read();
      const beginAt = performance.now();
      let last = 0;
      for (let change = 0; change < seconds * CHANGES_A_SECOND; change += 1) {
        last = await send[side]();
        const wait = beginAt + ((change + 1) * 1_000) / CHANGES_A_SECOND - performance.now();
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait)));
      }
      await crowd.heard(stream, last);
      const after = await sides[side].read();
      const deliveries = seconds * CHANGES_A_SECOND * LISTENERS;
      delivered += deliveries;
      return ((after.cpuBefore - before.cpuAfter) * 1_000) / deliveries;
    };
    const comparison = await compare(
      () => fanOut('ours', SAMPLE_SECONDS),
      () => fanOut('theirs', SAMPLE_SECONDS),
      PAIRS,
    );
    const long: Figure[] = [];
    if (peers) {
      const ours = await untilStopped(fanOut('ours', LONG_SECONDS));
      const theirs = await untilStopped(fanOut('theirs', LONG_SECONDS));
      long.push(figure(`CPU a delivery, once over ${LONG_SECONDS} s`, 'µs', { ours, theirs }, { atMost: 2 }));
    }
    await oursCrowd.close();
    await theirsCrowd.close();
    return {
      work: `${BRANCHES * DESKS_A_BRANCH} desks that only listen; ${LISTENERS} desks with ${CHANGES_A_SECOND} changes a second`,
      beside: 'a bare WebSocket server in a process of its own, given each frame ready-made',
      figures: [
        figure(
          'memory a desk, heap and buffers',
          'KB',
          { ours: memory.ours.heap, theirs: memory.theirs.heap },
          { atMost: 3 },
        ),
        figure(
          'memory a desk, of the whole process',
          'KB',
          { ours: memory.ours.rss, theirs: memory.theirs.rss },
          { atMost: 3 },
        ),
        compared(`CPU a delivery in ${SAMPLE_SECONDS} s`, 'µs', comparison, { atMost: 2 }),
        ...long,
      ],
      gate: `${delivered} deliveries: each desk got every change once, in order`,
    };
  } finally {
    await database.end();
    floor.stdin.end();
    await once(floor, 'exit');
    await office.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

async function seatBranches(database: pg.Client, prefix: string): Promise<Awaited<ReturnType<typeof seatCrowd>>[]> {
  const branches: Awaited<ReturnType<typeof seatCrowd>>[] = [];
  for (let branch = 0; branch < BRANCHES; branch += 1) {
    branches.push(await seatCrowd(database, `${prefix}${branch}-`, DESKS_A_BRANCH));
  }
  return branches;
}
