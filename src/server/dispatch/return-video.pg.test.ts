import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { runWork } from '../changes/work.ts';
import { guestStates } from '../queries/guest-states.ts';
import { setConnected } from '../sockets/set-connected.ts';
import { readAttention } from '../store/attention-rows.ts';
import { readStatus } from '../store/status-rows.ts';
import { readSilentVideos } from '../store/ticket-rows.ts';
import { attend, call, deliver, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changeOf, changesOf, NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { passTimeDuring, passTimeUntil } from '../testing/pass-time.ts';
import { returnVideo, SILENT_VIDEO_MS } from './return-video.ts';

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
let connectionId: string;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = NINE;
  office = await newOffice(server);
  ana = await newAgent(office, { main: ['asesoria', 'caja'], isManual: true });
  connectionId = uuidv7();
  await connect(true);
});

const connect = (isHere: boolean, agentId = ana.id) =>
  setConnected(server.context, { agentId, branchId: office.branch.id, connectionId }, isHere);
const video = () => issue(office, { service: 'asesoria', kind: 'virtual' });
const silent = () => readSilentVideos(server.context.store.db, server.clock.now - SILENT_VIDEO_MS);
const giveBack = ({ attentionId }: { attentionId: string }) =>
  runWork(server.context, (work) => returnVideo(work, attentionId));
const returnsOf = async (agent: TestAgent) =>
  (await changesOf(server, `agent:${agent.id}`)).flatMap(({ body }) =>
    body.type === 'event.added' && body.event.fact.type === 'ticket.returned' ? [body.event.fact.cause] : [],
  );
const guestOf = async (ticketId: string) =>
  (await guestStates(server.context, office.branch.id, [ticketId])).get(ticketId)?.state;

test('[R17] a video whose desk is silent for two minutes is back at its old place, by another server, once', async () => {
  const quoted = await attend(ana, (await video()).id);
  await deliver(ana, { type: 'status.chooseNext', state: 'documenting' });
  await connect(false);
  server.clock.now = NINE + SILENT_VIDEO_MS;
  const others = await Promise.all([1, 2].map(() => openServer({ beside: server, dispatches: true })));
  try {
    await Promise.all(others.map(() => giveBack(quoted)));
    expect(await headerOf(office, quoted.ticketId)).toMatchObject({
      state: 'waiting',
      waitingSince: NINE,
      holder: null,
      attendingSince: null,
      requeues: 0,
    });
  } finally {
    await Promise.all(others.map((other) => other.close()));
  }
  expect(await returnsOf(ana)).toEqual(['deskSilent']);
  const types = (await changesOf(server, `agent:${ana.id}`)).map(({ body }) => body.type);
  expect(types.slice(-3)).toEqual(['event.added', 'content.gone', 'status.put']);
  expect(await readAttention(server.context.store.db, quoted.attentionId)).toMatchObject({
    endCause: 'deskSilent',
    outcome: null,
  });
  // [ST3] the attention has ended for its agent too.
  expect((await readStatus(server.context.store.db, ana.id))!.status.state).toBe('documenting');
});

test('[R17] the poll of a server that never saw the desk gives it back', async () => {
  const quoted = await attend(ana, (await video()).id);
  await connect(false);
  server.clock.now = NINE + SILENT_VIDEO_MS;
  const other = await openServer({ beside: server, dispatches: true });
  try {
    const gone = changeOf(other, `agent:${ana.id}`, 'content.gone', ({ ticketId }) => ticketId === quoted.ticketId);
    await passTimeDuring(server, gone);
  } finally {
    await other.close();
  }
  expect((await headerOf(office, quoted.ticketId)).state).toBe('waiting');
  expect(await returnsOf(ana)).toEqual(['deskSilent']);
});

