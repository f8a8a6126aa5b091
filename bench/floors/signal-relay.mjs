/**
 * The floor of what a call says through the server: hands each word of one of two sockets under the same path to the other, unread.
 * It knows nobody, checks nothing and keeps nothing. Prints its port on standard output; ends with its standard input.
 */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const http = createServer();
const server = new WebSocketServer({ server: http, perMessageDeflate: false, maxPayload: 128 * 1024 });
/** @type {Map<string, Set<import('ws').WebSocket>>} */
const rooms = new Map();
server.on('connection', (socket, { url = '' }) => {
  const room = rooms.get(url) ?? new Set();
  rooms.set(url, room.add(socket));
  socket.on('message', (data, isBinary) => {
    for (const other of room) if (other !== socket) other.send(data, { binary: isBinary });
  });
  socket.on('close', () => room.delete(socket));
});
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
process.stdin.resume().on('end', () => {
  for (const socket of server.clients) socket.terminate();
  server.close();
  http.close();
  http.closeAllConnections();
});
