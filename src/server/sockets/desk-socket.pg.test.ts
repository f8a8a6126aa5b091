import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Change } from '../../protocol/change.ts';
import type { DeskDown } from '../../protocol/socket/down.ts';
import { runWork } from '../changes/work.ts';
import { call, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changeOf, changesOf, NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { connectDesk, openDoors, type Doorway, type SocketClient } from '../testing/socket-client.ts';

let server: TestServer;
let doorway: Doorway;
let office: TestOffice;
let ana: TestAgent;
let branch: string;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = NINE;
  doorway = await openDoors(server);
  office = await newOffice(server);
  ana = await newAgent(office, { isConnected: false });
  branch = `branch:${office.branch.id}`;
});
afterEach(() => doorway.close());

const ofType = <Type extends DeskDown['type']>(client: SocketClient, type: Type) =>
  client.frames.filter((frame): frame is Extract<DeskDown, { type: Type }> => frame.type === type);
const changesIn = (client: SocketClient, stream: string): Change[] =>
  ofType(client, 'changes').flatMap((frame) => (frame.stream === stream ? frame.changes : []));
const say = (amount: number) =>
  runWork(server.context, (work) => {
    for (let index = 0; index < amount; index += 1) {
      work.say('branch', office.branch.id, { type: 'content.gone', ticketId: uuidv7() } as never);
    }
    return Promise.resolve();
  });

test('a desk without cursors gets the whole state of its three streams, then what is new', async () => {
  const { id } = await issue(office);
  const client = await connectDesk(doorway, ana);
  expect(
    client.frames.map((frame) => ('stream' in frame ? `${frame.type} ${frame.stream.split(':')[0]}` : frame.type)),
  ).toEqual(['welcome', 'snapshot company', 'snapshot branch', 'snapshot agent', 'transfers', 'caughtUp']);
  expect(client.frames[0]).toMatchObject({ agentId: ana.id, branchId: office.branch.id, serverTime: NINE });
  const [, ofBranch] = ofType(client, 'snapshot');
  expect(ofBranch).toMatchObject({ seq: 1, isFirst: true, isLast: true });
  expect(ofBranch?.bodies).toContainEqual({ type: 'ticket.put', header: await headerOf(office, id) });
  await call(ana, id);
  const put = await client.frame('changes', (frame) => frame.stream === `agent:${ana.id}`);
  expect(put.changes).toMatchObject([{ seq: 1, body: { type: 'content.put' } }]);
});

test('[R10] a desk with cursors gets what came after them, in order, and no snapshot; then it has caught up', async () => {
  await say(1_700);
  const streams = [`company:${office.companyId}`, branch, `agent:${ana.id}`];
  const cursors = Object.fromEntries(streams.map((stream) => [stream, stream === branch ? 450 : 0]));
  const client = await connectDesk(doorway, ana, cursors);
  expect(ofType(client, 'snapshot')).toEqual([]);
  const upToNow = client.frames.slice(
    0,
    client.frames.findIndex(({ type }) => type === 'caughtUp'),
  );
  const missed = upToNow.flatMap((frame) => (frame.type === 'changes' ? frame.changes : []));
  expect(missed).toEqual(await changesOf(server, branch, 450).then((changes) => changes.slice(0, 1_250)));
  expect(Math.max(...ofType(client, 'changes').map(({ changes }) => changes.length))).toBe(500);
});

test('[R10] what is committed while a desk catches up comes once, after what it missed', async () => {
  await say(600);
  const writing = (async () => {
    for (let turn = 0; turn < 60; turn += 1) await say(1);
  })();
  const client = await connectDesk(doorway, ana, { [branch]: 5 });
  await writing;
  await client.frame('changes', (frame) => frame.stream === branch && frame.changes.at(-1)!.seq >= 660);
  const seqs = changesIn(client, branch).map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, index) => index + 6));
});

