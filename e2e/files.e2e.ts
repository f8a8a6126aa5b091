import { readFile } from 'node:fs/promises';
import { expect as expectSoon, test, type Locator } from '@playwright/test';
import { photoWithPlace } from '../src/server/files/testing/sample-files.ts';
import type { DeskPage } from './support/desk-page.ts';
import { expectMoving, GuestPage } from './support/guest-page.ts';
import { openOffice, type Desk, type Office } from './support/office.ts';

// Files of one video, both ways: built server and desk, two browsers, wires that can be cut.
test.describe.configure({ mode: 'serial' });

/** A process of its own looks each file through. */
const expect = expectSoon.configure({ timeout: 45_000 });

let office: Office;
let desk: Desk;
let luis: DeskPage;
let guest: GuestPage;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser, { hasPagesWire: true });
  desk = await office.openDesk();
  luis = await office.openDeskPage(desk, { mayLoseServer: true });
  await luis.signIn('luis@demo.test', office.demo.password);
  await luis.setManual(true);
  await luis.choose('Estado', 'En línea');
  const { code } = await office.issueTicket('asesoria-virtual', { kind: 'virtual', contact: { firstName: 'Lucía' } });
  await luis.row(code).getByRole('button', { name: 'Atender' }).click();
  await luis.button('Menú de opciones').click();
  await luis.page.getByRole('menuitem', { name: 'Generar QR' }).click();
  const dialog = luis.dialog('Generar QR');
  const link = await dialog.getByRole('textbox', { name: 'Enlace' }).inputValue();
  await dialog.getByRole('button', { name: 'Listo' }).click();
  guest = new GuestPage(
    await office.openPage(link, { width: 390, height: 844, mayBeRefused: true, mayLoseServer: true }),
  );
  await guest.button('Entrar').click();
  await expectMoving(guest.page.getByLabel('Video de Luis'));
});

test.afterAll(async () => {
  await office.close();
});

const ofDesk = (): Locator => luis.attention.getByRole('list', { name: 'Archivos de esta atención' });
const ofGuest = (): Locator => guest.page.getByRole('list', { name: 'Archivos compartidos' });
const pickAtDesk = (files: Parameters<Locator['setInputFiles']>[0]): Promise<void> =>
  luis.attention.getByLabel('Elegir archivos').setInputFiles(files);
const pickAsGuest = (files: Parameters<Locator['setInputFiles']>[0]): Promise<void> =>
  guest.page.locator('input[type=file]').setInputFiles(files);
const text = (name: string, bytes: number) => ({ name, mimeType: 'text/plain', buffer: Buffer.alloc(bytes, 'hola\n') });

test('[S2-47] [B31] a photo of the guest reaches the agent without the place where it was taken, and is saved by their own act', async () => {
  await guest.button('Archivos').click();
  await pickAsGuest({ name: 'contrato.jpg', mimeType: 'image/jpeg', buffer: await photoWithPlace() });
  await expect(ofGuest()).toContainText('se quitaron datos ocultos');
  await luis.attention.getByRole('tab', { name: 'Archivos' }).click();
  const row = ofDesk().getByRole('listitem').filter({ hasText: 'contrato.jpg' });
  await expect(row).toContainText('Externo');
  await expect(row).toContainText('se quitaron datos ocultos');
  await expect(row.getByRole('img', { name: 'Vista previa de contrato.jpg' })).toBeVisible();
  const downloading = luis.page.waitForEvent('download');
  await row.getByRole('button', { name: 'Descargar contrato.jpg' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('contrato.jpg');
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  expect(bytes.includes('Canario')).toBe(false);
});

test('[S2-47] a file of the agent reaches the guest, who is told and fetches it by their own act', async () => {
  await guest.button('Cerrar los archivos').click();
  await pickAtDesk(text('condiciones.txt', 2_000));
  await expect(ofDesk()).toContainText('condiciones.txt');
  await guest.button('Luis envió un archivo').click();
  const downloading = guest.page.waitForEvent('download');
  await ofGuest().getByRole('link', { name: 'Descargar condiciones.txt' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('condiciones.txt');
  expect((await readFile(await download.path())).length).toBe(2_000);
});

test('[S2-47] [B20] [B22] what is no file of those that are taken is refused on both sides, in words', async () => {
  const program = { name: 'programa.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ programa') };
  const page = { name: 'foto.png', mimeType: 'image/png', buffer: Buffer.from('<html><script>1</script></html>') };
  for (const file of [program, page]) {
    await pickAsGuest(file);
    const refused = ofGuest().getByRole('listitem').filter({ hasText: file.name });
    await expect(refused.getByRole('alert')).toContainText('No se envió.');
    await refused.getByRole('button', { name: `Quitar ${file.name} de la lista` }).click();
    await expect(refused).toHaveCount(0);
    await pickAtDesk(file);
    const atDesk = ofDesk().getByRole('listitem').filter({ hasText: file.name });
    await expect(atDesk.getByRole('alert')).toContainText('Tipo de archivo no permitido');
    await atDesk.getByRole('button', { name: `Quitar ${file.name} de la lista` }).click();
    await expect(atDesk).toHaveCount(0);
  }
});

/** What is left of tens of megabytes, looked through at the server. */
const ARRIVES_WITHIN = { timeout: 120_000 };

test('[S2-47] [B25] a file that was cut off goes on from where it was, on both sides', async () => {
  test.slow();
  await pickAsGuest(text('largo.txt', 20_000_000));
  await expect(ofGuest().getByText(/Enviando, [1-9]\d? %/)).toBeVisible();
  office.pagesWire?.cut();
  await expect(ofGuest().getByText(/Sin conexión\. Sigue por sí solo desde [1-9]\d? %/)).toBeVisible();
  office.pagesWire?.mend();
  await expect(ofGuest().getByRole('link', { name: 'Descargar largo.txt' })).toBeVisible(ARRIVES_WITHIN);
  await expect(ofDesk()).toContainText('largo.txt');

  await pickAtDesk(text('extenso.txt', 30_000_000));
  await expect(ofDesk().getByText(/Enviando, [1-9]\d? %/)).toBeVisible();
  desk.wire.cut();
  await expect(ofDesk().getByText(/Sin conexión: sigue al volver, desde [1-9]\d? %/)).toBeVisible();
  desk.wire.mend();
  await luis.comesBack();
  await expect(ofGuest().getByRole('link', { name: 'Descargar extenso.txt' })).toBeVisible(ARRIVES_WITHIN);
});

test('[S2-47] a file that is cancelled is nowhere', async () => {
  office.pagesWire?.cut();
  await pickAsGuest(text('no.txt', 3_000_000));
  await expect(ofGuest().getByText(/Sin conexión/)).toBeVisible();
  await guest.button('Cancelar el envío de no.txt').click();
  office.pagesWire?.mend();
  await expect(ofGuest().getByText('no.txt')).toHaveCount(0);
  await pickAsGuest(text('sí.txt', 100));
  await expect(ofDesk()).toContainText('sí.txt');
  await expect(ofDesk().getByText('no.txt')).toHaveCount(0);
});
