import { expect, test } from '@playwright/test';
import { takeTicket } from './support/kiosk-page.ts';
import { openOffice, type Office } from './support/office.ts';

let office: Office;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
});

test.afterAll(async () => {
  await office.close();
});

test('[R8] the server restarts: desk, kiosk, display and phone come back by themselves and nothing is lost', async () => {
  const kiosk = await office.openPage(office.kiosk, { width: 1080, height: 1920, mayLoseServer: true });
  const display = await office.openPage(office.display, { width: 1920, height: 1080, mayLoseServer: true });
  const ana = await office.openDeskPage(await office.openDesk());
  await ana.signIn('ana@demo.test', office.demo.password);
  await ana.setManual(true);
  const ticket = await takeTicket(kiosk, 'Caja');
  const phone = await office.openPage(ticket.turnUrl, { width: 390, height: 844, mayLoseServer: true });
  await ana.attend(ticket.code);
  await expect(phone.getByText('En atención en Módulo 1')).toBeVisible();

  await office.restartServer(async () => {
    await expect(ana.offline).toBeVisible();
    await ana.writeNote('Mientras el servidor reinicia');
  });
  await ana.comesBack();
  await expect(ana.page.getByRole('contentinfo')).toContainText('0 pendientes');
  await ana.finish();
  // They try again at intervals that grow, up to half a minute.
  await expect(phone.getByRole('heading', { name: 'Su atención terminó' })).toBeVisible({ timeout: 40_000 });
  const next = await takeTicket(kiosk, 'Caja');
  await expect(ana.row(next.code)).toBeVisible();
  await expect(display.getByText(next.code)).toBeVisible({ timeout: 40_000 });
});
