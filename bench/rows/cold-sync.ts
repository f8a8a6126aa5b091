import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent } from 'undici';
import { compare, compared } from '../compare.ts';
import { insertRows } from '../floors/insert-rows.ts';
import { figure, type Figure, type Measure } from '../row.ts';
import { hashBranch, writeRows } from '../support/branch-rows.ts';
import { openColdDesk } from '../support/cold-desk.ts';
import { openFilledOffice } from '../support/filled-office.ts';
import { startFloor } from '../support/floor-process.ts';
import { runPeer } from '../support/peers.ts';

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
 */
export const measure: Measure = async ({ peers }) => {
  const office = await openFilledOffice(HEADERS);
  const dispatcher = new Agent();
  const rowsPath = join(office.folder, 'rows.ndjson');
  const floor = await startFloor('rows-server.ts', { ROWS: rowsPath });
  try {
    const signedIn = await office.signIn('ana@demo.test');
    const hashes = new Set<string>();
    const note = (path: string): void => {
      const { count, hash } = hashBranch(path);
      hashes.add(`${count} ${hash}`);
    };
    let ourRuns = 0;
    const ours = async (): Promise<number> => {
      ourRuns += 1;
      const desk = await openColdDesk(office, signedIn, ourRuns);
      const { branchFile } = await desk.stop();
      if (ourRuns === 1) writeRows(branchFile, rowsPath);
      if (ourRuns <= 2) note(branchFile);
      await desk.remove();
      return desk.took;
    };
    let floorRuns = 0;
    const theirs = async (): Promise<number> => {
      floorRuns += 1;
      const path = join(office.folder, `floor-${floorRuns}.db`);
      const took = await insertRows(`http://127.0.0.1:${floor.port}/`, dispatcher, path);
      if (floorRuns === 1) note(path);
      await rm(path);
      return took;
    };

    // The first desk waits for the image to be made; its rows are those of the floor.
    const first = await ours();
    const comparison = await compare(ours, theirs, PAIRS);
    if (hashes.size !== 1) throw new Error(`The sides ended with different rows: ${[...hashes].join(', ')}`);
    const beside = peers ? await besidePeers(comparison.ours, rowsPath) : { figures: [], missing: [] };
    return {
      work: `Cold sync of ${HEADERS.toLocaleString('en')} headers, from the first word to caught up`,
      beside: 'the same rows from a loopback stream, decoded and inserted, indexes and search after',
      figures: [
        compared('all', 'ms', comparison, { atMost: 0.5 }),
        figure(
          'waiting of the first desk for the image to be made',
          'ms',
          { ours: first - comparison.ours, theirs: comparison.theirs },
          { atMost: 1.2 },
        ),
        ...beside.figures,
      ],
      gate: [
        `${HEADERS} headers, one hash of all rows and of a search on both sides`,
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
