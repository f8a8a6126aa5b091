import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import type { DeskPage } from './support/desk-page.ts';
import { expectMoving, GuestPage } from './support/guest-page.ts';
import { takeTicket } from './support/kiosk-page.ts';
import type { PageOptions } from './support/watched-page.ts';
import { openOffice, type Office } from './support/office.ts';
import type { Wire } from './support/wire.ts';

// A turn that its customer carries along: kiosk, phone, video, counter; and what a phone says to who did not come.
test.describe.configure({ mode: 'serial' });

const PHONE = { width: 390, height: 844 };

let office: Office;
let luis: DeskPage;
let display: Page;
let wire: Wire;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser, { hasPagesWire: true });
  wire = office.pagesWire as Wire;
  luis = await office.openDeskPage(await office.openDesk());
  await luis.signIn('luis@demo.test', office.demo.password);
  await luis.setManual(true);
  await luis.choose('Estado', 'En línea');
  display = await openPage(office.display, {});
});

test.afterAll(async () => {
  await office.close();
});

/** A customer's page, over the wire that the server takes for its own address. */
const openPage = (url: string, options: PageOptions = PHONE): Promise<Page> =>
  office.openPage(url.replace(office.server, wire.url), options);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const call = (code: string): Promise<void> => luis.row(code).getByRole('button', { name: 'Atender' }).click();
test('[S2-10] [PT1] kiosk turn → phone → video → counter: one ticket, one wait, one row', async () => {
  const kiosk = await openPage(office.kiosk, {});
  const before = await takeTicket(kiosk, 'Soporte técnico');
  const { code, turnUrl } = await takeTicket(kiosk, 'Soporte técnico');
  await expect(luis.row(code)).toContainText('Turno');

  const phone = await openPage(turnUrl);
  await expect(phone.getByText('Falta 1 persona')).toBeVisible();
  await expectAccessible(phone, 'a turn with a way to the video');
  await button(phone, 'Atenderme por video').click();
  const guest = new GuestPage(phone);
  await guest.enter();
  await expect(phone.getByText(`Tiquete ${code}`)).toBeVisible();
  await expect(phone.getByText('2.º')).toBeVisible();
  await expect(luis.row(code)).toContainText('Virtual');
  await expect(luis.row(code)).toContainText('Listo', { timeout: 90_000 });
  await expect(luis.waiting.getByRole('listitem')).toHaveCount(2);
  await expectAccessible(phone, 'the waiting room with a way back');

  await button(phone, 'Volver a la sucursal').click();
  await expect(phone.getByText('Falta 1 persona')).toBeVisible();
  await expect(phone.getByRole('heading', { name: code })).toBeVisible();
  await expect(luis.row(code)).toContainText('Turno');
  await expect(luis.row(code)).not.toContainText('Listo');
  await expect(luis.waiting.getByRole('listitem')).toHaveCount(2);

  await call(code);
  await expect(display.getByText(code).first()).toBeVisible();
  await expect(phone.getByRole('heading', { name: 'Es su turno' })).toBeVisible();
  await luis.attention.getByRole('button', { name: 'Atender', exact: true }).click();
  await expect(luis.page.locator('video')).toHaveCount(0);
  for (const line of ['El cliente pasó a video', 'El cliente volvió a la sucursal']) {
    await expect(luis.timeline).toContainText(line);
  }
  await luis.button('Finalizar ticket').click();
  await expect(phone.getByText('Su atención terminó')).toBeVisible();
  await expect(luis.waiting.getByRole('listitem')).toHaveCount(1);
  await expect(luis.row(before.code)).toBeVisible();
});

test('[S2-34] [S2-55] [PT4] an agent who calls a hopped ticket has its video open in llamando, and the waiting room hears nothing', async () => {
  const { code, turnUrl } = await office.issueTicket('soporte-tecnico');
  const phone = await openPage(turnUrl);
  await button(phone, 'Atenderme por video').click();
  await new GuestPage(phone).enter();
  await call(code);
  await expectMoving(phone.getByLabel('Video de Luis'));
  await expectMoving(luis.attention.getByLabel(/^Imagen de/));
  await expect(luis.attention.getByText('Atendiendo').first()).toBeVisible();
  // The display has followed the branch to here: the next call at a counter stands on it, this one does not.
  await luis.button('Terminar atención').click();
  await expect(phone.getByText('Su atención terminó')).toBeVisible();
  const next = await office.issueTicket('soporte-tecnico');
  await call(next.code);
  await expect(display.getByText(next.code).first()).toBeVisible();
  await expect(display.getByText(code)).toHaveCount(0);
  await luis.noShow('Cancelar ticket');
});

test('[R7] [PT1] a phone without the line keeps its turn, and says why it cannot change it', async () => {
  const { turnUrl } = await office.issueTicket('soporte-tecnico');
  const phone = await office.openPage('about:blank', PHONE);
  await phone.clock.install();
  await phone.goto(turnUrl.replace(office.server, wire.url));
  await expect(button(phone, 'Atenderme por video')).toBeEnabled();
  wire.stall();
  await phone.clock.fastForward(20_000);
  await expect(button(phone, 'Atenderme por video')).toBeDisabled();
  await expect(phone.getByText('Sin conexión no se puede cambiar. Su lugar se conserva.')).toBeVisible();
  wire.mend();
  await phone.clock.fastForward(30_000);
  await expect(button(phone, 'Atenderme por video')).toBeEnabled();
  await phone.close();
});

