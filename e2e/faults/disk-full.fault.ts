import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { startProcess } from '../support/start-process.ts';
import type { ServerReady } from '../support/office.ts';
import { issueTicket } from './support/agent-client.ts';
import { checkHistory } from './support/check-history.ts';
import { openFaultDesk } from './support/fault-desk.ts';
import { openFaultOffice, type FaultOffice } from './support/fault-office.ts';
import { openHistory } from './support/history.ts';
import { canMount, mountSmallDisk } from './support/small-disk.ts';
import { storedNotes } from './support/stored.ts';

const closes: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).toReversed()) await close();
});

const notesOf = async ({ store }: FaultOffice) =>
  (await storedNotes(store)).map(({ op, ticketId, position }) => ({
    op: op.slice(0, op.indexOf(' ')),
    ticketId,
    position,
  }));

/** A desk on a disk of 20 MB, whose agent attends a customer. */
async function openCrampedDesk() {
  const office = await openFaultOffice({ agents: 1, servers: 1 });
  closes.push(office.close);
  const server = office.servers[0]!;
  const disk = mountSmallDisk(20);
  closes.push(disk.close);
  const desk = await openFaultDesk({ serverUrl: server.url, dataFolder: join(disk.folder, 'desk'), number: 1 });
  closes.push(() => desk.kill('SIGTERM'));
  await desk.enter();
  await desk.lineUp();
  await desk.window().call('act', { type: 'status.setManual', isManual: true });
  await desk.delivered();
  const { id: ticketId } = await issueTicket(server.url, 'first');
  await desk.window().until('waiting.changed', ({ next }) => next?.header.id === ticketId);
  await desk.window().call('act', { type: 'ticket.call', ticketId });
  await desk.window().until('current.changed', ({ ticket }) => ticket?.header.state === 'calling');
  await desk.window().call('act', { type: 'attention.begin', ticketId });
  await desk.window().until('current.changed', ({ ticket }) => ticket?.header.state === 'attending');
  const history = openHistory();
  let count = 0;
  const write = (): Promise<string> => {
    count += 1;
    const text = `nota-${count} ${'larga '.repeat(600)}`.trim();
    return desk.perform(history, `nota-${count}`, ticketId, { type: 'note.add', ticketId, text });
  };
  /** Writes until the desk says that the disk is full. */
  const writeUntilFull = async (): Promise<void> => {
    while ((await write()) === 'ok');
    expect(history.events.at(-1)).toMatchObject({ type: 'fail', reason: 'DISK_FULL' });
  };
  return { office, server, disk, desk, ticketId, history, write, writeUntilFull };
}

/** A server whose PostgreSQL has a disk of 520 MB with it. */
async function openCrampedServer() {
  const disk = mountSmallDisk(520);
  closes.push(disk.close);
  const data = join(disk.folder, 'data');
  const running = await startProcess<ServerReady>('out/server/server.js', {
    VENTANILLA_DATA: data,
    VENTANILLA_PORT: String(await freePort()),
  });
  closes.push(() => running.stop());
  const database = new pg.Client((await readFile(join(data, 'database-url'), 'utf8')).trim());
  await database.connect();
  closes.push(() => database.end());
  const storedTickets = async () => {
    const { rows } = await database.query<{ op: string }>(
      "SELECT key AS op FROM idempotency_key JOIN ticket ON ticket.id = (answer ->> 'id')::uuid",
    );
    return rows.map(({ op }, position) => ({ op, ticketId: null, position }));
  };
  const { server, demo } = running.ready;
  return { disk, database, server, token: demo.deviceToken, storedTickets };
}

