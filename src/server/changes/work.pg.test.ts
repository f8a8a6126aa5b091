import { sql, type Transaction } from 'kysely';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../store/database.ts';
import { headerOf, issue } from '../testing/deliver.ts';
import { newOffice } from '../testing/office-factory.ts';
import { changesOf, openServer, someoneWaits, type TestServer } from '../testing/open-server.ts';
import { runInTurn, runWork, Work } from './work.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const gone = (id: string) => ({ type: 'content.gone', ticketId: id }) as never;

test('[R11] eight writers at once leave no gap in any stream, and a stream is locked in one order', async () => {
  const streams = Array.from({ length: 4 }, () => uuidv7());
  const write = async (writer: number): Promise<void> => {
    for (let turn = 0; turn < 25; turn += 1) {
      await runWork(server.context, (work) => {
        // Said in another order by each: `seal` puts them in the one order.
        const order = writer % 2 === 0 ? streams : streams.toReversed();
        for (const id of order) work.say(id === streams[0] ? 'branch' : 'agent', id, gone(uuidv7()));
        return Promise.resolve();
      });
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
  for (const id of streams) {
    const kind = id === streams[0] ? 'branch' : 'agent';
    const seqs = (await changesOf(server, `${kind}:${id}`)).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  }
});

test('changes of one transaction keep their order, and its positions are the last of each stream', async () => {
  const [one, two, three, branchId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  const { positions } = await runWork(server.context, (work) => {
    work.say('agent', branchId, gone(two));
    work.say('branch', branchId, gone(one));
    work.say('branch', branchId, gone(three));
    return Promise.resolve();
  });
  expect(positions).toEqual([
    { stream: `branch:${branchId}`, seq: 2 },
    { stream: `agent:${branchId}`, seq: 1 },
  ]);
  const bodies = (await changesOf(server, `branch:${branchId}`)).map(({ body }) => body);
  expect(bodies).toEqual([gone(one), gone(three)]);
});

test('a series of transactions gives its connection up, between two of them, to whoever waits for one', async () => {
  const { pool } = server.context.store;
  const others = await Promise.all(Array.from({ length: pool.options.max - 1 }, () => pool.connect()));
  const done: number[] = [];
  let waiting: Promise<pg.PoolClient> | null = null;
  const tasks = [1, 2, 3].map((number) => ({
    act: async () => {
      if (number === 2) waiting = pool.connect();
      return Promise.resolve(number);
    },
  }));
  await runInTurn(server.context, tasks, ({ result }) => done.push(result));
  expect(done).toEqual([1, 2]);
  for (const client of [...others, await waiting!]) client.release();
  await runInTurn(server.context, tasks.slice(2), ({ result }) => done.push(result));
  expect(done).toEqual([1, 2, 3]);
});

/**
 * The first writer writes and waits, the second commits, a reader reads to the end and keeps its cursor, the first commits,
 * the reader reads on. What the reader saw, in its order.
 */
async function seenByReader(log: {
  write: (tx: Transaction<Database>, name: string) => Promise<() => Promise<unknown>>;
  read: (after: number) => Promise<{ seq: number; name: string }[]>;
}): Promise<string[]> {
  const hasWritten = Promise.withResolvers<void>();
  const mayCommit = Promise.withResolvers<void>();
  const { db } = server.context.store;
  const first = db.transaction().execute(async (tx) => {
    const seal = await log.write(tx, 'first');
    hasWritten.resolve();
    await mayCommit.promise;
    await seal();
  });
  await hasWritten.promise;
  await db.transaction().execute(async (tx) => (await log.write(tx, 'second'))());
  const early = await log.read(0);
  mayCommit.resolve();
  await first;
  const late = await log.read(early.at(-1)?.seq ?? 0);
  return [...early, ...late].map(({ name }) => name);
}

test('[R11] order of seq is order of commit: whoever commits later comes later, and no reader skips a change', async () => {
  const id = uuidv7();
  const names = { first: uuidv7(), second: uuidv7() };
  const nameOf = new Map(Object.entries(names).map(([name, ticketId]) => [ticketId, name]));
  const seen = await seenByReader({
    write: (tx, name) => {
      const work = new Work(tx, server.clock.now);
      work.say('branch', id, gone(names[name as keyof typeof names]));
      return Promise.resolve(() => work.seal(null));
    },
    read: async (after) =>
      (await changesOf(server, `branch:${id}`, after)).map(({ seq, body }) => ({
        seq,
        name: nameOf.get((body as { ticketId: string }).ticketId) ?? '',
      })),
  });
  expect(seen).toEqual(['second', 'first']);
});

test('[R11] sabotaged twin: with a plain sequence the reader loses the change of the first for ever', async () => {
  const { db } = server.context.store;
  await sql`CREATE TABLE twin (seq bigserial PRIMARY KEY, name text NOT NULL)`.execute(db);
  const seen = await seenByReader({
    write: async (tx, name) => {
      await sql`INSERT INTO twin (name) VALUES (${name})`.execute(tx);
      return () => Promise.resolve();
    },
    read: async (after) =>
      (
        await sql<{ seq: number; name: string }>`SELECT seq, name FROM twin WHERE seq > ${after} ORDER BY seq`.execute(
          db,
        )
      ).rows,
  });
  expect(seen).toEqual(['second']);
});

test('[R11] a sealed transaction holds its streams until it commits', async () => {
  const id = uuidv7();
  const mayCommit = Promise.withResolvers<void>();
  const hasSealed = Promise.withResolvers<void>();
  const order: string[] = [];
  const first = server.context.store.db.transaction().execute(async (tx) => {
    const work = new Work(tx, server.clock.now);
    work.say('branch', id, gone(uuidv7()));
    await work.seal(null);
    hasSealed.resolve();
    await mayCommit.promise;
    order.push('first');
  });
  await hasSealed.promise;
  const second = runWork(server.context, (work) => {
    work.say('branch', id, gone(uuidv7()));
    return Promise.resolve();
  }).then(() => order.push('second'));
  await someoneWaits(server);
  mayCommit.resolve();
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
});

test('what an act throws leaves nothing: no rows, no changes, no wish', async () => {
  const office = await newOffice(server);
  const { id } = await issue(office);
  const before = await changesOf(server, `branch:${office.branch.id}`);
  const failing = runWork(server.context, async (work) => {
    await work.tx.updateTable('ticket').set({ state: 'closed' }).where('id', '=', id).execute();
    work.say('branch', office.branch.id, gone(id));
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await changesOf(server, `branch:${office.branch.id}`)).toEqual(before);
  expect((await headerOf(office, id)).state).toBe('waiting');
});
