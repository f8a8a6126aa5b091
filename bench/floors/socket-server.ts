/**
 * The floor of many desks: a bare WebSocket server that keeps who is there, answers a ping, and sends each line of its standard
 * input to all of them, as it came. Prints its port on standard output; ends with its standard input.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { WebSocketServer } from 'ws';

const http = createServer();
const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 64 * 1024 });
http.on('upgrade', (request, stream, head) => {
  server.handleUpgrade(request, stream, head, (socket) => {
    socket.on('message', (data: Buffer) => {
      const { type } = JSON.parse(data.toString()) as { type: string };
      socket.send(JSON.stringify({ type: type === 'ping' ? 'pong' : 'caughtUp', serverTime: Date.now() }));
    });
  });
});
createInterface(process.stdin)
  .on('line', (line) => {
    for (const socket of server.clients) socket.send(line);
  })
  .on('close', () => {
    for (const socket of server.clients) socket.terminate();
    http.close();
    http.closeAllConnections();
    process.exitCode = 0;
  });
http.listen(0, '127.0.0.1', 4_096, () => process.stdout.write(`${(http.address() as AddressInfo).port}\n`));
