import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import type { DeskPage } from './support/desk-page.ts';
import { expectMoving, GuestPage } from './support/guest-page.ts';
import { openOffice, type Office } from './support/office.ts';

// T&C in one video, from the agent's sheet to the receipts after it: built server and desk, two browsers, real media.
test.describe.configure({ mode: 'serial' });

const FOLIO = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/;

let office: Office;
let luis: DeskPage;
let guest: GuestPage;
let acceptedFolio: string;

const sheet = () => luis.page.getByRole('region', { name: 'Enviar T&C' });
const asked = () => guest.page.getByRole('dialog', { name: 'Términos y condiciones' });
const folioIn = (words: string | null): string => FOLIO.exec(words ?? '')?.[0] ?? 'none';

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

test('[S2-26] [S2-34] a customer comes in by the link, and they talk', async () => {
  const { code } = await office.issueTicket('asesoria-virtual', {
    kind: 'virtual',
    contact: { documentType: 'CC', documentNumber: '52418903', firstName: 'Lucía', lastName: 'Benítez' },
  });
  await luis.row(code).getByRole('button', { name: 'Atender' }).click();
  await luis.button('Menú de opciones').click();
  await luis.page.getByRole('menuitem', { name: 'Generar QR' }).click();
  const dialog = luis.dialog('Generar QR');
  const link = await dialog.getByRole('textbox', { name: 'Enlace' }).inputValue();
  await dialog.getByRole('button', { name: 'Listo' }).click();
  guest = new GuestPage(await office.openPage(link, { width: 390, height: 844 }));
  await guest.button('Entrar').click();
  await expect(luis.attention.getByText('Atendiendo').first()).toBeVisible();
});

test('[S2-40] [S2-41] F6 opens the sheet beside the video, and a template is sent to the customer, who has it over the call', async () => {
  await luis.page.keyboard.press('F6');
  await expect(sheet()).toBeFocused();
  await expect(sheet().getByRole('combobox', { name: 'Plantilla' })).toContainText(
    'Contratación de servicio · versión',
  );
  await expectMoving(luis.attention.getByLabel(/^Imagen de Lucía/));
  await expectAccessible(luis.page, 'the sheet of the agent');
  await sheet().getByRole('button', { name: 'Enviar T&C', exact: true }).click();
  await expect(asked()).toBeVisible();
  await expect(asked().getByRole('heading', { name: 'Términos y condiciones' })).toBeFocused();
  await expect(asked().getByText('Contratación de servicio · enviado por Luis')).toBeVisible();
  await expect(sheet().getByText('Esperando respuesta')).toBeVisible();
  await expect(sheet().getByText('Abierto')).toBeVisible();
  await expectAccessible(guest.page, 'the sheet of the guest');
  const { height } = (await asked().boundingBox()) ?? { height: 0 };
  expect(Math.round((height / 844) * 100)).toBe(70);
});

