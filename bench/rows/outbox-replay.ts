import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { layChaosWire } from '../../e2e/faults/support/chaos-wire.ts';
import { compare, compared, type Comparison } from '../compare.ts';
import { percentile } from '../compare-tails.ts';
import { figure, type Figure, type Measure } from '../row.ts';
import { startFloor } from '../support/floor-process.ts';
import { openFloorDesk } from '../support/floor-replay.ts';
import { ACTS_A_CUSTOMER, actOffline, bodiesOf, notesOf } from '../support/offline-day.ts';
import { openReplayOffice, type ReplayOffice } from '../support/replay-office.ts';

const CUSTOMERS = 100;
const COMMANDS = CUSTOMERS * ACTS_A_CUSTOMER;
/** Each sample is seconds of queueing before it is measured. */
const PAIRS = 2;
const LOOK_EVERY_MS = 50;

/**
 * What an agent did at the counter in an outage, from the line being back to the outbox being empty: every command answered,
 * its changes in the cache. Beside a bare socket to a bare server that does as many commits of the same kind, in batches of 250.
 */
export const measure: Measure = async ({ peers }) => {
  const office = await openReplayOffice();
  const { wire, desk, folder } = office;
  const floor = await startFloor('replay-server.ts', { DATABASE_URL: office.databaseUrl });
  const floorWire = await layChaosWire(`http://127.0.0.1:${floor.port}`);
  const floorDesk = openFloorDesk(join(folder, 'floor.db'), bodiesOf);
  const delays: { p99: number; longest: number }[] = [];
  const looks: number[] = [];
  let customers = 0;
  try {
    const ours = async (lateBy: number): Promise<number> => {
      await untilNumbers(office, customers + CUSTOMERS);
      wire.cut();
      await desk.until('line.changed', ({ state }) => state !== 'up');
      await actOffline(desk, office.services, { from: customers, to: customers + CUSTOMERS });
      const { pending } = await desk.until('outbox.changed', (fact) => fact.pending.length === COMMANDS);
      if (pending.length !== COMMANDS) throw new Error('The outbox holds something else.');
      customers += CUSTOMERS;
      wire.mend();
      wire.delay(lateBy / 2);
      const stopLooking = lookOnAndOn(desk, looks);
      // A new one each time: one that is enabled again counts the pause as a block.
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const startedAt = performance.now();
      await desk.call('line.retryNow', {});
      const { refused } = await desk.until('outbox.changed', (fact) => fact.pending.length === 0);
      const took = performance.now() - startedAt;
      delay.disable();
      delays.push({ p99: delay.percentile(99) / 1e6, longest: delay.max / 1e6 });
      await stopLooking();
      await desk.until('line.changed', ({ state }) => state === 'up');
      wire.delay(0);
      if (refused.length > 0) throw new Error(`Refused: ${JSON.stringify(refused[0])}`);
      await checkStored(office, customers);
      return took;
    };
    const theirs = async (lateBy: number, path: 'each' | 'batch'): Promise<number> => {
      floorDesk.queue(CUSTOMERS);
      floorWire.delay(lateBy / 2);
      return floorDesk.replay(`${floorWire.url.replace('http', 'ws')}/${path}`);
    };

    const figures: Figure[] = [];
    for (const lateBy of [0, 40]) {
      const comparison = await compare(
        () => ours(lateBy),
        () => theirs(lateBy, 'each'),
        PAIRS,
      );
      figures.push(
        compared(`at ${lateBy} ms round trip, a commit a command on both sides`, 'ms', comparison, { atMost: 2 }),
      );
      const together = await theirs(lateBy, 'batch');
      figures.push(
        figure(`at ${lateBy} ms, where a batch is one commit`, 'ms', { ours: comparison.ours, theirs: together }),
      );
      if (peers) figures.push(await besidePouch(folder, lateBy, comparison));
    }
    await checkFloor(office, floorDesk);
    return {
      work: `${COMMANDS} commands queued in an outage, from the line being back to an empty outbox`,
      beside:
        'batches of 250 over a bare socket to one function call a command in the same PostgreSQL, from SQLite FULL',
      figures: [
        ...figures,
        figure(
          'event loop of the desk meanwhile, p99 of the worst',
          'ms',
          { ours: Math.max(...delays.map(({ p99 }) => p99)) },
          { atMost: 16 },
        ),
        figure('its longest block', 'ms', { ours: Math.max(...delays.map(({ longest }) => longest)) }),
        figure(`a window of the line asked meanwhile, p99 of ${looks.length}`, 'ms', { ours: percentile(looks, 0.99) }),
      ],
      gate: `${customers * ACTS_A_CUSTOMER} commands stored once, all accepted; ${notesOf(0, customers).length} notes in their order`,
    };
  } finally {
    floorDesk.close();
    await floorWire.close();
    await floor.stop();
    await office.close();
  }
};

