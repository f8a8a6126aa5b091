import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { Agent, request } from 'undici';
import type { ServerReady } from '../../e2e/support/office.ts';
import { startProcess } from '../../e2e/support/start-process.ts';
import { createServerApi } from '../../src/main/sync/server-api.ts';
import { compareTails, tail } from '../compare-tails.ts';
import type { Measure } from '../row.ts';
import { bare } from '../support/searches.ts';
import { createPeople } from '../support/people.ts';
import { createRandom } from '../support/random.ts';

const CONTACTS = 100_000;
const SEED = 20_261_122;
const ASKED = 110;

/**
 * What the desk does not have and asks the server for: a customer by the whole document or by a part of the phone. The server
 * checks session and desk, writes down who looked, and masks what it gives; beside it one statement over one HTTP hop, with the
 * same record of the search on the disk before the answer.
 */
export const measure: Measure = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-bench-'));
  const office = await startProcess<ServerReady>('out/server/server.js', {
    VENTANILLA_DATA: folder,
    VENTANILLA_PORT: '0',
  });
  const databaseUrl = (await readFile(join(folder, 'database-url'), 'utf8')).trim();
  const api = createServerApi(new URL(office.ready.server), {
    language: () => 'es',
    revoked: () => undefined,
    dated: () => undefined,
  });
  const dispatcher = new Agent({ connections: 1, pipelining: 1 });
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  const contacts = await fillContacts(database);
  const floor = spawn(process.execPath, [join(import.meta.dirname, '../floors/search-server.ts')], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [port] = (await once(createInterface(floor.stdout), 'line')) as [string];
    // Two desks by turns: together they stay below what each may ask in a minute, also where a run is repeated.
    const sessions: Record<string, string>[] = [];
    for (const { email } of office.ready.demo.agents.slice(0, 2)) {
      const signIn = { email, password: office.ready.demo.password, deskName: 'Banco' };
      const { device, sessionToken } = await api.signIn(signIn, null);
      if (!device) throw new Error('The desk was not enrolled.');
      sessions.push({ authorization: `Bearer ${sessionToken}`, 'x-device': `${device.id}.${device.secret}` });
    }

    const found = new Map<string, string>();
    const ask = (url: string, keys: readonly Record<string, string>[]) => {
      const random = createRandom(SEED + 1);
      return async (): Promise<number[]> => {
        const took: number[] = [];
        for (let index = 0; index < ASKED; index += 1) {
          const contact = contacts[Math.floor(random() * contacts.length)] ?? { document: '', phone: '' };
          const search = random() < 0.5 ? contact.document : contact.phone.slice(-4 - Math.floor(random() * 6));
          const start = performance.now();
          const answer = await request(`${url}?search=${search}`, {
            dispatcher,
            headers: keys[index % keys.length] ?? {},
          });
          const { matches } = (await answer.body.json()) as { matches: { id: string }[] };
          took.push(performance.now() - start);
          const ids = matches.map(({ id }) => id).join(' ');
          if (ids === '' || (found.get(search) ?? ids) !== ids) throw new Error(`"${search}" finds other customers.`);
          found.set(search, ids);
        }
        return took;
      };
    };
    const comparison = await compareTails(
      ask(`${office.ready.server}/v1/desk/contacts`, sessions),
      ask(`http://127.0.0.1:${port}/`, []),
    );
    return {
      work: `A customer among ${CONTACTS.toLocaleString('en')} by document or a part of the phone, at the server`,
      beside: 'one statement over one HTTP hop, with a durable record of the search',
      figures: [tail('search', 0.5, comparison, null), tail('search', 0.99, comparison, { atMost: 1.5 })],
      gate: `${found.size} searches with the same customers on both sides; ${await planOf(database)}`,
    };
  } finally {
    await dispatcher.close();
    api.close();
    await database.end();
    floor.stdin.end();
    await once(floor, 'exit');
    await office.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

async function fillContacts(database: pg.Client): Promise<{ document: string; phone: string }[]> {
  const people = createPeople(SEED);
  const random = createRandom(SEED);
  const digits = (count: number): string => String(Math.floor(random() * 10 ** count)).padStart(count, '0');
  const rows = Array.from({ length: CONTACTS }, (_, index) => {
    const document = `1${String(index).padStart(5, '0')}${digits(4)}`;
    const phone = `+573${digits(9)}`;
    const { firstName, lastName } = people();
    return { document, phone, firstName, lastName, text: `${bare(`${firstName} ${lastName}`)} ${document} ${phone}` };
  });
  await database.query(
    `INSERT INTO contact (id, company_id, document_type, document_number, first_name, last_name, phone, search_text,
       created_at, updated_at)
     SELECT gen_random_uuid(), (SELECT id FROM company LIMIT 1), 'CC', document, "firstName", "lastName", phone, text, now(), now()
     FROM jsonb_to_recordset($1::jsonb)
       AS made (document text, phone text, "firstName" text, "lastName" text, text text)`,
    [JSON.stringify(rows)],
  );
  await database.query('VACUUM ANALYZE contact');
  return rows;
}

/** @throws when the search reads all customers */
async function planOf(database: pg.Client): Promise<string> {
  const { rows } = await database.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT id FROM contact WHERE company_id = (SELECT id FROM company LIMIT 1) AND search_text LIKE '%3001234567%'`,
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  if (!plan.includes('contact_search')) throw new Error(`A search reads all customers:\n${plan}`);
  return 'by the index of what is typed';
}
