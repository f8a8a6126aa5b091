import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findTurn } from '../queries/turn-state.ts';
import { inSnapshot, readLines, readTables } from '../store/backup-rows.ts';
import { headerOf, issue } from '../testing/deliver.ts';
import { newOffice } from '../testing/office-factory.ts';
import { changesOf, NINE, openServer, type TestServer } from '../testing/open-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const keyed = (key: string, body: object) => ({
  idempotency: { key, bodyHash: createHash('sha256').update(JSON.stringify(body)).digest() },
});
const maria = {
  documentType: 'CC',
  documentNumber: '52.123.456',
  firstName: 'María José',
  lastName: 'Orozco Díaz',
  phone: '300 123 4567',
};

test('[S2-20] a turn without a document enters the line with its code, number and place', async () => {
  const office = await newOffice(server);
  const first = await issue(office);
  const second = await issue(office);
  expect([first.code, second.code]).toEqual(['C-001', 'C-002']);
  expect([first.position, second.position]).toEqual([1, 2]);
  expect([first.number, second.number]).toEqual([1, 2]);
  const header = await headerOf(office, first.id);
  expect(header).toMatchObject({ state: 'waiting', origin: 'kiosk', displayName: null, documentLast4: null, epoch: 0 });
  expect(first.turnUrl).toMatch(/^http:\/\/ventanilla\.test\/turn#[\w-]{43}$/);
});

test('the branch hears of the header, and the database keeps only the hash of the turn token', async () => {
  const office = await newOffice(server);
  const issued = await issue(office, { contact: maria });
  const changes = await changesOf(server, `branch:${office.branch.id}`);
  expect(changes.map(({ body }) => body)).toEqual([{ type: 'ticket.put', header: await headerOf(office, issued.id) }]);
  const token = issued.turnUrl.split('#')[1];
  const row = await server.context.store.db
    .selectFrom('ticket')
    .select('turn_token_hash')
    .where('id', '=', issued.id)
    .executeTakeFirstOrThrow();
  expect(row.turn_token_hash).toEqual(createHash('sha256').update(token!).digest());
});

test('a pushed header never holds a whole document, a phone or an e-mail', async () => {
  const office = await newOffice(server);
  await issue(office, { contact: { ...maria, email: 'Maria@Correo.test' } });
  await issue(office, { contact: { documentType: 'CC', documentNumber: '1234' } });
  const pushed = JSON.stringify(await changesOf(server, `branch:${office.branch.id}`));
  expect(pushed).toContain('María José Orozco');
  for (const secret of ['52123456', '3001234567', 'correo.test', 'Díaz', '"1234"'])
    expect(pushed).not.toContain(secret);
});

test('[T27] a known and an unknown document are answered alike, and what is known stays as it was', async () => {
  const office = await newOffice(server);
  const unknown = await issue(office, { contact: maria });
  const known = await issue(office, { contact: { ...maria, firstName: 'Otra', phone: '310 765 4321' } });
  expect(Object.keys(known)).toEqual(Object.keys(unknown));
  expect(JSON.stringify(known)).not.toMatch(/Mar|Oroz|Otra/);
  const contacts = await server.context.store.db
    .selectFrom('contact')
    .selectAll()
    .where('company_id', '=', office.companyId)
    .execute();
  expect(contacts).toHaveLength(1);
  expect(contacts[0]).toMatchObject({ first_name: 'María José', phone: '+573001234567', document_number: '52123456' });
  expect((await headerOf(office, known.id)).displayName).toBe('María José Orozco');
});

test('ten people with one new document at once are one contact', async () => {
  const office = await newOffice(server);
  const issued = await Promise.all(Array.from({ length: 10 }, () => issue(office, { contact: maria })));
  expect(new Set(issued.map(({ id }) => id)).size).toBe(10);
  const contacts = await server.context.store.db
    .selectFrom('contact')
    .select('id')
    .where('company_id', '=', office.companyId)
    .execute();
  expect(contacts).toHaveLength(1);
});

test('[R9] one key twenty times at once is one ticket and one answer', async () => {
  const office = await newOffice(server);
  const answers = await Promise.all(Array.from({ length: 20 }, () => issue(office, {}, keyed('k1', { a: 1 }))));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  const tickets = await server.context.store.db
    .selectFrom('ticket')
    .select('id')
    .where('company_id', '=', office.companyId)
    .execute();
  expect(tickets).toEqual([{ id: answers[0]!.id }]);
});

test('[R9] the link of a repeated answer works, and nothing in the database makes it', async () => {
  const office = await newOffice(server);
  const first = await issue(office, {}, keyed('link', {}));
  const token = new URL(first.turnUrl).hash.slice(1);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(await findTurn(server.context, token)).toMatchObject({ ticketId: first.id });
  expect((await issue(office, {}, keyed('link', {}))).turnUrl).toBe(first.turnUrl);
  await inSnapshot(server.context.store, async (tx) => {
    for (const table of await readTables(tx)) {
      for await (const lines of readLines(tx, table)) expect(lines.join('')).not.toContain(token);
    }
  });
});

test('[B10] the same key with another body is refused, at another kiosk it is another key', async () => {
  const office = await newOffice(server);
  await issue(office, {}, keyed('k1', { a: 1 }));
  await expect(issue(office, {}, keyed('k1', { a: 2 }))).rejects.toMatchObject({ code: 'KEY_REUSED' });
  const other = await newOffice(server);
  await expect(issue(other, {}, keyed('k1', { a: 2 }))).resolves.toMatchObject({ code: 'C-001' });
});

test('numbers are unique in the company and codes in the branch and day, however many kiosks issue at once', async () => {
  const office = await newOffice(server);
  const services = ['caja', 'reclamos', 'ventas'];
  const issued = await Promise.all(
    Array.from({ length: 60 }, (_, index) => issue(office, { service: services[index % 3]! })),
  );
  expect(issued.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 60 }, (_, index) => index + 1),
  );
  expect(new Set(issued.map(({ code }) => code)).size).toBe(60);
  expect(
    issued
      .filter(({ code }) => code.startsWith('R-'))
      .map(({ code }) => code)
      .toSorted()
      .at(-1),
  ).toBe('R-020');
});

