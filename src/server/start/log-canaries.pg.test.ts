import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { ask, seatAt, TEST_PASSWORD, testServer } from '../testing/test-server.ts';
import { createLog } from './log.ts';

test('[T26] nobody’s document, phone, e-mail, name nor any token reaches log or figures, whatever goes wrong', async () => {
  let said = '';
  const log = createLog(
    new Writable({
      write(chunk, _encoding, done) {
        said += String(chunk);
        done();
      },
    }),
  );
  log.level = 'trace';
  const server = await testServer({ log });
  const canaries = ['1098765432', '3105550199', 'zoraida.canario@correo.example', 'Zoraidacanario', 'Quiñónezcanario'];
  const [documentNumber, phone, email, firstName, lastName] = canaries as [string, string, string, string, string];
  const contact = { documentType: 'CC', documentNumber, phone, email, firstName, lastName };
  const token = { authorization: `Bearer ${server.deviceToken}` };
  const issue = (payload: object) => ask(server, 'POST', '/v1/branches/centro/tickets', payload, token);
  const issued = await issue({ service: 'caja', contact });
  expect(issued.statusCode).toBe(201);
  await issue({ service: documentNumber, contact });
  await issue({ service: 'caja', contact: { ...contact, phone: `${phone}${phone}` } });
  await issue({ service: 'caja', contact: { ...contact, [firstName]: lastName } });
  const ana = await seatAt(server, 'ana@demo.test', 'centro', 1);
  await ask(
    server,
    'GET',
    `/v1/desk/contacts?search=${encodeURIComponent(`${firstName} ${documentNumber}`)}`,
    undefined,
    ana.headers,
  );
  await ask(server, 'GET', `/kiosk/${documentNumber}?phone=${phone}`);
  await ask(server, 'POST', '/v1/sessions', { email, password: phone, deskName: firstName });
  await ask(server, 'POST', '/v1/sessions', { email: 'ana@demo.test', password: 'nada', deskName: firstName });
  // The database's own words about a row that it refuses.
  await server.context.store.db
    .insertInto('contact')
    .columns(['id', 'company_id', 'document_type', 'document_number', 'first_name', 'created_at', 'updated_at'])
    .expression((build) =>
      build
        .selectFrom('contact')
        .select(['id', 'company_id', 'document_type', 'document_number', 'first_name', 'created_at', 'updated_at']),
    )
    .execute()
    .catch((error: unknown) => log.error({ error }, 'refused by the database'));
  const figures = (await ask(server, 'GET', '/metrics')).body;
  await server.context.store.close();
  await ask(server, 'GET', '/v1/branches/centro/kiosk', undefined, token);
  expect(said).toContain('refused by the database');
  expect(said).toContain('request failed');
  const { turnUrl } = issued.json<{ turnUrl: string }>();
  const secrets = [
    server.deviceToken,
    ana.sessionToken,
    ana.deviceKey.split('.')[1] ?? '',
    turnUrl.split('#')[1] ?? '',
    TEST_PASSWORD,
  ];
  for (const canary of [...canaries, ...secrets]) {
    expect(canary.length).toBeGreaterThan(8);
    expect(said).not.toContain(canary);
    expect(figures).not.toContain(canary);
  }
  await server.app.close();
  await server.database.drop();
});