test('[S2-41] [T24] read to the end and accepted: both have the same folio, and the agent only once it is recorded', async () => {
  await expect(sheet().getByText('Leído hasta el final')).toHaveCount(0);
  await asked()
    .getByRole('region', { name: 'Contratación de servicio' })
    .evaluate((text) => text.scrollTo(0, text.scrollHeight));
  await expect(sheet().getByText('Leído hasta el final')).toBeVisible();
  await expect(sheet().getByText('Aceptado')).toHaveCount(0);
  await asked().getByRole('button', { name: 'Acepto', exact: true }).click();
  const outcome = guest.page.getByRole('dialog', { name: 'Aceptó estos términos' });
  await expect(outcome).toBeVisible();
  await expect(sheet().getByText('Aceptado')).toBeVisible();
  acceptedFolio = folioIn(await outcome.textContent());
  expect(acceptedFolio).toMatch(FOLIO);
  await expect(sheet().getByText(acceptedFolio)).toBeVisible();
  await expect(outcome.getByRole('link', { name: 'Ver comprobante y PDF' })).toHaveAttribute('href', /\/receipt#/);
  await expect(sheet().getByRole('link', { name: 'Abrir comprobante y PDF' })).toHaveAttribute('href', /\/receipt#/);
  await outcome.getByRole('button', { name: 'Volver a la llamada' }).click();
  await expectMoving(guest.page.getByLabel('Video de Luis'));
});

test('[S2-41] [R17] an edited text waits for a page that was put aside and loaded anew, and is refused', async () => {
  await sheet().getByRole('button', { name: 'Enviar otro' }).click();
  await sheet().getByRole('combobox', { name: 'Plantilla' }).click();
  await luis.page.getByRole('option', { name: /^Tratamiento de datos personales/ }).click();
  const field = sheet().getByRole('textbox', { name: 'Texto que verá el cliente' });
  await field.fill('Solo para <b>esta</b> atención.');
  await expect(sheet().getByText(/será una versión propia/)).toBeVisible();
  await sheet().getByRole('button', { name: 'Enviar T&C', exact: true }).click();
  await expect(asked()).toBeVisible();
  await guest.page.keyboard.press('Escape');
  await expect(asked()).toHaveCount(0);
  await expect(guest.button('Leer los términos y responder')).toBeVisible();
  await expect(sheet().getByText('Esperando respuesta')).toBeVisible();
  await guest.page.reload();
  await guest.button('Entrar').click();
  await expect(asked()).toBeVisible();
  await expect(asked().getByText('Solo para <b>esta</b> atención.')).toBeVisible();
  await asked().getByRole('button', { name: 'No acepto' }).click();
  const outcome = guest.page.getByRole('dialog', { name: 'No aceptó estos términos' });
  await expect(outcome).toBeVisible();
  await expect(sheet().getByText('No aceptado')).toBeVisible();
  await expect(sheet().getByText('El servicio puede continuar sin esta aceptación.')).toBeVisible();
  await outcome.getByRole('button', { name: 'Volver a la llamada' }).click();
});

test('[S2-41] what the agent takes back is unanswered for both', async () => {
  await sheet().getByRole('button', { name: 'Enviar otro' }).click();
  await sheet().getByRole('button', { name: 'Enviar T&C', exact: true }).click();
  await expect(asked()).toBeVisible();
  await sheet().getByRole('button', { name: 'Retirar', exact: true }).click();
  await expect(guest.page.getByRole('dialog', { name: /se cerraron sin respuesta/ })).toBeVisible();
  await expect(sheet().getByText('Sin respuesta', { exact: true })).toBeVisible();
  await guest.button('Volver a la llamada').click();
  await luis.page.keyboard.press('Escape');
  await expect(sheet()).toHaveCount(0);
  // It is written down a moment later, with a folio of its own.
  await luis.showTimeline();
  await expect(luis.timeline).toContainText('T&C: se retiró sin respuesta');
});

test('[S2-45] a Tag stands in the timeline at the moment at which it was begun', async () => {
  const tag = luis.page.getByRole('textbox', { name: 'Tag' });
  await expect(tag).toHaveAttribute('placeholder', /^Tag en \d\d:\d\d$/);
  await tag.pressSequentially('Pide copia del contrato');
  await tag.press('Enter');
  await expect(tag).toHaveValue('');
  await expect(tag).toBeFocused();
  await luis.showTimeline();
  await expect(luis.timeline).toContainText(/Tag \d\d:\d\d — Pide copia del contrato/);
});

test('[S2-41] after the call the customer keeps the receipts, and takes the acceptance back there', async () => {
  await luis.button('Terminar atención').click();
  await expect(guest.page.getByText('Su atención terminó')).toBeVisible();
  const receipts = guest.page.getByRole('region', { name: 'Sus comprobantes' });
  await expect(receipts.getByRole('link', { name: 'Ver comprobante y PDF' })).toHaveCount(3);
  await expect(receipts.getByText(acceptedFolio)).toBeVisible();
  await expectAccessible(guest.page, 'the receipts');
  await receipts.getByRole('button', { name: 'Retirar mi aceptación' }).click();
  await expect(receipts.getByText(/Retiró su aceptación/)).toBeVisible();
});
