import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call, issue } from '../testing/deliver.ts';
import { newAgent, newBranch, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';
import { readAuthor } from '../store/author-rows.ts';
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
  const asker = { companyId: office.companyId, agentId: ana.id, deviceId: ana.deviceId };
  const found = { name: 'Olga Niño', documentType: 'CC', documentLast4: '4050', phoneLast4: '4567' };
  for (const search of ['nino', 'NIÑO ol', 'nin\u0303o', '1.020.304', '300123', 'olga 1020']) {
    const matches = await searchContacts(server.context, asker, search);
    expect({ search, matches }).toMatchObject({ search, matches: [found] });
  }
  for (const search of ['%', '_', 'o%a', '\\', 'nadie', 'olga zzz']) {
    const matches = await searchContacts(server.context, asker, search);
    expect({ search, matches }).toEqual({ search, matches: [] });
  }
  const other = await newOffice(server);
  expect(await searchContacts(server.context, { ...asker, companyId: other.companyId }, 'olga')).toEqual([]);
  expect((await audited(ana))[0]).toEqual(['contacts.search', null, ana.deviceId]);
  expect(JSON.stringify(await searchContacts(server.context, asker, 'olga'))).not.toMatch(/1020304050|3001234567/);
});
