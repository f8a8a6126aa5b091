import { expect, test } from '@playwright/test';
import { openOffice, type Office } from './support/office.ts';
import { signInSupervisor } from './support/supervisor.ts';

let office: Office;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
});

test.afterAll(async () => {
  await office.close();
});

test('[R17] a ticket freed while its desk was cut: the late finish is superseded, the note stays, the agent is told', async () => {
  const desk = await office.openDesk();
  const ana = await office.openDeskPage(desk);
  const luis = await office.openDeskPage(await office.openDesk());
  const supervisor = await signInSupervisor(office, 'Módulo 4');
  await ana.signIn('ana@demo.test', office.demo.password);
  await luis.signIn('luis@demo.test', office.demo.password);
  await ana.setManual(true);
  await luis.setManual(true);
  const ticket = await office.issueTicket('Caja');
  await ana.attend(ticket.code);

  desk.wire.cut();
  await expect(ana.offline).toBeVisible();
  const freed = await supervisor.deliver({ type: 'ticket.free', ticketId: ticket.id, reason: 'El equipo no responde' });
  expect(freed.status).toBe('accepted');
  await luis.attend(ticket.code);
  await ana.writeNote('Quedó pendiente la firma');
  await ana.finish();

  desk.wire.mend();
  await ana.comesBack();
  await expect(ana.page.getByText(`${ticket.code} ya había pasado a otra persona`)).toBeVisible();
  await expect(ana.page.getByRole('contentinfo')).toContainText('0 pendientes');
  await expect(ana.refused).toHaveCount(0);

  await expect(luis.timeline).toContainText('Quedó pendiente la firma');
  await expect(luis.attention.getByRole('button', { name: 'Finalizar ticket' })).toBeVisible();
  const { events } = await supervisor.contentOf(ticket.id);
  const types = events.map(({ fact }) => fact.type);
  expect(types.filter((type) => type === 'note.added')).toHaveLength(1);
  expect(types).toContain('attention.superseded');
  expect(types).not.toContain('ticket.closed');
  await luis.finish();
});
