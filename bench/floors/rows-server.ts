/**
 * The server of the floor of cold sync: sends the lines of the file `ROWS` to whoever asks, and nothing else. Prints its port on
 * standard output; ends with its standard input.
 */
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const server = createServer((_request, response) => {
  createReadStream(process.env['ROWS'] ?? '', { highWaterMark: 1 << 18 }).pipe(response);
});
// A client that is busy with the rows for longer finds its connection again.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.stdin.resume().on('end', () => {
  server.close();
  server.closeAllConnections();
});
