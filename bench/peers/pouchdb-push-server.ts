/** A CouchDB-protocol server (express-pouchdb over PouchDB's own LevelDB) with an empty database; prints its port. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import expressPouchDB from 'express-pouchdb';
import PouchDB from 'pouchdb';

const folder = process.env['FOLDER'] ?? '';
const Served = PouchDB.defaults({ prefix: `${join(folder, 'server')}-` });
await new Served('commands').info();
const app = express();
app.use(
  '/',
  expressPouchDB(Served, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: join(folder, 'log.txt') }),
);
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().on('end', () => process.exit(0));
