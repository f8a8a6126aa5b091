import { CompiledQuery, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ignore, testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { connect, type Store } from './connect.ts';
import type { Reader, Writer } from './database.ts';
import { transact } from './transact.ts';

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
