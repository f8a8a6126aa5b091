import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { DeskDown } from '../../src/protocol/socket/down.ts';
import { issueTicket, openAgentClient, type AgentClient } from './support/agent-client.ts';
import { openAgentSocket } from './support/agent-socket.ts';
import { converged } from './support/branch-view.ts';
import { amount } from './support/chance.ts';
import { checkSlowReader } from './support/check-slow-reader.ts';
import { openFaultDesk } from './support/fault-desk.ts';
import { openFaultOffice, type FaultOffice } from './support/fault-office.ts';

const MEGABYTE = 1024 * 1024;
const BLOCK = 100;
const CHANGE_BYTES = 20_000;
/** What a server keeps for one desk, one frame more, and what the kernel holds of a connection. */
const MOST_KEPT = 28 * MEGABYTE;
const TRY_LATER = 1013;

const closes: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).toReversed()) await close();
});

/** Says so many changes of one ticket, each with a field of that many bytes that no desk knows. Gives where the stream stands. */
async function sayMuch({ store }: FaultOffice, stream: string, ticketId: string): Promise<number> {
  const { rows } = await sql<{ seq: string }>`
    WITH said AS (
      SELECT jsonb_agg(jsonb_build_object('stream', ${stream}::text, 'rank', 2, 'body', jsonb_build_object(
        'type', 'ticket.put', 'header', header || jsonb_build_object('padding', repeat('x', ${CHANGE_BYTES}::int))))) AS entries
      FROM ticket, generate_series(1, ${BLOCK}::int) WHERE id = ${ticketId})
    SELECT seq FROM said, write_changes(said.entries)`.execute(store.db);
  const hint = JSON.stringify({ from: uuidv7(), streams: [stream] });
  await sql`SELECT pg_notify('ventanilla_changes', ${hint})`.execute(store.db);
  return Number(rows[0]!.seq);
}

interface Follower {
  socket: WebSocket;
  heard: number[];
  bytes: number;
  /** Until it has heard of this place in the branch's stream. */
  reaches: (seq: number) => Promise<void>;
}

/** Follows the branch's stream from a place in it on; the place is where it stands when it is absent. */
async function follow(agent: AgentClient, url: string, stream: string, from?: number): Promise<Follower> {
  const cursors = from === undefined ? {} : { [stream]: from };
  const { socket, until } = await openAgentSocket(agent, url, cursors);
  const follower: Follower = {
    socket,
    heard: [],
    bytes: 0,
    reaches: async (seq) => {
      await until((frame) => frame.type === 'changes' && frame.stream === stream && frame.changes.at(-1)!.seq >= seq);
    },
  };
  const take = (frame: DeskDown): boolean => {
    if (frame.type === 'changes' && frame.stream === stream)
      follower.heard.push(...frame.changes.map(({ seq }) => seq));
    return false;
  };
  void until(take);
  socket.on('message', (data: Buffer) => {
    follower.bytes += data.length;
  });
  await until(({ type }) => type === 'caughtUp');
  return follower;
}

test('[R7] [R10] a socket and a desk that do not read while the server goes on: the others are served, little is kept for them, and they catch up', async () => {
  const office = await openFaultOffice({ agents: 4, servers: 1 });
  closes.push(office.close);
  const { url } = office.servers[0]!;
  const desks = await Promise.all(
    [1, 2].map(async (number) => {
      const dataFolder = join(office.folder, `desk-${number}`);
      const desk = await openFaultDesk({ serverUrl: url, dataFolder, number });
      closes.push(() => desk.kill('SIGTERM'));
      await desk.enter();
      await desk.lineUp();
      await desk.window().call('act', { type: 'status.setManual', isManual: true });
      await desk.delivered();
      return desk;
    }),
  );
  const [quickDesk, stoppedDesk] = [desks[0]!, desks[1]!];
  const [quickAgent, slowAgent] = await Promise.all([openAgentClient(url, 3), openAgentClient(url, 4)]);
  const { id: ticketId } = await issueTicket(url);
  const { branch_id: branchId } = await office.store.db
    .selectFrom('ticket')
    .select('branch_id')
    .where('id', '=', ticketId)
    .executeTakeFirstOrThrow();
  const stream = `branch:${branchId}`;
  const quick = await follow(quickAgent, url, stream);
  const slow = await follow(slowAgent, url, stream);
  await Promise.all(desks.map((desk) => converged(desk, office)));
  // All that came before is theirs; from here on one reads nothing, and one is not even there.
  const from = await sayMuch(office, stream, ticketId);
  await Promise.all([quick.reaches(from), slow.reaches(from)]);
  slow.socket.pause();
  stoppedDesk.process().kill('SIGSTOP');
  closes.push(() => stoppedDesk.process().kill('SIGCONT'));
  const before = { quick: quick.heard.length, slow: slow.heard.length, bytes: slow.bytes };

  let to = from;
  for (let block = 0; block < amount(18, 60); block += 1) {
    await issueTicket(url);
    to = await sayMuch(office, stream, ticketId);
    // Whoever reads has it, however little the others take.
    await quick.reaches(to);
  }
  await converged(quickDesk, office);
  expect(checkSlowReader({ heard: quick.heard.slice(before.quick), from, to, keptBytes: 0 }, MOST_KEPT)).toEqual([]);

  const closed = once(slow.socket, 'close') as Promise<[number]>;
  slow.socket.resume();
  expect((await closed)[0]).toBe(TRY_LATER);
  const again = await follow(slowAgent, url, stream, slow.heard.at(-1));
  const { last } = await office.store.db
    .selectFrom('stream')
    .select('seq as last')
    .where('name', '=', stream)
    .executeTakeFirstOrThrow();
  if (again.heard.at(-1) !== last) await again.reaches(last);
  const heard = [...slow.heard.slice(before.slow), ...again.heard];
  const keptBytes = slow.bytes - before.bytes;
  expect(checkSlowReader({ heard, from, to: last, keptBytes }, MOST_KEPT)).toEqual([]);

  stoppedDesk.process().kill('SIGCONT');
  await converged(stoppedDesk, office);
});

test('[R7] [R10] twin: a server that keeps all for who does not read, and one that leaves out what does not fit, are found out', async () => {
  const blocks = 18;
  const payload = 'x'.repeat(BLOCK * CHANGE_BYTES);
  const read = async (mostBacklog: number) => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    closes.push(() => server.close());
    await once(server, 'listening');
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const [[socket]] = (await Promise.all([once(server, 'connection'), once(client, 'open')])) as [
      [WebSocket],
      unknown,
    ];
    const heard: number[] = [];
    let keptBytes = 0;
    client.on('message', (data: Buffer) => {
      keptBytes += data.length;
      heard.push(Number(data.subarray(0, 8).toString()));
    });
    client.pause();
    for (let seq = 1; seq <= blocks; seq += 1) {
      if (socket.bufferedAmount <= mostBacklog) socket.send(`${String(seq).padStart(8)}${payload}`);
    }
    const closed = once(client, 'close');
    socket.close(1000);
    client.resume();
    await closed;
    return checkSlowReader({ heard, from: 0, to: blocks, keptBytes }, MOST_KEPT);
  };
  expect(await read(Number.POSITIVE_INFINITY)).toEqual([expect.stringMatching(/^kept: /)]);
  expect(await read(MEGABYTE)).toEqual([expect.stringMatching(/^lost: /)]);
});
