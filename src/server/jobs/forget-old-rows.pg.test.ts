import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attend, deliver, issue } from '../testing/deliver.ts';
import { newAgent, newOffice } from '../testing/office-factory.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';
import { forgetOldRows } from './forget-old-rows.ts';

const DAY = 24 * 3_600_000;

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

test('[S2-37] an offer that is over is deleted after 30 days, one that is open never; the timeline keeps both', async () => {
  const office = await newOffice(server);
  const [ana, eva] = [await newAgent(office, { main: ['asesoria'] }), await newAgent(office, { main: ['asesoria'] })];
  const { id } = await issue(office, { service: 'asesoria', kind: 'virtual' });
  const quoted = await attend(ana, id);
  const offers = async (): Promise<number> => {
    const { rows } = await server.context.store.pool.query('SELECT FROM transfer_offer WHERE ticket_id = $1', [id]);
    return rows.length;
  };
  for (const isCancelled of [true, false]) {
    const offer = { ...quoted, offerId: uuidv7() };
    const made = await deliver(ana, { type: 'transfer.offer', ...offer, agentId: eva.id, comment: '' });
    expect(made.status).toBe('accepted');
    if (isCancelled) await deliver(ana, { type: 'transfer.cancel', ...offer });
  }
  server.clock.now += 30 * DAY;
  await forgetOldRows(server.context);
  expect(await offers()).toBe(2);
  server.clock.now += 1;
  await forgetOldRows(server.context);
  expect(await offers()).toBe(1);
});
