import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { Agent } from 'undici';
import { v7 as uuidv7 } from 'uuid';
import WebSocket from 'ws';
import { startProcess } from '../../e2e/support/start-process.ts';
import { compareTails, tail } from '../compare-tails.ts';
import type { Measure } from '../row.ts';
import { deliverCommands } from '../support/deliver-commands.ts';
import { openDeskWindow } from '../support/desk-window.ts';
import { issueSessions } from '../support/issue-sessions.ts';
import { openListeners, type Listeners } from '../support/open-listeners.ts';
import { openOffice, PASSWORD, type BenchOffice } from '../support/open-office.ts';
import { postJson } from '../support/post-json.ts';

const LISTENERS = 199;
/** In the line at once; it is emptied between two samples, outside the clock. */
const TICKETS = 50;
const ROUNDS = 10;
/** One may issue 600 tickets in a minute. */
const DEVICES = 8;

/** One side: a ticket is posted, and seen on the screen of the measured desk, which was the last of all to connect. */
interface Side {
  /** Resolves when the ticket posted is on the screen, in ms. */
  ticket: (index: number) => Promise<number>;
  /** After TICKETS of them. Throws when the screen, or a listener, was told anything else than them. */
  settle: () => Promise<void>;
  close: () => Promise<void>;
}

/**
 * A ticket from the kiosk, from its POST to the fact that the window of one real desk is told over the bridge, while 199 other
 * sockets of the branch are told as well. Beside it a bare server with one durable INSERT and a loop over as many sockets, whose
 * last receiver writes the same row, search and cursor in one SQLite commit and tells its window in the same way. Both kinds of
 * servers, receivers and listeners are processes of their own; the next ticket is posted when all have been told the one before.
 */
export const measure: Measure = async () => {
  const office = await openOffice({ agents: LISTENERS + 1, servers: 1, devices: DEVICES });
  const dispatcher = new Agent({ connections: 1, pipelining: 1 });
  const sides: Side[] = [];
  try {
    const ours = await openOurs(office, dispatcher);
    sides.push(ours);
    const theirs = await openTheirs(office, dispatcher);
    sides.push(theirs);
    let tickets = 0;
    const sample = (side: Side) => async (): Promise<number[]> => {
      const spent: number[] = [];
      for (let index = 0; index < TICKETS; index += 1) spent.push(await side.ticket(index));
      await side.settle();
      tickets += TICKETS;
      return spent;
    };
    const comparison = await compareTails(sample(ours), sample(theirs), ROUNDS);
    return {
      work: `Kiosk ticket → on the screen of one real desk while ${LISTENERS + 1} sockets listen`,
      beside: 'one durable INSERT, a send to as many sockets, one SQLite commit of the same row',
      figures: [tail('ticket', 0.5, comparison, null), tail('ticket', 0.99, comparison, { atMost: 2 })],
      gate: `${tickets} tickets, each told to all ${LISTENERS + 1} sockets and in its place on the screen`,
    };
  } finally {
    for (const side of sides) await side.close();
    await dispatcher.close();
    await office.close();
  }
};

