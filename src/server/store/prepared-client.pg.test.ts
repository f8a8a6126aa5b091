import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ignore, testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { connect, type Store } from './connect.ts';
import type { Reader } from './database.ts';

let database: TestDatabase;
let store: Store;
let other: Store;
beforeEach(async () => {
  database = await testDatabase();
  [store, other] = [connect(database.url, ignore), connect(database.url, ignore)];
  await sql`CREATE TABLE thing (id int PRIMARY KEY)`.execute(other.db);
  await sql`INSERT INTO thing VALUES (1)`.execute(other.db);
});
afterEach(async () => {
  await Promise.all([store.close(), other.close()]);
  await database.drop();
});

const read = async (db: Reader) => (await sql`SELECT * FROM thing WHERE id = ${1}`.execute(db)).rows;

const preparedBy = async (db: Reader) =>
  (
    await sql<{ name: string }>`
      SELECT name FROM pg_prepared_statements WHERE statement LIKE 'SELECT * FROM thing%' ORDER BY prepare_time`.execute(
      db,
    )
  ).rows.map(({ name }) => name);

test('a statement has the name of its text, on every connection and in every process', async () => {
  const names = await Promise.all(
    [store, other].map(({ db }) =>
      db.connection().execute(async (connection) => {
        await read(connection);
        await read(connection);
        return preparedBy(connection);
      }),
    ),
  );
  expect(names[0]).toHaveLength(1);
  expect(names[0]?.[0]).toMatch(/^[0-9a-f]{16}\.0$/);
  expect(names[1]).toEqual(names[0]);
});

test('columns that another process adds fail one request of a connection, and the next works', async () => {
  await store.db.connection().execute(async (connection) => {
    expect(await read(connection)).toEqual([{ id: 1 }]);
    await sql`ALTER TABLE thing ADD COLUMN name text`.execute(other.db);
    await expect(read(connection)).rejects.toMatchObject({ code: '0A000' });
    expect(await read(connection)).toEqual([{ id: 1, name: null }]);
  });
});

test('a statement that the connection does not know any more fails one request, and the next works', async () => {
  await store.db.connection().execute(async (connection) => {
    await read(connection);
    await sql`DEALLOCATE ALL`.execute(connection);
    await expect(read(connection)).rejects.toMatchObject({ code: '26000' });
    expect(await read(connection)).toEqual([{ id: 1 }]);
  });
});

test('a statement whose name is taken already fails one request, and the next works', async () => {
  const name = await other.db.connection().execute(async (connection) => {
    await read(connection);
    return (await preparedBy(connection))[0] ?? '';
  });
  await store.db.connection().execute(async (connection) => {
    await sql`PREPARE ${sql.id(name)} AS SELECT 1`.execute(connection);
    await expect(read(connection)).rejects.toMatchObject({ code: '42P05' });
    expect(await read(connection)).toEqual([{ id: 1 }]);
  });
});
