import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { WebSocket } from 'ws';
import { openOffice, type Desk, type Office } from './support/office.ts';

let office: Office;
let desk: Desk;
let own: URL;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
  desk = await office.openDesk();
  own = new URL(desk.url);
});

test.afterAll(async () => {
  await office.close();
});

/** The status that the desk answers with to somebody who calls it `host`. */
async function statusFor(host: string): Promise<number | undefined> {
  const asking = request({ host: own.hostname, port: own.port, path: '/', headers: { host } });
  asking.end();
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

/** How a socket to the bridge ends: the refused status of its handshake, or its close code after the first frame. */
async function socketEnd(headers: Record<string, string>, first: string): Promise<number> {
  const socket = new WebSocket(`ws://${own.host}/desk`, { headers });
  const refused = once(socket, 'unexpected-response').then(
    ([, response]) => (response as { statusCode: number }).statusCode,
  );
  const closed = once(socket, 'close').then(([code]) => code as number);
  socket.on('error', () => undefined);
  socket.on('open', () => socket.send(first));
  const end = await Promise.race([refused, closed]);
  socket.terminate();
  return end;
}

const hello = (key: string): string => JSON.stringify({ t: 'hello', key });

test('[T14] the desk answers only to its own name', async () => {
  expect(await statusFor(own.host)).toBe(200);
  for (const host of ['evil.test', `localhost:${own.port}`, `evil.test:${own.port}`, '127.0.0.1']) {
    expect(await statusFor(host), host).toBe(421);
  }
});

test('[T14] a page of elsewhere cannot open the bridge, and a page of ours needs the key', async () => {
  const key = own.hash.slice('#key='.length);
  expect(key).toMatch(/^[\w-]{43}$/);
  for (const origin of ['http://evil.test', 'null', `http://localhost:${own.port}`, `http://${own.host}.evil.test`]) {
    expect(await socketEnd({ origin }, hello(key)), origin).toBe(403);
  }
  expect(await socketEnd({}, hello(key)), 'no origin').toBe(403);
  const origin = `http://${own.host}`;
  expect(await socketEnd({ origin, host: 'evil.test' }, hello(key)), 'foreign host').toBe(403);
  expect(await socketEnd({ origin }, hello('x'.repeat(43))), 'wrong key').toBe(4401);
  expect(await socketEnd({ origin }, 'not json'), 'no hello').toBe(4401);
});

test('[T14] a page opened without the key shows that it is not valid, and nothing else', async () => {
  const page = await office.openPage(own.origin);
  await expect(page.getByRole('alertdialog')).toContainText('Esta ventana ya no es válida');
});

test('[T14] a second window takes over, the first says so and can take it back', async () => {
  const first = await office.openDeskPage(desk);
  await expect(first.button('Ingresar')).toBeVisible();
  const second = await office.openDeskPage(desk);
  await expect(second.button('Ingresar')).toBeVisible();
  await expect(first.page.getByRole('alertdialog')).toContainText('Esta ventana fue reemplazada');
  await first.button('Usar aquí').click();
  await expect(first.page.getByRole('alertdialog')).toHaveCount(0);
  await expect(second.page.getByRole('alertdialog')).toContainText('Esta ventana fue reemplazada');
  await first.signIn('luis@demo.test', office.demo.password);
});

test('[S2-31] a window that is loaded anew shows all as it was, the note being written too', async () => {
  const ana = await office.openDeskPage(await office.openDesk());
  await ana.signIn('ana@demo.test', office.demo.password);
  await ana.setManual(true);
  const { code } = await office.issueTicket('Caja');
  await ana.attend(code);
  const note = ana.page.getByRole('textbox', { name: 'Nota del tiquete' });
  await note.fill('A medio escribir');
  await expect(ana.attention).toContainText('Borrador guardado en este equipo');
  await ana.page.reload();
  await expect(ana.attention).toContainText(code);
  await expect(note).toHaveValue('A medio escribir');
  await note.clear();
  await ana.finish();
});

/** Every byte that a desk keeps on disk. */
const onDisk = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
    .join('\n');

test('[T10] [T13] a desk that the administration revokes removes all that it keeps, says so, and can be enrolled anew', async () => {
  const revoked = await office.openDesk();
  const key = join(revoked.dataFolder, 'keys', 'desk-1.key');
  const luis = await office.openDeskPage(revoked);
  await luis.signIn('luis@demo.test', office.demo.password);
  const { id, code } = await office.issueTicket('Soporte técnico');
  await expect(luis.row(code)).toBeVisible();
  await expect.poll(() => onDisk(revoked.dataFolder)).toContain(id);
  const keyBefore = readFileSync(key);

  const { desks } = (await office.admin('desk', 'list')) as { desks: { id: string; lastSignInAt: number }[] };
  const [own] = desks.toSorted((one, other) => other.lastSignInAt - one.lastSignInAt);
  expect(await office.admin('desk', 'revoke', own?.id ?? '')).toMatchObject({ id: own?.id });
  await expect(luis.page.getByText(/^Este equipo se dio de baja desde la central y se borró/)).toBeVisible();
  // What is told of the line is told by the new desk that has taken its place.
  await luis.page.reload();
  await expect(luis.page.getByText('Central disponible')).toBeVisible();
  expect(onDisk(revoked.dataFolder)).not.toContain(id);
  expect(readFileSync(key).equals(keyBefore)).toBe(false);

  await luis.signIn('luis@demo.test', office.demo.password);
  await expect(luis.row(code)).toBeVisible();
});
