import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BRANCH_SCHEMA } from '../../cache-file/branch-migrations.ts';
import { ana, branch, fakeTicket, luis, moduleTwo } from '../testing/fake-office.ts';
import { startFakeServer, type FakeServer } from '../testing/fake-server.ts';
import { createDeskHome, openTestDesk, startWorking, type DeskHome, type OpenDesk } from '../testing/test-desk.ts';

let server: FakeServer;
let home: DeskHome;
let desk: OpenDesk;
let stops: (() => Promise<void>)[];
beforeEach(async () => {
  server = await startFakeServer();
  home = createDeskHome();
  stops = [];
  desk = await open(home);
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await server.stop();
  home.remove();
});

const open = async (at: DeskHome, random?: () => number): Promise<OpenDesk> => {
  const opened = await openTestDesk(at, server, undefined, random);
  stops.push(opened.stop);
  return opened;
};
const close = async (): Promise<void> => {
  await stops.pop()?.();
};
const stream = `branch:${branch}`;
const waiting = (count: number) => desk.window.until('waiting.changed', (fact) => fact.count === count);
const addTickets = (from: number, to: number): void => {
  for (let number = from; number <= to; number += 1) server.addTicket(number, { displayName: `María ${number}` });
};
const leftOvers = () => readdirSync(home.databaseFolder).filter((name) => name.includes('.image-'));
/** All that a closed desk keeps of the branch, whatever way it came. */
function branchDataIn({ databaseFolder }: DeskHome): unknown {
  const db = new Database(join(databaseFolder, `branch-${branch}.db`));
  const rows = (sql: string) => db.prepare(sql).all();
  const data = {
    headers: rows('SELECT * FROM headers ORDER BY number'),
    presences: rows('SELECT * FROM presences ORDER BY agent_id'),
    cursors: rows('SELECT * FROM cursors'),
    found: rows(`SELECT rowid FROM headers_search WHERE headers_search MATCH '"maria"*' ORDER BY rowid DESC`),
    schema: rows('SELECT type, name, sql FROM sqlite_master ORDER BY name'),
    verdict: db.pragma('integrity_check', { simple: true }),
  };
  db.close();
  return data;
}

test('[R10] [R16] a desk that begins with an image ends as one that got rows does, byte for byte of every row', async () => {
  addTickets(1, 60);
  const presence = { branchId: branch, agentId: luis, agentName: 'Luis Paz', moduleId: moduleTwo, silentSince: null };
  server.say(stream, { type: 'presence.put', presence });
  await server.images.make(stream);
  addTickets(61, 63);
  server.say(stream, { type: 'ticket.put', header: fakeTicket(7, 1_000, { displayName: 'Otro' }) });
  await startWorking(desk.window);
  await waiting(63);
  expect(server.authenticated.map(({ cursors }) => cursors[stream])).toEqual([undefined, 61]);
  expect(leftOvers()).toEqual([]);
  await close();

  const byRows = createDeskHome();
  server.images.faults.gone = 3;
  desk = await open(byRows);
  await startWorking(desk.window);
  await waiting(63);
  expect(server.authenticated.at(-1)?.branchSchema).toBeUndefined();
  await close();
  expect(branchDataIn(home)).toEqual(branchDataIn(byRows));
  byRows.remove();
});

test('[R7] [R16] an image that is cut again and again comes on where it was cut, no byte twice', async () => {
  addTickets(1, 40);
  await server.images.make(stream);
  server.images.faults.cutAfter = [1_000, 1, 700];
  await startWorking(desk.window);
  await waiting(40);
  const { answers } = server.images;
  expect(answers.map(({ from }) => from)).toEqual([0, 1_000, 1_001, 1_701]);
  expect(answers.reduce((sum, { sent }) => sum + sent, 0)).toBe(server.images.bytes());
  expect(leftOvers()).toEqual([]);
});

test('[R7] where no byte of the image comes through, the desk asks for rows', async () => {
  addTickets(1, 4);
  await server.images.make(stream);
  server.images.faults.cutAfter = [0, 0, 0, 0, 0, 0];
  await startWorking(desk.window);
  await waiting(4);
  expect(server.images.faults.cutAfter).toHaveLength(3);
});

