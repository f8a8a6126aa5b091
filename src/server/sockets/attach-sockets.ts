import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server as TlsServer } from 'node:tls';
import { WebSocketServer } from 'ws';
import { clientAddress } from '../policies/client-address.ts';
import { OfficeAddresses } from '../sessions/office-addresses.ts';
import { isOwnOrigin } from '../policies/own-origin.ts';
import { PageLimits } from '../policies/page-limits.ts';
import { RateLimit } from '../policies/rate-limit.ts';
import { Refusal } from '../policies/refusal.ts';
import { createSourceAddress } from '../policies/source-address.ts';
import { tooMany } from '../policies/too-many.ts';
import { readGuestCookie } from '../sessions/guest-cookie.ts';
import type { ServerContext } from '../start/server-context.ts';
import type { Rooms } from '../video/rooms.ts';
import { openDeskSocket, type DeskDoor, type DeskSession } from './desk-socket.ts';
import { createDeskSockets, type DeskSockets } from './desk-sockets.ts';
import { LARGEST_FRAME } from './frame-guard.ts';
import { openPublicSocket } from './public-socket.ts';
import { createPublicViews } from './public-views.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { askerOf, type Asker } from './socket-error.ts';

const SERVICE_RESTART = 1012;
const GOODBYE_MS = 2_000;
/** Of each origin whose pages are refused. */
const ONE_LINE_A_MINUTE = { limit: 1, windowMs: 60_000 };

export interface Doors {
  /** Who shows this `Authorization: Device <id>.<secret>`; null for nobody of ours. */
  deviceOf: (
    authorization: string | undefined,
  ) => Promise<{ id: string; companyId: string; kind: 'desk' | 'kiosk' } | null>;
  /** Uses up a one-use ticket of a session on this device with a seat. */
  redeem: (ticket: string, deviceId: string) => Promise<DeskSession | null>;
  rooms: Rooms;
  /** Addresses and networks whose `X-Forwarded-For` is believed. */
  trustedProxies: string[];
}

export interface Sockets {
  desks: DeskSockets;
  /** Open sockets of customers' pages. */
  pages: () => number;
  /** Open sockets of both doors. */
  clients: () => number;
  /** Closes them all with 1012, those that do not answer after a while too, and waits until nothing is under way. */
  stop: () => Promise<void>;
}

/** Two doors (trust T14): desks show a device key and never an Origin; pages come from our own address. */
export function attachSockets(server: Server, context: ServerContext, doors: Doors): Sockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME });
  const desks = createDeskSockets(context);
  const views = createPublicViews(context);
  const { rooms } = doors;
  const limits = new PageLimits();
  const offices = new OfficeAddresses(context);
  const strangers = new RateLimit(ONE_LINE_A_MINUTE);
  const sourceAddress = createSourceAddress(doors.trustedProxies);
  const leaving = new Set<Promise<void>>();
  const isLeaving = (left: Promise<void>, failed: string): void => {
    const ended = left
      .catch((error: unknown) => context.log.error({ error }, failed))
      .finally(() => leaving.delete(ended));
    leaving.add(ended);
  };
  const pageIsLeaving = (left: Promise<void>): void =>
    isLeaving(left, 'what a page that left had said was not forgotten');
  const deskDoor: DeskDoor = {
    context,
    desks,
    rooms,
    guests: views.guests,
    redeem: doors.redeem,
    leaving: (left) => isLeaving(left, 'a desk that left was not marked'),
  };

  const openDesk = async (request: IncomingMessage, stream: Duplex, head: Buffer, asker: Asker): Promise<void> => {
    if (request.headers.origin !== undefined) throw new Refusal('FORBIDDEN');
    const device = await doors.deviceOf(request.headers.authorization);
    if (device?.kind !== 'desk') throw new Refusal('UNAUTHENTICATED');
    const { id: deviceId, companyId } = device;
    offices.note(companyId, clientAddress(sourceAddress(request)));
    sockets.handleUpgrade(request, stream, head, (socket) => openDeskSocket(deskDoor, socket, asker, deviceId));
  };

  /** Without it a wrong VENTANILLA_PUBLIC_URL would show in nothing but screens that stay "sin conexión". */
  const noteStranger = (origin: string | undefined, { requestId }: Asker): void => {
    const known = { origin: origin?.slice(0, 200), publicUrl: context.publicUrl };
    if (strangers.take(known.origin ?? '', context.clock()) !== null) return;
    context.log.info({ requestId, ...known }, 'a page from elsewhere was refused');
  };

  const openPage = (request: IncomingMessage, stream: Duplex, head: Buffer, asker: Asker): void => {
    const address = clientAddress(sourceAddress(request));
    const wait = limits.waitToOpen(address, context.clock());
    if (wait !== null) throw tooMany(wait);
    const { origin } = request.headers;
    if (!isOwnPage(server, context, origin)) {
      noteStranger(origin, asker);
      throw new Refusal('FORBIDDEN');
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.once('close', limits.hold(address));
      const browser = readGuestCookie(request.headers.cookie);
      openPublicSocket({ context, socket, asker, views, rooms, browser, leaving: pageIsLeaving });
    });
  };

  const upgrade = async (request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
    const asker = askerOf(request);
    try {
      const pathname = request.url?.split('?', 1)[0];
      if (pathname === '/v1/desk/socket') await openDesk(request, stream, head, asker);
      else if (pathname === '/v1/public/socket') openPage(request, stream, head, asker);
      else throw new Refusal('NOT_FOUND');
    } catch (error) {
      if (!(error instanceof Refusal)) {
        context.log.error({ error, requestId: asker.requestId }, 'a socket could not be opened');
      }
      refuseUpgrade(stream, error instanceof Refusal ? error : new Refusal('UNAVAILABLE'), asker);
    }
  };

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    stream.on('error', destroyIt);
    void upgrade(request, stream, head);
  };
  server.on('upgrade', onUpgrade);

  return {
    desks,
    pages: () => limits.open,
    clients: () => sockets.clients.size,
    stop: async () => {
      server.off('upgrade', onUpgrade);
      desks.stop();
      const closed = [...sockets.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const socket of sockets.clients) socket.close(SERVICE_RESTART, 'restart');
      const late = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, GOODBYE_MS);
      await Promise.all(closed);
      await Promise.all(leaving);
      clearTimeout(late);
    },
  };
}

/** One for all: a socket keeps its listeners for as long as it is open. */
function destroyIt(this: Duplex): void {
  this.destroy();
}

function isOwnPage(server: Server, { publicUrl }: ServerContext, origin: string | undefined): boolean {
  const at = server.address();
  if (at === null || typeof at === 'string') return false;
  return isOwnOrigin(origin, { publicUrl, ...at, hasTls: server instanceof TlsServer });
}
