import { expect, test } from '@playwright/test';
import { threeCameras } from './support/cameras.ts';
import type { DeskPage } from './support/desk-page.ts';
import { expectMoving, GuestPage, invitedUrl } from './support/guest-page.ts';
import { openOffice, type Desk, type Office } from './support/office.ts';

// One virtual attention from the link to the end: built server and desk, two browsers with real media between them.
test.describe.configure({ mode: 'serial' });
// The second fake camera gives depth, which no call sends: the third is the other one.
test.use({
  launchOptions: [
    async ({ launchOptions }, use) => {
      await use({ ...launchOptions, args: threeCameras(launchOptions.args) });
    },
    { scope: 'worker' },
  ],
});

let office: Office;
let desk: Desk;
let luis: DeskPage;
let guest: GuestPage;
let code: string;
let link: string;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
  desk = await office.openDesk();
  luis = await office.openDeskPage(desk);
  await luis.signIn('luis@demo.test', office.demo.password);
  await luis.setManual(true);
  await luis.choose('Estado', 'En línea');
});

test.afterAll(async () => {
  await office.close();
});

test('[S2-34] a virtual turn is called, and its video opens in llamando, waiting for the customer', async () => {
  ({ code } = await office.issueTicket('asesoria-virtual', {
    kind: 'virtual',
    contact: { documentType: 'CC', documentNumber: '52418903', firstName: 'Lucía', lastName: 'Benítez' },
  }));
  await luis.row(code).getByRole('button', { name: 'Atender' }).click();
  await expect(luis.attention.getByText('Llamando').first()).toBeVisible();
  await expect(luis.attention.getByRole('status')).toContainText('Esperando a que Lucía');
  await expectMoving(luis.attention.getByLabel('Su imagen'));
});

test('[S2-40] [S2-44] Generar QR gives the link, as a code and to be copied', async () => {
  await luis.button('Menú de opciones').click();
  await luis.page.getByRole('menuitem', { name: 'Generar QR' }).click();
  const dialog = luis.dialog('Generar QR');
  await expect(dialog.getByRole('img', { name: `Código QR del tiquete ${code}` })).toBeVisible();
  link = await dialog.getByRole('textbox', { name: 'Enlace' }).inputValue();
  expect(link).toMatch(new RegExp(`^${office.server}/video#[\\w-]{43}$`));
  await dialog.getByRole('button', { name: 'Listo' }).click();
});

test('[S2-26] [S2-34] the customer enters, and is simply there: both see each other, and it is Atendiendo', async () => {
  guest = new GuestPage(await office.openPage(link, { width: 390, height: 844 }));
  await guest.button('Entrar').click();
  await expect(luis.attention.getByText('Atendiendo').first()).toBeVisible();
  await expectMoving(luis.attention.getByLabel(/^Imagen de Lucía/));
  await expectMoving(guest.page.getByLabel('Video de Luis'));
  await luis.showTimeline();
  await expect(luis.timeline).toContainText('El cliente entró por el enlace');
});

test('[S2-38] [S2-39] camera and microphone are turned off and on, and the other side sees it', async () => {
  await luis.button('Micrófono').click();
  await expect(guest.page.getByText('Luis tiene el micrófono apagado')).toBeVisible();
  await luis.button('Cámara').click();
  await expect(guest.page.getByText('Luis tiene la cámara apagada')).toBeVisible();
  await luis.button('Micrófono').click();
  await luis.button('Cámara').click();
  await expectMoving(guest.page.getByLabel('Video de Luis'));
  await guest.button('Cámara').click();
  await expect(luis.attention.getByText(/está sin cámara$/)).toBeVisible();
  await guest.button('Cámara').click();
  await expectMoving(luis.attention.getByLabel(/^Imagen de Lucía/));
});

test('[S2-42] Compartir Pantalla shows the screen to the customer until it is stopped', async () => {
  await luis.button('Menú de opciones').click();
  await luis.page.getByRole('menuitem', { name: 'Compartir Pantalla' }).click();
  await expect(luis.page.getByText('Está compartiendo su pantalla')).toBeVisible();
  await expectMoving(guest.page.getByLabel('Luis comparte su pantalla'));
  await expect(luis.timeline).toContainText('empezó a compartir su pantalla');
  await luis.button('Dejar de compartir').click();
  await expect(luis.timeline).toContainText('dejó de compartir su pantalla');
  await expect(guest.page.getByLabel('Luis comparte su pantalla')).toHaveCount(0);
  await expectMoving(guest.page.getByLabel('Video de Luis'));
});

test('[S2-43] Configuración shows the devices, and a change of camera does not drop the call', async () => {
  await luis.button('Menú de opciones').click();
  await luis.page.getByRole('menuitem', { name: 'Configuración' }).click();
  const dialog = luis.dialog('Configuración');
  await expect(dialog.getByRole('combobox', { name: 'Micrófono' })).not.toBeEmpty();
  const camera = dialog.getByRole('combobox', { name: 'Cámara' });
  await expect(camera).toContainText('fake_device_0');
  await camera.click();
  await luis.page.getByRole('option', { name: 'fake_device_2' }).click();
  await expect(camera).toContainText('fake_device_2');
  await expectMoving(guest.page.getByLabel('Video de Luis'));
  await dialog.getByRole('button', { name: 'Cerrar' }).last().click();
});

