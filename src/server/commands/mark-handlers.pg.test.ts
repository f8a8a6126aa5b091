import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { attend, call, deliver, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, NINE, openServer, type TestServer } from '../testing/open-server.ts';

const MINUTE = 60_000;

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = NINE;
  office = await newOffice(server);
  ana = await newAgent(office);
});

interface Attention {
  ticketId: string;
  attentionId: string;
}
const mark = ({ ticketId, attentionId }: Attention, momentMs: number, text = 'Pide copia del contrato') =>
  ({ type: 'mark.add', ticketId, attentionId, momentMs, text }) as const;
const lastOf = async (agent: TestAgent) => (await changesOf(server, `agent:${agent.id}`)).at(-1)?.body;

test('[S2-45] a mark is a line of the timeline with its moment of the call, told to who has the ticket', async () => {
  const attention = await attend(ana, (await issue(office)).id);
  server.clock.now += 20 * MINUTE;
  expect(await deliver(ana, mark(attention, 12 * MINUTE))).toMatchObject({ status: 'accepted' });
  expect(await lastOf(ana)).toMatchObject({
    type: 'event.added',
    event: {
      ticketId: attention.ticketId,
      agentName: ana.name,
      occurredAt: server.clock.now,
      fact: { type: 'mark.added', momentMs: 12 * MINUTE, text: 'Pide copia del contrato' },
    },
  });
});

test('[S2-45] the same mark delivered again is one line', async () => {
  const attention = await attend(ana, (await issue(office)).id);
  const id = uuidv7();
  const before = (await changesOf(server, `agent:${ana.id}`)).length;
  for (let time = 0; time < 3; time += 1) await deliver(ana, mark(attention, 0), { id });
  expect(await changesOf(server, `agent:${ana.id}`)).toHaveLength(before + 1);
});

test('[S2-45] [R2] a mark that waited for the line is kept after its attention has ended, at a moment within it', async () => {
  const attention = await attend(ana, (await issue(office)).id);
  const { ticketId, attentionId } = attention;
  server.clock.now += 5 * MINUTE;
  const writtenAt = server.clock.now - MINUTE;
  await deliver(ana, { type: 'attention.finish', ...attention });
  server.clock.now += 30 * MINUTE;
  expect(await deliver(ana, mark({ ticketId, attentionId }, 2 * MINUTE), { occurredAt: writtenAt })).toMatchObject({
    status: 'accepted',
  });
  expect(await lastOf(ana)).toMatchObject({ event: { fact: { momentMs: 2 * MINUTE } } });
  await deliver(ana, mark({ ticketId, attentionId }, 90 * MINUTE));
  expect(await lastOf(ana)).toMatchObject({ event: { fact: { momentMs: 5 * MINUTE } } });
});

test('[S2-45] without a call that has begun the moment counts from when it was called', async () => {
  const attention = await call(ana, (await issue(office)).id);
  server.clock.now += MINUTE;
  await deliver(ana, mark(attention, 5_000));
  expect(await lastOf(ana)).toMatchObject({ event: { fact: { momentMs: 5_000 } } });
});

test('[S2-45] [T12] only who had the attention marks in it', async () => {
  const luis = await newAgent(office, { firstName: 'Luis' });
  const attention = await attend(ana, (await issue(office)).id);
  expect(await deliver(luis, mark(attention, 0))).toMatchObject({ error: { code: 'STALE_EPOCH' } });
  const other = await issue(office);
  expect(await deliver(ana, mark({ ...attention, ticketId: other.id }, 0))).toMatchObject({
    error: { code: 'STALE_EPOCH' },
  });
});
