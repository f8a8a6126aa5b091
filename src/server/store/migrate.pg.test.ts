import { randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blankDatabase, ignore, testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { connect, type Store } from './connect.ts';
import { ExtensionError } from './extension-error.ts';
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

test('[R15] a user who may not create an extension is told which and by what right; once it is there all goes on', async () => {
  const name = `plain_${randomBytes(8).toString('hex')}`;
  const role = sql.id(name);
  await sql`CREATE ROLE ${role} LOGIN PASSWORD ${sql.lit(name)}`.execute(store.db);
  await sql`GRANT CREATE ON SCHEMA public TO ${role}`.execute(store.db);
  const url = new URL(database.url);
  url.username = name;
  url.password = name;
  const plain = connect(url.href, ignore);
  const refused = migrate(plain.db);
  await expect(refused).rejects.toThrow(ExtensionError);
  await expect(refused).rejects.toThrow(/^The database needs the extension pg_trgm, .* CREATE on the database, .*$/);
  expect(await readSchemaVersion(plain.db)).toBeNull();
  await sql`CREATE EXTENSION pg_trgm`.execute(store.db);
  await migrate(plain.db);
  expect(await readSchemaVersion(plain.db)).toBe(SCHEMA_VERSION);
  await plain.close();
  await sql`DROP OWNED BY ${role}`.execute(store.db);
  await sql`DROP ROLE ${role}`.execute(store.db);
});

test('a test database is a migrated copy of its own', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  expect(one.url).not.toBe(other.url);
  const copy = connect(one.url, ignore);
  expect(await readSchemaVersion(copy.db)).toBe(SCHEMA_VERSION);
  await copy.close();
  await Promise.all([one.drop(), other.drop()]);
});
