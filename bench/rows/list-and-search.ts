import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { buildBranchFile } from '../../src/cache-file/build-branch-file.ts';
import { headerRow } from '../../src/cache-file/header-row.ts';
import { createDeskStore } from '../../src/main/cache/desk-store.ts';
import { openStore } from '../../src/main/cache/open-store.ts';
import { startStore, type StoreClient } from '../../src/main/cache/store-client.ts';
import { beginStoreThread } from '../../src/main/cache/store-thread.ts';
import { deskFolders } from '../../src/main/start/desk-folders.ts';
import { ana, branch, company, fakeOffice } from '../../src/main/testing/fake-office.ts';
import { costlyLines, queryPlans } from '../../src/main/testing/query-plans.ts';
import type { TicketHeader } from '../../src/protocol/ticket.ts';
import { compareTails, percentile, tail, type TailComparison } from '../compare-tails.ts';
import { figure, type Figure, type Measure } from '../row.ts';
import { branchHeaders, headersNow } from '../support/branch-headers.ts';
import { createSearches } from '../support/searches.ts';
import { scanNewest } from '../support/scan-newest.ts';
import { startSqlThread } from '../support/sql-thread.ts';
import { untilStopped } from '../until-stopped.ts';

const SIZES = [100_000, 1_000_000];
const ROWS = 50;
const SEED = 20_261_122;
const ASKED = { list: 150, filter: 150, search: 300 };
const SCANNED = 10;
const workerUrl = new URL('../../out/main/cache-worker.cjs', import.meta.url);
const key = Buffer.alloc(32);

/** The best plans known for this file: the ids of a search come newest first from the index, and 50 rows are read. */
const floorStatements = {
  list: `SELECT * FROM headers WHERE branch_id = ? AND state = 'waiting' AND closed_at IS NULL ORDER BY number LIMIT ?`,
  filter: `SELECT * FROM headers WHERE branch_id = ? AND state = 'paused' AND closed_at IS NULL ORDER BY number LIMIT ?`,
  search: `SELECT h.* FROM headers_search AS s JOIN headers AS h ON h.number = s.rowid
           WHERE headers_search MATCH ? ORDER BY s.rowid DESC LIMIT ?`,
};
type Work = keyof typeof floorStatements;

/**
 * The desk's own store in its thread, asked as the main process asks it, beside SQL written by hand in a thread like it on a
 * copy of the same file. What comes back on both sides is the headers themselves, in this thread.
 */
