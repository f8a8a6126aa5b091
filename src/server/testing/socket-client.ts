import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { DeskDown, PublicDown } from '../../protocol/socket/down.ts';
import { findDevice } from '../sessions/device-access.ts';
import { createSocketTicket, redeemSocketTicket } from '../sessions/socket-tickets.ts';
import { attachSockets, type Doors, type Sockets } from '../sockets/attach-sockets.ts';
import { readOpenSessions } from '../store/session-rows.ts';
import { Rooms } from '../video/rooms.ts';
import type { TestAgent } from './office-factory.ts';
import type { TestServer } from './open-server.ts';

export interface Doorway {
  port: number;
  sockets: Sockets;
  close: () => Promise<void>;
}

/** The socket doors of a server process, listening on loopback. */
export async function openDoors(server: Pick<TestServer, 'context'>, overrides: Partial<Doors> = {}): Promise<Doorway> {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { context } = server;
  const sockets = attachSockets(http, context, {
    deviceOf: async (authorization) => (await findDevice(context, authorization)) ?? null,
    redeem: (ticket, deviceId) => redeemSocketTicket(context, ticket, deviceId),
    rooms: new Rooms(),
    trustedProxies: [],
    ...overrides,
  });
  return {
    port: (http.address() as AddressInfo).port,
    sockets,
    close: async () => {
      await sockets.stop();
      http.close();
      http.closeAllConnections();
      await once(http, 'close');
    },
  };
}

type Frame = DeskDown | PublicDown;

/** A socket from outside. Every frame that comes is checked against the wire contract. */
export class SocketClient {
  readonly socket: WebSocket;
  readonly frames: Frame[] = [];
  /** Close code and reason. */
  readonly closed: Promise<[code: number, reason: string]>;
  readonly #waiting = new Set<() => void>();

  constructor(socket: WebSocket, schema: typeof DeskDown | typeof PublicDown) {
    this.socket = socket;
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve([code, String(reason)]));
    });
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      this.frames.push(schema.parse(JSON.parse((data as Buffer).toString())));
      for (const look of this.#waiting) look();
    });
  }

  send(frame: object | string | Buffer): void {
    this.socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  /** The first frame of this type that is it, whether it came already or comes. */
  frame<Type extends Frame['type']>(
    type: Type,
    isIt: (frame: Extract<Frame, { type: Type }>) => boolean = () => true,
  ): Promise<Extract<Frame, { type: Type }>> {
    type Wanted = Extract<Frame, { type: Type }>;
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.frames.find((frame): frame is Wanted => frame.type === type && isIt(frame as Wanted));
        if (!found) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      void this.closed.then(([code, reason]) => reject(new Error(`closed with ${code} ${reason} before ${type}`)));
      look();
    });
  }
}

/** Opens a socket; rejects with the HTTP status of a refused handshake. */
export async function openSocket(
  { port }: Doorway,
  door: 'desk' | 'public',
  headers: Record<string, string> = {},
): Promise<SocketClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/${door}/socket`, { headers });
  const client = new SocketClient(socket, door === 'desk' ? DeskDown : PublicDown);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, response) => {
      reject(new Error(String(response.statusCode)));
      socket.terminate();
    });
    socket.once('error', reject);
  });
  return client;
}

export const openDesk = (doorway: Doorway, agent: TestAgent): Promise<SocketClient> =>
  openSocket(doorway, 'desk', { authorization: `Device ${agent.deviceKey}` });

/** A ticket for one socket of this agent's session. */
export async function ticketOf(server: TestServer, agent: TestAgent): Promise<string> {
  const [session] = await readOpenSessions(server.context.store.db, { agentId: agent.id });
  if (!session) throw new Error('no session');
  return createSocketTicket(server.context, session);
}

/** A desk that has said who it is and has all that it missed. */
export async function connectDesk(
  doorway: Doorway,
  agent: TestAgent,
  cursors: Record<string, number> = {},
): Promise<SocketClient> {
  const client = await openDesk(doorway, agent);
  const ticket = await ticketOf(agent.office.server, agent);
  client.send({ type: 'authenticate', protocol: 1, ticket, cursors });
  await client.frame('caughtUp');
  return client;
}
