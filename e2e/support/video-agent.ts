import { once } from 'node:events';
import fastifyStatic from '@fastify/static';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import fastify from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { WebSocket, WebSocketServer } from 'ws';
import { CommandResults, SignedIn, SocketTicket } from '../../src/protocol/http/desk-api.ts';
import { DeskDown } from '../../src/protocol/socket/down.ts';
import type { TicketHeader } from '../../src/protocol/ticket.ts';
import { GuestLink } from '../../src/protocol/video/guest-link.ts';
import type { WireDown, WireUp } from '../../src/web/peer/testing/peer-page/main.ts';
import type { Office } from './office.ts';
import { buildPeerPage } from './peer-wire.ts';

/** As desks do: one that is silent for long is marked as gone. */
const PING_MS = 15_000;

/** An agent who works by the server's API alone, and whose side of a call is the bare page of `web/peer`. */
export interface VideoAgent {
  /** Of the guest's page, with its token. */
  invite: (ticketId: string) => Promise<string>;
  /** Calls the guest, takes the agent's side of the room, and lets camera and microphone in. */
  call: (ticketId: string) => Promise<void>;
  begin: (ticketId: string) => Promise<void>;
  finish: (ticketId: string) => Promise<void>;
  /** Blocks and reports the guest, which ends it too. */
  report: (ticketId: string) => Promise<void>;
  /** The side of the call. */
  page: Page;
  close: () => Promise<void>;
}

export async function openVideoAgent(browser: Browser, office: Office, email: string): Promise<VideoAgent> {
  const { server, demo } = office;
  const ask = async (method: string, path: string, authorization: Record<string, string>, body?: object) => {
    const answer = await fetch(server + path, {
      method,
      headers: { ...authorization, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? null : ((await answer.json()) as unknown);
  };

  const person = { email, password: demo.password, deskName: 'Video' };
  const signedIn = SignedIn.parse(await ask('POST', '/v1/sessions', {}, person));
  const deviceKey = `${signedIn.device?.id}.${signedIn.device?.secret}`;
  const session = { authorization: `Bearer ${signedIn.sessionToken}`, 'x-device': deviceKey };
  const device = { authorization: `Device ${deviceKey}` };
  const seat = signedIn.seats[0];
  const module = seat?.modules.find(({ takenBy }) => takenBy === null);
  if (!seat || !module) throw new Error('no module is free');
  await ask('POST', '/v1/sessions/current/seat', session, { branchId: seat.branchId, moduleId: module.id });

  const send = async (body: object): Promise<void> => {
    const identity = { id: uuidv7(), authorId: signedIn.agent.id, sessionId: signedIn.sessionId, occurredAt: null };
    const answer = await ask('POST', '/v1/desk/commands', device, { commands: [{ ...identity, body }] });
    const [result] = CommandResults.parse(answer).results;
    if (result?.status !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(result)}`);
  };

  const app = fastify();
  await app.register(fastifyStatic, { root: await buildPeerPage() });
  const pageUrl = await app.listen({ port: 0, host: '127.0.0.1' });
  const pages = new WebSocketServer({ server: app.server });
  let side: WebSocket | null = null;
  let room: string | null = null;
  const tell = (down: WireDown): void => side?.send(JSON.stringify(down));

  const { ticket } = SocketTicket.parse(await ask('POST', '/v1/sessions/current/socket-tickets', session, {}));
  const socket = new WebSocket(`${server.replace('http', 'ws')}/v1/desk/socket`, { headers: device });
  const say = (frame: object): void => socket.send(JSON.stringify(frame));
  const headers = new Map<string, TicketHeader>();
  const looking = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    const frame = DeskDown.parse(JSON.parse(data.toString()));
    if (frame.type === 'signal') tell({ type: 'signal', signal: frame.signal });
    if (frame.type === 'room') tell({ type: frame.isOtherHere ? 'peerCame' : 'peerLeft' });
    if (frame.type !== 'changes') return;
    for (const { body } of frame.changes) if (body.type === 'ticket.put') headers.set(body.header.id, body.header);
    for (const look of looking) look();
  });
  await once(socket, 'open');
  say({ type: 'authenticate', protocol: 1, ticket, cursors: {} });
  const ping = setInterval(() => say({ type: 'ping' }), PING_MS);
  pages.on('connection', (opened) => {
    side = opened;
    opened.on('message', (data: Buffer) => {
      const { signal } = JSON.parse(data.toString()) as WireUp;
      say({ type: 'signal', ticketId: room, signal });
    });
  });

  const headerWhen = (ticketId: string, isSo: (header: TicketHeader) => boolean): Promise<TicketHeader> =>
    new Promise((resolve) => {
      const look = (): void => {
        const header = headers.get(ticketId);
        if (!header || !isSo(header)) return;
        looking.delete(look);
        resolve(header);
      };
      looking.add(look);
      look();
    });
  const quoted = async (ticketId: string): Promise<object> => {
    const { holder } = await headerWhen(ticketId, (header) => header.holder !== null);
    return { ticketId, attentionId: holder?.attentionId, epoch: holder?.epoch };
  };

  // Calls by hand alone: the server must not call for this agent by itself.
  await send({ type: 'status.setManual', isManual: true });
  await send({ type: 'status.choose', state: 'online', cause: 'agent' });
  const context: BrowserContext = await browser.newContext({ permissions: ['camera', 'microphone'] });
  const page = await context.newPage();
  await page.goto(`${pageUrl}/?role=agent`);

  return {
    page,
    invite: async (ticketId) =>
      GuestLink.parse(await ask('POST', `/v1/desk/tickets/${ticketId}/guest-links`, session, {})).url,
    call: async (ticketId) => {
      await send({ type: 'ticket.call', ticketId, attentionId: uuidv7() });
      await page.evaluate(async () => {
        await window.side.devices.capture();
        // Each call begins with the camera on, whatever was muted in the one before.
        window.side.call.setOn('camera', true);
        window.side.connect();
      });
      if (side === null) await once(pages, 'connection');
      room = ticketId;
      tell({ type: 'called' });
      say({ type: 'joinRoom', ticketId });
    },
    begin: async (ticketId) => send({ type: 'attention.begin', ...(await quoted(ticketId)) }),
    finish: async (ticketId) => send({ type: 'attention.finish', ...(await quoted(ticketId)) }),
    report: async (ticketId) =>
      send({ type: 'guest.block', ...(await quoted(ticketId)), reason: 'insults', comment: '' }),
    close: async () => {
      clearInterval(ping);
      await context.close();
      socket.terminate();
      for (const opened of pages.clients) opened.terminate();
      pages.close();
      await app.close();
    },
  };
}
