import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { v7 as uuidv7 } from 'uuid';
import type { GuestConsent } from '../src/protocol/video/consent.ts';
import { openVideo, type OpenVideo } from '../src/server/testing/open-video.ts';
import { expectAccessible } from './support/axe.ts';
import { openOffice, type Office } from './support/office.ts';

let office: Office;
let video: OpenVideo;
let folder: string;

test.beforeAll(async ({ browser }) => {
  folder = await mkdtemp(join(tmpdir(), 'ventanilla-receipt-'));
  office = await openOffice(browser);
  video = await openVideo(office);
});

test.afterAll(async () => {
  video.close();
  await office.close();
  await rm(folder, { recursive: true });
});

async function accepted(text: string): Promise<GuestConsent> {
  const coming = video.agentHears(({ state }) => state === 'asked');
  const body = { type: 'consent.ask', ...video.quoted, termsId: null, title: '<b>Contrato</b> $& {{x}}', text };
  await video.command({ id: uuidv7(), body });
  const { id, sha256 } = await coming;
  await video.asGuest(`/v1/guest/consents/${id}/opened`, { sha256 });
  const answer = await video.asGuest(`/v1/guest/consents/${id}/answer`, { sha256, answer: 'accepted' });
  return (await answer.json()) as GuestConsent;
}

/** Presses a button and gives the file that the browser is given. */
async function download(page: Page, name: string): Promise<{ name: string; path: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  return { name: file.suggestedFilename(), path };
}

test('[S2-41] [T24] the receipt of an acceptance: its page, its PDF, and a file that checks itself without a network', async ({
  browser,
}) => {
  const { folio, receiptUrl } = await accepted('Cláusula primera.\n\n<img src=x onerror=alert(1)> Ñandú.');
  const page = await office.openPage(receiptUrl ?? '', { width: 390, height: 844 });
  await expect(page.getByRole('heading', { name: 'Aceptado' })).toBeVisible();
  await expect(page.getByText(`Folio ${folio}`)).toBeVisible();
  await expect(page.getByText('<img src=x onerror=alert(1)> Ñandú.')).toBeVisible();
  await expect(page).toHaveTitle(`Folio ${folio}`);
  await expectAccessible(page, 'the receipt');

  const pdf = await download(page, 'Descargar PDF');
  expect(pdf.name).toBe(`${folio}.pdf`);
  expect((await readFile(pdf.path)).subarray(0, 5).toString()).toBe('%PDF-');

  const file = await download(page, 'Descargar comprobante con revisión');
  const context = await browser.newContext({ locale: 'es-CO', offline: true });
  const saved = await context.newPage();
  await saved.goto(pathToFileURL(file.path).href);
  await expect(saved.getByRole('heading', { name: 'La firma es válida' })).toBeVisible();
  await expect(saved.getByText('El texto es el que se mostró.')).toBeVisible();
  await expectAccessible(saved, 'the file');

  const html = await readFile(file.path, 'utf8');
  for (const [from, to, verdict] of [
    ['Cláusula primera', 'Cláusula segunda', 'Este texto no es el que se mostró.'],
    ['"button":"accept"', '"button":"refuse"', 'La firma no es válida'],
  ] as const) {
    expect(html).toContain(from);
    await writeFile(file.path, html.replace(from, to));
    await saved.goto(pathToFileURL(file.path).href);
    await expect(saved.getByRole('heading', { name: verdict })).toBeVisible();
  }
  await context.close();
});

test('[T24] the code of a receipt opens a page of the server that checks it and asks the network nothing', async () => {
  const { receiptUrl } = await accepted('Corto.');
  const receipt = await office.openPage(receiptUrl ?? '', { width: 390, height: 844 });
  const link = receipt.getByRole('link', { name: 'Revisar la firma' });
  const url = (await link.getAttribute('href')) ?? '';
  const page = await office.openPage(`${office.server}/check`, { width: 390, height: 844 });
  await expect(page.getByRole('heading', { name: 'Abra el enlace' })).toBeVisible();
  await page.context().setOffline(true);
  const good = new URL(url).hash;
  await page.evaluate((hash) => (location.hash = hash), good);
  await expect(page.getByRole('heading', { name: 'La firma es válida' })).toBeVisible();
  await expectAccessible(page, 'the check');
  await page.evaluate(() => (location.hash = 'abc'));
  await expect(page.getByRole('heading', { name: 'no es un comprobante' })).toBeVisible();
});

test('[S2-41] the customer takes an acceptance back on the receipt, with one question', async () => {
  const { receiptUrl } = await accepted('Otro.');
  const page = await office.openPage(receiptUrl ?? '', { width: 390, height: 844 });
  await page.getByRole('button', { name: 'Retirar mi aceptación' }).click();
  await expect(
    page.getByRole('heading', { name: '¿Retirar su aceptación de “<b>Contrato</b> $& {{x}}”?' }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Retirar', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Aceptación retirada' })).toBeVisible();
  await page.reload();
  await expect(page.getByText('Esta aceptación se retiró después.')).toBeVisible();
});

test('[T24] a wrong link shows that it is none', async () => {
  const page = await office.openPage(`${office.server}/receipt#${'x'.repeat(43)}`, { mayBeRefused: true });
  await expect(page.getByRole('heading', { name: 'Este comprobante no se encuentra' })).toBeVisible();
});
