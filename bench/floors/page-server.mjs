/**
 * The floor of a desk's start: a process that opens the database files of the desk, reads the first rows of the list, and serves
 * the desk's page with its style and fonts but without its script. Prints its port on standard output; ends with its standard
 * input. `PAGE`: folder of the built page; `CACHE`, `BRANCH_FILE`: the files; `BRANCH`: its id.
 *
 * As JavaScript, since to strip types at a start takes longer than all the rest; and `http` is not imported, since that reads
 * every export of it, a second client among them: the desk does neither.
 */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import Database from 'better-sqlite3';

const { createServer } = process.getBuiltinModule('node:http');
const { PAGE = '', CACHE = '', BRANCH_FILE = '', BRANCH = '' } = process.env;
const db = new Database(CACHE);
db.prepare('ATTACH ? AS branch').run(BRANCH_FILE);
const rows = db
  .prepare(
    "SELECT * FROM headers WHERE branch_id = ? AND state = 'waiting' AND closed_at IS NULL ORDER BY number LIMIT 50",
  )
  .all(BRANCH);
if (rows.length === 0) throw new Error('The list is empty.');

/** @type {Record<string, string>} */
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.svg': 'image/svg+xml' };
const server = createServer((request, response) => {
  const name = request.url === '/' ? 'index.html' : (request.url ?? '');
  void readFile(join(PAGE, name)).then((bytes) => {
    const body = name === 'index.html' ? bytes.toString().replace(/<script.*?<\/script>/s, '') : bytes;
    response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'font/woff2' }).end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
process.stdin.resume().on('end', () => {
  server.close();
  server.closeAllConnections();
});
