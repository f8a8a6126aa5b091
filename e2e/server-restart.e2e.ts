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

test('[R7] kiosk, display and phone that start without the line open, say so, and come back by themselves', async () => {
  // They try again at intervals that grow, up to half a minute.
  test.slow();
  const kiosk = await office.openPage(office.kiosk, { width: 1080, height: 1920, mayLoseServer: true });
  const display = await office.openPage(office.display, { width: 1920, height: 1080, mayLoseServer: true });
  const ticket = await takeTicket(kiosk, 'Reclamos');
  const phone = await office.openPage(ticket.turnUrl, { width: 390, height: 844, mayLoseServer: true });
  const pages = [kiosk, display, phone];
  for (const page of pages) await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));

  await office.restartServer(async () => {
    for (const page of pages) await page.reload();
    await expect(kiosk.getByRole('heading', { name: 'El quiosco no tiene conexión' })).toBeVisible();
    await expect(display.getByRole('heading', { name: 'Sin conexión' })).toBeVisible();
    await expect(phone.getByRole('heading', { name: 'Sin conexión' })).toBeVisible();
  });
  await expect(phone.getByRole('heading', { name: ticket.code })).toBeVisible({ timeout: 40_000 });
  await expect(display.getByText(ticket.code)).toBeVisible({ timeout: 40_000 });
  await expect(kiosk.getByRole('button', { name: 'Caja', exact: true })).toBeVisible({ timeout: 40_000 });
  const next = await takeTicket(kiosk, 'Caja');
  await expect(display.getByText(next.code)).toBeVisible();

  for (const page of pages) {
    const kept = await page.evaluate(async () => {
      const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
      return (await Promise.all(caches.map((cache) => cache.keys()))).flat().map(({ url }) => url);
    });
    const address = page.url().replace(/#.*/, '');
    expect(kept.filter((url) => !url.startsWith(`${office.server}/assets/`))).toEqual([address]);
  }
});