test.each([
  ['with a byte changed on the way', 600, undefined],
  ['cut short before it was packed', null, (file: Buffer) => file.subarray(0, 5_000)],
  ['that is no database', null, () => Buffer.from('<html>')],
  ['of another schema', null, (file: Buffer) => (file.writeUInt32BE(99, 60), file)],
])('[R14] an image %s is not taken, and the branch comes as rows', async (_, changedByte, change) => {
  addTickets(1, 20);
  await server.images.make(stream, change);
  server.images.faults.changedByte = changedByte;
  await startWorking(desk.window);
  await waiting(20);
  expect(server.authenticated.map(({ branchSchema }) => branchSchema)).toEqual([BRANCH_SCHEMA, undefined]);
  expect(leftOvers()).toEqual([]);
});

test.each(['gone', 'busy'] as const)(
  '[R7] an image that is %s for now is asked for again, and comes',
  async (fault) => {
    addTickets(1, 20);
    await server.images.make(stream);
    server.images.faults[fault] = 2;
    await startWorking(desk.window);
    await waiting(20);
    expect(server.authenticated.map(({ cursors }) => cursors[stream])).toEqual([undefined, undefined, undefined, 20]);
    expect(leftOvers()).toEqual([]);
  },
);

test('[R15] a server of before there were images refuses the word, once: the branch comes as rows', async () => {
  addTickets(1, 20);
  server.images.faults.isUnknown = true;
  await startWorking(desk.window);
  await waiting(20);
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  server.restore();
  await desk.window.until('line.changed', ({ state }) => state === 'up');
  expect(server.authenticated.map(({ branchSchema }) => branchSchema)).toEqual([BRANCH_SCHEMA, undefined, undefined]);
});

test.each([
  ['with more bytes than were offered', { bytes: 500 }],
  ['that unpacks to more than was said', { fileBytes: 4_096 }],
])('[R14] an image %s is not taken, and fills no disk', async (_, offer) => {
  addTickets(1, 20);
  await server.images.make(stream);
  server.images.faults.offer = offer;
  await startWorking(desk.window);
  await waiting(20);
  expect(server.authenticated.map(({ branchSchema }) => branchSchema)).toEqual([BRANCH_SCHEMA, undefined]);
  expect(leftOvers()).toEqual([]);
});

test('[R7] a server that offers again and again is asked again at once but the first time', async () => {
  addTickets(1, 20);
  await server.images.make(stream);
  server.images.faults.offersAnyway = 6;
  await close();
  // Chance is asked once for each pause of the line; its facts may be told together.
  let pauses = 0;
  desk = await open(home, () => {
    pauses += 1;
    return 0;
  });
  await startWorking(desk.window);
  await waiting(20);
  expect(server.authenticated.map(({ branchSchema }) => branchSchema)).toEqual([
    ...Array(3).fill(BRANCH_SCHEMA),
    ...Array(4).fill(undefined),
  ]);
  expect(pauses).toBe(5);
});

test('[R16] a desk that comes back after the log has gone gives up its old rows, and the contents of tickets that went', async () => {
  addTickets(1, 10);
  await startWorking(desk.window);
  await waiting(10);
  const gone = fakeTicket(3, 1).id;
  const content = { contact: null, topicIds: [], events: [] };
  for (const ticketId of [gone, fakeTicket(4, 1).id]) {
    server.say(`agent:${ana}`, { type: 'content.put', content: { ...content, ticketId } });
  }
  await desk.window.until('waiting.changed', () => true);
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  server.say(stream, { type: 'ticket.put', header: fakeTicket(3, 1, { state: 'closed', closedAt: 2 }) });
  addTickets(11, 12);
  server.state.log.forgetUpTo(stream, server.state.log.seq(stream));
  await server.images.make(stream);
  server.restore();
  await waiting(11);
  expect(server.images.answers).toHaveLength(1);
});
