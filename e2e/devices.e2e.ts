import { expect, test, type Locator, type Page } from '@playwright/test';
import { threeCameras } from './support/cameras.ts';
import type { DeskPage } from './support/desk-page.ts';
import { expectMoving, GuestPage, invitedUrl } from './support/guest-page.ts';
import { openOffice, type Office } from './support/office.ts';

// Cameras, microphones and speakers before a call and in it, and what is shared: Chromium's own fake devices, real media.
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

const OTHER = 'fake_device_2';

let office: Office;
let luis: DeskPage;
let guest: GuestPage;
let waiting: string;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
  luis = await office.openDeskPage(await office.openDesk());
  await luis.signIn('luis@demo.test', office.demo.password);
  await luis.setManual(true);
  await luis.choose('Estado', 'En línea');
});

test.afterAll(async () => {
  await office.close();
});

/** The fake microphone beeps once a second. */
async function expectHeard(inside: Locator | Page): Promise<void> {
  const meter = inside.getByRole('meter', { name: 'Nivel del micrófono' });
  await expect.poll(async () => Number(await meter.getAttribute('aria-valuenow'))).toBeGreaterThan(20);
}

/** From now on the browser lists the camera no more, or again; what it captures is as it was. */
const plug = (page: Page, isIn: boolean): Promise<void> =>
  page.evaluate(
    ({ isIn, label }) => {
      const { mediaDevices } = navigator;
      Reflect.deleteProperty(mediaDevices, 'enumerateDevices');
      const real = mediaDevices.enumerateDevices.bind(mediaDevices);
      if (!isIn) {
        mediaDevices.enumerateDevices = async () => (await real()).filter((device) => !device.label.includes(label));
      }
      mediaDevices.dispatchEvent(new Event('devicechange'));
    },
    { isIn, label: OTHER },
  );