test('[R16] a cursor that the log does not reach, or that lies ahead of it, starts over', async () => {
  await say(20);
  await server.context.store.db.deleteFrom('change').where('stream', '=', branch).where('seq', '<=', 10).execute();
  const firsts = [];
  for (const cursor of [9, 10, 20, 999]) {
    const cursors = { [`company:${office.companyId}`]: 0, [`agent:${ana.id}`]: 0, [branch]: cursor };
    const client = await connectDesk(doorway, ana, cursors);
    const snapshots = ofType(client, 'snapshot').filter(({ stream }) => stream === branch);
    firsts.push([cursor, snapshots.length, changesIn(client, branch)[0]?.seq ?? 0]);
    client.socket.close();
    await client.closed;
    // Its coming and its going are written before the next one comes.
    await expect.poll(async () => (await changesOf(server, branch, 20)).length).toBe(2 * firsts.length);
  }
  // At 20 nothing was missed; 21 and later say that desks came and went.
  expect(firsts).toEqual([
    [9, 1, 0],
    [10, 0, 11],
    [20, 0, 21],
    [999, 1, 0],
  ]);
});

test('a large state comes in parts, whole', async () => {
  await issue(office);
  await server.context.store.pool.query(
    `INSERT INTO ticket (id, company_id, branch_id, service_id, number, turn_code, business_day, kind, state, priority,
                         origin, header, waiting_since, created_at)
     SELECT made.id, company_id, branch_id, service_id, made.number, 'C-' || (10000 + made.number), business_day, kind, state,
            priority, origin, header || jsonb_build_object('id', made.id, 'number', made.number), waiting_since, created_at
     FROM ticket, (SELECT gen_random_uuid() AS id, n AS number FROM generate_series(2, 2500) AS n) AS made
     WHERE branch_id = $1`,
    [office.branch.id],
  );
  const client = await connectDesk(doorway, ana);
  const parts = ofType(client, 'snapshot').filter(({ stream }) => stream === branch);
  expect(parts.map(({ isFirst, isLast, bodies }) => [isFirst, isLast, bodies.length])).toEqual([
    [true, false, 1_000],
    [false, false, 1_000],
    [false, true, 501],
  ]);
  const ids = parts.flatMap(({ bodies }) =>
    bodies.flatMap((body) => (body.type === 'ticket.put' ? [body.header.id] : [])),
  );
  expect(new Set(ids).size).toBe(2_500);
});

test('[R17] the branch sees a desk come and go', async () => {
  const client = await connectDesk(doorway, ana);
  const presence = { branchId: office.branch.id, agentId: ana.id, agentName: ana.name, moduleId: ana.moduleId };
  const came = await changeOf(server, branch, 'presence.put');
  expect(came.presence).toEqual({ ...presence, silentSince: null });
  server.clock.now += 60_000;
  client.socket.close();
  const went = await changeOf(server, branch, 'presence.put', ({ presence: { silentSince } }) => silentSince !== null);
  expect(went.presence).toEqual({ ...presence, silentSince: NINE + 60_000 });
});

test('[B16] a desk that asks from a cursor of another branch gets nothing of it, and no word whether there is one', async () => {
  const other = await newOffice(server);
  await issue(other);
  const foreign = { [`branch:${other.branch.id}`]: 0, [`branch:${uuidv7()}`]: 0, [`company:${other.companyId}`]: 0 };
  const client = await connectDesk(doorway, ana, foreign);
  await issue(other);
  const { id } = await issue(office);
  await client.frame('changes', ({ changes }) => JSON.stringify(changes).includes(id));
  const streams = client.frames.flatMap((frame) => ('stream' in frame ? [frame.stream] : []));
  expect(new Set(streams)).toEqual(new Set([`company:${office.companyId}`, branch, `agent:${ana.id}`]));
  expect(JSON.stringify(client.frames)).not.toContain(other.branch.id);
});

test('[T12] a desk hears of no other branch, company or agent', async () => {
  const other = await newOffice(server);
  const [stranger, colleague] = [await newAgent(other), await newAgent(office, { firstName: 'Luis' })];
  const client = await connectDesk(doorway, ana);
  await call(stranger, (await issue(other)).id);
  const { id } = await issue(office, { contact: { firstName: 'Olga', phone: '3001234567' } });
  await call(colleague, id);
  await client.frame('changes', ({ changes }) => JSON.stringify(changes).includes('"calling"'));
  const streams = ofType(client, 'changes').map(({ stream }) => stream);
  expect(new Set(streams)).toEqual(new Set([branch]));
  const heard = JSON.stringify(ofType(client, 'changes'));
  for (const canary of [stranger.id, other.branch.id, '3001234567']) expect(heard).not.toContain(canary);
});
