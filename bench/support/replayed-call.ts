import { once } from 'node:events';
import type { Dispatcher } from 'undici';
import { v7 as uuidv7 } from 'uuid';
import { WebSocket } from 'ws';
import type { Signal } from '../../src/protocol/video/signal.ts';
import { deliverCommands } from './deliver-commands.ts';
import type { IssuedSession } from './issue-sessions.ts';
import { postJson } from './post-json.ts';
import type { CallEnd } from './record-call.ts';

/** The desks' and the pages' own. */
const PING_MS = 15_000;

/** A call that is open, both ends of it sockets of this process; what one end says comes out of the other. */
export interface OpenedCall {
  say: (from: CallEnd, signal: Signal) => void;
  /** One line of the chat. */
  chat: (from: CallEnd, text: string) => Promise<unknown>;
  /** What has come since it was last asked; the end is the one that heard it. */
  heard: () => Record<CallEnd, Signal[]>;
  /** Resolves once so much has come, lines of the chat included. */
  hears: (words: number) => Promise<void>;
  close: () => void;
}

/** What an end of a call has heard. */
function createHearing() {
  let words: Record<CallEnd, Signal[]> = { agent: [], guest: [] };
  let count = 0;
  let wanted = { count: Infinity, come: (): void => undefined };
  const take = (words_: number): void => {
    count += words_;
    if (count >= wanted.count) wanted.come();
  };
  return {
    signal: (end: CallEnd, signal: Signal): void => {
      words[end].push(signal);
      take(1);
    },
    chat: (lines: number): void => take(lines),
    heard: () => {
      const last = words;
      words = { agent: [], guest: [] };
      count = 0;
      return last;
    },
    hears: (more: number): Promise<void> =>
      new Promise((resolve) => {
        wanted = { count: more, come: resolve };
        take(0);
      }),
  };
}

interface Ticket {
  ticketId: string;
  /** Of the guest's link. */
  url: string;
}

/** A video attention that this agent has begun at the real server: a desk's socket and that of a guest's page, in one room. */
export async function openServerCall(
  dispatcher: Dispatcher,
  server: string,
  session: IssuedSession,
  { ticketId, url }: Ticket,
): Promise<OpenedCall> {
  const hearing = createHearing();
  const { deviceKey, sessionToken } = session;
  const token = new URL(url).hash.slice(1);
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify({ token });
  const entered = await fetch(`${server}/v1/guest/entries`, { method: 'POST', headers: json, body });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const quoted = { ticketId, attentionId: uuidv7(), epoch: 1 };
  const { attentionId } = quoted;
  const results = await deliverCommands(dispatcher, server, session, [
    { type: 'status.choose', state: 'online', cause: 'agent' },
    { type: 'ticket.call', ticketId, attentionId },
    { type: 'attention.begin', ...quoted },
  ]);
  if (results.some(({ status }) => status !== 'accepted')) throw new Error(`not begun: ${JSON.stringify(results)}`);

  const asAgent = { authorization: `Bearer ${sessionToken}`, 'x-device': deviceKey };
  const { ticket } = (await postJson(dispatcher, `${server}/v1/sessions/current/socket-tickets`, asAgent, {})) as {
    ticket: string;
  };
  const sockets = server.replace('http', 'ws');
  const guest = new WebSocket(`${sockets}/v1/public/socket`, { headers: { cookie, origin: server } });
  const desk = new WebSocket(`${sockets}/v1/desk/socket`, { headers: { authorization: `Device ${deviceKey}` } });
  const bothHere = Promise.withResolvers<void>();
  const here = new Set<CallEnd>();
  const take =
    (end: CallEnd) =>
    (data: Buffer): void => {
      const frame = JSON.parse(data.toString()) as Frame;
      if (frame.type === 'signal') hearing.signal(end, frame.signal);
      else if (frame.type === 'messages') hearing.chat(frame.messages.filter(({ from }) => from !== end).length);
      else if (frame.type === 'changes') hearing.chat(messagesIn(frame, end));
      else if (frame.type === 'room' && frame.isOtherHere) here.add(end);
      if (frame.type === 'caughtUp') desk.send(JSON.stringify({ type: 'joinRoom', ticketId }));
      if (frame.type === 'error') bothHere.reject(new Error(`${end}: ${frame.error.code}`));
      if (here.size === 2) bothHere.resolve();
    };
  guest.on('message', take('guest'));
  desk.on('message', take('agent'));
  await Promise.all([once(guest, 'open'), once(desk, 'open')]);
  guest.send(JSON.stringify({ type: 'watchVideo', token }));
  desk.send(JSON.stringify({ type: 'authenticate', protocol: 1, ticket, cursors: {} }));
  await bothHere.promise;
  const pings = [guest, desk].map((socket) => setInterval(() => socket.send('{"type":"ping"}'), PING_MS));
  return {
    ...hearing,
    say: (from, signal) => {
      if (from === 'guest') guest.send(JSON.stringify({ type: 'signal', signal, attentionId }));
      else desk.send(JSON.stringify({ type: 'signal', ticketId, signal }));
    },
    chat: (from, text) => {
      if (from === 'agent') {
        return deliverCommands(dispatcher, server, session, [{ type: 'message.send', ...quoted, text }]);
      }
      const headers = { cookie, 'idempotency-key': uuidv7() };
      return postJson(dispatcher, `${server}/v1/guest/messages`, headers, { token, text });
    },
    close: () => {
      for (const ping of pings) clearInterval(ping);
      guest.terminate();
      desk.terminate();
    },
  };
}

/** The same over the bare relay: two sockets under one path. */
export async function openRelayCall(relay: string, path: string): Promise<OpenedCall> {
  const hearing = createHearing();
  const sockets = { agent: new WebSocket(relay + path), guest: new WebSocket(relay + path) };
  for (const end of ['agent', 'guest'] as const) {
    sockets[end].on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Frame;
      if (frame.type === 'signal') hearing.signal(end, frame.signal);
      else hearing.chat(1);
    });
  }
  await Promise.all(Object.values(sockets).map((socket) => once(socket, 'open')));
  const pings = Object.values(sockets).map((socket) => setInterval(() => socket.ping(), PING_MS));
  return {
    ...hearing,
    say: (from, signal) => sockets[from].send(JSON.stringify({ type: 'signal', signal })),
    chat: (from, text) => Promise.resolve(sockets[from].send(JSON.stringify({ type: 'message', text }))),
    close: () => {
      for (const ping of pings) clearInterval(ping);
      for (const socket of Object.values(sockets)) socket.terminate();
    },
  };
}

type Frame =
  | { type: 'signal'; signal: Signal }
  | { type: 'messages'; messages: { from: CallEnd }[] }
  | { type: 'changes'; changes: { body: { type: string; message?: { from: CallEnd } } }[] }
  | { type: 'room'; isOtherHere: boolean }
  | { type: 'error'; error: { code: string } }
  | { type: 'caughtUp' | 'message' };

const messagesIn = ({ changes }: Extract<Frame, { type: 'changes' }>, end: CallEnd): number =>
  changes.filter(({ body: { type, message } }) => type === 'message.put' && message?.from !== end).length;
