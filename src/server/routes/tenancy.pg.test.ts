import { afterAll, beforeAll, expect, test } from 'vitest';
import { OfficeFile } from '../admin/office-file.ts';
import { setUpOffice } from '../admin/set-up-office.ts';
import { CommandResults } from '../../protocol/http/desk-api.ts';
import type { Office } from '../../protocol/office.ts';
import { demoOffice } from '../start/demo-office.ts';
import { readOffice } from '../store/office-rows.ts';
import { ask, seatAt, TEST_PASSWORD, testServer, type SignedInDesk, type TestServer } from '../testing/test-server.ts';

/** Another company with the same slugs and names. */
const strangers = OfficeFile.parse({
  ...demoOffice,
  company: { ...demoOffice.company, slug: 'other', name: 'Otra Telecom', isDemo: false },
  agents: demoOffice.agents.map((agent) => ({ ...agent, email: agent.email.replace('demo', 'other') })),
});

let server: TestServer;
let other: Office;
let otherToken: string;
let ana: SignedInDesk;
let own: { ticketId: string; serviceId: string; branchId: string };
let foreign: typeof own & { contactId: string };

beforeAll(async () => {
  server = await testServer();
  const { companyId, tokens } = await setUpOffice(server.context, strangers, {
    password: () => ({ password: TEST_PASSWORD, mustChange: false }),
    token: (branch) => `${branch}-token-${crypto.randomUUID()}`,
  });
  other = await readOffice(server.context.store.db, companyId);
  otherToken = tokens.find(({ branch }) => branch === null)?.token ?? '';
  ana = await seatAt(server, 'ana@demo.test', 'centro', 1);
  own = await ticketOf(server.office, server.deviceToken);
  const { db } = server.context.store;
  foreign = { ...(await ticketOf(other, otherToken)), contactId: '' };
  const { contact_id } = await db
    .selectFrom('ticket')
    .select('contact_id')
    .where('id', '=', foreign.ticketId)
    .executeTakeFirstOrThrow();
  foreign.contactId = contact_id ?? '';
});

afterAll(() => server.close());

async function ticketOf(office: Office, token: string): Promise<typeof own> {
  const contact = { documentType: 'CC', documentNumber: '1098765432', firstName: 'Zoraida' };
  const response = await ask(
    server,
    'POST',
    '/v1/branches/centro/tickets',
    { service: 'caja', contact },
    { authorization: `Bearer ${token}` },
  );
  const branch = office.branches.find(({ slug }) => slug === 'centro');
  const service = office.services.find(({ branchId, slug }) => branchId === branch?.id && slug === 'caja');
  return { ticketId: response.json<{ id: string }>().id, serviceId: service?.id ?? '', branchId: branch?.id ?? '' };
}

const id = (): string => crypto.randomUUID();
const noCustomer = { type: 'none' };

/** Every id that a command may carry, each in turn the other company's. */
const bodies = (): [string, object][] => {
  const attention = { attentionId: id(), epoch: 1 };
  const foreignTicket = { ticketId: foreign.ticketId, ...attention };
  const moved = { comment: '', serviceId: own.serviceId };
  return [
    ['ticket.create branchId', { type: 'ticket.create', ticketId: id(), branchId: foreign.branchId, serviceId: own.serviceId, priority: 'normal', customer: noCustomer }],
    ['ticket.create serviceId', { type: 'ticket.create', ticketId: id(), branchId: own.branchId, serviceId: foreign.serviceId, priority: 'normal', customer: noCustomer }],
    ['ticket.create contactId', { type: 'ticket.create', ticketId: id(), branchId: own.branchId, serviceId: own.serviceId, priority: 'normal', customer: { type: 'existing', contactId: foreign.contactId } }],
    ['ticket.attendNow serviceId', { type: 'ticket.attendNow', ticketId: id(), attentionId: id(), serviceId: foreign.serviceId, customer: noCustomer, blockId: id(), number: 1, turn: 1 }],
    ['ticket.call', { type: 'ticket.call', ticketId: foreign.ticketId, attentionId: id() }],
    ['ticket.transfer ticketId', { type: 'ticket.transfer', ticketId: foreign.ticketId, ...moved }],
    ['ticket.transfer serviceId', { type: 'ticket.transfer', ticketId: own.ticketId, serviceId: foreign.serviceId, comment: '' }],
    ['ticket.requeue', { type: 'ticket.requeue', ticketId: foreign.ticketId }],
    ['ticket.cancel', { type: 'ticket.cancel', ticketId: foreign.ticketId }],
    ['ticket.free', { type: 'ticket.free', ticketId: foreign.ticketId, attentionId: id(), reason: 'x' }],
    ['note.add', { type: 'note.add', ticketId: foreign.ticketId, text: 'x' }],
    ['topics.choose', { type: 'topics.choose', ticketId: foreign.ticketId, topicIds: [] }],
    ['contact.edit contactId', { type: 'contact.edit', contactId: foreign.contactId, ticketId: own.ticketId, changes: { firstName: { from: 'Zoraida', to: 'X' } } }],
    ['contact.link ticketId', { type: 'contact.link', ticketId: foreign.ticketId, customer: noCustomer }],
    ['contact.link contactId', { type: 'contact.link', ticketId: own.ticketId, customer: { type: 'existing', contactId: foreign.contactId } }],
    ['attention.acknowledge', { type: 'attention.acknowledge', ...foreignTicket }],
    ['attention.begin', { type: 'attention.begin', ...foreignTicket }],
    ['attention.recall', { type: 'attention.recall', ...foreignTicket }],
    ['attention.noShow', { type: 'attention.noShow', ...foreignTicket, then: 'cancel' }],
    ['attention.finish', { type: 'attention.finish', ...foreignTicket }],
    ['consent.ask', { type: 'consent.ask', ...foreignTicket, termsId: null, title: 'x', text: 'x' }],
    ['consent.retract', { type: 'consent.retract', ...foreignTicket, consentId: id() }],
    ['attention.transfer', { type: 'attention.transfer', ...foreignTicket, ...moved }],
    ['mark.add', { type: 'mark.add', ticketId: foreign.ticketId, attentionId: id(), momentMs: 0, text: 'x' }],
  ]; // prettier-ignore
};

