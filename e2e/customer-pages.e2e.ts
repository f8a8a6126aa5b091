import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { takeTicket } from './support/kiosk-page.ts';
import { openOffice, type Office } from './support/office.ts';
import type { Wire } from './support/wire.ts';

let office: Office;
let kiosk: Page;
let display: Page;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser, { hasPagesWire: true });
  kiosk = await office.openPage(office.kiosk, { width: 1080, height: 1920 });
  display = await office.openPage(office.display, { width: 1920, height: 1080 });
});

test.afterAll(async () => {
  await office.close();
});

test('[S2-55] a customer takes a turn at the kiosk; display and phone show it at once', async () => {
  await expect(kiosk.getByRole('button', { name: 'Asesoría virtual' })).toBeVisible();
  const first = await takeTicket(kiosk, 'Caja');
  expect(first.code).toBe('C-001');
  await expect(display.getByText('C-001')).toBeVisible();
  const second = await takeTicket(kiosk, 'Soporte técnico', '52418903');
  expect(second.code).toBe('S-001');
  await expect(display.getByText('2 en espera')).toBeVisible();

  const phone = await office.openPage(second.turnUrl, { width: 390, height: 844 });
  await expect(phone.getByRole('heading', { name: 'S-001' })).toBeVisible();
  await expect(phone.getByText('Esperando', { exact: true })).toBeVisible();
  await expect(phone.getByText('Soporte técnico')).toBeVisible();
});

test('[T20] a kiosk that is left forgets the document: after 30 s, on going back and on loading anew', async () => {
  const page = await office.openPage('about:blank', { width: 1080, height: 1920 });
  await page.clock.install();
  await page.goto(office.kiosk);
  await expect(page).not.toHaveURL(/token/);
  const question = page.getByRole('heading', { name: '¿Qué trámite viene a realizar?' });
  const number = page.getByRole('textbox', { name: 'Número de documento' });
  const write = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Caja', exact: true }).click();
    for (const digit of '7955321') await page.getByRole('button', { name: digit, exact: true }).click();
    await expect(number).toHaveValue(/7.?955.?321/);
  };
  const expectForgotten = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Caja', exact: true }).click();
    await expect(number).toHaveValue('');
    expect(await page.content()).not.toMatch(/7.?955.?321/);
    await page.getByRole('button', { name: 'Volver' }).click();
  };

  await write();
  await page.clock.fastForward(21_000);
  await expect(page.getByText('¿Sigue ahí?')).toBeVisible();
  await page.clock.fastForward(10_000);
  await expect(question).toBeVisible();
  await expectForgotten();

  await write();
  await page.goto(office.docs);
  await page.goBack();
  await expect(question).toBeVisible();
  await expectForgotten();

  await write();
  await page.reload();
  await expect(question).toBeVisible();
  await expectForgotten();
});

test('[T20] a kiosk shows no other page and needs its token', async () => {
  const stranger = await office.openPage(`${office.server}/kiosk/centro`, { width: 1080, height: 1920 });
  await expect(stranger.getByText('Este quiosco no está autorizado')).toBeVisible();
  await expect(stranger.getByRole('button', { name: 'Caja' })).toHaveCount(0);
});

test('[T20] two hundred taps on one button make one ticket', async () => {
  const answers: number[] = [];
  kiosk.on('response', (response) => {
    if (response.request().method() === 'POST') answers.push(response.status());
  });
  await kiosk.getByRole('button', { name: 'Reclamos', exact: true }).click();
  await kiosk.getByRole('button', { name: 'Continuar sin documento' }).evaluate((button: HTMLButtonElement) => {
    for (let tap = 0; tap < 200; tap += 1) button.click();
  });
  await expect(kiosk.getByRole('heading', { name: 'R-001' })).toBeVisible();
  await kiosk.getByRole('button', { name: 'Listo' }).click();
  expect(answers).toEqual([201]);
});

test('[R9] a turn whose answer is lost is being confirmed, then shown, and was made once', async () => {
  const page = await office.openPage(office.kiosk, { width: 1080, height: 1920, mayLoseServer: true });
  const sent: (string | null)[] = [];
  const codes: string[] = [];
  await page.route('**/tickets', async (route) => {
    const request = route.request();
    sent.push(`${await request.headerValue('idempotency-key')} ${request.postData()}`);
    const response = await route.fetch();
    codes.push(((await response.json()) as { code: string }).code);
    if (sent.length === 1) await route.abort('connectionrefused');
    else await route.fulfill({ response });
  });
  await page.getByRole('button', { name: 'Ventas', exact: true }).click();
  await page.getByRole('button', { name: 'Continuar sin documento' }).click();
  await expect(page.getByRole('heading', { name: 'Estamos confirmando su turno' })).toBeVisible();
  await expectAccessible(page, 'a turn that is being confirmed');
  await expect(page.getByRole('heading', { name: /^V-\d{3}$/ })).toHaveText(codes[0] ?? '');
  expect(new Set(sent).size).toBe(1);
  expect(codes).toEqual([codes[0], codes[0]]);
  const next = await office.issueTicket('Ventas');
  expect(Number(next.code.slice(2))).toBe(Number(codes[0]?.slice(2)) + 1);
});

test('[T21] the waiting room sees codes and modules, never a surname or a document', async () => {
  const canary = { firstName: 'Canaria', lastName: 'Zurbarán', documentType: 'CC', documentNumber: '91827364' };
  const frames: string[] = [];
  const page = await office.openPage('about:blank', { width: 1920, height: 1080 });
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
  await page.goto(office.display);
  const { code } = await office.issueTicket('Ventas', { contact: canary });
  await expect(page.getByText(code)).toBeVisible();
  const seen = frames.join('\n') + (await page.content());
  expect(seen).toContain(code);
  for (const secret of Object.values(canary).filter((value) => value !== 'CC')) expect(seen).not.toContain(secret);
});

test('[T21] a display without the line says so after 15 s and comes back by itself', async () => {
  const wire = office.pagesWire as Wire;
  const page = await office.openPage('about:blank', { width: 1920, height: 1080 });
  await page.clock.install();
  await page.goto(office.display.replace(office.server, wire.url));
  await expect(page.getByText('Siguen')).toBeVisible();
  wire.stall();
  await page.clock.fastForward(20_000);
  await expect(page.getByRole('status')).toContainText('Sin conexión desde');
  wire.mend();
  await page.clock.fastForward(60_000);
  await expect(page.getByText('Siguen')).toBeVisible();
});
