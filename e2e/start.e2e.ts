import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { DeskPage } from './support/desk-page.ts';
import { freePort } from './support/free-port.ts';
import type { ServerReady } from './support/office.ts';
import { processesOf } from './support/processes-of.ts';
import { startProcess, type Running } from './support/start-process.ts';
import { watchedPage } from './support/watched-page.ts';

// `npm start`: one command, the whole product, one ready line.
test.describe.configure({ mode: 'serial', timeout: 180_000 });

let folder: string;
let password: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ventanilla-start-'));
});

test.afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<Running<ServerReady & { desks: string[] }>> {
  return startProcess(
    'tools/run.mjs',
    {
      VENTANILLA_DATA: folder,
      VENTANILLA_PORT: String(await freePort()),
      VENTANILLA_OPEN: 'none',
      VENTANILLA_DESKS: '2',
    },
    ['start'],
  );
}

test('one start serves every page that its ready line names, and SIGTERM ends it all with 0', async ({ browser }) => {
  const product = await start();
  const { server, desks, kiosk, display, docs, demo } = product.ready;
  password = demo.password;
  expect(Object.keys(product.ready).toSorted()).toEqual(['demo', 'desks', 'display', 'docs', 'kiosk', 'server']);
  expect(desks).toHaveLength(2);
  expect(demo.agents.map(({ email }) => email)).toEqual(
    ['ana', 'luis', 'marta', 'sofia', 'admin'].map((name) => `${name}@demo.test`),
  );
  for (const path of ['/livez', '/readyz', '/openapi.json', '/metrics']) {
    expect((await fetch(`${server}${path}`)).status, path).toBe(200);
  }

  const problems: string[] = [];
  const open = async (url: string) => {
    const page = await watchedPage(browser, {}, (problem) => problems.push(problem));
    await page.goto(url);
    return page;
  };
  await expect((await open(kiosk)).getByRole('button', { name: 'Caja', exact: true })).toBeVisible();
  await expect((await open(display)).getByRole('heading', { name: 'Aún no hay llamados' })).toBeVisible();
  await expect((await open(docs)).getByText('/v1/branches/{branch}/tickets').first()).toBeVisible();
  const ana = new DeskPage(await open(desks[0]!));
  await ana.signIn('ana@demo.test', password);
  const luis = new DeskPage(await open(desks[1]!));
  await luis.signIn('luis@demo.test', password);
  expect(problems).toEqual([]);
  for (const context of browser.contexts()) await context.close();

  const askedAt = performance.now();
  expect(await product.stop()).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(10_000);
  expect(await processesOf(folder)).toEqual([]);
});

test('what was there is there after the next start; children end when their parent is gone', async () => {
  const product = await start();
  expect(product.ready.demo.password).toBe(password);
  expect(await processesOf(folder)).not.toEqual([]);
  await product.stop('SIGKILL');
  await expect.poll(() => processesOf(folder), { timeout: 15_000 }).toEqual([]);
});