test('[S2-43] [T25] before a call the agent tries camera, microphone and speaker, after a click alone', async () => {
  await luis.userMenu('Cámara y sonido');
  const dialog = luis.dialog('Configuración');
  await expect(dialog.getByRole('button', { name: 'Encender cámara y micrófono' })).toBeVisible();
  await expect(luis.page.locator('video')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Encender cámara y micrófono' }).click();
  await expectMoving(dialog.getByLabel('Su imagen'));
  await expectHeard(dialog);
  await dialog.getByRole('button', { name: 'Probar el altavoz' }).click();
  await expect(dialog.getByText('Sonaron tres notas.')).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Cámara' }).click();
  await luis.page.getByRole('option', { name: OTHER }).click();
  await expect(dialog.getByRole('combobox', { name: 'Cámara' })).toContainText(OTHER);
  await dialog.getByRole('combobox', { name: 'Altavoz' }).click();
  await luis.page.getByRole('option').last().click();
  await dialog.getByRole('button', { name: 'Probar el altavoz' }).click();
  await expect(dialog.getByText('Sonaron tres notas.')).toBeVisible();
  const track = await dialog.getByLabel('Su imagen').evaluateHandle((video: HTMLVideoElement) => {
    const [own] = (video.srcObject as MediaStream).getVideoTracks();
    return own;
  });
  await dialog.getByRole('button', { name: 'Cerrar' }).last().click();
  await expect(luis.page.locator('video')).toHaveCount(0);
  expect(await track.evaluate((own) => own?.readyState)).toBe('ended');
});

test('[S2-43] the guest chooses in the waiting room, and finds it again on coming back', async () => {
  waiting = (
    await office.issueTicket('asesoria-virtual', {
      kind: 'virtual',
      contact: { documentType: 'CC', documentNumber: '79555123', firstName: 'Ramiro', lastName: 'Quintero' },
    })
  ).code;
  const ticket = await office.issueTicket('asesoria-virtual', {
    kind: 'virtual',
    contact: {
      documentType: 'CC',
      documentNumber: '52418903',
      firstName: 'Lucía',
      lastName: 'Benítez',
      phone: '+573105550142',
      email: 'lucia.benitez@ejemplo.test',
    },
  });
  guest = new GuestPage(await office.openPage(await invitedUrl(office, ticket), { width: 390, height: 844 }));
  await guest.enter();
  await guest.button('Ajustes').click();
  await expectHeard(guest.page);
  await guest.page.getByRole('combobox', { name: 'Cámara' }).selectOption({ label: OTHER });
  await guest.button('Probar el altavoz').click();
  await expect(guest.page.getByText('Sonaron tres notas.')).toBeVisible();
  await guest.page.reload();
  await guest.enter();
  await guest.button('Ajustes').click();
  await expect(guest.page.getByRole('combobox', { name: 'Cámara' }).locator('option:checked')).toHaveText(OTHER);
  await guest.button('Cerrar').click();
  await luis.row(ticket.code).getByRole('button', { name: 'Atender' }).click();
  await expect(luis.attention.getByText('Atendiendo').first()).toBeVisible({ timeout: 90_000 });
  await expectMoving(guest.page.getByLabel('Video de Luis'));
  await expectMoving(luis.attention.getByLabel(/^Imagen de Lucía/));
});

test('[S2-43] the agent’s video opens with the camera that they chose before', async () => {
  await luis.button('Menú de opciones').click();
  await luis.page.getByRole('menuitem', { name: 'Configuración' }).click();
  const dialog = luis.dialog('Configuración');
  await expect(dialog.getByRole('combobox', { name: 'Cámara' })).toContainText(OTHER);
  await expectHeard(dialog);
  await dialog.getByRole('button', { name: 'Cerrar' }).last().click();
});

test('[S2-43] [B73] a camera that is unplugged is replaced in words, and used again when it is back; the call goes on', async () => {
  await plug(luis.page, false);
  await expect(luis.attention.getByText(/^Se desconectó fake_device_2\. Ahora se usa fake_device_/)).toBeVisible();
  await expectMoving(guest.page.getByLabel('Video de Luis'));
  await plug(luis.page, true);
  await expect(luis.attention.getByText('Volvió fake_device_2 y se usa de nuevo.')).toBeVisible();
  await expectMoving(guest.page.getByLabel('Video de Luis'));
  await plug(guest.page, false);
  await expect(guest.page.getByText(/^Se desconectó fake_device_2\. Ahora se usa/)).toBeVisible();
  await expectMoving(luis.attention.getByLabel(/^Imagen de Lucía/));
});

test('[S2-43] in the call the guest has the settings too', async () => {
  await guest.button('Ajustes').click();
  const sheet = guest.page.getByRole('dialog', { name: 'Ajustes de cámara y sonido' });
  await expectHeard(sheet);
  await sheet.getByRole('combobox', { name: 'Micrófono' }).selectOption({ index: 1 });
  await sheet.getByRole('button', { name: 'Cerrar' }).click();
  await expectMoving(luis.attention.getByLabel(/^Imagen de Lucía/));
});

test('[S2-42] [T32] while something is shared it is said, and no identifier and no other customer is in the page', async () => {
  // Four whole figures and a name of who else waits, and what tells who is attended.
  const secrets = ['52.418.903', '52418903', '5550142', '555 0142', 'lucia.benitez@', 'Ramiro', '5123'];
  const inPage = (): Promise<string[]> =>
    luis.page.evaluate((wanted) => {
      const fields = [...document.querySelectorAll('input, textarea')] as HTMLInputElement[];
      const markup = [document.body.innerHTML, ...fields.map(({ value }) => value)].join('\n');
      return wanted.filter((secret) => markup.includes(secret));
    }, secrets);
  await expect(luis.row(waiting)).toContainText('Ramiro');
  expect(await inPage()).toEqual(expect.arrayContaining(['lucia.benitez@', 'Ramiro', '5123']));
  await luis.button('Menú de opciones').click();
  await luis.page.getByRole('menuitem', { name: 'Compartir Pantalla' }).click();
  await expect(luis.page.getByText('Está compartiendo su pantalla')).toBeVisible();
  await expectMoving(guest.page.getByLabel('Luis comparte su pantalla'));
  expect(await inPage()).toEqual([]);
  await luis.row(waiting).click();
  await expect(luis.attention.getByText('Oculto mientras comparte su pantalla.')).toBeVisible();
  expect(await inPage()).toEqual([]);
  await luis.button('Dejar de compartir').click();
  await expect(guest.page.getByLabel('Luis comparte su pantalla')).toHaveCount(0);
  await expect(luis.row(waiting)).toContainText('Ramiro');
  await luis.attention.getByRole('button', { name: 'Cerrar' }).click();
});

test('[S2-34] [S2-36] the call in a small window of its own: picture, microphone, and the end for both', async () => {
  await luis.button('Ventana flotante').click();
  // The window belongs to the page that opened it.
  const small = await luis.page.evaluateHandle(
    () =>
      (window as unknown as { documentPictureInPicture: { window: Window | null } }).documentPictureInPicture.window,
  );
  const seen = () =>
    small.evaluate((window) => ({
      frames: window?.document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
      width: window?.document.querySelector('button')?.offsetWidth,
    }));
  const press = (name: string): Promise<void> =>
    small.evaluate(
      (window, name) => window?.document.querySelector<HTMLElement>(`[aria-label="${name}"]`)?.click(),
      name,
    );
  await expect.poll(async () => (await seen()).frames).toBeGreaterThan(5);
  await expect.poll(async () => (await seen()).width).toBe(44);
  await press('Micrófono');
  await expect(guest.page.getByText('Luis tiene el micrófono apagado')).toBeVisible();
  await press('Terminar atención');
  await expect(guest.page.getByText('Su atención terminó')).toBeVisible();
  await expect.poll(() => small.evaluate((window) => window?.closed)).toBe(true);
});
