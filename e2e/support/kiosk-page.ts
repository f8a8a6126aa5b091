import { expect, type Page } from '@playwright/test';
import type { IssuedTicket } from '../../src/protocol/http/public-api.ts';

/** Takes a ticket at the kiosk as a customer does, without a document when none is given, and leaves it for the next. */
export async function takeTicket(page: Page, service: string, document?: string): Promise<IssuedTicket> {
  await page.getByRole('button', { name: service, exact: true }).click();
  const answer = page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url().endsWith('/tickets'),
  );
  if (document === undefined) {
    await page.getByRole('button', { name: 'Continuar sin documento' }).click();
  } else {
    for (const digit of document) await page.getByRole('button', { name: digit, exact: true }).click();
    await page.getByRole('button', { name: 'Continuar', exact: true }).click();
  }
  const ticket = (await (await answer).json()) as IssuedTicket;
  await expect(page.getByRole('heading', { name: ticket.code })).toBeVisible();
  await page.getByRole('button', { name: 'Listo' }).click();
  return ticket;
}
