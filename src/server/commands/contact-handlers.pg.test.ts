import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { attend, call, deliver, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, NINE, openServer, someoneWaits, type TestServer } from '../testing/open-server.ts';
import { lockContact, readContact } from '../store/contact-rows.ts';
import { lockTicketsOf } from '../store/ticket-rows.ts';

const olga = { documentType: 'CC', documentNumber: '1020304050', firstName: 'Olga', lastName: 'Niño Páez' };

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
let ticketId: string;
let contactId: string;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = NINE;
  office = await newOffice(server);
  ana = await newAgent(office);
  ticketId = (await issue(office, { contact: olga })).id;
  contactId = await contactOf(ticketId);
});

async function contactOf(id: string): Promise<string> {
  const row = await server.context.store.db
    .selectFrom('ticket')
    .select('contact_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.contact_id!;
}

const refused = (code: string, field?: string) => ({ status: 'refused', error: field ? { code, field } : { code } });
const accepted = { status: 'accepted' };
const edit = (changes: Record<string, { from: string | null; to: string | null }>, rest: object = {}) =>
  ({ type: 'contact.edit', ticketId, contactId, changes, ...rest }) as const;
const bodiesOf = async (agent: TestAgent) => (await changesOf(server, `agent:${agent.id}`)).map(({ body }) => body);
const stored = () => readContact(server.context.store.db, office.companyId, contactId);

test('[S2-29] an edit is stored as people’s data are, and every open ticket of the customer follows', async () => {
  const other = await issue(office, { contact: olga });
  const luis = await newAgent(office, { firstName: 'Luis' });
  await attend(ana, ticketId);
  await attend(luis, other.id);
  const result = await deliver(
    ana,
    edit({
      lastName: { from: 'Niño Páez', to: 'O’Higgins' },
      phone: { from: null, to: '300 123 4567' },
      email: { from: null, to: ' Olga@Correo.test ' },
      documentNumber: { from: '1020304050', to: '1.020.304.059' },
    }),
  );
  expect(result).toMatchObject(accepted);
  expect(await stored()).toMatchObject({
    version: 2,
    lastName: 'O’Higgins',
    phone: '+573001234567',
    email: 'olga@correo.test',
    documentNumber: '1020304059',
    updatedByName: 'Ana',
  });
  for (const id of [ticketId, other.id]) {
    expect(await headerOf(office, id)).toMatchObject({ displayName: 'Olga O’Higgins', documentLast4: '4059' });
  }
  const fields = ['lastName', 'phone', 'email', 'documentNumber'];
  expect((await bodiesOf(ana)).at(-1)).toMatchObject({
    type: 'content.put',
    content: { contact: { phone: '+573001234567' } },
  });
  expect(JSON.stringify((await bodiesOf(ana)).at(-1))).toContain(JSON.stringify({ type: 'contact.edited', fields }));
  // A colleague who attends the same customer sees it too.
  expect((await bodiesOf(luis)).at(-1)).toMatchObject({ content: { ticketId: other.id, contact: { version: 2 } } });
});

test('[R20] of two who edit one field the second is told; another field, and the same text, go through', async () => {
  const luis = await newAgent(office, { firstName: 'Luis' });
  expect(await deliver(ana, edit({ firstName: { from: 'Olga', to: 'Olga Lucía' } }))).toMatchObject(accepted);
  expect(await deliver(luis, edit({ firstName: { from: 'Olga', to: 'Olguita' } }))).toMatchObject(
    refused('VERSION_CONFLICT', 'firstName'),
  );
  expect(await deliver(luis, edit({ firstName: { from: 'Olga', to: 'Olga Lucía' } }))).toMatchObject(accepted);
  expect(await deliver(luis, edit({ lastName: { from: 'Niño Páez', to: 'Niño' } }))).toMatchObject(accepted);
  expect(await stored()).toMatchObject({ firstName: 'Olga Lucía', lastName: 'Niño', version: 3 });
});

test('[R20] two at once on two tickets of one customer: one field each is kept, of one field one is told', async () => {
  const second = await issue(office, { contact: olga });
  const luis = await newAgent(office, { firstName: 'Luis' });
  const apart = await Promise.all([
    deliver(ana, edit({ firstName: { from: 'Olga', to: 'Olga Lucía' } })),
    deliver(luis, edit({ lastName: { from: 'Niño Páez', to: 'Niño' } }, { ticketId: second.id })),
  ]);
  expect(apart).toMatchObject([accepted, accepted]);
  const same = await Promise.all([
    deliver(ana, edit({ phone: { from: null, to: '3001234567' } })),
    deliver(luis, edit({ phone: { from: null, to: '3107654321' } }, { ticketId: second.id })),
  ]);
  expect(same.map(({ status }) => status).toSorted()).toEqual(['accepted', 'refused']);
  expect(await stored()).toMatchObject({ firstName: 'Olga Lucía', lastName: 'Niño', version: 4 });
});

test('[S2-29] two edits of one field in the agent’s own writing: the second starts from what the first wrote', async () => {
  const first = edit({ phone: { from: null, to: '300 123 4567' }, email: { from: null, to: 'Olga@Correo.co' } });
  expect(await deliver(ana, first)).toMatchObject(accepted);
  const second = edit({
    phone: { from: '300 123 4567', to: '310 765 4321' },
    email: { from: 'Olga@Correo.co', to: 'olga.nino@correo.co' },
  });
  expect(await deliver(ana, second)).toMatchObject(accepted);
  expect(await stored()).toMatchObject({ phone: '+573107654321', email: 'olga.nino@correo.co' });
  const stale = edit({ phone: { from: '300 123 4567', to: '320 111 2233' } });
  expect(await deliver(ana, stale)).toMatchObject(refused('VERSION_CONFLICT', 'phone'));
});

test('a customer is locked before their tickets: two edits never wait for each other for ever', async () => {
  const hasLocked = Promise.withResolvers<void>();
  const mayGoOn = Promise.withResolvers<void>();
  const other = server.context.store.db.transaction().execute(async (tx) => {
    await lockContact(tx, office.companyId, contactId);
    hasLocked.resolve();
    await mayGoOn.promise;
    await lockTicketsOf(tx, contactId, ticketId);
  });
  await hasLocked.promise;
  const editing = deliver(ana, edit({ firstName: { from: 'Olga', to: 'Olguita' } }));
  await someoneWaits(server);
  mayGoOn.resolve();
  await other;
  expect(await editing).toMatchObject(accepted);
});

test('a document that is somebody else’s is refused, and nothing of the edit is kept', async () => {
  await issue(office, { contact: { documentType: 'CC', documentNumber: '99999999' } });
  const changes = {
    firstName: { from: 'Olga', to: 'Otra' },
    documentNumber: { from: '1020304050', to: '99.999.999' },
  };
  expect(await deliver(ana, edit(changes))).toMatchObject(refused('DUPLICATE_CONTACT', 'documentNumber'));
  expect(await stored()).toMatchObject({ firstName: 'Olga', version: 1 });
});

test.each([
  [{ documentNumber: { from: '1020304050', to: '5' } }, 'INVALID_DOCUMENT', 'documentNumber'],
  [{ documentType: { from: 'CC', to: 'cédula' } }, 'BAD_REQUEST', 'documentType'],
  [{ firstName: { from: 'Olga', to: 'x'.repeat(81) } }, 'BAD_REQUEST', 'firstName'],
  [{ phone: { from: null, to: '12' } }, 'INVALID_PHONE', 'phone'],
  [{ email: { from: null, to: 'x@' } }, 'INVALID_EMAIL', 'email'],
  [{ documentType: { from: 'CC', to: '' } }, 'REQUIRED', 'documentType'],
])('an edit that is not right is refused by its field: %o', async (changes, code, field) => {
  expect(await deliver(ana, edit(changes as never))).toMatchObject(refused(code, field));
  expect(await stored()).toMatchObject({ version: 1 });
});

test('a document that is taken away takes its kind with it', async () => {
  expect(await deliver(ana, edit({ documentNumber: { from: '1020304050', to: '' } }))).toMatchObject(accepted);
  expect(await stored()).toMatchObject({ documentNumber: null, documentType: null });
  expect(await headerOf(office, ticketId)).toMatchObject({ documentLast4: null, documentType: null });
});

test('an anonymous ticket gets its customer, new or known; a wrong one is corrected', async () => {
  const anonymous = await issue(office);
  await attend(ana, anonymous.id);
  const link = (customer: object) => ({ type: 'contact.link', ticketId: anonymous.id, customer }) as const;
  const mine = uuidv7();
  const hugo = { documentType: 'CC', documentNumber: '79888777', firstName: 'Hugo' };
  expect(await deliver(ana, link({ type: 'new', contactId: mine, contact: hugo }))).toMatchObject(accepted);
  expect(await contactOf(anonymous.id)).toBe(mine);
  expect((await headerOf(office, anonymous.id)).displayName).toBe('Hugo');
  expect(await deliver(ana, link({ type: 'existing', contactId }))).toMatchObject(accepted);
  expect((await bodiesOf(ana)).at(-1)).toMatchObject({
    type: 'content.put',
    content: { contact: { id: contactId, documentNumber: '1020304050' } },
  });
  expect(await deliver(ana, link({ type: 'new', contactId: uuidv7(), contact: olga }))).toMatchObject(
    refused('DUPLICATE_CONTACT'),
  );
});

test('[T11] who neither holds nor held a ticket, nor attends its service, edits no customer and is told nothing', async () => {
  const stranger = await newAgent(office, { firstName: 'Luis', main: ['ventas'] });
  const supervisor = await newAgent(office, { role: 'supervisor', main: [] });
  const change = { firstName: { from: 'Olga', to: 'Otra' } };
  const link = { type: 'contact.link', ticketId, customer: { type: 'existing', contactId } } as const;
  expect(await deliver(stranger, edit(change))).toMatchObject(refused('FORBIDDEN'));
  expect(await deliver(stranger, link)).toMatchObject(refused('FORBIDDEN'));
  const quoted = await call(ana, ticketId);
  const colleague = await newAgent(office, { firstName: 'Marta' });
  expect(await deliver(colleague, edit(change))).toMatchObject(refused('FORBIDDEN'));
  expect(await deliver(supervisor, edit(change))).toMatchObject(accepted);
  await deliver(ana, { type: 'attention.noShow', ...quoted, then: 'requeue' });
  expect(await deliver(ana, edit({ lastName: { from: 'Niño Páez', to: 'Niño' } }))).toMatchObject(accepted);
  for (const agent of [stranger, colleague, supervisor]) expect(await bodiesOf(agent)).toEqual([]);
  // What the desk of a former holder still sends is kept, whoever the ticket is for by then.
  await deliver(ana, { type: 'ticket.transfer', ticketId, serviceId: office.services.ventas, comment: '' });
  expect(await deliver(ana, edit({ lastName: { from: 'Niño', to: 'Niño Páez' } }))).toMatchObject(accepted);
  expect(await deliver(colleague, edit(change))).toMatchObject(refused('FORBIDDEN'));
});
