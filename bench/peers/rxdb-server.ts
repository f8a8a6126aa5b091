/** Serves the headers to RxDB's pull by number, page by page, from memory. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readHeaders } from './headers.ts';
import { rowsPath } from './run-peer.ts';

const headers = readHeaders(rowsPath).toSorted((a, b) => a.number - b.number);
const numbers = headers.map(({ number }) => number);
const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const after = Number(searchParams.get('after'));
  const from = after === 0 ? 0 : numbers.indexOf(after) + 1;
  const documents = headers.slice(from, from + Number(searchParams.get('limit')));
  const checkpoint = { number: documents.at(-1)?.number ?? after };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ documents, checkpoint }));
});
// A client that is busy with a page for longer finds its connection again.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.stdin.resume().on('end', () => process.exit(0));
