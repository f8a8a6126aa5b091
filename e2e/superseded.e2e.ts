import { expect, test } from '@playwright/test';
import { openOffice, type Office } from './support/office.ts';

let office: Office;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
});

test.afterAll(async () => {
  await office.close();
});

test('[R17] [S2-01] a ticket whose desk is cut is freed by who supervises: the late finish is superseded, the note stays, the agent is told', async () => {
  const desk = await office.openDesk();
  const ana = await office.openDeskPage(desk);
  const luis = await office.openDeskPage(await office.openDesk());
  const sofia = await office.openDeskPage(await office.openDesk());
  await ana.signIn('ana@demo.test', office.demo.password);
  await luis.signIn('luis@demo.test', office.demo.password);
  await sofia.signIn('sofia@demo.test', office.demo.password);
  await ana.setManual(true);
  await luis.setManual(true);
  const ticket = await office.issueTicket('Caja');
  await ana.attend(ticket.code);
  await sofia.showHeld();
  await expect(sofia.heldRow(ticket.code)).toContainText('Ana Rojas · Módulo 1');
  await expect(sofia.heldRow(ticket.code)).toContainText('Atendiendo');

  desk.wire.cut();
  await expect(ana.offline).toBeVisible();
  await expect(sofia.heldRow(ticket.code)).toContainText(/Sin conexión desde \d\d:\d\d/);
  await luis.showHeld();
  await expect(luis.heldRow(ticket.code)).toContainText('Sin conexión desde');
  await expect(luis.heldRow(ticket.code).getByRole('button')).toHaveCount(0);

  await sofia.heldRow(ticket.code).getByRole('button', { name: 'Liberar' }).press('Enter');
  const dialog = sofia.dialog(`Liberar ${ticket.code}`);
  await expect(dialog).toContainText('El equipo de Ana Rojas está sin conexión');
  await expect(dialog.getByRole('textbox', { name: 'Motivo' })).toBeFocused();
  await sofia.page.keyboard.press('Escape');
  await expect(sofia.heldRow(ticket.code).getByRole('button', { name: 'Liberar' })).toBeFocused();
  await sofia.page.keyboard.press('Enter');
  await sofia.page.keyboard.type('El equipo no responde');
  await dialog.getByRole('button', { name: `Liberar ${ticket.code}` }).click();
  await expect(sofia.page.getByText(`Tiquete ${ticket.code} liberado`)).toBeVisible();
  await expect(sofia.heldRow(ticket.code)).toHaveCount(0);
  await expect(sofia.held).toBeFocused();

  await luis.showTab('Esperando');
  await luis.attend(ticket.code);
  await expect(sofia.heldRow(ticket.code)).toContainText('Luis Peña · Módulo 2');
  await expect(sofia.heldRow(ticket.code)).not.toContainText('Sin conexión');
  await ana.writeNote('Quedó pendiente la firma');
  await ana.finish();

  desk.wire.mend();
  await ana.comesBack();
  await expect(ana.page.getByText(`${ticket.code} ya había pasado a otra persona`)).toBeVisible();
  await expect(ana.page.getByRole('contentinfo')).toContainText('0 pendientes');
  await expect(ana.refused).toHaveCount(0);

  const lines = luis.timeline.getByRole('listitem');
  await expect(lines.filter({ hasText: 'Quedó pendiente la firma' })).toHaveCount(1);
  await expect(lines.filter({ hasText: 'liberó el tiquete' })).toContainText('El equipo no responde');
  await expect(lines.filter({ hasText: 'terminó su atención después' })).toContainText('Ana Rojas');
  await expect(luis.attention.getByRole('button', { name: 'Finalizar ticket' })).toBeVisible();
  await luis.finish();
  await expect(sofia.heldRow(ticket.code)).toHaveCount(0);
});
