import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { copyOut } from './copy-out.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const rowsOf = async (query: string): Promise<(string | null)[][]> => {
  const rows: (string | null)[][] = [];
  await copyOut(client, query, (row) => void rows.push(row));
  return rows;
};

test('every value comes as it is, and nothing is taken for NULL', async () => {
  const values = ['', '\\N', 'N', '\v', '\\v', 'a\tb', 'a\nb\r\n', '\b\f', '\\\\', '\\t', 'Ñandú 🦤', ' ', null];
  const list = values.map((value) => (value === null ? 'NULL' : pg.escapeLiteral(value))).join(', ');
  expect(await rowsOf(`SELECT ${list} UNION ALL SELECT ${list}`)).toEqual([values, values]);
  expect(await rowsOf('SELECT NULL')).toEqual([[null]]);
  expect(await rowsOf(`SELECT 1, true, DATE '2026-11-22' WHERE false`)).toEqual([]);
});

test('rows come in their order, however many', async () => {
  const rows = await rowsOf('SELECT i FROM generate_series(1, 20000) AS i ORDER BY i');
  expect(rows.map(([value]) => Number(value))).toEqual(Array.from({ length: 20_000 }, (_, index) => index + 1));
});

test('what PostgreSQL refuses, or who takes the rows, ends it, and the connection goes on', async () => {
  await expect(rowsOf('SELECT 1 / 0')).rejects.toThrow('division by zero');
  await expect(rowsOf('SELECT 1 / (3 - i) FROM generate_series(1, 5) AS i')).rejects.toThrow('division by zero');
  const full = copyOut(client, 'SELECT i FROM generate_series(1, 9) AS i', () => {
    throw new Error('disk full');
  });
  await expect(full).rejects.toThrow('disk full');
  expect(await rowsOf('SELECT 1')).toEqual([['1']]);
});

test('a connection that breaks meanwhile is told', async () => {
  const other = new pg.Client({ connectionString: database.url });
  other.on('error', () => undefined);
  await other.connect();
  const { rows } = await other.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const copying = copyOut(other, 'SELECT pg_sleep(60)', () => undefined);
  await Promise.all([
    expect(copying).rejects.toThrow('terminat'),
    client.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]),
  ]);
});
