/**
 * The server of the floor of a live ticket: a POST is one durable INSERT of the ticket, one send to each socket, one answer.
 * `DATABASE_URL` names the database; prints its port on standard output; ends with its standard input.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { WebSocketServer, type WebSocket } from 'ws';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
await pool.query(
  'CREATE TABLE IF NOT EXISTS floor_live (number bigserial PRIMARY KEY, id uuid NOT NULL UNIQUE, header jsonb NOT NULL)',
);
const branchId = randomUUID();
const serviceId = randomUUID();
const sockets = new Set<WebSocket>();

const issue = async (): Promise<object> => {
  const at = Date.now();
  const header = {
    id: randomUUID(),
    branchId,
    serviceId,
    businessDay: '2026-01-05',
    kind: 'turn',
    state: 'waiting',
    outcome: null,
    priority: 'normal',
    origin: 'kiosk',
    holder: null,
    epoch: 0,
    displayName: null,
    documentType: null,
    documentLast4: null,
    createdAt: at,
    waitingSince: at,
    appointmentAt: null,
    checkedInAt: null,
    calledAt: null,
    lastCalledAt: null,
    callCount: 0,
    attendingSince: null,
    closedAt: null,
    transferredFrom: null,
    requeues: 0,
  };
  const { rows } = await pool.query<{ number: string }>({
    name: 'issue',
    text: 'INSERT INTO floor_live (id, header) VALUES ($1, $2) RETURNING number',
    values: [header.id, JSON.stringify(header)],
  });
  const number = Number(rows[0]?.number);
  const full = { ...header, number, turnCode: `C-${String(number).padStart(3, '0')}` };
  const changes = [{ seq: number, body: { type: 'ticket.put', header: full } }];
  const frame = JSON.stringify({ type: 'changes', stream: `branch:${branchId}`, changes });
  for (const socket of sockets) socket.send(frame);
  return { id: full.id, number, code: full.turnCode };
};

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    void issue().then((issued) => {
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(issued));
    });
  });
});
new WebSocketServer({ server }).on('connection', (socket) => {
  socket.on('message', () => {
    sockets.add(socket);
    socket.send('{"type":"caughtUp"}');
  });
  socket.on('close', () => sockets.delete(socket));
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.stdin.resume().on('end', () => {
  server.closeAllConnections();
  server.close();
  for (const socket of sockets) socket.terminate();
  void pool.end();
});
