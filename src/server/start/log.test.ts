import { Writable } from 'node:stream';
import type { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { createLog, logPostgresLine } from './log.ts';
import { redactText } from './redact.ts';

let said: string;
let log: pino.Logger;

beforeEach(() => {
  said = '';
  log = createLog(
    new Writable({
      write(chunk, _encoding, done) {
        said += String(chunk);
        done();
      },
    }),
  );
});

const CANARIES = [
  '52.418.903',
  '1032456789',
  '20-12345678-6',
  '12.345.678-K',
  '+57 310 555 0142',
  '(011) 4345-6789',
  '3105550142',
  'maria.ortiz@correo.example',
  'kX3vQ9pLmN2bR7tYwZ5cH8jF1gD4sA6eU0iO-_KzXcV',
];

test.each(CANARIES)('[T26] %s never reaches the log, in whatever place', (canary) => {
  log.info({ detail: `cliente ${canary}.` }, `atiende a ${canary} ahora`);
  log.info('se busca %s', canary);
  log.child({ customer: `doc ${canary}` }).warn({ list: [{ value: canary }] });
  const error = new Error(`duplicate ${canary}`, { cause: new Error(`of ${canary}`) });
  log.error({ error }, 'failed');
  log.error(error);
  log.error({ err: Object.assign(error, { detail: `Key (document)=(${canary})` }) });
  expect(said.split('\n')).toHaveLength(7);
  expect(said).not.toContain(canary);
});

test('[T26] what stands under a telling key is hidden whatever it is', () => {
  log.info({
    body: { firstName: 'Zoraida', contact: { last_name: 'Quiñónez' } },
    displayName: 'Zoraida Q.',
    phone: 4711,
  });
  log.info({
    request: { headers: { authorization: 'Bearer abc', cookie: 'a=b' } },
    password: 'clave',
    sessionToken: 'x1',
  });
  expect(said).not.toMatch(/Zoraida|Quiñónez|4711|abc|a=b|clave|x1/);
});

test('what helps to find an error stays: ids, codes, statuses, routes, addresses, places', () => {
  const id = '01980f3c-1234-7890-8123-123456789012';
  log.error({
    requestId: id,
    route: '/v1/branches/:branch/tickets',
    status: 500,
    ip: '192.168.100.200',
    businessDay: '2026-07-23',
    error: Object.assign(new Error(`ticket ${id} was not written`), { code: '23505', constraint: 'ticket_company_id' }),
  });
  const line = JSON.parse(said) as { error: { message: string; stack: string; code: string } };
  expect(line).toMatchObject({
    requestId: id,
    status: 500,
    route: '/v1/branches/:branch/tickets',
    ip: '192.168.100.200',
  });
  expect(line).toMatchObject({ businessDay: '2026-07-23', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) });
  expect(line.error).toMatchObject({ message: `ticket ${id} was not written`, code: '23505' });
  expect(line.error.stack).toContain('log.test.ts');
});

test('[T26] a database address keeps its host and loses its password', () => {
  expect(redactText('postgres://ventanilla:s3cret@db.example:5432/v')).toBe('postgres://[hidden]@db.example:5432/v');
});

test('[T26] lines of PostgreSQL that repeat rows are left out', () => {
  logPostgresLine(
    log,
    '2026-07-23 10:42:01.123 UTC [81] ERROR:  duplicate key value violates unique constraint "contact"',
  );
  logPostgresLine(log, '2026-07-23 10:42:01.123 UTC [81] DETAIL:  Failing row contains (Zoraida, Quiñónez).');
  logPostgresLine(log, "2026-07-23 10:42:01.123 UTC [81] STATEMENT:  insert into contact values ('Zoraida')");
  expect(said).toContain('duplicate key');
  expect(said).not.toContain('Zoraida');
});
