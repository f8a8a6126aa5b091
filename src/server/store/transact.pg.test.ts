import { CompiledQuery, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ignore, testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { connect, type Store } from './connect.ts';
import type { Reader, Writer } from './database.ts';
import { transact, transactInTurn } from './transact.ts';

let database: TestDatabase;
let store: Store;
beforeEach(async () => {
  database = await testDatabase();
  store = connect(database.url, ignore);
  await sql`CREATE TABLE thing (id int PRIMARY KEY)`.execute(store.db);
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const insert = (db: Reader, id: number) => sql`INSERT INTO thing VALUES (${id})`.execute(db);

const stored = async () =>
  (await sql<{ id: number }>`SELECT id FROM thing ORDER BY id`.execute(store.db)).rows.map(({ id }) => id);

/** As `Work.write`: nobody waits for the answer. */
const unanswered = (sent: Promise<unknown>): void => void sent.catch(() => undefined);

const nothing = () => Promise.resolve();

test('what act and seal write is there together, and both results come back', async () => {
  const done = await transact(store.db, {
    act: async (tx) => {
      unanswered(insert(tx, 1));
      return (await insert(tx, 2)).numAffectedRows;
    },
    seal: async (tx) => (await insert(tx, 3)).numAffectedRows,
  });
  expect(done).toEqual({ result: 1n, sealed: 1n });
  expect(await stored()).toEqual([1, 2, 3]);
});

test('a write that nobody waits for and that breaks a constraint fails the whole, with its own error', async () => {
  const failing = transact(store.db, {
    act: (tx) => {
      for (const id of [1, 1, 2]) unanswered(insert(tx, id));
      return nothing();
    },
    seal: nothing,
  });
  await expect(failing).rejects.toMatchObject({ code: '23505', constraint: 'thing_pkey' });
  expect(await stored()).toEqual([]);
});

test('sabotaged twin: whoever does not look at how it ended takes it for done, and nothing is stored', async () => {
  const blind = store.db.connection().execute(async (connection) => {
    unanswered(connection.executeQuery(CompiledQuery.raw('begin')));
    for (const id of [1, 1, 2]) unanswered(insert(connection, id));
    await connection.executeQuery(CompiledQuery.raw('commit'));
  });
  await expect(blind).resolves.toBeUndefined();
  expect(await stored()).toEqual([]);
});

test('a statement that never left fails the whole, though PostgreSQL has nothing against the rest', async () => {
  const unsendable = {
    toPostgres: () => {
      throw new Error('no value');
    },
  };
  const failing = transact(store.db, {
    act: (tx) => {
      unanswered(insert(tx, 1));
      unanswered(sql`INSERT INTO thing VALUES (${unsendable})`.execute(tx));
      return nothing();
    },
    seal: nothing,
  });
  await expect(failing).rejects.toThrow('no value');
});

test.each<[string, () => Promise<void>]>([
  [
    'throws',
    () => {
      throw new Error('no seal');
    },
  ],
  ['rejects', () => Promise.reject(new Error('no seal'))],
])('a seal that %s before it has sent anything rolls everything back', async (_how, seal) => {
  const failing = transact(store.db, { act: (tx) => insert(tx, 1), seal });
  await expect(failing).rejects.toThrow('no seal');
  expect(await stored()).toEqual([]);
});

test('a statement after the end is never sent and fails the whole, whoever waits for it', async () => {
  const failing = transact(store.db, {
    act: nothing,
    seal: async (tx) => {
      await insert(tx, 1);
      unanswered(insert(tx, 2));
    },
  });
  await expect(failing).rejects.toThrow('a statement after the end of its transaction');
  expect(await stored()).not.toContain(2);
});

const endConnectionOf = async (tx: Writer): Promise<void> => {
  const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(tx);
  await sql`SELECT pg_terminate_backend(${rows[0]?.pid}, 10000)`.execute(store.db);
};

test('a connection that goes between two statements: rejected, nothing stored, and the pool goes on', async () => {
  const failing = transact(store.db, {
    act: async (tx) => {
      await insert(tx, 1);
      await endConnectionOf(tx);
      unanswered(insert(tx, 2));
    },
    seal: nothing,
  });
  await expect(failing).rejects.toThrow(/connection/i);
  expect(await stored()).toEqual([]);
  await transact(store.db, { act: (tx) => insert(tx, 3), seal: nothing });
  expect(await stored()).toEqual([3]);
});

test('a connection that goes before COMMIT: rejected, nothing stored, and the pool goes on', async () => {
  const failing = transact(store.db, {
    act: async (tx) => {
      await insert(tx, 1);
      await endConnectionOf(tx);
    },
    seal: nothing,
  });
  await expect(failing).rejects.toThrow(/connection/i);
  await transact(store.db, { act: (tx) => insert(tx, 3), seal: nothing });
  expect(await stored()).toEqual([3]);
});

test('there are no cursors in it', async () => {
  const failing = transact(store.db, {
    act: async (tx) => {
      for await (const row of tx.selectFrom('company').select('id').stream()) expect(row).toBeUndefined();
    },
    seal: nothing,
  });
  await expect(failing).rejects.toThrow('a cursor in a transaction');
});

/** Transactions that put one thing each; `told`: what was said of them, in order. */
const inTurn = async (ids: number[], more: (id: number, tx: Writer) => unknown = nothing, seal = insert) => {
  const told: string[] = [];
  const all = ids.map((id) => ({
    act: async (tx: Writer) => {
      told.push(`begun ${id}`);
      await sql`SELECT`.execute(tx);
      await more(id, tx);
      return id;
    },
    seal: (tx: Writer) => seal(tx, id),
  }));
  const failure = await transactInTurn(store.db, all, ({ result }) => void told.push(`done ${result}`)).then(
    () => null,
    (error: unknown) => error,
  );
  return { told, failure };
};

test('in turn: each begins behind the COMMIT of the one before it, sees it, and is told after it', async () => {
  const seen: number[] = [];
  const { told, failure } = await inTurn([1, 2, 3], async (_id, tx) => {
    const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM thing`.execute(tx);
    seen.push(...rows.map(({ count }) => count));
  });
  expect(failure).toBeNull();
  expect(seen).toEqual([0, 1, 2]);
  expect(told).toEqual(['begun 1', 'begun 2', 'done 1', 'begun 3', 'done 2', 'done 3']);
  expect(await stored()).toEqual([1, 2, 3]);
});

test('in turn: one whose last statement fails is the reason; the one that was sent behind it is not stored', async () => {
  const { told, failure } = await inTurn([1, 1, 3]);
  expect(failure).toMatchObject({ code: '23505', constraint: 'thing_pkey' });
  expect(told).toEqual(['begun 1', 'begun 1', 'done 1', 'begun 3']);
  expect(await stored()).toEqual([1]);
});

test('in turn: one whose COMMIT fails is the reason; the one that was sent behind it is not stored', async () => {
  await sql`CREATE TABLE mate (id int REFERENCES thing DEFERRABLE INITIALLY DEFERRED)`.execute(store.db);
  const { told, failure } = await inTurn(
    [1, 2, 3],
    (id, tx) => id === 2 && sql`INSERT INTO mate VALUES (9)`.execute(tx),
  );
  expect(failure).toMatchObject({ code: '23503' });
  expect(told).toEqual(['begun 1', 'begun 2', 'done 1', 'begun 3']);
  expect(await stored()).toEqual([1]);
});

test('in turn: one that fails by itself behind one that fails is not the reason', async () => {
  const { failure } = await inTurn([1, 1, 3], (id) => {
    if (id === 3) throw new Error('the third');
  });
  expect(failure).toMatchObject({ code: '23505' });
});

test('in turn: one that throws before its COMMIT ends it, and the next never begins', async () => {
  const { told, failure } = await inTurn([1, 2, 3], (id) => {
    if (id === 2) throw new Error('the second');
  });
  expect(failure).toEqual(new Error('the second'));
  expect(told).toEqual(['begun 1', 'begun 2', 'done 1']);
  expect(await stored()).toEqual([1]);
  expect(await inTurn([2])).toMatchObject({ failure: null });
});

test('in turn: a connection that goes between two keeps what was told, and nothing else', async () => {
  const { told, failure } = await inTurn([1, 2, 3], (id, tx) => id === 2 && endConnectionOf(tx));
  expect(failure).toMatchObject({ message: expect.stringMatching(/connection/i) as string });
  expect(told.filter((line) => line.startsWith('done'))).toEqual(['done 1']);
  expect(await stored()).toEqual([1]);
  expect(await inTurn([2])).toMatchObject({ failure: null });
});

test('in turn: when there is no next one to be had, the COMMIT that is on its way is answered and told first', async () => {
  const told: number[] = [];
  const all = function* () {
    yield { act: (tx: Writer) => insert(tx, 1), seal: nothing };
    throw new Error('no second');
  };
  await expect(transactInTurn(store.db, all(), () => void told.push(1))).rejects.toThrow('no second');
  expect(told).toEqual([1]);
  expect(await stored()).toEqual([1]);
});

test('sabotaged twin: whoever commits without waiting for what went before stores what stands on nothing', async () => {
  await store.db.connection().execute(async (connection) => {
    const raw = (text: string) => unanswered(connection.executeQuery(CompiledQuery.raw(text)));
    for (const id of [1, 1, 3]) {
      raw('begin');
      unanswered(insert(connection, id));
      raw('commit');
    }
    await sql`SELECT`.execute(connection);
  });
  expect(await stored()).toEqual([1, 3]);
});
