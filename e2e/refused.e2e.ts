import { expect, test } from '@playwright/test';
import type { DeskPage } from './support/desk-page.ts';
import { openOffice, type Desk, type Office } from './support/office.ts';

test.describe.configure({ mode: 'serial' });

let office: Office;
let desk: Desk;
let ana: DeskPage;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
  desk = await office.openDesk();
  ana = await office.openDeskPage(desk);
  await ana.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await ana.signIn('ana@demo.test', office.demo.password);
  await ana.setManual(true);
  const ticket = await office.issueTicket('Caja', { contact: { firstName: 'Rosa', lastName: 'Peralta' } });
  await ana.attend(ticket.code);
});

test.afterAll(async () => {
  await office.close();
});

const phone = () => ana.customer.getByRole('textbox', { name: 'Teléfono' });

async function savePhone(text: string): Promise<void> {
  await phone().fill(text);
  await ana.customer.getByRole('button', { name: 'Guardar' }).click();
}

test('[R5] [S2-29] an edit that the server refuses is in No enviado with its reason; what came after it went on', async () => {
  desk.wire.cut();
  await expect(ana.offline).toBeVisible();
  await savePhone('12');
  await ana.writeNote('Después del teléfono');
  await expect(ana.page.getByRole('contentinfo')).toContainText('2 pendientes');
  desk.wire.mend();
  await ana.comesBack();
  await expect(ana.refused).toContainText('El teléfono no es válido.');
  await expect(ana.refused).toContainText('12');
  await expect(ana.page.getByRole('contentinfo')).toContainText('0 pendientes');
  await expect(ana.timeline.getByRole('listitem').filter({ hasText: 'Después del teléfono' })).not.toContainText(
    'Por enviar',
  );
});

/** How many deliveries of desks the server has answered. */
async function deliveries(): Promise<number> {
  const figures = await (await fetch(`${office.server}/metrics`)).text();
  const [, count] =
    /_request_seconds_count\{method="POST",route="\/v1\/desk\/commands",status="200"\} (\d+)/.exec(figures) ?? [];
  return Number(count);
}

test('[R5] Reintentar sends it again and meets the same refusal; Copiar takes what was written', async () => {
  const before = await deliveries();
  await ana.refused.getByRole('button', { name: 'Reintentar' }).click();
  await expect.poll(deliveries).toBe(before + 1);
  await expect(ana.refused.getByRole('listitem')).toHaveCount(1);
  await expect(ana.refused).toContainText('El teléfono no es válido.');
  await ana.refused.getByRole('button', { name: 'Copiar' }).click();
  await expect.poll(() => ana.page.evaluate(() => navigator.clipboard.readText())).toContain('12');
});

test('[R5] [S2-29] Editar gives it back where it was written; mended, it arrives', async () => {
  await ana.refused.getByRole('button', { name: 'Editar' }).click();
  await expect(ana.refused).toContainText('En corrección');
  await expect(phone()).toHaveValue('12');
  await savePhone('310 555 0199');
  await expect(ana.refused).toHaveCount(0);
  await expect(phone()).toHaveValue('+57 310 555 0199');
  await expect(ana.page.getByRole('contentinfo')).toContainText('0 pendientes');
});

test('[R5] Descartar asks first and forgets it', async () => {
  await savePhone('99');
  await expect(ana.refused).toContainText('99');
  await ana.refused.getByRole('button', { name: 'Descartar' }).click();
  const dialog = ana.dialog('Descartar lo que no se envió');
  await expect(dialog).toContainText('99');
  await dialog.getByRole('button', { name: 'Descartar' }).click();
  await expect(ana.refused).toHaveCount(0);
  await expect(phone()).toHaveValue('+57 310 555 0199');
});
