/**
 * The floor of a search at the server: an HTTP server that writes down that somebody searched and answers with what one
 * statement finds, and nothing else. `DATABASE_URL` names the database; prints its port on standard output; ends with its
 * standard input.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
await pool.query('CREATE TABLE IF NOT EXISTS floor_audit (id uuid PRIMARY KEY, at timestamptz NOT NULL)');
const { rows: companies } = await pool.query<{ id: string }>('SELECT id FROM company LIMIT 1');

const server = createServer((request, response) => {
  const search = new URL(request.url ?? '/', 'http://floor').searchParams.get('search') ?? '';
  void pool
    .query(
      `WITH noted AS (INSERT INTO floor_audit VALUES (gen_random_uuid(), now()))
       SELECT id, first_name, last_name, document_type, document_number, phone FROM contact
       WHERE company_id = $1 AND search_text LIKE $2
       ORDER BY first_name COLLATE people, last_name COLLATE people, id LIMIT 20`,
      [companies[0]?.id, `%${search}%`],
    )
    .then(({ rows }) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ matches: rows }));
    });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.stdin.resume().on('end', () => {
  server.close();
  void pool.end();
});