test('[S2-35] [PT5] who did not come is told so on the phone, goes back to the line, or takes another turn with one touch', async () => {
  const { code, turnUrl } = await office.issueTicket('caja');
  const phone = await openPage(turnUrl);
  await call(code);
  await luis.noShow('Reencolar ticket');
  await expect(
    phone.getByText('Lo llamamos y no hubo respuesta. Sigue en la fila, más atrás que antes.'),
  ).toBeVisible();
  await call(code);
  await luis.noShow('Cancelar ticket');
  await expect(phone.getByRole('heading', { name: 'Se llamó su turno y no hubo respuesta' })).toBeVisible();
  await expectAccessible(phone, 'a turn that was missed');
  await button(phone, 'Pedir otro turno').click();
  const other = phone.getByRole('heading', { level: 1 });
  await expect(other).toHaveText(new RegExp(`^(?!${code}$)C-\\d{3}$`));
  await expect(luis.row((await other.textContent()) ?? '')).toBeVisible();
});

test('[S2-26] [S2-35] [S2-44] [PT5] from a video it is another video, also after No se presenta while it rings, and the guest is simply there', async () => {
  const { code, turnUrl } = await office.issueTicket('asesoria-virtual', { kind: 'virtual' });
  const phone = await openPage(turnUrl);
  await button(phone, 'Entrar a la videollamada').click();
  await new GuestPage(phone).enter();
  await call(code);
  await expectMoving(phone.getByLabel('Video de Luis'));
  await luis.button('Terminar atención').click();
  await expect(phone.getByText('Su atención terminó')).toBeVisible();
  await expect(button(phone, 'Pedir otro turno')).toHaveCount(0);

  const missed = await office.issueTicket('asesoria-virtual', { kind: 'virtual' });
  const guest = await openPage(missed.turnUrl);
  await button(guest, 'Entrar a la videollamada').click();
  await new GuestPage(guest).enter();
  // Cancelled before anybody attends: an agent's call would be answered by the page that is there.
  await luis.row(missed.code).click();
  await luis.attention.getByRole('button', { name: 'Cancelar ticket' }).click();
  await luis.page
    .getByRole('dialog')
    .getByRole('button', { name: /^Cancelar ticket/ })
    .click();
  await expect(guest.getByRole('heading', { name: 'Esta atención se canceló' })).toBeVisible();
  await button(guest, 'Pedir otro turno').click();
  await new GuestPage(guest).enter();
  await expect(guest).toHaveTitle(/^A-\d{3} · En espera$/);
  const unheard = (await guest.title()).slice(0, 5);
  expect(unheard).not.toBe(missed.code);

  // Nothing reaches the guest: the call rings until the agent presses No se presenta.
  wire.stall();
  await call(unheard);
  await expect(luis.attention.getByText('Llamando').first()).toBeVisible();
  await luis.noShow('Cancelar ticket');
  await expect(luis.button('No se presenta')).toHaveCount(0);
  wire.mend();
  await expect(guest.getByRole('heading', { name: 'Se le llamó y no hubo respuesta' })).toBeVisible();
  await expect(guest.locator('video')).toHaveCount(0);
  await button(guest, 'Pedir otro turno').click();
  await new GuestPage(guest).enter();
  await expect(guest).toHaveTitle(/^A-\d{3} · En espera$/);
  const renewed = (await guest.title()).slice(0, 5);
  expect(renewed).not.toBe(unheard);
  await call(renewed);
  await expectMoving(guest.getByLabel('Video de Luis'));
  await luis.button('Terminar atención').click();
  await expect(guest.getByText('Su atención terminó')).toBeVisible();
});

test('[S2-20] [S2-44] Generar Ticket of a video service shows the QR for its customer, who enters by it', async () => {
  await luis.button('Generar Ticket').click();
  const dialog = luis.dialog('Generar Ticket');
  await dialog.getByRole('combobox', { name: 'Servicio' }).click();
  await luis.page.getByRole('option', { name: 'Asesoría virtual' }).click();
  await dialog.getByRole('button', { name: 'Generar Ticket' }).click();
  const invitation = luis.dialog('Generar QR');
  await expect(invitation.getByRole('img', { name: /^Código QR del tiquete A-/ })).toBeVisible();
  const link = await invitation.getByRole('textbox', { name: 'Enlace' }).inputValue();
  await invitation.getByRole('button', { name: 'Listo' }).click();
  const guest = new GuestPage(await openPage(link));
  await guest.enter();
  await expect(luis.waiting.getByRole('listitem').filter({ hasText: 'Listo' })).toHaveCount(1, { timeout: 90_000 });

  // Later too, from the line: this desk has it still.
  await luis.waiting.getByRole('listitem').filter({ hasText: 'Listo' }).click();
  await luis.attention.getByRole('button', { name: 'Generar QR' }).click();
  await expect(luis.dialog('Generar QR').getByRole('textbox', { name: 'Enlace' })).toHaveValue(link);
  await luis.dialog('Generar QR').getByRole('button', { name: 'Listo' }).click();
});
