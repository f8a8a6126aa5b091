import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { Agent, request } from 'undici';
import type { ServerReady } from '../../e2e/support/office.ts';
import { startProcess } from '../../e2e/support/start-process.ts';
import { buildBranchFile } from '../../src/cache-file/build-branch-file.ts';
import type { HeaderRow } from '../../src/cache-file/header-row.ts';
import { startStore } from '../../src/main/cache/store-client.ts';
import { deskFolders } from '../../src/main/start/desk-folders.ts';
import { createImageTaker } from '../../src/main/sync/image-taker.ts';
import { lineTimings } from '../../src/main/sync/line-timings.ts';
import { createLine } from '../../src/main/sync/line.ts';
import { createServerApi } from '../../src/main/sync/server-api.ts';
import { createServerClock } from '../../src/main/sync/server-clock.ts';
import { compare, compared } from '../compare.ts';
import { fillBranch } from '../fill-branch.ts';
import { figure, type Measure } from '../row.ts';

const log = pino({ level: 'silent' });
const workerUrl = new URL('../../out/main/cache-worker.js', import.meta.url);

/**
 * A desk without anything, from its first word to having caught up with all headers of its branch, indexes and search ready,
 * beside the same rows decoded from a loopback stream and inserted in one transaction with the same indexes and search after.
 */
export const measure: Measure = async () => {
  const headers = 100_000;
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-bench-'));
  const office = await startProcess<ServerReady>('out/server/server.js', {
    VENTANILLA_DATA: folder,
    VENTANILLA_PORT: '0',
  });
  const serverUrl = new URL(office.ready.server);
  const api = createServerApi(serverUrl, { language: () => 'es', revoked: () => undefined, dated: () => undefined });
  const dispatcher = new Agent();
  const rowsPath = join(folder, 'rows.ndjson');
  const floor = spawn(process.execPath, [join(import.meta.dirname, '../floors/rows-server.ts')], {
    env: { ...process.env, ROWS: rowsPath },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [port] = (await once(createInterface(floor.stdout), 'line')) as [string];
    const databaseUrl = (await readFile(join(folder, 'database-url'), 'utf8')).trim();
    const branchId = await fillBranch(databaseUrl, 'centro', headers);
    const email = 'ana@demo.test';
    const signedIn = await api.signIn({ email, password: office.ready.demo.password, deskName: 'Banco' }, null);
    if (!signedIn.device) throw new Error('The desk was not enrolled.');
    const key = { token: signedIn.sessionToken, device: signedIn.device };
    const seat = signedIn.seats.find((each) => each.branchId === branchId)?.modules[0];
    if (!seat) throw new Error('Nowhere to sit.');
    await api.takeSeat(key, {
      branchId: branchId as Parameters<typeof api.takeSeat>[1]['branchId'],
      moduleId: seat.id,
    });

    let runs = 0;
    let bytesOfState = '';
    const hashes = new Set<string>();
    const note = (path: string): void => {
      const db = new Database(path, { readonly: true });
      const found = db.prepare("SELECT count(*) FROM headers_search WHERE headers_search MATCH 'nanez*'").pluck();
      const hash = createHash('sha256').update(`${String(found.get())}\n`);
      let count = 0;
      for (const row of db.prepare<[], HeaderRow>('SELECT * FROM headers ORDER BY number').iterate()) {
        count += 1;
        const { json, ...columns } = row;
        const sorted = Object.entries(JSON.parse(json) as object).toSorted(([a], [b]) => (a < b ? -1 : 1));
        hash.update(JSON.stringify([columns, sorted]));
      }
      db.close();
      bytesOfState = `${count} headers`;
      hashes.add(`${count} ${hash.digest('hex')}`);
    };

    const ours = async (): Promise<number> => {
      runs += 1;
      const { databaseFolder, markerPath } = deskFolders(folder, 1_000 + runs);
      const store = await startStore(workerUrl, { databaseFolder, markerPath, key: Buffer.alloc(32) }, () => undefined);
      await store.ask('viewer.set', { agentId: signedIn.agent.id, branchId: branchId as never });
      const images = createImageTaker({ api, store, folder: databaseFolder, log });
      const clock = createServerClock(0);
      const start = performance.now();
      let line: ReturnType<typeof createLine> | undefined;
      await new Promise<void>((resolve, reject) => {
        line = createLine(
          {
            serverUrl,
            api,
            store,
            images,
            clock,
            timings: lineTimings,
            random: () => 0,
            device: () => key.device,
            log,
          },
          { changed: () => undefined, applied: () => undefined, up: resolve, ended: reject },
        );
        line.start(key);
      });
      const took = performance.now() - start;
      line?.stop();
      await store.close();
      const path = join(databaseFolder, `branch-${branchId}.db`);
      if (runs === 1) writeRows(path, rowsPath);
      if (runs <= 2) note(path);
      await rm(join(databaseFolder, '..'), { recursive: true });
      return took;
    };
    const theirs = async (): Promise<number> => {
      runs += 1;
      const path = join(folder, `floor-${runs}.db`);
      const start = performance.now();
      await buildBranchFile(path, async (writer) => {
        const { body } = await request(`http://127.0.0.1:${port}/`, { dispatcher });
        let rest = '';
        for await (const chunk of body.setEncoding('utf8') as AsyncIterable<string>) {
          const lines = (rest + chunk).split('\n');
          rest = lines.pop() ?? '';
          writer.putHeaders(lines.map((text) => JSON.parse(text) as HeaderRow));
        }
      });
      const took = performance.now() - start;
      if (runs <= 4) note(path);
      await rm(path);
      return took;
    };

    // The first desk waits for the image to be made; its rows are those of the floor.
    const first = await ours();
    const comparison = await compare(ours, theirs);
    if (hashes.size !== 1) throw new Error(`The sides ended with different rows: ${[...hashes].join(', ')}`);
    return {
      work: `Cold sync of ${headers} headers, from the first word to caught up`,
      beside: 'the same rows from a loopback stream, decoded and inserted, indexes and search after',
      figures: [
        compared('all', 'ms', comparison, { atMost: 0.5 }),
        figure(
          'waiting of the first desk for the image to be made',
          'ms',
          { ours: first - comparison.ours, theirs: comparison.theirs },
          { atMost: 1.2 },
        ),
      ],
      gate: `${bytesOfState}, one hash of all rows and of a search on both sides`,
    };
  } finally {
    await api.close();
    await dispatcher.close();
    floor.stdin.end();
    await once(floor, 'exit');
    await office.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

/** What the floor's server sends: one row a line, as it is inserted. */
function writeRows(databasePath: string, rowsPath: string): void {
  const db = new Database(databasePath, { readonly: true });
  const rows = db.prepare<[], HeaderRow>(
    `SELECT number, id, branch_id AS branchId, service_id AS serviceId, state, holder_id AS holderId,
       turn_code AS turnCode, business_day AS businessDay, waiting_since AS waitingSince, closed_at AS closedAt,
       display_name AS displayName, document_last4 AS documentLast4, json FROM headers ORDER BY number`,
  );
  writeFileSync(
    rowsPath,
    rows
      .all()
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(''),
  );
  db.close();
}
