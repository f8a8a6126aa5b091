import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { ServerContext } from '../start/server-context.ts';
import { openDeskSocket, type DeskSession } from './desk-socket.ts';
import { createDeskSockets, type DeskSockets } from './desk-sockets.ts';
import { LARGEST_FRAME } from './frame-guard.ts';
import { openPublicSocket } from './public-socket.ts';

const SERVICE_RESTART = 1012;
const GOODBYE_MS = 2_000;

export interface Doors {
  /** Who shows this `Authorization: Device <id>.<secret>`; null for nobody of ours. */
  deviceOf: (authorization: string | undefined) => Promise<{ id: string; kind: 'desk' | 'kiosk' } | null>;
  /** Uses up a one-use ticket of a session on this device with a seat. */
  redeem: (ticket: string, deviceId: string) => Promise<DeskSession | null>;
}

export interface Sockets {
  desks: DeskSockets;
  /** Open sockets of both doors. */
  clients: () => number;
  /** Closes them all with 1012, those that do not answer after a while too, and waits until nothing is under way. */
  stop: () => Promise<void>;
}

/** Two doors (trust T14): desks show a device key and never an Origin; pages come from our own address. */
export function attachSockets(server: Server, context: ServerContext, doors: Doors): Sockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME });
  const desks = createDeskSockets(context);
  const leaving = new Set<Promise<void>>();

  const refuse = (stream: Duplex, status: string): void => {
    stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  };

  const upgrade = async (request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
    const pathname = request.url?.split('?', 1)[0];
    if (pathname === '/v1/desk/socket') {
      if (request.headers.origin !== undefined) return refuse(stream, '403 Forbidden');
      const device = await doors.deviceOf(request.headers.authorization);
      if (device?.kind !== 'desk') return refuse(stream, '401 Unauthorized');
      return sockets.handleUpgrade(request, stream, head, (socket) => {
        const left = openDeskSocket({ context, socket, deviceId: device.id, redeem: doors.redeem, onOpen: desks.add })
          .catch((error: unknown) => context.log.error({ error }, 'a desk that left was not marked'))
          .finally(() => leaving.delete(left));
        leaving.add(left);
      });
    }
    if (pathname === '/v1/public/socket') {
      if (!isOwnOrigin(request, context.publicUrl)) return refuse(stream, '403 Forbidden');
      return sockets.handleUpgrade(request, stream, head, (socket) => openPublicSocket(context, socket));
    }
    return refuse(stream, '404 Not Found');
  };

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    stream.on('error', () => stream.destroy());
    upgrade(request, stream, head).catch((error: unknown) => {
      context.log.error({ error }, 'a socket could not be opened');
      refuse(stream, '503 Service Unavailable');
    });
  };
  server.on('upgrade', onUpgrade);

  return {
    desks,
    clients: () => sockets.clients.size,
    stop: async () => {
      server.off('upgrade', onUpgrade);
      desks.stop();
      for (const socket of sockets.clients) socket.close(SERVICE_RESTART, 'restart');
      const late = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, GOODBYE_MS);
      await Promise.all(leaving);
      clearTimeout(late);
    },
  };
}

/** The page's address must be ours: the public address, or the very host that it asks. */
function isOwnOrigin(request: IncomingMessage, publicUrl: string): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return false;
  if (origin === new URL(publicUrl).origin) return true;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}