test('[R17] after three minutes in which nobody could hear a video goes on whose desk is there, and one whose desk is not is given back', async () => {
  const luis = await newAgent(office, { firstName: 'Luis', main: ['asesoria'], isManual: true });
  await connect(true, luis.id);
  const [here, gone] = [await attend(ana, (await video()).id), await attend(luis, (await video()).id)];
  const other = await openServer({ beside: server, dispatches: true });
  try {
    const hearsBy = server.clock.now + 70_000;
    await passTimeUntil(server, () => server.clock.now >= hearsBy);
    server.clock.now += 180_000;
    const clock = vi.spyOn(other.context, 'clock');
    // Each poll reads the clock at least three times: some have come and gone before any desk is back.
    await vi.waitFor(() => expect(clock.mock.calls.length).toBeGreaterThan(12), { timeout: 20_000 });
    expect((await headerOf(office, here.ticketId)).state).toBe('attending');
    await connect(true);
    const given = changeOf(other, `agent:${luis.id}`, 'content.gone', ({ ticketId }) => ticketId === gone.ticketId);
    await passTimeDuring(server, given);
  } finally {
    await other.close();
  }
  expect((await headerOf(office, here.ticketId)).state).toBe('attending');
  expect((await headerOf(office, gone.ticketId)).state).toBe('waiting');
  expect([await returnsOf(ana), await returnsOf(luis)]).toEqual([[], ['deskSilent']]);
}, 60_000);

test('[R17] a desk that comes back within two minutes goes on', async () => {
  const quoted = await attend(ana, (await video()).id);
  await connect(false);
  server.clock.now = NINE + SILENT_VIDEO_MS - 1;
  expect(await silent()).not.toContain(quoted.attentionId);
  await giveBack(quoted);
  expect((await headerOf(office, quoted.ticketId)).state).toBe('attending');
  await connect(true);
  server.clock.now += 10;
  // Whoever had read it as silent just before finds it back.
  await giveBack(quoted);
  expect(await silent()).not.toContain(quoted.attentionId);
  expect(await headerOf(office, quoted.ticketId)).toMatchObject({ state: 'attending', holder: { agentId: ana.id } });
  expect(await deliver(ana, { type: 'attention.finish', ...quoted })).toMatchObject({ status: 'accepted' });
});

test('[R17] a customer at the counter is never given back because of the desk’s silence', async () => {
  const quoted = await attend(ana, (await issue(office)).id);
  await connect(false);
  server.clock.now = NINE + 24 * 3_600_000;
  expect(await silent()).not.toContain(quoted.attentionId);
  expect((await headerOf(office, quoted.ticketId)).state).toBe('attending');
});

test('[R17] a video that began without a desk is not silent before it has lasted two minutes', async () => {
  await connect(false);
  server.clock.now = NINE + SILENT_VIDEO_MS;
  const quoted = await attend(ana, (await video()).id);
  expect(await silent()).not.toContain(quoted.attentionId);
  server.clock.now += SILENT_VIDEO_MS;
  expect(await silent()).toContain(quoted.attentionId);
});

test('[R17] the late finish of a video that was given back is superseded: who has it now keeps it', async () => {
  const luis = await newAgent(office, { firstName: 'Luis', main: ['asesoria'], isManual: true });
  const quoted = await attend(ana, (await video()).id);
  await connect(false);
  server.clock.now = NINE + SILENT_VIDEO_MS;
  await giveBack(quoted);
  const again = await attend(luis, quoted.ticketId);
  const before = await headerOf(office, quoted.ticketId);
  const finish = { type: 'attention.finish', ...quoted } as const;
  expect(await deliver(ana, finish)).toMatchObject({ status: 'superseded' });
  expect(await headerOf(office, quoted.ticketId)).toEqual(before);
  expect(await readAttention(server.context.store.db, quoted.attentionId)).toMatchObject({ outcome: 'finished' });
  expect(await deliver(ana, finish)).toMatchObject({ status: 'refused', error: { code: 'STALE_EPOCH' } });
  expect(await deliver(luis, { type: 'attention.finish', ...again })).toMatchObject({ status: 'accepted' });
});

test('[R17] [S2-34] the guest’s page is told why it waits again, until somebody calls', async () => {
  const quoted = await attend(ana, (await video()).id);
  expect(await guestOf(quoted.ticketId)).not.toHaveProperty('wasCutOff');
  await connect(false);
  server.clock.now = NINE + SILENT_VIDEO_MS;
  await giveBack(quoted);
  expect(await guestOf(quoted.ticketId)).toMatchObject({ phase: 'waiting', ahead: 0, wasCutOff: true });
  await call(ana, quoted.ticketId);
  expect(await guestOf(quoted.ticketId)).not.toHaveProperty('wasCutOff');
});