test('[B62] [T1] on another device the same link lets nobody in', async () => {
  const other = new GuestPage(await office.openPage(link, { width: 390, height: 844, mayBeRefused: true }));
  await other.button('Entrar').click();
  await expect(other.page.getByText('Este enlace ya se usó en otro dispositivo')).toBeVisible();
  await expectMoving(guest.page.getByLabel('Video de Luis'));
});

test('[R17] a guest who reloads the page is back in the same attention', async () => {
  await guest.page.reload();
  await guest.button('Entrar').click();
  await expectMoving(guest.page.getByLabel('Video de Luis'));
  await expectMoving(luis.attention.getByLabel(/^Imagen de Lucía/));
  await expect(luis.timeline).toContainText('Se cortó la llamada; se está reconectando');
  await expect(luis.attention.getByText('Atendiendo').first()).toBeVisible();
});

test('[R17] the desk is killed in the video and starts again: the guest waits, and one press of the agent opens it anew', async () => {
  await Promise.all([luis.page.close(), desk.running.stop('SIGKILL')]);
  await expect(guest.page.getByRole('status')).toContainText('Se perdió la conexión con Luis.', { timeout: 60_000 });
  await expect(guest.page.getByRole('status')).toContainText('no cierre esta página');
  desk = await office.openDesk({ dataFolder: desk.dataFolder, wire: desk.wire });
  luis = await office.openDeskPage(desk);
  await expect(luis.page.getByRole('textbox', { name: 'Correo' })).toHaveValue('luis@demo.test');
  await luis.signIn('luis@demo.test', office.demo.password);
  await luis.setManual(true);

  await expect(luis.attention).toContainText(code);
  await expect(luis.attention.getByText('Atendiendo').first()).toBeVisible();
  await expect(luis.attention).toContainText('La videollamada no está abierta en esta ventana.');
  // Nobody is seen before they want to be.
  await expect(luis.page.locator('video')).toHaveCount(0);
  await luis.attention.getByRole('button', { name: 'Abrir la videollamada' }).click();
  await expectMoving(luis.attention.getByLabel(/^Imagen de Lucía/));
  await expectMoving(guest.page.getByLabel('Video de Luis'));
  await expect(guest.page.getByRole('status')).not.toContainText('Se perdió la conexión');
});

test('[S2-36] [T25] Terminar atención ends it for both, and no camera goes on', async () => {
  await luis.button('Terminar atención').click();
  await expect(guest.page.getByText('Su atención terminó')).toBeVisible();
  await expect(luis.button('Terminar atención')).toHaveCount(0);
  await expect(luis.page.locator('video')).toHaveCount(0);
  await expect(guest.page.locator('video')).toHaveCount(0);
});

/** Somebody else waits, with the page of their own turn. */
const wait = async ({ hasCamera }: { hasCamera: boolean }): Promise<{ page: GuestPage; code: string }> => {
  const issued = await office.issueTicket('asesoria-virtual', { kind: 'virtual' });
  const page = await office.openPage('about:blank', { width: 390, height: 844 });
  if (!hasCamera) {
    await page.addInitScript(() => {
      const { mediaDevices } = navigator;
      const ask = mediaDevices.getUserMedia.bind(mediaDevices);
      // As Chromium answers where the person has blocked the camera; its fake one is always granted.
      const refuse = (): Promise<never> => Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
      mediaDevices.getUserMedia = (wanted) => (wanted?.video ? refuse() : ask(wanted));
    });
  }
  await page.goto(await invitedUrl(office, issued));
  const entered = new GuestPage(page);
  await entered.button('Entrar').click();
  return { page: entered, code: issued.code };
};

test('[S2-34] a guest whose equipment and line are good is Listo at the desk, before anybody calls', async () => {
  const waiting = await wait({ hasCamera: true });
  await expect(waiting.page.page.getByText('Buena para video')).toBeVisible({ timeout: 90_000 });
  await expect(luis.row(waiting.code)).toContainText('Equipo listo: video y audio');
  await expect(luis.row(waiting.code)).toContainText('Listo');
  await waiting.page.page.close();
  await expect(luis.row(waiting.code)).not.toContainText('Listo');
});

test('[S2-34] [B73] without a camera it is Solo audio, and so the call begins', async () => {
  const waiting = await wait({ hasCamera: false });
  await expect(waiting.page.page.getByText('Buena para video')).toBeVisible({ timeout: 90_000 });
  await expect(luis.row(waiting.code)).toContainText('Sin permiso de cámara');
  await expect(luis.row(waiting.code)).toContainText('Solo audio');
  await luis.row(waiting.code).getByRole('button', { name: 'Atender' }).click();
  await expectMoving(waiting.page.page.getByLabel('Video de Luis'));
  await expect(luis.attention.getByText(/está sin cámara$/)).toBeVisible();
  await luis.button('Terminar atención').click();
  await expect(waiting.page.page.getByText('Su atención terminó')).toBeVisible();
});
