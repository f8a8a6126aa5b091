import { expect, test } from '@playwright/test';
import { openOffice, type Office } from './support/office.ts';

const PAYLOADS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(2)>',
  '"><iframe srcdoc="<script>alert(4)</script>">',
  '{{constructor.constructor("alert(6)")()}}',
  '<a href="javascript:alert(7)">x</a>',
  '${alert(8)} $t(common.demo) {{name}}',
];

let office: Office;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
});

test.afterAll(async () => {
  await office.close();
});

// A dialog, an error or a breach of the content policy fails `office.close`.
test('[T7] what customers and agents write is shown as text everywhere, and never does anything', async () => {
  const display = await office.openPage(office.display, { width: 1920, height: 1080 });
  const ana = await office.openDeskPage(await office.openDesk());
  await ana.signIn('ana@demo.test', office.demo.password);
  await ana.setManual(true);
  for (const payload of PAYLOADS) {
    const { code } = await office.issueTicket('Caja', { contact: { firstName: payload, lastName: 'Zurriaga' } });
    await ana.attend(code);
    await expect(ana.tickets.getByText(payload)).toBeVisible();
    await expect(ana.customer.getByRole('heading', { name: `${payload} Zurriaga` })).toBeVisible();
    await expect(ana.customer.getByRole('textbox', { name: 'Nombre', exact: true })).toHaveValue(payload);
    await ana.writeNote(payload);
    await ana.finish();
    await expect(ana.attention.getByText(payload)).toBeVisible();
  }

  const { code } = await office.issueTicket('Caja', { contact: { firstName: PAYLOADS[0], lastName: 'Zurriaga' } });
  await ana.row(code).getByRole('button', { name: 'Transferir' }).click();
  const transfer = ana.dialog(`Transferir ${code}`);
  await transfer.getByRole('combobox', { name: 'Servicio de destino' }).click();
  await ana.page.getByRole('option', { name: 'Reclamos', exact: true }).click();
  await transfer.getByRole('textbox', { name: 'Comentario' }).fill(PAYLOADS.join('\n'));
  await transfer.getByRole('button', { name: `Transferir ${code}` }).click();
  await expect(ana.row(code)).toContainText('Reclamos');
  await ana.row(code).click();
  for (const payload of PAYLOADS) await expect(ana.timeline).toContainText(payload);

  await ana.button('Generar Ticket').click();
  const create = ana.dialog('Generar Ticket');
  await create.getByText('Contacto existente').click();
  await create.getByRole('textbox', { name: 'Buscar contacto' }).fill('zurriaga');
  for (const payload of PAYLOADS) await expect(create.getByText(`${payload} Zurriaga`).first()).toBeVisible();
  await expect(display.getByRole('heading', { name: /^C-\d{3}$/ })).toBeVisible();
});
