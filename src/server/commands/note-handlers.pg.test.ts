import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { attend, call, deliver, issue } from '../testing/deliver.ts';
import { newAgent, newBranch, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, NINE, openServer, type TestServer } from '../testing/open-server.ts';

const DAY = 24 * 3_600_000;

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

const bodiesOf = async (agent: TestAgent) => (await changesOf(server, `agent:${agent.id}`)).map(({ body }) => body);
const note = (ticketId: string, text = 'llamar mañana') => ({ type: 'note.add', ticketId, text }) as const;

test('[S2-31] a note is a line of the timeline, told to who has the ticket in hand', async () => {
  const luis = await newAgent(office, { firstName: 'Luis' });
  const { ticketId } = await attend(ana, (await issue(office)).id);
  expect(await deliver(luis, note(ticketId))).toMatchObject({ status: 'accepted' });
  expect((await bodiesOf(ana)).at(-1)).toMatchObject({
    type: 'event.added',
    event: { ticketId, agentName: luis.name, fact: { type: 'note.added', text: 'llamar mañana' } },
  });
  // Who wrote it has not got the ticket, and gets nothing of it.
  expect(await bodiesOf(luis)).toEqual([]);
});

test('[S2-31] a note on a closed ticket reaches who closed it for thirty days, and nobody afterwards', async () => {
  const { ticketId, ...quoted } = await attend(ana, (await issue(office)).id);
  await deliver(ana, { type: 'attention.finish', ticketId, ...quoted });
  server.clock.now += 30 * DAY - 1;
  await deliver(ana, note(ticketId, 'dentro'));
  expect((await bodiesOf(ana)).at(-1)).toMatchObject({ event: { fact: { text: 'dentro' } } });
  server.clock.now += 1;
  expect(await deliver(ana, note(ticketId, 'fuera'))).toMatchObject({ status: 'accepted', positions: [] });
});

test('a note on a ticket that waits is kept and pushed to nobody; its next holder gets it', async () => {
  const { id } = await issue(office);
  const quoted = await call(ana, id);
  await deliver(ana, { type: 'attention.noShow', ...quoted, then: 'requeue' });
  expect(await deliver(ana, note(id, 'vuelve luego'))).toMatchObject({ status: 'accepted', positions: [] });
  const luis = await newAgent(office, { firstName: 'Luis' });
  await call(luis, id);
  const [content] = await bodiesOf(luis);
  expect(JSON.stringify(content)).toContain('vuelve luego');
});

test('[S2-32] topics are the whole set that was chosen, and the desk of the ticket gets it', async () => {
  const { ticketId } = await attend(ana, (await issue(office)).id);
  const { caja, ventas } = office.topics;
  await deliver(ana, { type: 'topics.choose', ticketId, topicIds: [caja, ventas, caja] });
  expect((await bodiesOf(ana)).at(-1)).toMatchObject({ type: 'content.put', content: { topicIds: [caja, ventas] } });
  await deliver(ana, { type: 'topics.choose', ticketId, topicIds: [] });
  expect((await bodiesOf(ana)).at(-1)).toMatchObject({ type: 'content.put', content: { topicIds: [] } });
});

test('[S2-33] only topics of the initial configuration of this branch are chosen', async () => {
  const { ticketId } = await attend(ana, (await issue(office)).id);
  const norte = await newBranch(server, office.companyId);
  const foreign = await newOffice(server);
  for (const topicId of [norte.topics.caja, foreign.topics.caja, uuidv7()]) {
    const body = { type: 'topics.choose', ticketId, topicIds: [office.topics.caja, topicId] } as const;
    expect(await deliver(ana, body)).toMatchObject({ error: { code: 'NOT_FOUND', field: 'topicIds' } });
  }
});
