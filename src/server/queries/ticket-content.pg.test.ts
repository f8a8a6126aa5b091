import { sql, type RawBuilder } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hashSecret } from '../sessions/secrets.ts';
import { call, issue } from '../testing/deliver.ts';
import { newAgent, newBranch, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';
import { readAuthor } from '../store/author-rows.ts';
import type { Shown } from '../store/session-rows.ts';
import { searchContacts } from './search-contacts.ts';
import { ticketContent } from './ticket-content.ts';

const olga = {
  documentType: 'CC',
  documentNumber: '1020304050',
  firstName: 'Olga',
  lastName: 'Niño',
  phone: '3001234567',
};

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
let ticketId: string;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  office = await newOffice(server);
  ana = await newAgent(office);
  ticketId = (await issue(office, { contact: olga })).id;
});

async function read(agent: TestAgent) {
  const { id: agentId, deviceId, sessionId } = agent;
  const author = await readAuthor(server.context.store.db, { agentId, deviceId, sessionId }, server.clock.now);
  return ticketContent(server.context, author!, ticketId);
}

const audited = async (agent: TestAgent) =>
  (
    await server.context.store.db
      .selectFrom('audit')
      .select(['act', 'subject', 'device_id'])
      .where('agent_id', '=', agent.id)
      .execute()
  ).map((row) => [row.act, row.subject, row.device_id]);

test('[T11] content that nobody holds is read by its department, and each read is written down', async () => {
  const inDepartment = await newAgent(office, { main: ['ventas'] });
  expect(await read(inDepartment)).toMatchObject({ ticketId, contact: { documentNumber: '1020304050' } });
  expect(await audited(inDepartment)).toEqual([['ticket.read', ticketId, inDepartment.deviceId]]);
});

test('[T11] while somebody holds it, only the holder and who supervises read it', async () => {
  const [colleague, sofia] = [await newAgent(office), await newAgent(office, { role: 'supervisor', main: [] })];
  await call(ana, ticketId);
  expect(await read(ana)).toMatchObject({ ticketId });
  expect(await read(sofia)).toMatchObject({ ticketId });
  await expect(read(colleague)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await audited(colleague)).toEqual([]);
});

test('[T12] what is of another branch or company does not exist', async () => {
  const norte = await newBranch(server, office.companyId);
  const elsewhere = [await newAgent(norte), await newAgent(await newOffice(server), { role: 'admin' })];
  for (const agent of elsewhere) await expect(read(agent)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('[B32] customers are found without accents, by any words of name, document or phone, and masked', async () => {
  const found = { name: 'Olga Niño', documentType: 'CC', documentLast4: '4050', phoneLast4: '4567' };
  for (const search of ['nino', 'NIÑO ol', 'nin\u0303o', '1.020.304', '300123', 'olga 1020']) {
    const answer = await searchContacts(server.context, await shownBy(ana), search);
    expect({ search, ...answer }).toMatchObject({ search, deviceId: ana.deviceId, matches: [found] });
  }
  for (const search of ['%', '_', 'o%a', '\\', 'nadie', 'olga zzz']) {
    const answer = await searchContacts(server.context, await shownBy(ana), search);
    expect({ search, ...answer }).toEqual({ search, deviceId: ana.deviceId, matches: [] });
  }
  const stranger = await newAgent(await newOffice(server));
  expect(await searchContacts(server.context, await shownBy(stranger), 'olga')).toMatchObject({ matches: [] });
  expect((await audited(ana))[0]).toEqual(['contacts.search', null, ana.deviceId]);
  expect(JSON.stringify(await searchContacts(server.context, await shownBy(ana), 'olga'))).not.toMatch(
    /1020304050|3001234567/,
  );
});

test.each<[string, (agent: TestAgent) => RawBuilder<unknown>, (shown: Shown) => Shown]>([
  [
    'a session that has ended',
    ({ sessionId }) => sql`UPDATE session SET ended_at = now() WHERE id = ${sessionId}`,
    same,
  ],
  [
    'a session whose time is over',
    ({ sessionId }) => sql`UPDATE session SET expires_at = ${new Date(server.clock.now)} WHERE id = ${sessionId}`,
    same,
  ],
  ['an agent who is disabled', ({ id }) => sql`UPDATE agent SET disabled_at = now() WHERE id = ${id}`, same],
  ['a desk that was revoked', ({ deviceId }) => sql`UPDATE device SET revoked_at = now() WHERE id = ${deviceId}`, same],
  ['another token', nothing, (shown) => ({ ...shown, tokenHash: hashSecret('x') })],
  ['the secret of another desk', nothing, (shown) => ({ ...shown, secretHash: hashSecret('x') })],
])('[T10] [T11] with %s nobody is looked for, and nobody is on record', async (_what, change, show) => {
  const agent = await newAgent(office);
  const shown = await shownBy(agent);
  expect(await searchContacts(server.context, shown, 'olga')).toMatchObject({ matches: [{ name: 'Olga Niño' }] });
  expect(await audited(agent)).toHaveLength(1);
  await change(agent).execute(server.context.store.db);
  expect(await searchContacts(server.context, show(shown), 'olga')).toBeNull();
  expect(await audited(agent)).toHaveLength(1);
});

test('[T10] [T11] the desk of another agent does not search with this session', async () => {
  const [agent, other] = [await newAgent(office), await newAgent(office)];
  const { deviceId, secretHash } = await shownBy(other);
  expect(await searchContacts(server.context, { ...(await shownBy(agent)), deviceId, secretHash }, 'olga')).toBeNull();
  expect([...(await audited(agent)), ...(await audited(other))]).toEqual([]);
});

function same(shown: Shown): Shown {
  return shown;
}

function nothing(): RawBuilder<unknown> {
  return sql`SELECT 1`;
}

/** What the desk of a test agent shows of itself. */
async function shownBy({ sessionId, deviceId, deviceKey }: TestAgent): Promise<Shown> {
  const { token_hash: tokenHash } = await server.context.store.db
    .selectFrom('session')
    .select('token_hash')
    .where('id', '=', sessionId)
    .executeTakeFirstOrThrow();
  return { tokenHash, deviceId, secretHash: hashSecret(deviceKey.split('.')[1] ?? '') };
}
