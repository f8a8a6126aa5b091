import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CallReport } from '../../protocol/video/call-report.ts';
import { attend, deliver, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, NINE, openServer, type TestServer } from '../testing/open-server.ts';

const MINUTE = 60_000;
const poor: CallReport = { type: 'call.weakened', quality: 'poor', roundTripMilliseconds: 912, lossPercent: 12 };

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

const reported = ({ ticketId, attentionId }: { ticketId: string; attentionId: string }, report: CallReport = poor) =>
  ({ type: 'call.report', ticketId, attentionId, report }) as const;
const eventsOf = async (agent: TestAgent) =>
  (await changesOf(server, `agent:${agent.id}`)).flatMap(({ body }) =>
    body.type === 'event.added' ? [body.event] : [],
  );

test('[S2-34] [R17] what a desk measured of a call is a line of the timeline, once', async () => {
  const attention = await attend(ana, (await issue(office)).id);
  const before = (await eventsOf(ana)).length;
  const id = uuidv7();
  for (let time = 0; time < 3; time += 1) {
    expect(await deliver(ana, reported(attention), { id })).toMatchObject({ status: 'accepted' });
  }
  const events = await eventsOf(ana);
  expect(events).toHaveLength(before + 1);
  expect(events.at(-1)).toMatchObject({ ticketId: attention.ticketId, fact: poor });
});

test('[R2] [R17] a report that waited for the line is kept after its attention, at its own hour', async () => {
  const attention = await attend(ana, (await issue(office)).id);
  const measuredAt = (server.clock.now += 5 * MINUTE);
  await deliver(ana, { type: 'attention.finish', ...attention });
  server.clock.now += 30 * MINUTE;
  expect(await deliver(ana, reported(attention), { occurredAt: measuredAt })).toMatchObject({ status: 'accepted' });
});

test('[S2-42] [CL12] a shared screen and its end are lines, the end after its attention too, and of its agent alone', async () => {
  const luis = await newAgent(office, { firstName: 'Luis' });
  const attention = await attend(ana, (await issue(office)).id);
  const shared = reported(attention, { type: 'call.screenShared', side: 'agent', kind: 'window' });
  const ended = reported(attention, { type: 'call.screenEnded', side: 'agent', lastedMs: 5000 });
  expect(await deliver(ana, shared)).toMatchObject({ status: 'accepted' });
  await deliver(ana, { type: 'attention.finish', ...attention });
  expect(await deliver(ana, ended)).toMatchObject({ status: 'accepted' });
  for (const report of [shared, ended]) {
    expect(await deliver(luis, report)).toMatchObject({ error: { code: 'STALE_EPOCH' } });
  }
  const facts = (await eventsOf(ana)).map(({ fact }) => fact);
  expect(facts.filter(({ type }) => type.startsWith('call.'))).toEqual([shared.report, ended.report]);
});

test('[T12] only who has the attention reports on it', async () => {
  const luis = await newAgent(office, { firstName: 'Luis' });
  const attention = await attend(ana, (await issue(office)).id);
  expect(await deliver(luis, reported(attention))).toMatchObject({ error: { code: 'STALE_EPOCH' } });
});