export const measure: Measure = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-bench-'));
  try {
    const figures: Figure[] = [];
    const gates: string[] = [];
    for (const [index, size] of SIZES.entries()) {
      const sized = await measureSize(join(folder, String(size)), index + 1, size);
      figures.push(...sized.figures);
      gates.push(sized.gate);
    }
    return {
      work: 'List, filter and search in cached headers',
      beside: 'the best SQL by hand on the same file, in a thread like the store’s',
      figures,
      gate: gates.join('; '),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

async function measureSize(folder: string, desk: number, size: number): Promise<{ figures: Figure[]; gate: string }> {
  const { databaseFolder, markerPath } = deskFolders(folder, desk);
  await mkdir(databaseFolder, { recursive: true });
  const path = join(databaseFolder, `branch-${branch}.db`);
  const open: Record<'waiting' | 'paused', number[]> = { waiting: [], paused: [] };
  await buildBranchFile(path, async (writer) => {
    for (const header of branchHeaders(size, SEED)) {
      if (header.state === 'waiting' || header.state === 'paused') open[header.state].push(header.number);
      writer.putHeader(headerRow(header));
      if (header.number % 5_000 === 0) await untilStopped(setImmediate());
    }
    writer.setCursor(`branch:${branch}`, size);
  });
  const copy = join(folder, 'floor.db');
  await copyFile(path, copy);
  const statements = checkPlans({ databaseFolder, markerPath });
  const store = await startStore(beginStoreThread(workerUrl), { databaseFolder, markerPath, key }, () => undefined);
  const floor = await startSqlThread(copy, floorStatements);
  try {
    await store.ask('viewer.set', { agentId: ana, branchId: branch });
    await store.ask('desk.changes', headersNow);
    const { rows } = await store.ask('desk.window', 0, size);
    const line = rows.map(({ header }) => header.number);
    if (line.toSorted((a, b) => a - b).join(' ') !== open.waiting.join(' '))
      throw new Error('Others wait than those who are there.');
    const first = (numbers: readonly number[]): string => numbers.slice(0, ROWS).join(' ');
    // The line of the store is ordered by weighted wait: it is the same at every asking, and whole it is all who wait.
    const right = {
      list: { ours: first(line), theirs: first(open.waiting) },
      filter: { ours: first(open.paused), theirs: first(open.paused) },
    };
    const direct = new Database(copy, { readonly: true });
    const found = new Map<string, string>();
    const compared = async (work: Work): Promise<TailComparison> => {
      const checkOf = (side: 'ours' | 'theirs') => (input: string, numbers: string) => {
        const expected = work === 'search' ? (found.get(input) ?? numbers) : right[work][side];
        if (numbers !== expected) throw new Error(`${work} "${input}" gives other headers.`);
        if (work === 'search') found.set(input, numbers);
      };
      const inputs = inputsOf(work);
      return compareTails(
        createRuns(ASKED[work], inputs(), (input) => askStore(store, work, input), checkOf('ours')),
        createRuns(
          ASKED[work],
          inputs(),
          (input) => floor.ask(work, work === 'search' ? matchOf(input) : input, ROWS) as Promise<TicketHeader[]>,
          checkOf('theirs'),
        ),
      );
    };
    const figures: Figure[] = [];
    const of = size.toLocaleString('en');
    for (const work of ['list', 'filter', 'search'] as const) {
      const comparison = await compared(work);
      figures.push(tail(`${work} in ${of}`, 0.99, comparison, { atMost: 1.5 }));
      const p99 = percentile(comparison.ours, 0.99);
      if (size === SIZES.at(-1)) figures.push(figure(`${work} in ${of}, p99`, 'ms', { ours: p99 }, { atMost: 25 }));
      if (work !== 'search') continue;
      const statement = direct.prepare(floorStatements.search);
      const inputs = inputsOf(work)();
      const alone = Array.from({ length: comparison.ours.length }, () => {
        const match = matchOf(inputs());
        const start = performance.now();
        statement.all(match, ROWS);
        return performance.now() - start;
      });
      figures.push(figure(`search in ${of}, p99, SQL without a thread`, 'ms', { ours: percentile(alone, 0.99) }));
    }
    const scanned = checkScans(direct, found);
    direct.close();
    return {
      figures,
      gate: `${of}: the ${open.waiting.length} who wait and the ${open.paused.length} held, ${found.size} searches with the same headers on both sides, ${scanned} as a naive scan finds them, ${statements} statements without a scan or a sort`,
    };
  } finally {
    await floor.close();
    await store.close();
    await rm(folder, { recursive: true });
  }
}

async function askStore(store: StoreClient, work: Work, input: string): Promise<TicketHeader[]> {
  if (work === 'search') return store.ask('desk.search', input, ROWS);
  const { rows } = await store.ask(work === 'list' ? 'desk.window' : 'desk.heldWindow', 0, ROWS);
  return rows.map(({ header }) => header);
}

/** The inputs of one side: both get the same ones in the same order. */
function inputsOf(work: Work): () => () => string {
  return () => (work === 'search' ? createSearches(SEED + 2) : () => branch);
}

/** Makes the samples of a side. `check` gets the numbers that each asking gave, and throws where they are not right. */
function createRuns(
  count: number,
  next: () => string,
  ask: (input: string) => Promise<TicketHeader[]>,
  check: (input: string, numbers: string) => void,
) {
  return async (): Promise<number[]> => {
    const took: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const input = next();
      const start = performance.now();
      const headers = await ask(input);
      took.push(performance.now() - start);
      check(input, headers.map(({ number }) => number).join(' '));
    }
    return took;
  };
}

function matchOf(text: string): string {
  const words = text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? ['-'];
  return words.map((word) => `"${word}"*`).join(' ');
}

/** @throws when a search does not find what reading all headers finds */
function checkScans(db: Database.Database, found: Map<string, string>): number {
  const some = [...found.keys()].filter((_, index) => index % Math.ceil(found.size / SCANNED) === 0);
  for (const [text, numbers] of scanNewest(db, some, ROWS)) {
    if (found.get(text) !== numbers.join(' ')) throw new Error(`"${text}" does not find what is there.`);
  }
  return some.length;
}

/** Runs the store's reading once in this thread, and gives how many statements that were. @throws when one scans or sorts */
function checkPlans(folder: { databaseFolder: string; markerPath: string }): number {
  const opened = openStore(folder, key);
  const store = createDeskStore(opened);
  const changes = [{ seq: 1, body: { type: 'office.put', office: fakeOffice() } }];
  store['stream.apply'](JSON.stringify({ type: 'changes', stream: `company:${company}`, changes }));
  const plans = queryPlans(opened.cache, () => {
    store['viewer.set']({ agentId: ana, branchId: branch });
    store['desk.changes'](headersNow);
    store['desk.window'](0, ROWS);
    store['desk.heldWindow'](0, ROWS);
    const [first] = store['desk.search']('maria', ROWS);
    if (!first || !store['desk.ticket'](first.id)) throw new Error('Nobody is called María.');
  });
  opened.cache.close();
  opened.outbox.close();
  for (const [source, plan] of plans) {
    if (costlyLines(plan).length > 0) throw new Error(`${source}\n${plan.join('\n')}`);
  }
  return plans.size;
}