async function openOurs(office: BenchOffice, dispatcher: Agent): Promise<Side> {
  const [server = ''] = office.servers;
  const numbers = Array.from({ length: LISTENERS }, (_, index) => index + 2);
  const sessions = await issueSessions(office.databaseUrl, numbers);
  const [first] = sessions;
  if (!first) throw new Error('nobody listens');
  const sockets = [];
  for (const { deviceKey, sessionToken } of sessions) {
    const headers = { authorization: `Bearer ${sessionToken}`, 'x-device': deviceKey };
    const answer = await postJson(dispatcher, `${server}/v1/sessions/current/socket-tickets`, headers, {});
    sockets.push({ authorization: `Device ${deviceKey}`, ticket: (answer as { ticket: string }).ticket });
  }
  const cursors = await readCursors(office.databaseUrl);
  const listeners = await openListeners({ url: `${server.replace('http', 'ws')}/v1/desk/socket`, sockets, cursors });
  const desk = await startProcess<{ desks: string[] }>('out/main/browser-desk.cjs', {
    VENTANILLA_DATA: join(office.folder, 'desk'),
    VENTANILLA_SERVER: server,
  });
  const window = await openDeskWindow(desk.ready.desks[0] ?? '');
  await window.until('session.changed', ({ state }) => state === 'signedOut');
  await window.call('session.signIn', { email: 'agente1@banco.test', password: PASSWORD });
  const fact = await window.until('session.changed', ({ state }) => state === 'choosingSeat');
  const seat = fact.state === 'choosingSeat' ? fact.seats[0] : undefined;
  const module = seat?.modules.find(({ name }) => name === 'Módulo 1');
  if (!seat || !module) throw new Error('nowhere to sit');
  await window.call('session.takeSeat', { branchId: seat.branchId, moduleId: module.id });
  await window.until('line.changed', ({ state }) => state === 'up');
  await window.until('waiting.changed', ({ count }) => count === 0);
  let told = 0;
  let ids: string[] = [];
  return {
    ticket: async (index) => {
      const authorization = `Bearer ${office.deviceTokens[index % DEVICES]}`;
      const headers = { authorization, 'idempotency-key': uuidv7() };
      const start = performance.now();
      const seen = window.until('waiting.changed', ({ count }) => count === index + 1).then(() => performance.now());
      const answer = await postJson(dispatcher, `${server}/v1/branches/centro/tickets`, headers, { service: 'caja' });
      ids.push((answer as { id: string }).id);
      told += 1;
      await listeners.told(told);
      return (await seen) - start;
    },
    settle: async () => {
      const { rows } = await window.call('waiting.window', { from: 0, to: TICKETS + 1 });
      const shown = rows.map(({ header }) => header.id as string);
      if (shown.join() !== ids.join()) throw new Error('the screen shows other tickets, or in another order');
      const bodies = ids.map((ticketId) => ({ type: 'ticket.cancel', ticketId }));
      const results = await deliverCommands(dispatcher, server, first, bodies);
      if (results.some(({ status }) => status !== 'accepted')) throw new Error(JSON.stringify(results));
      told += TICKETS;
      ids = [];
      await listeners.told(told);
      await window.until('waiting.changed', ({ count }) => count === 0);
    },
    close: async () => {
      window.close();
      await listeners.close();
      await desk.stop();
    },
  };
}

async function openTheirs(office: BenchOffice, dispatcher: Agent): Promise<Side> {
  const children: ChildProcess[] = [];
  const start = async (name: string, variables: Record<string, string>): Promise<string> => {
    const child = spawn(process.execPath, [join(import.meta.dirname, `../floors/${name}.ts`)], {
      env: { ...process.env, ...variables },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    const [port] = (await once(createInterface(child.stdout), 'line')) as [string];
    return port;
  };
  const port = await start('live-server', { DATABASE_URL: office.databaseUrl });
  const url = `ws://127.0.0.1:${port}`;
  const sockets = Array.from({ length: LISTENERS }, () => ({ authorization: 'Device none', ticket: 'none' }));
  const listeners: Listeners = await openListeners({ url, sockets, cursors: {} });
  const windowPort = await start('live-receiver', { SERVER: url, FILE: join(office.folder, 'floor.db') });
  const window = new WebSocket(`ws://127.0.0.1:${windowPort}`);
  await once(window, 'open');
  let told = 0;
  return {
    ticket: async () => {
      const begin = performance.now();
      const seen = once(window, 'message').then(([data]) => ({
        at: performance.now(),
        count: (JSON.parse(String(data)) as { fact: { count: number } }).fact.count,
      }));
      await postJson(dispatcher, `http://127.0.0.1:${port}/`, {}, { service: 'caja' });
      told += 1;
      await listeners.told(told);
      const { at, count } = await seen;
      if (count !== told) throw new Error(`the floor's window shows ${count} tickets, not ${told}`);
      return at - begin;
    },
    settle: () => Promise.resolve(),
    close: async () => {
      window.terminate();
      await listeners.close();
      for (const child of children.toReversed()) {
        child.stdin?.end();
        await once(child, 'exit');
      }
    },
  };
}

/** Where the streams stand: whoever has these cursors is sent nothing of before. */
async function readCursors(databaseUrl: string): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string; seq: string }>('SELECT name, seq FROM stream');
  await client.end();
  return Object.fromEntries(rows.map(({ name, seq }) => [name, Number(seq)]));
}
