import { afterAll, beforeAll, expect, test } from 'vitest';
import { attend, deliver, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';
import { createKeyAlarm } from './create-key-alarm.ts';

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
beforeAll(async () => {
  server = await openServer();
  office = await newOffice(server);
  ana = await newAgent(office, { main: ['asesoria'] });
});
afterAll(() => server.close());

/** As a page that comes again says it: on a line of its own each time. */
const say = (ticketId: string, attentionId: string, side: 'agent' | 'guest', session: number): Promise<void> =>
  createKeyAlarm(server.context, { companyId: office.companyId, ticketId })(side, {
    attentionId,
    session,
  });

async function told(ticketId: string): Promise<string[]> {
  const { rows } = await server.context.store.pool.query<{ said: string }>(
    `SELECT concat(fact ->> 'side', ' ', fact ->> 'session') AS said FROM event
     WHERE ticket_id = $1 AND fact ->> 'type' = 'call.keyChanged' ORDER BY position`,
    [ticketId],
  );
  return rows.map(({ said }) => said);
}

test('[B70] [T31] of each session the timeline tells it once, and 20 times of a call, on however many lines', async () => {
  const { id } = await issue(office, { service: 'asesoria', kind: 'virtual' });
  const first = await attend(ana, id);
  await Promise.all([say(id, first.attentionId, 'guest', 2), say(id, first.attentionId, 'guest', 2)]);
  await say(id, first.attentionId, 'agent', 2);
  expect(await told(id)).toEqual(['guest 2']);
  for (let session = 3; session < 30; session += 1) await say(id, first.attentionId, 'guest', session);
  expect(await told(id)).toEqual(Array.from({ length: 20 }, (_, index) => `guest ${index + 2}`));

  // The next call of the same ticket is another one.
  await deliver(ana, { type: 'attention.transfer', ...first, serviceId: office.services.caja, comment: '' });
  const caja = await newAgent(office, { firstName: 'Eva', main: ['caja'] });
  const second = await attend(caja, id);
  await say(id, second.attentionId, 'agent', 2);
  expect((await told(id)).slice(20)).toEqual(['agent 2']);
});
