/**
 * The floor of issuing a ticket: an HTTP server that answers a POST after one durable INSERT, and nothing else.
 * `DATABASE_URL` names the database; prints its port on standard output; ends with its standard input.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
await pool.query(
  'CREATE TABLE IF NOT EXISTS floor_ticket (id uuid PRIMARY KEY, number bigserial, body jsonb NOT NULL)',
);

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (data: Buffer) => (body += data.toString()));
  request.on('end', () => {
    void pool
      .query('INSERT INTO floor_ticket (id, body) VALUES (gen_random_uuid(), $1) RETURNING id, number', [body])
      .then(({ rows }) => {
        response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(rows[0]));
      });
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.stdin.resume().on('end', () => {
  server.close();
  void pool.end();
});
