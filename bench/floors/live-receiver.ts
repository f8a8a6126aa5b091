/**
 * The measured receiver of the floor of a live ticket: hears of each ticket over a socket, writes its row, search and cursor in one
 * SQLite commit as the desk's cache does, and tells its window, over a socket as a desk does. `SERVER` is where it listens, `FILE`
 * its database; prints the port for its window on standard output; ends with its standard input.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import WebSocket, { WebSocketServer } from 'ws';
import { branchMigrations } from '../../src/cache-file/branch-migrations.ts';
import { headerRow, INSERT_HEADER, type HeaderFields, type HeaderRow } from '../../src/cache-file/header-row.ts';
import { migrate } from '../../src/cache-file/migrate.ts';

const db = new Database(process.env['FILE']);
db.pragma('locking_mode = EXCLUSIVE');
db.pragma('journal_mode = WAL');
db.pragma('synchronous = NORMAL');
migrate(db, branchMigrations);
const putHeader = db.prepare<[HeaderRow]>(INSERT_HEADER);
const putSearch = db.prepare(
  'INSERT INTO headers_search (rowid, display_name, turn_code, document_last4) VALUES (?, ?, ?, ?)',
);
const putCursor = db.prepare(
  'INSERT INTO cursors (stream, seq) VALUES (?, ?) ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq',
);
type Told = { type: string; stream: string; changes: { seq: number; body: { header: HeaderFields } }[] };
const commit = db.transaction(({ stream, changes }: Told): void => {
  for (const { seq, body } of changes) {
    const { header } = body;
    putHeader.run(headerRow(header));
    putSearch.run(header.number, header.displayName, header.turnCode, header.documentLast4);
    putCursor.run(stream, seq);
  }
});

const windows = new WebSocketServer({ port: 0, host: '127.0.0.1' });
await once(windows, 'listening');
const server = new WebSocket(process.env['SERVER'] ?? '');
let count = 0;
server.on('message', (data: Buffer) => {
  const told = JSON.parse(data.toString()) as Told;
  if (told.type === 'caughtUp') process.stdout.write(`${(windows.address() as AddressInfo).port}\n`);
  if (told.type !== 'changes') return;
  commit(told);
  count += told.changes.length;
  const frame = JSON.stringify({
    t: 'fact',
    name: 'waiting.changed',
    fact: { count, next: told.changes[0]?.body.header },
  });
  for (const window of windows.clients) window.send(frame);
});
await once(server, 'open');
server.send('{"type":"authenticate"}');
process.stdin.resume().on('end', () => {
  server.terminate();
  for (const window of windows.clients) window.terminate();
  windows.close();
  db.close();
});