describe.skipIf(!canMount)('with a disk of our own (skipped where none may be mounted)', () => {
  test('[R13] the disk of a desk is full: it says so, shows on, and writes again as soon as there is room; nothing is lost', async () => {
    const { office, server, disk, desk, ticketId, history, write, writeUntilFull } = await openCrampedDesk();
    await server.kill();
    expect(await write()).toBe('ok');
    disk.fillTo(0);
    await writeUntilFull();
    // Full, and it stays so: what is there is shown.
    expect(await desk.window().call('ticket.open', { ticketId })).toMatchObject({ header: { id: ticketId } });
    expect(await write()).toBe('fail');
    disk.empty();
    expect(await write()).toBe('ok');
    // Full again, and the desk dies of something else.
    disk.fillTo(0);
    await writeUntilFull();
    await desk.kill();
    disk.empty();
    await desk.start();
    await desk.enter();
    expect(await write()).toBe('ok');
    await server.start();
    await desk.lineUp();
    await desk.delivered();
    const stored = { effects: await notesOf(office), holds: [], refused: [], shown: [] };
    expect(checkHistory(history.events, stored)).toEqual([]);
    expect(stored.effects).toHaveLength(history.events.filter(({ type }) => type === 'ok').length);
  });

  test('[R13] twin: a desk that says ok although the disk took nothing is found', async () => {
    const { office, disk, desk, history, writeUntilFull } = await openCrampedDesk();
    disk.fillTo(0);
    await writeUntilFull();
    disk.empty();
    await desk.delivered();
    const { client, op, ticketId } = history.events.at(-1)!;
    const said = [...history.events.slice(0, -1), { type: 'ok' as const, client, op, ticketId }];
    const stored = { effects: await notesOf(office), holds: [], refused: [], shown: [] };
    expect(checkHistory(history.events, stored)).toEqual([]);
    expect(checkHistory(said, stored)).toEqual([`lost: ${op} of desk 1 was acknowledged`]);
  });

  test('[R13] [R12] the disk of the server is full: 507, reads go on, and it takes tickets again without a restart', async () => {
    const { disk, server, token, storedTickets } = await openCrampedServer();
    const asIntegrator = { authorization: `Bearer ${token}` };
    const history = openHistory();
    const issue = async (key: string): Promise<{ status: number; id: string; code: string }> => {
      const answer = await fetch(`${server}/v1/branches/centro/tickets`, {
        method: 'POST',
        headers: { ...asIntegrator, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ service: 'caja' }),
      });
      return { ...((await answer.json()) as { id: string; code: string }), status: answer.status };
    };
    const acknowledged = new Map<string, string>();
    /** Until an answer is of this status; each ticket that is given meanwhile is kept. */
    const issueUntil = async (wanted: 201 | 507): Promise<void> => {
      for (;;) {
        const key = uuidv7();
        const event = { client: 'kiosk', op: key, ticketId: null };
        history.record({ type: 'invoke', ...event });
        const { status, id, code } = await issue(key);
        history.record({ type: status === 201 ? 'ok' : 'fail', ...event });
        if (status === 201) acknowledged.set(key, id);
        else expect({ status, code }).toEqual({ status: 507, code: 'DISK_FULL' });
        if (status === wanted) return;
      }
    };
    await issueUntil(201);
    for (const left of [150 * 2 ** 20, 0]) {
      disk.fillTo(left);
      await issueUntil(507);
      // The server looks at its disk once a second.
      while ((await fetch(`${server}/readyz`)).status !== 507);
      expect((await fetch(`${server}/livez`)).status).toBe(200);
      expect((await fetch(`${server}/v1/branches/centro/kiosk`, { headers: asIntegrator })).status).toBe(200);
      disk.empty();
      await issueUntil(201);
    }
    expect(checkHistory(history.events, { effects: await storedTickets(), holds: [], refused: [], shown: [] })).toEqual(
      [],
    );
    // The same request again is answered with the ticket that it made.
    for (const [key, id] of acknowledged) expect(await issue(key)).toMatchObject({ status: 201, id });
  });

  test('[R13] twin: who acknowledges what a full disk has not taken is found', async () => {
    const { disk, database } = await openCrampedServer();
    await database.query('CREATE TABLE naive_ticket (op text PRIMARY KEY, body bytea)');
    const history = openHistory();
    disk.fillTo(0);
    for (let full = false, turn = 0; !full; turn += 1) {
      const event = { client: 'kiosk', op: `ticket ${turn}`, ticketId: null };
      history.record({ type: 'invoke', ...event });
      const write = database.query('INSERT INTO naive_ticket VALUES ($1, $2)', [event.op, randomBytes(100_000)]);
      history.record({ type: 'ok', ...event });
      await write.catch((error: unknown) => {
        expect(error).toMatchObject({ code: '53100' });
        full = true;
      });
    }
    disk.empty();
    const { rows } = await database.query<{ op: string }>('SELECT op FROM naive_ticket');
    const effects = rows.map(({ op }, position) => ({ op, ticketId: null, position }));
    expect(checkHistory(history.events, { effects, holds: [], refused: [], shown: [] })).toEqual([
      `lost: ${history.events.at(-1)!.op} of kiosk was acknowledged`,
    ]);
  });
});