test('codes begin again with the business day in the zone of the branch, numbers go on', async () => {
  const bogota = await newOffice(server);
  const tijuana = await newOffice(server, { timeZone: 'America/Tijuana', country: 'MX' });
  const midnight = Date.UTC(2026, 2, 5, 5, 0);
  for (const office of [bogota, tijuana]) expect((await issue(office)).code).toBe('C-001');
  server.clock.now = midnight - 1;
  expect((await issue(bogota)).code).toBe('C-002');
  server.clock.now = midnight;
  const next = await issue(bogota);
  expect([next.code, next.number]).toEqual(['C-001', 3]);
  // In Tijuana it is still the fourth of March.
  expect((await issue(tijuana)).code).toBe('C-002');
  server.clock.now = NINE;
});

test('a service is found by slug or exact name in its branch only, and by its kind', async () => {
  const office = await newOffice(server);
  expect((await issue(office, { service: 'Reclamos' })).code).toBe('R-001');
  for (const service of ['reclam', 'RECLAMOS', '', 'x']) {
    await expect(issue(office, { service })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
  await expect(issue(office, { service: 'asesoria' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect((await issue(office, { service: 'asesoria', kind: 'virtual' })).code).toBe('A-001');
});

test.each([
  [{ documentNumber: '52123456' }, 'REQUIRED'],
  [{ documentType: 'CC', documentNumber: '5' }, 'INVALID_DOCUMENT'],
  [{ phone: '12' }, 'INVALID_PHONE'],
  [{ email: 'x@' }, 'INVALID_EMAIL'],
])('a contact that is not right is refused and takes no number: %o', async (contact, code) => {
  const office = await newOffice(server);
  await expect(issue(office, { contact })).rejects.toMatchObject({ code });
  expect((await issue(office)).number).toBe(1);
});
