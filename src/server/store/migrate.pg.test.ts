import { sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blankDatabase, ignore, testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { connect, type Store } from './connect.ts';
import { migrate, NewerDatabaseError, readSchemaVersion, SCHEMA_VERSION } from './migrate.ts';
import { down } from './migrations/0001-office.ts';

let database: TestDatabase;
let store: Store;

beforeEach(async () => {
  database = await blankDatabase();
  store = connect(database.url, ignore);
});

afterEach(async () => {
  await store.close();
  await database.drop();
});

test('[R15] an empty database gets every table, and a second time nothing', async () => {
  expect(await readSchemaVersion(store.db)).toBeNull();
  expect((await migrate(store.db)).at(-1)).toBe(SCHEMA_VERSION);
  expect(await readSchemaVersion(store.db)).toBe(SCHEMA_VERSION);
  expect(await migrate(store.db)).toEqual([]);
  expect(await store.db.selectFrom('ticket').selectAll().execute()).toEqual([]);
});

test('[R15] of several processes that migrate at once one does it and all succeed', async () => {
  const others = [1, 2, 3].map(() => connect(database.url, ignore));
  const ran = await Promise.all([store, ...others].map(({ db }) => migrate(db)));
  await Promise.all(others.map((other) => other.close()));
  expect(ran.filter((names) => names.length > 0)).toHaveLength(1);
});

test('[R15] a database of a newer version is refused with a clear line and left as it is', async () => {
  await migrate(store.db);
  await sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-tomorrow', '2099-01-01')`.execute(store.db);
  const refused = migrate(store.db);
  await expect(refused).rejects.toThrow(NewerDatabaseError);
  await expect(refused).rejects.toThrow(/^The database was written by a newer version .*9999-tomorrow.*$/);
});

test('[R15] every migration can be taken back and laid again', async () => {
  const laid = await migrate(store.db);
  expect(await migrate(store.db, laid[0])).toEqual(laid.slice(1).toReversed());
  expect(await readSchemaVersion(store.db)).toBe(laid[0]);
  await down(store.db as unknown as Kysely<unknown>);
  await sql`DROP TABLE kysely_migration, kysely_migration_lock`.execute(store.db);
  expect(await migrate(store.db)).toEqual(laid);
});

test('a test database is a migrated copy of its own', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  expect(one.url).not.toBe(other.url);
  const copy = connect(one.url, ignore);
  expect(await readSchemaVersion(copy.db)).toBe(SCHEMA_VERSION);
  await copy.close();
  await Promise.all([one.drop(), other.drop()]);
});
