import { expect, test, type Page } from '@playwright/test';
import { takeTicket } from './support/kiosk-page.ts';
import { openOffice, type Office } from './support/office.ts';
import type { PageOptions } from './support/watched-page.ts';

let office: Office;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
});

test.afterAll(async () => {
  await office.close();
});

/** Pages without the line try again at intervals that grow, up to half a minute. */
const LONGEST_PAUSE_MS = 30_000;
/** One that tries just as the pause is passed over has another one before it. */
const BACK_WITHIN = { timeout: 40_000 };

/** A page whose time the test can let pass. */
async function openTimed(url: string, size: PageOptions): Promise<Page> {
  const page = await office.openPage('about:blank', { ...size, mayLoseServer: true });
  await page.clock.install();
  await page.goto(url);
  return page;
}

async function passPause(pages: Page[]): Promise<void> {
  for (const page of pages) await page.clock.fastForward(LONGEST_PAUSE_MS);
}

test('[R8] the server restarts: desk, kiosk, display and phone come back by themselves and nothing is lost', async () => {
  const kiosk = await openTimed(office.kiosk, { width: 1080, height: 1920 });
  const display = await openTimed(office.display, { width: 1920, height: 1080 });
  const ana = await office.openDeskPage(await office.openDesk());
  await ana.signIn('ana@demo.test', office.demo.password);
  await ana.setManual(true);
  const ticket = await takeTicket(kiosk, 'Caja');
  const phone = await openTimed(ticket.turnUrl, { width: 390, height: 844 });
  await ana.attend(ticket.code);
  await expect(phone.getByText('En atención en Módulo 1')).toBeVisible();

  await office.restartServer(async () => {
    await expect(ana.offline).toBeVisible();
    await ana.writeNote('Mientras el servidor reinicia');
  });
  await ana.comesBack();
  await expect(ana.page.getByRole('contentinfo')).toContainText('0 pendientes');
  await ana.finish();
  await passPause([kiosk, display, phone]);
  await expect(phone.getByRole('heading', { name: 'Su atención terminó' })).toBeVisible(BACK_WITHIN);
  const next = await takeTicket(kiosk, 'Caja');
  await expect(ana.row(next.code)).toBeVisible();
  await expect(display.getByText(next.code)).toBeVisible(BACK_WITHIN);
});

test('[R7] kiosk, display and phone that start without the line open, say so, and come back by themselves', async () => {
  test.slow();
  const kiosk = await openTimed(office.kiosk, { width: 1080, height: 1920 });
  const display = await openTimed(office.display, { width: 1920, height: 1080 });
  const ticket = await takeTicket(kiosk, 'Reclamos');
  const phone = await openTimed(ticket.turnUrl, { width: 390, height: 844 });
  const pages = [kiosk, display, phone];
  for (const page of pages) await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));

  await office.restartServer(async () => {
    for (const page of pages) await page.reload();
    await expect(kiosk.getByRole('heading', { name: 'El quiosco no tiene conexión' })).toBeVisible();
    await expect(display.getByRole('heading', { name: 'Sin conexión' })).toBeVisible();
    await expect(phone.getByRole('heading', { name: 'Sin conexión' })).toBeVisible();
  });
  await passPause(pages);
  await expect(phone.getByRole('heading', { name: ticket.code })).toBeVisible(BACK_WITHIN);
  await expect(display.getByText(ticket.code)).toBeVisible(BACK_WITHIN);
  await expect(kiosk.getByRole('button', { name: 'Caja', exact: true })).toBeVisible(BACK_WITHIN);
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
