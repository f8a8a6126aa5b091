import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { takeTicket } from './support/kiosk-page.ts';
import { openOffice, type Office } from './support/office.ts';

let office: Office;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
});

test.afterAll(async () => {
  await office.close();
});

test('[S2-55] kiosk, display and phone have nothing that axe complains of', async () => {
  const kiosk = await office.openPage(office.kiosk, { width: 1080, height: 1920 });
  await expect(kiosk.getByRole('button', { name: 'Caja', exact: true })).toBeVisible();
  await expectAccessible(kiosk, 'services');
  await kiosk.getByRole('button', { name: 'Contraste' }).click();
  await expectAccessible(kiosk, 'services in high contrast');
  await kiosk.getByRole('button', { name: 'Caja', exact: true }).click();
  await expectAccessible(kiosk, 'document');
  await kiosk.getByRole('button', { name: 'Volver' }).click();
  const ticket = await takeTicket(kiosk, 'Caja');
  const display = await office.openPage(office.display, { width: 1920, height: 1080 });
  await expect(display.getByText(ticket.code)).toBeVisible();
  await expectAccessible(display, 'display');
  const phone = await office.openPage(ticket.turnUrl, { width: 390, height: 844 });
  await expect(phone.getByRole('heading', { name: ticket.code })).toBeVisible();
  await expectAccessible(phone, 'turn');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`[S2-01] the desk in ${colorScheme} has nothing that axe complains of, in each of its states`, async () => {
    const desk = await office.openDesk();
    const ana = await office.openDeskPage(desk, { colorScheme });
    const check = (what: string): Promise<void> => expectAccessible(ana.page, what);
    await expect(ana.button('Ingresar')).toBeVisible();
    await check('sign-in');
    await ana.fillSignIn('ana@demo.test', office.demo.password);
    await expect(ana.combobox('Módulo')).toBeVisible();
    await check('seat');
    await ana.button('Ingresar').click();
    await expect(ana.waiting).toBeVisible();
    await ana.setManual(true);
    const { code } = await office.issueTicket('Caja', { contact: { firstName: 'Rosa', lastName: 'Peralta' } });
    await expect(ana.row(code)).toBeVisible();
    await check('idle');
    await ana.button('Generar Ticket').click();
    await expect(ana.dialog('Generar Ticket')).toBeVisible();
    await check('dialog');
    await ana.page.keyboard.press('Escape');
    await ana.row(code).getByRole('button', { name: 'Atender' }).click();
    await expect(ana.attention.getByText('Llamando').first()).toBeVisible();
    await check('calling');
    await ana.attention.getByRole('button', { name: 'Atender', exact: true }).click();
    await ana.writeNote('Paga la factura de julio');
    await check('attending');
    desk.wire.cut();
    await expect(ana.offline).toBeVisible();
    await ana.writeNote('Sin la línea');
    await check('offline');
    desk.wire.mend();
    await ana.comesBack();
    await ana.finish();
    await ana.signOut();
  });
}
