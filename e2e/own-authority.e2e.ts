import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { Agent, fetch } from 'undici';
import type { IssuedTicket } from '../src/protocol/http/public-api.ts';
import { DeskPage } from './support/desk-page.ts';
import { freePort } from './support/free-port.ts';
import { expectMoving, GuestPage } from './support/guest-page.ts';
import type { ServerReady } from './support/office.ts';
import { startProcess, type Running } from './support/start-process.ts';
import { createAuthority, type TestAuthority } from './support/test-authority.ts';
import { watchedPage } from './support/watched-page.ts';

// As an office has it: the server over TLS, with a certificate of the office's own authority.
test.describe.configure({ mode: 'serial' });

const NAME = 'localhost';
const PHONE = { width: 390, height: 844 };

let folder: string;
let server: Running<ServerReady>;
let desk: Running<{ desks: [string] }> | undefined;
let browser: Browser;
let authority: TestAuthority;
let luis: DeskPage;
let phone: Page;
const problems: string[] = [];

test.beforeAll(async ({ browser: other }, { project }) => {
  folder = await mkdtemp(join(tmpdir(), 'ventanilla-e2e-'));
  authority = await createAuthority();
  const own = await authority.issue(NAME);
  const files = { authority: join(folder, 'ca.pem'), cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  await writeFile(files.authority, authority.cert);
  await writeFile(files.cert, own.cert);
  await writeFile(files.key, own.key, { mode: 0o600 });
  const port = await freePort();
  server = await startProcess<ServerReady>('out/server/server.js', {
    VENTANILLA_DATA: join(folder, 'server'),
    VENTANILLA_PORT: String(port),
    VENTANILLA_PUBLIC_URL: `https://${NAME}:${port}`,
    VENTANILLA_TLS_CERT: files.cert,
    VENTANILLA_TLS_KEY: files.key,
  });
  desk = await startProcess<{ desks: [string] }>('out/main/browser-desk.cjs', {
    VENTANILLA_DATA: join(folder, 'desk'),
    VENTANILLA_SERVER: `https://${NAME}:${port}`,
    NODE_EXTRA_CA_CERTS: files.authority,
  });
  const { launchOptions } = project.use;
  const args = [...(launchOptions?.args ?? []), authority.chromiumFlag];
  browser = await other.browserType().launch({ ...launchOptions, args });
  luis = new DeskPage(await watchedPage(browser, {}, (problem) => problems.push(problem)));
  await luis.page.goto(desk.ready.desks[0]);
});

test.afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  await desk?.stop();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
  expect(problems).toEqual([]);
});

test('[T22] a browser that does not know the authority is not let through', async ({ browser: stranger }) => {
  const page = await stranger.newPage();
  const { port } = new URL(server.ready.server);
  await expect(page.goto(`https://${NAME}:${port}/turn`)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
  await page.close();
});

test('[T22] a desk works over TLS with the authority of its machine', async () => {
  await luis.signIn('luis@demo.test', server.ready.demo.password);
  await luis.setManual(true);
  await luis.choose('Estado', 'En línea');
});

test('[S2-34] [T22] a phone on the page of its turn goes into the video, by https alone', async () => {
  const { code, turnUrl } = await issueTicket();
  phone = await watchedPage(browser, PHONE, (problem) => problems.push(problem));
  await phone.goto(turnUrl);
  expect(phone.url()).toContain(`https://${NAME}:`);
  await phone.evaluate(() => navigator.serviceWorker.ready);
  await phone.getByRole('button', { name: 'Entrar a la videollamada' }).click();
  const guest = new GuestPage(phone);
  await guest.enter();
  const [cookie] = await phone.context().cookies();
  expect(cookie).toMatchObject({ name: '__Host-guest', secure: true, httpOnly: true, sameSite: 'Strict', path: '/' });
  await luis.row(code).getByRole('button', { name: 'Atender' }).click();
  await expectMoving(phone.getByLabel('Video de Luis'));
  await expectMoving(luis.attention.getByLabel(/^Imagen de/));
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
});

test('[S2-36] Terminar atención ends it on the phone too', async () => {
  await luis.button('Terminar atención').click();
  await expect(phone.getByText('Su atención terminó')).toBeVisible();
});

async function issueTicket(): Promise<IssuedTicket> {
  const { server: address, demo } = server.ready;
  const dispatcher = new Agent({ connect: { ca: authority.cert } });
  const { port } = new URL(address);
  const answer = await fetch(`https://${NAME}:${port}/v1/branches/centro/tickets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${demo.deviceToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ service: 'asesoria-virtual', kind: 'virtual' }),
    dispatcher,
  });
  expect(answer.status).toBe(201);
  return (await answer.json()) as IssuedTicket;
}
