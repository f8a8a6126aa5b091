import { expect, test, type Page } from '@playwright/test';
import type { DeskPage } from './support/desk-page.ts';
import { takeTicket } from './support/kiosk-page.ts';
import { openOffice, type Office } from './support/office.ts';

// One customer after the other through the whole product: every part is the built one, every process its own.
test.describe.configure({ mode: 'serial' });

let office: Office;
let kiosk: Page;
let display: Page;
let ana: DeskPage;
let luis: DeskPage;
let phone: Page;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
  kiosk = await office.openPage(office.kiosk, { width: 1080, height: 1920 });
  display = await office.openPage(office.display, { width: 1920, height: 1080 });
  ana = await office.openDeskPage(await office.openDesk());
  luis = await office.openDeskPage(await office.openDesk());
});

test.afterAll(async () => {
  await office.close();
});

test('[S2-04] [S2-06] [S2-07] [S2-08] [S2-11] [S2-12] Ana signs in at a module of her branch and is Fuera de línea', async () => {
  await ana.signIn('ana@demo.test', office.demo.password);
  await ana.expectState('Fuera de línea');
  const bar = ana.page.getByRole('banner');
  await expect(bar).toContainText('Sucursal Centro');
  await expect(bar).toContainText('Módulo 1');
  await expect(ana.customer).toContainText(/Servicios Principales\s*Caja.*Reclamos.*Servicios de Soporte\s*Ventas/s);
  const foot = ana.page.getByRole('contentinfo');
  await expect(foot).toContainText(/Última actualización \d\d:\d\d:\d\d/);
  await expect(foot).toContainText(/Sincronizado \d\d:\d\d:\d\d/);
});

test('[S2-01] [S2-10] [S2-55] a ticket of the kiosk is on the display and in Turnos en espera at once', async () => {
  const ticket = await takeTicket(kiosk, 'Caja', '52418903');
  await expect(display.getByText(ticket.code)).toBeVisible();
  const row = ana.row(ticket.code);
  await expect(row).toContainText('Turno');
  await expect(row).toContainText('CC •••8903');
  await expect(row).not.toContainText('52418903');
  await expect(row).toHaveAttribute('aria-posinset', '1');
  await expect(row).toHaveAttribute('aria-setsize', '1');
});

test('[S2-13] [S2-24] [S2-26] by hand Ana calls, the display announces code and module, she attends', async () => {
  const code = (await ana.waiting.getByRole('listitem').innerText()).match(/C-\d{3}/)?.[0] ?? '';
  await expect(ana.row(code).getByRole('button', { name: 'Atender' })).toHaveCount(0);
  await ana.setManual(true);
  await expect(ana.row(code).getByRole('button', { name: 'Transferir' })).toBeVisible();
  await ana.choose('Estado', 'En línea');
  await ana.row(code).getByRole('button', { name: 'Atender' }).click();
  await expect(ana.attention.getByText('Llamando').first()).toBeVisible();
  await expect(ana.attention).toContainText(code);
  await expect(ana.attention).toContainText('Caja');
  await expect(ana.attention).toContainText('llamado 1 de 3');
  await expect(ana.row(code)).toHaveCount(0);
  await expect(display.getByRole('heading', { name: code })).toBeVisible();
  await expect(display.getByRole('main')).toContainText('Módulo 1');
  await ana.attention.getByRole('button', { name: 'Atender', exact: true }).click();
  await expect(ana.attention.getByText('Atendiendo').first()).toBeVisible();
});

test('[S2-27] [S2-29] [S2-31] [S2-32] [S2-33] she says who it is, writes a note, chooses topics', async () => {
  await expect(ana.attention.getByRole('timer', { name: 'Tiempo en atención' })).not.toHaveText('00:00');
  await ana.customer.getByRole('textbox', { name: 'Nombre', exact: true }).fill('Rosa');
  await ana.customer.getByRole('textbox', { name: 'Apellido' }).fill('Peralta');
  await ana.customer.getByRole('textbox', { name: 'Correo' }).fill('rosa@correo.test');
  await ana.customer.getByRole('textbox', { name: 'Teléfono' }).fill('310 555 0199');
  await ana.customer.getByRole('button', { name: 'Guardar' }).click();
  await expect(ana.tickets).toContainText('Rosa Peralta');
  await expect(ana.customer.getByRole('textbox', { name: 'Teléfono' })).toHaveValue('+57 310 555 0199');
  await ana.writeNote('Paga la factura de julio');
  for (const topic of ['Pago de factura', 'Abono parcial', 'Duplicado de factura', 'Paz y salvo']) {
    await expect(ana.attention.getByRole('checkbox', { name: topic })).not.toBeChecked();
  }
  await ana.attention.getByText('Pago de factura').click();
  await ana.attention.getByText('Paz y salvo').click();
  await expect(ana.attention).toContainText('2 elegidos');
  await expect(ana.timeline).toContainText('eligió temas');
  await expect(ana.timeline).toContainText('editó los datos del contacto');
});