/** Waits until the desk has numbers reserved for so many customers of the whole run. */
async function untilNumbers({ database }: ReplayOffice, count: number): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ count: number }>(
      'SELECT coalesce(sum(count), 0)::int AS count FROM number_block',
    );
    if ((rows[0]?.count ?? 0) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** An agent who scrolls meanwhile. */
function lookOnAndOn(desk: ReplayOffice['desk'], looks: number[]): () => Promise<void> {
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      const startedAt = performance.now();
      await desk.call('waiting.window', { from: 0, to: 50 });
      looks.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  })();
  return async () => {
    isOver = true;
    await looking;
  };
}

/** Each command of all customers so far stands there once, accepted, and what they wrote is in its order. */
async function checkStored({ database }: ReplayOffice, customers: number): Promise<void> {
  const { rows } = await database.query<{ accepted: number; closed: number }>(`
    SELECT (SELECT count(*) FROM command WHERE answer ->> 'status' = 'accepted')::int AS accepted,
           (SELECT count(*) FROM ticket WHERE outcome = 'finished')::int AS closed`);
  const [{ accepted, closed } = { accepted: 0, closed: 0 }] = rows;
  if (accepted !== customers * ACTS_A_CUSTOMER || closed !== customers) {
    throw new Error(`${accepted} commands and ${closed} tickets of ${customers} customers are stored`);
  }
  const notes = await database.query<{ text: string }>(
    "SELECT fact ->> 'text' AS text FROM event WHERE fact ->> 'type' = 'note.added' ORDER BY position",
  );
  const expected = notesOf(0, customers);
  const isInOrder = notes.rows.length === expected.length && notes.rows.every(({ text }, at) => text === expected[at]);
  if (!isInOrder) throw new Error('The notes are not those that were written, in their order.');
}

async function checkFloor({ database }: ReplayOffice, { queued }: { queued: () => number }): Promise<void> {
  const { rows } = await database.query<{ commands: number; changes: number }>(
    'SELECT (SELECT count(*) FROM floor.command)::int AS commands, (SELECT count(*) FROM floor.change)::int AS changes',
  );
  if (rows[0]?.commands !== queued() || rows[0].changes !== queued()) throw new Error('The floor lost commands.');
}

/** One push by PouchDB, on the same wire. */
async function besidePouch(folder: string, lateBy: number, { ours }: Comparison): Promise<Figure> {
  const at = join(folder, `pouchdb-${lateBy}`);
  await mkdir(at);
  const child = spawn(process.execPath, [join(import.meta.dirname, '../peers/pouchdb-push.ts')], {
    env: { ...process.env, FOLDER: at, DOCUMENTS: String(COMMANDS), LATE_BY: String(lateBy) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (data: Buffer) => (text += data.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`PouchDB ended with ${String(code)}`);
  const theirs = Number(text);
  return figure(`at ${lateBy} ms, PouchDB pushing as many documents`, 'ms', { ours, theirs }, { atMost: 1 / 6 });
}
