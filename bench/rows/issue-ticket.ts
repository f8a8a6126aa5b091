import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Agent, request } from 'undici';
import { v7 as uuidv7 } from 'uuid';
import type { ServerReady } from '../../e2e/support/office.ts';
import { startProcess } from '../../e2e/support/start-process.ts';
import { compare, compared } from '../compare.ts';
import type { Measure } from '../row.ts';

/** Tickets in one sample: all samples together stay below what one device may issue in a minute. */
const TICKETS = 6;

/** A ticket from the kiosk, from the POST to its 201, beside a bare server with one durable INSERT on the same PostgreSQL. */
export const measure: Measure = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-bench-'));
  const office = await startProcess<ServerReady>('out/server/server.js', {
    VENTANILLA_DATA: folder,
    VENTANILLA_PORT: '0',
  });
  const databaseUrl = (await readFile(join(folder, 'database-url'), 'utf8')).trim();
  const floor = spawn(process.execPath, [join(import.meta.dirname, '../floors/insert-server.ts')], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const dispatcher = new Agent({ connections: 1, pipelining: 1 });
  try {
    const [port] = (await once(createInterface(floor.stdout), 'line')) as [string];
    const codes = new Set<string>();
    const post = async (url: string, headers: Record<string, string>, body: object): Promise<unknown> => {
      const answer = await request(url, {
        method: 'POST',
        dispatcher,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      const json = await answer.body.json();
      if (answer.statusCode !== 201) throw new Error(`${url} answered ${answer.statusCode}: ${JSON.stringify(json)}`);
      return json;
    };
    const { server, demo } = office.ready;
    const authorization = `Bearer ${demo.deviceToken}`;
    let issued = 0;
    const ours = async (): Promise<number> => {
      const start = performance.now();
      for (let ticket = 0; ticket < TICKETS; ticket += 1) {
        const headers = { authorization, 'idempotency-key': uuidv7() };
        const answer = await post(`${server}/v1/branches/centro/tickets`, headers, { service: 'caja', kind: 'turn' });
        codes.add((answer as { code: string }).code);
        issued += 1;
      }
      return performance.now() - start;
    };
    const theirs = async (): Promise<number> => {
      const start = performance.now();
      for (let ticket = 0; ticket < TICKETS; ticket += 1) {
        await post(`http://127.0.0.1:${port}/`, {}, { service: 'caja', kind: 'turn' });
      }
      return performance.now() - start;
    };
    const comparison = await compare(ours, theirs);
    if (codes.size !== issued) throw new Error(`${issued} tickets have ${codes.size} codes`);
    return {
      work: `Ticket from the kiosk, POST to 201 (× ${TICKETS})`,
      beside: 'bare HTTP server, one durable INSERT, same PostgreSQL',
      figures: [compared('all', 'ms', comparison, null)],
      gate: `${issued} tickets, ${codes.size} codes, none twice`,
    };
  } finally {
    await dispatcher.close();
    floor.stdin.end();
    await once(floor, 'exit');
    await office.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