test('[S2-05] [S2-21] [S2-30] [S4-02] she chooses the next state, finishes, and the state applies', async () => {
  await ana.choose('Siguiente estado', 'Almorzando');
  await ana.expectState('En línea');
  await ana.finish();
  await ana.expectState('Almorzando');
  await expect(ana.combobox('Siguiente estado')).toContainText('En línea');
  await ana.page.getByRole('tab', { name: 'Atendiendo' }).click();
  const handled = ana.tickets.getByRole('listitem').filter({ hasText: 'Rosa Peralta' });
  await expect(handled).toContainText('Finalizado');
  await handled.click();
  await expect(ana.timeline).toContainText('Paga la factura de julio');
  await expect(ana.timeline).toContainText('finalizó el tiquete');
  await ana.page.getByRole('tab', { name: 'Esperando' }).click();
});

test('[S2-14] [S2-25] [S2-28] the system calls for Luis, who calls again; the phone of the customer says where to go', async () => {
  await luis.signIn('luis@demo.test', office.demo.password);
  await luis.choose('Estado', 'En línea');
  const ticket = await office.issueTicket('Soporte técnico', { contact: { firstName: 'Elena', lastName: 'Vargas' } });
  phone = await office.openPage(ticket.turnUrl, { width: 390, height: 844 });
  await expect(luis.attention).toContainText(ticket.code);
  await expect(luis.attention).toContainText('Elena Vargas');
  await expect(luis.attention.getByRole('button', { name: 'Atender', exact: true })).toBeFocused();
  await expect(phone.getByText('Pase a Módulo 2')).toBeVisible();
  await expect(luis.button('Llamar nuevamente')).toBeDisabled();
  await expect(luis.button('Llamar nuevamente')).toBeEnabled({ timeout: 20_000 });
  await luis.button('Llamar nuevamente').click();
  await expect(luis.attention).toContainText('llamado 2 de 3');
  await expect(luis.timeline).toContainText('Llamado 2');
});

test('[S2-22] [S2-23] [S2-35] nobody comes: back to the line, called by hand, cancelled; the phone says so', async () => {
  await luis.setManual(true);
  const code = (await luis.attention.innerText()).match(/S-\d{3}/)?.[0] ?? '';
  await luis.noShow('Reencolar ticket');
  await expect(luis.row(code)).toBeVisible();
  await luis.row(code).getByRole('button', { name: 'Atender' }).click();
  await expect(luis.attention.getByText('Llamando').first()).toBeVisible();
  await luis.noShow('Cancelar ticket');
  await expect(luis.attention.getByText('Llamando')).toHaveCount(0);
  await expect(luis.row(code)).toHaveCount(0);
  await expect(phone.getByRole('heading', { name: 'Se llamó su turno y no hubo respuesta' })).toBeVisible();
});

test('[S2-20] Generar Ticket makes a turn for a known customer, which is in the line of both desks', async () => {
  await luis.button('Generar Ticket').click();
  const dialog = luis.dialog('Generar Ticket');
  await dialog.getByRole('combobox', { name: 'Servicio' }).click();
  await luis.page.getByRole('option', { name: 'Caja', exact: true }).click();
  await dialog.getByText('Contacto existente').click();
  await dialog.getByRole('textbox', { name: 'Buscar contacto' }).fill('peralta');
  await dialog
    .getByRole('listitem')
    .filter({ hasText: 'Rosa Peralta' })
    .getByRole('button', { name: 'Asociar' })
    .click();
  await dialog.getByRole('button', { name: 'Generar Ticket' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(luis.waiting.getByRole('listitem').filter({ hasText: 'Rosa Peralta' })).toBeVisible();
  await expect(ana.waiting.getByRole('listitem').filter({ hasText: 'Rosa Peralta' })).toBeVisible();
});

test('[S2-13] Transferir moves a waiting ticket to another service with its code', async () => {
  const row = luis.waiting.getByRole('listitem').filter({ hasText: 'Rosa Peralta' });
  const code = (await row.innerText()).match(/C-\d{3}/)?.[0] ?? '';
  await row.getByRole('button', { name: 'Transferir' }).click();
  const dialog = luis.dialog(`Transferir ${code}`);
  await dialog.getByRole('combobox', { name: 'Servicio de destino' }).click();
  await luis.page.getByRole('option', { name: 'Reclamos', exact: true }).click();
  await dialog.getByRole('button', { name: `Transferir ${code}` }).click();
  await expect(luis.row(code)).toHaveCount(0);
  await expect(ana.row(code)).toContainText('Reclamos');
});

test('[S2-21] [S2-22] [S2-23] a waiting ticket is opened from the line, put back in it, and cancelled after a question', async () => {
  const row = ana.waiting.getByRole('listitem').filter({ hasText: 'Rosa Peralta' });
  const code = (await row.innerText()).match(/C-\d{3}/)?.[0] ?? '';
  await row.click();
  await expect(ana.timeline).toContainText('transfirió de Caja a Reclamos');
  await ana.button('Reencolar ticket').click();
  await ana
    .dialog(`Reencolar ticket ${code}`)
    .getByRole('button', { name: `Reencolar ticket ${code}` })
    .click();
  await expect(ana.timeline).toHaveCount(0);
  await row.click();
  await expect(ana.timeline).toContainText('reencoló el tiquete');
  await ana.button('Cancelar ticket').click();
  const question = ana.dialog(`Cancelar ticket ${code}`);
  await expect(question).toContainText('no vuelve a abrirse');
  await question.getByRole('button', { name: `Cancelar ticket ${code}` }).click();
  await expect(row).toHaveCount(0);
  await expect(luis.row(code)).toHaveCount(0);
});
