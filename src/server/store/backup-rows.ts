import { sql } from 'kysely';
import type { Store } from './connect.ts';
import type { Reader, Writer } from './database.ts';

const OF_MIGRATION = ['kysely_migration', 'kysely_migration_lock'];
const ROWS_A_FETCH = 1_000;

/** Runs `act` over one state of the whole database, whatever is written meanwhile. */
export function inSnapshot<Result>(store: Store, act: (tx: Writer) => Promise<Result>): Promise<Result> {
  return store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      await sql`SET LOCAL TimeZone = 'UTC'`.execute(tx);
      return act(tx);
    });
}

/** Every table of ours, each after those that it refers to. */
export async function readTables(db: Reader): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1`.execute(db);
  const { rows: references } = await sql<{ child: string; parent: string }>`
    SELECT DISTINCT conrelid::regclass::text AS child, confrelid::regclass::text AS parent
    FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid`.execute(db);
  const ordered: string[] = [];
  let left = tables.map(({ name }) => name).filter((name) => !OF_MIGRATION.includes(name));
  while (left.length > 0) {
    const ready = left.filter((name) =>
      references.every(({ child, parent }) => child !== name || ordered.includes(parent)),
    );
    if (ready.length === 0) throw new Error(`the tables ${left.join(', ')} refer to each other`);
    ordered.push(...ready);
    left = left.filter((name) => !ready.includes(name));
  }
  return ordered;
}

/** The rows of a table as lines of JSON, in the order of its primary key. */
export async function* readLines(tx: Writer, table: string): AsyncGenerator<string[]> {
  const key = await sql<{ column: string }>`
    SELECT a.attname AS column FROM pg_index i
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = ${table}::regclass AND i.indisprimary ORDER BY array_position(i.indkey, a.attnum)`.execute(tx);
  const order = sql.join(key.rows.map(({ column }) => sql.ref(`t.${column}`)));
  await sql`DECLARE lines NO SCROLL CURSOR FOR
    SELECT row_to_json(t)::text AS line FROM ${sql.table(table)} AS t ORDER BY ${order}`.execute(tx);
  for (;;) {
    const { rows } = await sql<{ line: string }>`FETCH ${sql.lit(ROWS_A_FETCH)} FROM lines`.execute(tx);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await sql`CLOSE lines`.execute(tx);
}

/** Writes rows that `readLines` gave, numbers that the database had given included. */
export async function insertLines(tx: Writer, table: string, lines: string[]): Promise<void> {
  await sql`INSERT INTO ${sql.table(table)} OVERRIDING SYSTEM VALUE
    SELECT * FROM json_populate_recordset(NULL::${sql.table(table)}, ${`[${lines.join(',')}]`}::json)`.execute(tx);
}

/** After `insertLines`: the numbers that the database gives go on where they stood. */
export async function continueNumbering(tx: Writer, table: string): Promise<void> {
  const { rows } = await sql<{ column: string }>`
    SELECT column_name AS column FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = ${table} AND is_identity = 'YES'`.execute(tx);
  for (const { column } of rows) {
    await sql`SELECT setval(pg_get_serial_sequence(${table}, ${column}), coalesce(max(${sql.ref(column)}), 1),
      max(${sql.ref(column)}) IS NOT NULL) FROM ${sql.table(table)}`.execute(tx);
  }
}

export async function countRows(db: Reader, table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM ${sql.table(table)}`.execute(db);
  return Number(rows[0]?.count);
}
