import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { Agent } from 'undici';
import { compare, compared, median } from '../compare.ts';
import { insertRows } from '../floors/insert-rows.ts';
import { figure, type Figure, type Measure } from '../row.ts';
import { hashBranch, hashRows, readRows, writeRows, type BranchHash } from '../support/branch-rows.ts';
import { openColdDesk } from '../support/cold-desk.ts';
import { openFilledOffice, type FilledOffice } from '../support/filled-office.ts';
import { startFloor } from '../support/floor-process.ts';
import { runPeer } from '../support/peers.ts';
import { treeCpu } from '../support/tree-cpu.ts';

const HEADERS = 100_000;
/** Each holds four cold syncs of seconds: with more, the row alone would take minutes. */
const PAIRS = 7;

/** How many times as fast as each: RxDB's storage that lasts is not free on Node, so it and Zero keep theirs in memory. */
const PEERS = [
  { name: 'RxDB 17.6 (memory, HTTP pull)', file: 'rxdb.ts', times: 8 },
  { name: 'Zero 1.9 (memory)', file: 'zero.ts', times: 10 },
  { name: 'PouchDB 9 from express-pouchdb 4.2, 2 indexes', file: 'pouchdb.ts', times: 30 },
];

/**
 * A desk without anything, from its first word to having caught up with all headers of its branch, indexes and search ready,
 * beside the same rows decoded from a loopback stream and inserted in one transaction with the same indexes and search after.
 * What both have to end with is what PostgreSQL has.
 */
export const measure: Measure = async ({ peers }) => {
  const office = await openFilledOffice(HEADERS);
  const dispatcher = new Agent();
  const rowsPath = join(office.folder, 'rows.ndjson');
  const floor = await startFloor('rows-server.ts', { ROWS: rowsPath });
  try {
    const expected = await writeExpected(office, rowsPath);
    if (expected.count !== HEADERS) throw new Error(`PostgreSQL has ${expected.count} headers, not ${HEADERS}.`);
    let checked = 0;
    const check = (path: string): void => {
      const { count, hash } = hashBranch(path);
      if (count !== expected.count || hash !== expected.hash) {
        throw new Error(`${path} has ${count} headers, and they or what is found in them are not PostgreSQL's.`);
      }
      checked += 1;
    };
    const signedIn = await office.signIn('ana@demo.test');
    const serverCpu: number[] = [];
    const ours = async (): Promise<number> => {
      const before = treeCpu(office.serverPid);
      const desk = await openColdDesk(office, signedIn, serverCpu.length);
      serverCpu.push(treeCpu(office.serverPid) - before);
      const { branchFile } = await desk.stop();
      if (serverCpu.length <= 2) check(branchFile);
      await desk.remove();
      return desk.took;
    };
    const floorCpu: number[] = [];
    const theirs = async (): Promise<number> => {
      const path = join(office.folder, `floor-${floorCpu.length}.db`);
      const before = process.cpuUsage();
      const sentBefore = treeCpu(floor.pid);
      const took = await insertRows(`http://127.0.0.1:${floor.port}/`, dispatcher, path);
      const { user, system } = process.cpuUsage(before);
      floorCpu.push((user + system) / 1_000 + treeCpu(floor.pid) - sentBefore);
      if (floorCpu.length <= 2) check(path);
      await rm(path);
      return took;
    };

    // The first desk waits for the image to be made.
    const first = await ours();
    const comparison = await compare(ours, theirs, PAIRS);
    const [firstCpu = NaN, ...laterCpu] = serverCpu;
    const beside = peers ? await besidePeers(comparison.ours, rowsPath) : { figures: [], missing: [] };
    return {
      work: `Cold sync of ${HEADERS.toLocaleString('en')} headers, from the first word to caught up`,
      beside: 'the same rows from a loopback stream, decoded and inserted, indexes and search after',
      figures: [
        compared('all', 'ms', comparison, { atMost: 0.5 }),
        // PostgreSQL, which sends our rows, is counted; so is who sends those of the floor.
        figure(
          'CPU of server and PostgreSQL for making the image, beside that of the floor, its sender too',
          'ms',
          { ours: firstCpu - median(laterCpu), theirs: median(floorCpu) },
          { atMost: 1.2 },
        ),
        figure('the wait of the first desk for the image, by the clock', 'ms', {
          ours: first - comparison.ours,
          theirs: comparison.theirs,
        }),
        ...beside.figures,
      ],
      gate: [
        `${checked} files with the ${HEADERS} headers of PostgreSQL: one hash of all rows and of a search`,
        ...(beside.figures.length > 0 ? ['each peer with one hash of all headers'] : []),
        ...beside.missing,
      ].join('; '),
    };
  } finally {
    await dispatcher.close();
    await floor.stop();
    await office.close();
  }
};

/** The rows that the floor and the peers are given. */
async function writeExpected({ databaseUrl, branchId }: FilledOffice, rowsPath: string): Promise<BranchHash> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    // Else PostgreSQL does it by itself in the midst, and its time would count.
    await database.query('VACUUM ANALYZE ticket');
    const rows = await readRows(database, branchId);
    writeRows(rows, rowsPath);
    return hashRows(rows);
  } finally {
    await database.end();
  }
}

/** The same headers into the client of each peer, once. */
async function besidePeers(ours: number, rowsPath: string): Promise<{ figures: Figure[]; missing: string[] }> {
  const figures: Figure[] = [];
  const missing: string[] = [];
  for (const { name, file, times } of PEERS) {
    const result = await runPeer(file, rowsPath);
    if (typeof result === 'string') missing.push(`${name}: ${result}`);
    else figures.push(figure(name, 'ms', { ours, theirs: result.milliseconds }, { atMost: 1 / times }));
  }
  return { figures, missing };
}
