/** A CouchDB-protocol server (express-pouchdb over PouchDB's own LevelDB) with the headers written before it says its port. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import expressPouchDB from 'express-pouchdb';
import PouchDB from 'pouchdb';
import { readHeaders } from './headers.ts';
import { folder, rowsPath } from './run-peer.ts';

const Served = PouchDB.defaults({ prefix: `${join(folder, 'server')}-` });
const database = new Served('headers');
const headers = readHeaders(rowsPath);
for (let from = 0; from < headers.length; from += 5_000) {
  await database.bulkDocs(headers.slice(from, from + 5_000).map((header) => ({ _id: header.id, ...header })));
}
const app = express();
app.use(
  '/',
  expressPouchDB(Served, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: join(folder, 'log.txt') }),
);
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().on('end', () => process.exit(0));