/** What of the other company could be harmed. */
const stateOfOthers = async (): Promise<string> => {
  const { db } = server.context.store;
  const [tickets, contacts, events] = await Promise.all([
    db
      .selectFrom('ticket')
      .select(['header', 'contact_id', 'topic_ids'])
      .where('company_id', '=', other.companyId)
      .execute(),
    db.selectFrom('contact').selectAll().where('company_id', '=', other.companyId).execute(),
    db.selectFrom('event').select('id').where('company_id', '=', other.companyId).orderBy('id').execute(),
  ]);
  return JSON.stringify([tickets, contacts, events]);
};

test('[T12] every id of another company in a command does not exist, and nothing there changes', async () => {
  const before = await stateOfOthers();
  const named = bodies();
  // Who supervises may do all of this at home.
  const sofia = await seatAt(server, 'sofia@demo.test', 'centro', 2);
  const { agent, sessionId } = sofia;
  const commands = named.map(([, body]) => ({ id: id(), authorId: agent.id, sessionId, occurredAt: null, body }));
  const response = await ask(
    server,
    'POST',
    '/v1/desk/commands',
    { commands },
    { authorization: `Device ${sofia.deviceKey}` },
  );
  const { results } = CommandResults.parse(response.json());
  const codes = results.map((result, index) => [
    named[index]?.[0],
    result.status === 'refused' ? result.error.code : result.status,
  ]);
  expect(codes).toEqual(named.map(([name]) => [name, 'NOT_FOUND']));
  expect(await stateOfOthers()).toBe(before);
});

test('[T12] an agent of another company delivers nothing through this desk', async () => {
  const { id: stranger } = await server.context.store.db
    .selectFrom('agent')
    .select('id')
    .where('email', '=', 'ana@other.test')
    .executeTakeFirstOrThrow();
  const command = {
    id: id(),
    authorId: stranger,
    sessionId: ana.sessionId,
    occurredAt: null,
    body: { type: 'status.setManual', isManual: true },
  };
  const response = await ask(
    server,
    'POST',
    '/v1/desk/commands',
    { commands: [command] },
    { authorization: `Device ${ana.deviceKey}` },
  );
  expect(response.json()).toMatchObject({ results: [{ error: { code: 'FORBIDDEN' } }] });
});

test('[T12] a desk stays with the company that enrolled it', async () => {
  const input = { email: 'ana@other.test', password: TEST_PASSWORD, deskName: 'x' };
  const response = await ask(server, 'POST', '/v1/sessions', input, { authorization: `Device ${ana.deviceKey}` });
  expect(response.statusCode).toBe(403);
});

test('[T12] seats, numbers, contents, links and contacts of another company do not exist', async () => {
  const module = other.modules.find(({ branchId }) => branchId === foreign.branchId)!;
  const seats = [
    { branchId: foreign.branchId, moduleId: module.id },
    { branchId: own.branchId, moduleId: module.id },
  ];
  for (const seat of seats) {
    expect((await ask(server, 'POST', '/v1/sessions/current/seat', seat, ana.headers)).statusCode).toBe(404);
  }
  const blocks = { services: [{ serviceId: foreign.serviceId, count: 1 }] };
  expect((await ask(server, 'POST', '/v1/desk/blocks', blocks, ana.headers)).statusCode).toBe(404);
  expect(
    (await ask(server, 'GET', `/v1/desk/tickets/${foreign.ticketId}/content`, undefined, ana.headers)).statusCode,
  ).toBe(404);
  const links = `/v1/desk/tickets/${foreign.ticketId}/guest-links`;
  expect((await ask(server, 'POST', links, {}, ana.headers)).statusCode).toBe(404);
  expect((await ask(server, 'DELETE', links, undefined, ana.headers)).statusCode).toBe(404);
  const found = await ask(server, 'GET', '/v1/desk/contacts?search=zoraida', undefined, ana.headers);
  expect(found.json<{ matches: { id: string }[] }>().matches.map((match) => match.id)).not.toContain(foreign.contactId);
  expect(found.json<{ matches: object[] }>().matches).toHaveLength(1);
});

test('[T12] a device issues for its own company, also where slugs and names are the same', async () => {
  const response = await ask(
    server,
    'POST',
    '/v1/branches/centro/tickets',
    { service: 'caja' },
    { authorization: `Bearer ${otherToken}` },
  );
  const { id: ticketId } = response.json<{ id: string }>();
  const row = await server.context.store.db
    .selectFrom('ticket')
    .select('company_id')
    .where('id', '=', ticketId)
    .executeTakeFirstOrThrow();
  expect(row.company_id).toBe(other.companyId);
  const crossed = await ask(
    server,
    'POST',
    '/v1/branches/demo.centro/tickets',
    { service: 'caja' },
    { authorization: `Bearer ${otherToken}` },
  );
  expect(crossed.statusCode).toBe(404);
});
